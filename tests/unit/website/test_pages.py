"""Pages as they are rewritten for the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from website.pages import ROOT, rewritten

PAGE = ROOT / "docs" / "evidence.md"
BODY = ROOT / "docs" / "body" / "pain.md"


@pytest.mark.parametrize(
    ("source", "place", "text", "read"),
    [
        (PAGE, "evidence.md", "[x](check.md#json)", "[x](check.md#json)"),
        (PAGE, "evidence.md", "[x](#a-fact)", "[x](#a-fact)"),
        (BODY, "body/pain.md", "![x](pain.svg)", "![x](pain.svg)"),
        (BODY, "body/pain.md", "[x](../names.md)", "[x](../names.md)"),
        (PAGE, "evidence.md", "[x](../CONTRIBUTING.md#a)", "[x](contributing.md#a)"),
        (BODY, "body/pain.md", "[x](../../README.md)", "[x](../index.md)"),
        (ROOT / "CONTRIBUTING.md", "contributing.md", "[x](docs/data.md)", "[x](data.md)"),
        (ROOT / "changes" / "x.fix.md", "changes.md", "[x](../docs/data.md)", "[x](data.md)"),
        (PAGE, "evidence.md", "[the `code`](../src)", "the `code`"),
        (PAGE, "evidence.md", "[x](body)", "[x](body/README.md)"),
        (PAGE, "evidence.md", "`x[drug](0)`", "`x[drug](0)`"),
        (PAGE, "evidence.md", "[x](gone.md)", "[x](gone.md)"),
        (PAGE, "evidence.md", "```text\n[x](../src)\n```\n", "```text\n[x](../src)\n```\n"),
    ],
)
def test_a_link_leads_to_the_same_on_the_site(
    source: Path, place: str, text: str, read: str, tmp_path: Path
) -> None:
    assert rewritten(text, source, place, tmp_path) == read
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_page_is_copied_beside_the_pages(tmp_path: Path) -> None:
    text = rewritten("[x](../../examples/data.csv)", BODY, "body/pain.md", tmp_path)
    assert text == "[x](../files/examples/data.csv)"
    copied = tmp_path / "files" / "examples" / "data.csv"
    assert copied.read_bytes() == (ROOT / "examples" / "data.csv").read_bytes()


def test_a_hidden_file_stands_where_the_builder_sees_it(tmp_path: Path) -> None:
    text = rewritten("[x](../../.ci/run)", BODY, "body/pain.md", tmp_path)
    assert text == "[x](../files/ci/run)"
    assert (tmp_path / "files" / "ci" / "run").is_file()


def test_equations_are_set_where_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("website.pages.set_in_mathml", lambda latex: f"<{latex}>")
    text = "One.\n\n```math\na &= b\n```\n\nTwo.\n"
    assert rewritten(text, BODY, "body/pain.md", tmp_path) == "One.\n\n<a &= b>\n\nTwo.\n"
