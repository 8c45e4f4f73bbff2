"""How a comparison is told: numbers, words of the scale, and days that do not come."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from speciosa.report.pairs import MEASURES, NO_RELIEF, blocks, print_pairs
from speciosa.trial.daily import UNITS


def row(arm: str, measure: str, middle: float | None, how: str = "value") -> dict[str, Any]:
    ends = {"p05": middle, "p25": middle, "median": middle, "p75": middle, "p95": middle}
    beyond = [name for name, value in ends.items() if value is None]
    told = {"arm": arm, "how": how, "measure": measure, "unit": UNITS[measure], "kind": "both"}
    return {**told, **ends, "beyond": beyond}


def compared() -> dict[str, Any]:
    """What `speciosa compare --json` prints of two regimens, made up."""
    return {
        "arms": [
            {"name": "abrupt", "says": "stopped at once"},
            {"name": "slow", "says": "in steps"},
        ],
        "seed": 1,
        "people": {"n": 3, "replicates": 2, "failed": 1},
        "days": 30,
        "measures": [
            row("abrupt", "withdrawal_peak", 13.46),
            row("slow", "withdrawal_peak", 0.4),
            row("abrupt", "tolerance_recovered", 12.0),
            row("slow", "tolerance_recovered", None),
            row("slow", "withdrawal_peak", -13.06, "difference"),
            row("slow", "tolerance_recovered", None, "difference"),
            row("abrupt", "relief_lowest", 0.0),
            row("slow", "relief_lowest", 0.0),
        ],
        "scale": {"mild": 1.0, "moderate": 11.0, "severe": 21.0},
        "warnings": ["weak spot"],
        "dangers": [],
        "sources_differ": [],
        "closing": "Talk to a professional.",
        "evidence": [],
    }


def printed(table: dict[str, Any], width: int = 100) -> str:
    out = io.StringIO()
    print_pairs(table, Console(file=out, width=width))
    return out.getvalue()


def test_every_measure_has_words() -> None:
    assert set(MEASURES) == set(UNITS)


def test_a_score_has_the_word_of_its_scale() -> None:
    said = printed(compared())
    assert "13 moderate" in said
    assert "0.40 none" in said


def test_a_day_that_does_not_come_lies_beyond_those_that_were_looked_at() -> None:
    said = printed(compared())
    assert ">30" in said
    assert "beyond" in said


def test_days_are_whole_and_a_measure_that_nobody_has_is_left_out() -> None:
    said = printed(compared())
    assert " 12\n" in said
    assert "Relief of pain over all days" not in said


def test_relief_on_the_worst_day_is_left_out_where_nobody_has_any() -> None:
    said = printed(compared())
    assert "Relief of pain on the worst day, share" not in said
    assert NO_RELIEF in said
    table = compared()
    table["measures"].append(row("slow", "relief_lowest", -0.1))
    said = printed(table)
    assert "Relief of pain on the worst day, share" in said
    assert NO_RELIEF not in said


def test_each_range_stands_below_its_own_middle_and_is_explained_above() -> None:
    table = compared()
    people = {**row("abrupt", "withdrawal_peak", 8.0), "kind": "variability"}
    table["measures"] += [{**people, "p05": 6.0, "p95": 12.4}]
    (block, *_) = blocks(table, "value")
    assert block.rows[0].cells == (("8.0 mild", "6.0–12"), ("", ""), ("13 moderate", ""))
    said = printed(table)
    assert said.index("Each number is a middle") < said.index("Worst withdrawal, points")
    assert "8.0 mild" in said
    assert "6.0–12" in said


def test_who_could_not_be_computed_is_counted() -> None:
    assert "1 person not computed" in printed(compared())


def test_it_ends_with_the_professional_and_fits_a_narrow_terminal() -> None:
    said = printed(compared(), width=80)
    assert "Talk to a professional." in said
    assert max(len(line.rstrip()) for line in said.splitlines()) <= 80
