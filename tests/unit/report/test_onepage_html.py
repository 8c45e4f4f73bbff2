"""The page as HTML: nothing from elsewhere, no script, no style of an element, all escaped."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

from reported import checked, result, unsaid
from speciosa.errors import InputError
from speciosa.report.onepage import OnePage, onepage
from speciosa.report.onepage_html import STYLE, body, html
from speciosa.report.onepage_pdf import pdf
from speciosa.report.onepage_shown import shown

COMPANY: dict[str, Any] = {"with": [{"drug": "alprazolam", "dose": "1 mg"}]}


def page(*, appendix: bool = False, question: str = "Asleep?", **tables: Any) -> OnePage:
    return onepage(
        result(**tables),
        checked(**tables),
        unsaid(**tables),
        now=2.0,
        appendix=appendix,
        question=question,
    )


class Read(HTMLParser):
    """Elements with their attributes, and the words that stand between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_nothing_is_fetched_and_nothing_runs() -> None:
    read = Read(html(page(appendix=True, **COMPANY)))
    for tag, given in read.elements:
        assert tag not in ("script", "link", "iframe", "object", "form")
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]
        for name in {"src", "srcset", "href"} & set(given):
            assert str(given[name]).startswith("data:image/svg+xml;base64,")
    style = STYLE.read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_every_picture_has_words_and_every_table_heads() -> None:
    read = Read(html(page(**COMPANY)))
    for tag, given in read.elements:
        if tag == "img":
            assert given["alt"]
        if tag == "th":
            assert given["scope"] in ("col", "row")
    assert [tag for tag, _ in read.elements].count("h1") == 1


def test_the_part_for_another_page_begins_lower_and_brings_no_looks() -> None:
    part = body(page(), level=2)
    assert "<h1" not in part
    assert "<h2" in part
    assert "<style" not in part


def test_it_says_what_the_paper_says() -> None:
    made = page(**COMPANY)
    text = Read(html(made)).text
    table = shown(made)
    for one in (*made.answer, *made.exposure, *made.use):
        assert one.text in text
    for one in made.missing:
        assert f"{one.what}: {one.why}" in text
    for one in table["limits_short"]:
        assert one in text
    assert made.run.hash in text
    assert pdf(made)


def test_words_are_words() -> None:
    text = html(page(question='<script>alert("x")</script>'))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_an_emergency_is_what_to_do_and_no_number_of_a_run() -> None:
    made = onepage(result(), checked(person={"signs": ["blue lips"]}), unsaid())
    text = Read(html(made)).text
    assert "EMERGENCY" in text
    assert "ng/mL" not in text
    assert not re.search(r"people differ|we do not know", text)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    with pytest.raises(InputError, match=r"pip install 'speciosa\[report\]'"):
        html(page())
