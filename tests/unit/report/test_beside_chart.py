"""Two scenarios and their difference in one drawing, of made up curves."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.errors import InputError
from speciosa.report.beside_chart import beside_chart, curves_of
from speciosa.report.chart import Width

ARMS = {"The first": 0.5, "The second": 0.25}


def curve(arm: str, how: str, kind: str, top: float, **more: str) -> dict[str, Any]:
    sizes = {"p05": 0.5, "p25": 0.8, "median": 1.0, "p75": 1.2, "p95": 1.5}
    lines = {name: [0.0, size * top, 0.1 * size * top] for name, size in sizes.items()}
    told = {"arm": arm, "how": how, "output": "breathing.risk", "unit": "1", "kind": kind}
    return {**told, **lines, **more}


def compared(unit: str = "h", **more: str) -> dict[str, Any]:
    """What `Beside.to_dict(series=True)` gives of two, in part."""
    kinds = ("variability", "uncertainty")
    rows = [curve(arm, "value", kind, top, **more) for arm, top in ARMS.items() for kind in kinds]
    rows += [curve("The second", "difference", kind, -0.2, **more) for kind in kinds]
    rows.append(curve("The first", "value", "variability", 1.0, output="gut.nausea"))
    return {
        "arms": [{"name": name} for name in ARMS],
        "series": {"unit": unit, "times": [1.0, 2.0, 24.0], "doses": {}, "outputs": rows},
    }


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_both_and_their_difference_are_drawn_for_each_kind_of_spread(width: Width) -> None:
    chart = beside_chart(compared(), "breathing.risk", width=width)
    first, second, *apart = chart.axes
    assert [axes.get_title(loc="left") for axes in (first, second)] == [
        "People differ",
        "We do not know",
    ]
    assert len(apart) == 2
    assert all("difference within each person" in axes.get_title(loc="left") for axes in apart)
    assert first.get_ylim() == second.get_ylim()
    assert apart[0].get_ylim()[0] < -0.2 < 0.0 < apart[0].get_ylim()[1]
    assert {line.get_label() for line in apart[0].lines} >= {"The second less the first"}


def test_it_says_what_it_shows_and_is_the_same_each_time() -> None:
    chart = beside_chart(compared(), "breathing.risk")
    said = chart.description
    assert "The first: the middle line is highest after 2.00 hours, at 0.500" in said
    assert (
        "The second less the first, within each person, people differ: the middle line is "
        "farthest from nothing after 2.00 hours, at -0.200; 9 of 10 -0.10 to -0.30."
    ) in said
    assert chart.svg() == beside_chart(compared(), "breathing.risk").svg()


def test_of_many_doses_the_days_are_drawn() -> None:
    daily = compared("d", output="breathing.drive")
    chart = beside_chart(daily, "breathing.drive")
    assert "lowest of each day" in chart.svg()
    assert "lowest on day 1" in chart.description
    assert [axes.get_xlabel() for axes in chart.axes[-2:]] == ["days", "days"]
    assert "highest of each day" in beside_chart(compared("d"), "breathing.risk").svg()


def test_both_are_in_one_unit() -> None:
    level = compared(output="plasma.mitragynine")
    for row in level["series"]["outputs"]:
        row["unit"] = "ng/mL"
        if row["arm"] == "The first":
            row["p95"] = [2e5, 2e5, 2e5]
    chart = beside_chart(level, "plasma.mitragynine")
    assert "The first: the middle line is highest after 2.00 hours, at 0.000500 mg/L" in (
        chart.description
    )
    assert "The second: the middle line is highest after 2.00 hours, at 0.000250 mg/L" in (
        chart.description
    )


def test_only_what_both_have_is_drawn() -> None:
    assert curves_of(compared()) == ["breathing.risk"]
    with pytest.raises(InputError, match=r"breathing\.risk"):
        beside_chart(compared(), "gut.nausea")
