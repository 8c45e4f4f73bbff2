"""Numbers as tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from made_up import result
from speciosa.errors import InputError
from speciosa.report.rows import SPREAD, TABLES, csv_text, table_csv

PEAKS = [{"output": "gut.nausea", "window": "all", "unit": "h", "times": [0.5, 1.0]}]
SHARES = [
    {"output": "gut.nausea", "effect": "none", "people": 0.5, "share": 0.25, "p05": None, "p95": 1}
]


def told(table: str, **changed: Any) -> list[dict[str, str]]:
    plain = {**result(), "shares": SHARES, "peaks": PEAKS, **changed}
    return list(csv.DictReader(io.StringIO(table_csv(plain, table))))


def test_measures_are_those_of_the_result() -> None:
    rows = told("measures")
    held = result()["measures"]
    assert [row["output"] for row in rows] == [row["output"] for row in held]
    for row, one in zip(rows, held, strict=True):
        assert [float(row[name]) for name in SPREAD] == pytest.approx(
            [one[name] for name in SPREAD]
        )


def test_a_number_that_is_not_there_is_an_empty_cell() -> None:
    (row,) = told("shares")
    assert (row["share"], row["p05"], row["p95"]) == ("0.25", "", "1")


def test_times_of_peaks_have_a_row_for_each_of_twenty_people() -> None:
    rows = told("peaks")
    assert [(row["person_of_20"], row["time"]) for row in rows] == [("1", "0.5"), ("2", "1")]


@pytest.mark.parametrize("table", TABLES)
def test_what_would_look_safer_than_it_is_is_left_out(table: str) -> None:
    scenario = {**result()["scenario"], "with": [{"drug": "quetiapine"}]}
    risky = {"output": "breathing.risk"}
    rows = told(
        table,
        scenario=scenario,
        measures=[{**result()["measures"][0], **risky}],
        shares=[{**SHARES[0], **risky}],
        peaks=[{**PEAKS[0], **risky}],
    )
    assert rows == []


def test_a_table_that_there_is_not_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"table: got 'x'; expected one of measures, shares, peaks"
    ):
        table_csv(result(), "x")


def test_yes_and_no_are_those_of_json() -> None:
    assert csv_text(("a", "b"), [{"a": True, "b": False}]) == "a,b\ntrue,false\n"


def test_words_with_a_comma_stay_one_cell() -> None:
    assert csv_text(("a", "b"), [{"a": "x, y", "b": 0.1}]) == 'a,b\n"x, y",0.1\n'
