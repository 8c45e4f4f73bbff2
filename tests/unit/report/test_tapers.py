"""Small multiples of regimens, of made up courses."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.errors import InputError
from speciosa.report.tapers import arms_chart

DAYS = [float(day) for day in range(1, 31)]


def course(arm: str, kind: str, top: float) -> dict[str, Any]:
    ends = {"p05": 0.2, "p25": 0.6, "median": 1.0, "p75": 1.4, "p95": 2.0}
    curve = [top / day for day in DAYS]
    return {"arm": arm, "output": "dependence.score", "unit": "1", "kind": kind} | {
        name: [size * value for value in curve] for name, size in ends.items()
    }


def compared(kinds: tuple[str, ...] = ("variability", "uncertainty")) -> dict[str, Any]:
    """What `speciosa compare --json --series` prints of two regimens, in part."""
    arms = {"abrupt": 20.0, "10 % a week": 5.0}
    rows = [course(arm, kind, top) for arm, top in arms.items() for kind in kinds]
    return {
        "arms": [{"name": name} for name in arms],
        "scale": {"mild": 1.0, "moderate": 11.0, "severe": 21.0},
        "series": {"days": DAYS, "arms": rows},
    }


def test_each_regimen_has_a_panel_for_each_kind_of_spread_on_one_scale() -> None:
    chart = arms_chart(compared(), "dependence.score")
    assert len(chart.axes) == 4
    assert len({axes.get_ylim() for axes in chart.axes}) == 1
    texts = {axes.get_title(loc="left") for axes in chart.axes} - {""}
    assert texts == {"abrupt", "10 % a week"}


def test_it_says_what_it_shows_and_is_the_same_each_time() -> None:
    chart = arms_chart(compared(), "dependence.score")
    assert "abrupt: the middle person is highest on day 1, at 20.0" in chart.description
    assert chart.svg() == arms_chart(compared(), "dependence.score").svg()


def test_the_words_of_the_scale_stand_beside_it() -> None:
    assert {"moderate", "severe"} <= {
        text.get_text()
        for axes in arms_chart(compared(), "dependence.score").axes
        for text in axes.texts
    }


def test_central_records_alone_make_one_column() -> None:
    assert len(arms_chart(compared(("variability",)), "dependence.score").axes) == 2


def test_an_output_that_was_not_followed_is_refused() -> None:
    with pytest.raises(InputError, match=r"one of dependence\.score"):
        arms_chart(compared(), "gut.nausea")
