"""What runs while a page stands: seen as it goes on, ended, and kept when the page is reloaded."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from addresses import SCENARIO

COMPARE = f"/compare?{SCENARIO}&b.regimen.dose=6+g"
HABIT = "&".join(f"person.experience.{word}" for word in ("dose=3+g", "every=12+h", "for=90+d"))
STOP = f"/compare?{SCENARIO}&{HABIT}&ways=taper"
LONG = 120_000
COUNTED = re.compile(r"The comparison: [\d,]+ of [\d,]+ people")


@pytest.fixture(autouse=True)
def nothing_is_amiss(page: Page) -> Iterator[None]:
    """Whatever a test does, htmx finds its targets and nothing fails."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type != "log" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


def compared(page: Page, server: str, address: str = COMPARE) -> None:
    page.goto(server + address)
    expect(page.get_by_role("heading", name="Day by day", exact=True)).to_be_visible(timeout=LONG)


def test_a_comparison_comes_by_itself_and_its_curve_can_be_changed(page: Page, server: str) -> None:
    compared(page, server)
    page.get_by_label("Show", exact=True).select_option("gut.nausea")
    page.get_by_role("button", name="Draw it").click()
    expect(page.locator(".answer").first).to_contain_text("Nausea")
    assert "show=gut.nausea" in page.url


def test_a_run_is_ended_and_begun_again_on_its_own_page(page: Page, server: str) -> None:
    compared(page, server, STOP)
    page.get_by_role("link", name="Compute it with more people").click()
    page.get_by_role("link", name="Its own page").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The comparison was ended before it was done.")).to_be_visible()
    page.get_by_role("button", name="Run it").click()
    expect(page.locator(".job label")).to_have_text(COUNTED, timeout=LONG)
    assert "/job/" in page.url
    page.get_by_role("button", name="Cancel").click()


def test_many_people_are_counted_beside_the_few_and_can_be_ended(page: Page, server: str) -> None:
    compared(page, server, STOP)
    page.get_by_role("link", name="Compute it with more people").click()
    bar = page.locator("#many progress")
    expect(bar).to_be_visible()
    expect(page.locator("#many label")).to_have_text(COUNTED, timeout=LONG)
    expect(page.get_by_role("heading", name="Day by day", exact=True)).to_be_visible()
    page.reload()
    expect(page.locator("#compared progress")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The comparison was ended before it was done.")).to_be_visible()
    expect(page.locator("progress")).to_have_count(0)
