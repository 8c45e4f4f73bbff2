"""Two scenarios in words, tables and one drawing."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.errors import InputError
from speciosa.report.beside import beside_answer, beside_blocks, beside_chart, curves_of
from speciosa.report.chart import Width


def row(arm: str, how: str, kind: str, middle: float) -> dict[str, Any]:
    ends = {"p05": middle - 0.1, "p25": middle, "median": middle, "p75": middle}
    return {
        "arm": arm, "how": how, "output": "breathing.risk", "measure": "max", "unit": "1",
        "kind": kind, **ends, "p95": middle + 0.1,
    }  # fmt: skip


def curve(kind: str, top: float, output: str = "breathing.risk") -> dict[str, Any]:
    lines = {name: [0.0, top, 0.1 * top] for name in ("p25", "median", "p75")}
    ends = {"p05": [0.0, 0.5 * top, 0.0], "p95": [0.0, 1.5 * top, 0.2 * top]}
    return {"output": output, "unit": "1", "kind": kind, **lines, **ends}


TABLE: dict[str, Any] = {
    "arms": [{"name": "The first"}, {"name": "The second"}],
    "people": {"n": 3, "replicates": 2, "failed": 0},
    "measures": [
        row(arm, how, kind, middle)
        for kind in ("variability", "uncertainty", "both")
        for arm, how, middle in (
            ("The first", "value", 0.5),
            ("The second", "value", 0.25),
            ("The second", "difference", -0.2),
        )
    ],
    "series": [
        {
            "arm": arm,
            "times": [0.0, 2.0, 24.0],
            "doses": [0.0],
            "outputs": [curve("variability", top), curve("uncertainty", top), *more],
        }
        for arm, top, more in (
            ("The first", 0.5, [curve("variability", 1.0, "gut.nausea")]),
            ("The second", 0.25, []),
        )
    ],
}


def test_numbers_stand_by_arm_and_differences_within_a_person() -> None:
    (value,) = beside_blocks(TABLE, "value")
    assert value.title == "Risk to breathing, 0 to 1, highest"
    assert [line[:3] for line in value.rows] == [
        ("The first", "0.50", "0.40–0.60"),
        ("The second", "0.25", "0.15–0.35"),
    ]
    (less,) = beside_blocks(TABLE, "difference")
    assert less.rows == (("The second", "-0.20", *["-0.30 to -0.10"] * 3),)


def test_the_answer_keeps_people_and_what_we_do_not_know_apart() -> None:
    said = beside_answer(TABLE, "breathing.risk")
    assert "The first: 0.50; The second: 0.25." in said
    assert "within one person: -0.20 (people differ: -0.30 to -0.10; we do not know: " in said


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_both_curves_are_in_one_drawing_that_says_what_it_shows(width: Width) -> None:
    chart = beside_chart(TABLE, "breathing.risk", width=width)
    assert "The first: the middle line is highest after 2.00 hours, at 0.500" in chart.description
    drawn = chart.svg()
    assert "The first" in drawn
    assert "The second, 9 of 10" in drawn
    assert "We do not know" in drawn


def test_only_what_both_have_is_drawn() -> None:
    assert curves_of(TABLE) == ["breathing.risk"]
    with pytest.raises(InputError, match=r"breathing\.risk"):
        beside_chart(TABLE, "gut.nausea")
