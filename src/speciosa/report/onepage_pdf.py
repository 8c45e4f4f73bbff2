"""The page as a PDF that can be read aloud (PDF/UA-1): tagged, with title, language and alt texts.

Letters are made smaller, and then rows fewer, until the first part fits on one sheet; what had no
room is named there and stands in the appendix. The scenario is attached, so that it can be run
again. The same content gives the same file: no clock and no font of the machine goes into it.
Letters are those that typst and matplotlib bring along.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from speciosa.errors import InputError
from speciosa.report.onepage import OnePage, chart_of
from speciosa.report.onepage_code import code_svg, needed
from speciosa.report.onepage_shown import shown

__all__ = ["PAPERS", "pdf", "pictures"]

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Papers by the names that we take, and by those that typst has for them."""

_TEMPLATE = files("speciosa.report") / "templates" / "onepage.typ"
_STEPS = ((8.8, 6), (8.4, 6), (8.0, 6), (7.6, 6), (7.6, 5), (7.3, 4), (7.0, 3), (6.8, 2))
"""Sizes of letters, pt, and rows of each table: from what reads best to what always fits."""
_ENDS = "<first-part-ends>"


def pdf(page: OnePage, paper: str = "a4") -> bytes:
    """The page as PDF, on `a4` or `letter`.

    Raises:
        InputError: there is no such paper, or typst or segno is not installed.
    """
    moment = datetime(page.today.year, page.today.month, page.today.day, tzinfo=UTC)
    return needed("typst").compile(
        _source(),
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=moment,
        sys_inputs=_fitted(page, paper),
        font_paths=_fonts(),
    )


def pictures(page: OnePage, paper: str = "a4", dots_per_inch: int = 110) -> list[bytes]:
    """Its sheets as PNG, to be looked at. Raises InputError as `pdf` does."""
    made = needed("typst").compile(
        _source(),
        format="png",
        ppi=dots_per_inch,
        sys_inputs=_fitted(page, paper),
        font_paths=_fonts(),
    )
    return [made] if isinstance(made, bytes) else list(made)


def _fitted(page: OnePage, paper: str) -> dict[str, str]:
    """What the template is given, with the largest letters that leave the first part on a sheet."""
    if paper not in PAPERS:
        raise InputError("paper", paper, f"one of {', '.join(PAPERS)}")
    typst, inputs = needed("typst"), {"paper": PAPERS[paper], **_inputs(page)}
    for size, rows in _STEPS:
        inputs |= {"size": str(size), "rows": str(rows)}
        ends = typst.query(
            _source(), _ENDS, field="value", one=True, sys_inputs=inputs, font_paths=_fonts()
        )
        if json.loads(ends) == 1:
            break
    return inputs


def _inputs(page: OnePage) -> dict[str, str]:
    """All that the template reads, as text."""
    chart = chart_of(page)
    return {
        "page": json.dumps(shown(page), ensure_ascii=False),
        "timeline": chart.svg() if chart else "",
        "code": code_svg(page.run),
    }


@cache
def _source() -> bytes:
    return _TEMPLATE.read_bytes()


@cache
def _fonts() -> Any:
    """Fonts of typst and of matplotlib, and none of the machine."""
    matplotlib: Any = import_module("matplotlib")
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return needed("typst").Fonts(include_system_fonts=False, font_paths=[str(folder)])
