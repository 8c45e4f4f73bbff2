"""Ratios over time and enzymes, as a terminal shows them."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from speciosa.report.met import print_met


def band(middle: float) -> dict[str, float]:
    return {"median": middle, "p05": middle / 2, "p95": middle * 2}


RATIO = {
    "of": "midazolam",
    "by": ["kratom"],
    "auc": band(1.4),
    "cmax": band(1.5),
    "days": [{"day": 1, "auc": band(1.3)}, {"day": 3, "auc": band(1.6)}],
    "static": 4.5,
}
ENZYME = {"name": "gut_CYP3A4", "lowest": band(0.3), "highest": band(1.0), "back": 60.0}


def shown(**changed: Any) -> str:
    out = io.StringIO()
    found = {"ratios": [RATIO], "enzymes": [ENZYME], "risks": []} | changed
    print_met(found, Console(file=out, width=120))
    return out.getvalue()


def test_a_ratio_is_told_whole_and_day_by_day_with_the_static_one_beside_it():
    text = shown()
    assert "1.4 (0.7–2.8)" in text
    assert "4.5" in text
    assert "day 1" in text
    assert "day 3" in text
    assert "day 2" not in text


def test_an_enzyme_is_told_with_its_return_in_days():
    assert "2.5 d" in shown()
    assert "not within this run" in shown(enzymes=[ENZYME | {"back": None}])


def test_nothing_is_printed_where_nothing_changed():
    assert shown(ratios=[], enzymes=[]) == ""
