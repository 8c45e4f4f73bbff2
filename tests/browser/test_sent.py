"""Pages that no address leads to, since something is sent first: an opened file, a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1440)
LONG = "product.kind=leaf&regimen.dose=3+g&output.until=24+h&run.people=100000"
SCENARIO = """
[product]
kind = "leaf"
certificate = "coa.csv"

[regimen]
dose = "2 g"

[output]
until = "6 h"
"""


def looks_right(page: Page) -> None:
    """Nothing goes sideways, and axe finds nothing, on a phone and a desk, light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert not page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, found.generate_report()


def test_a_lab_paper_that_is_missing_is_asked_for_and_comes_along(
    page: Page, server: str, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text(SCENARIO)
    (tmp_path / "bad.csv").write_text("lead,much\n")
    (tmp_path / "coa.csv").write_text("mitragynine,14 mg/g\n")
    page.goto(f"{server}/open")
    page.get_by_label("A file on this computer").set_input_files(tmp_path / "a.toml")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="not all of it could come along")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value(SCENARIO.lstrip("\n"))
    looks_right(page)

    page.get_by_label("The lab paper coa.csv").set_input_files(tmp_path / "bad.csv")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("product.certificate (bad.csv), line 1, lead")
    looks_right(page)

    page.get_by_label("The lab paper, if the file names one").set_input_files(tmp_path / "coa.csv")
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/?product.kind=leaf*")
    assert "product.certificate.alkaloids.mitragynine=14+mg" in page.url
    expect(page.get_by_text("A lab paper came with this scenario")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_run_has_a_page_of_its_own_and_is_ended_there(
    page: Page, server: str, script: bool
) -> None:
    # A context of a test always has a browser.
    with page.context.browser.new_context(java_script_enabled=script) as held:  # type: ignore[union-attr]
        other = held.new_page()
        other.goto(f"{server}/job/none?{LONG}{'&run.seed=2' if script else ''}")
        other.get_by_role("button", name="Run it").click()
        expect(other.get_by_role("progressbar")).to_be_visible()
        if script:  # axe is one
            looks_right(other)
        other.get_by_role("button", name="Cancel").click()
        expect(other.get_by_text("The whole run was ended")).to_be_visible()
