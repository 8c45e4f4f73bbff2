from __future__ import annotations

import json

from benchmarks.table import Figure, Table


def test_a_figure_says_whether_its_goal_is_reached() -> None:
    assert str(Figure(0.09, at_most=0.1)) == "0.09 (<= 0.1: within)"
    assert str(Figure(0.11, at_most=0.1)) == "0.11 (<= 0.1: NOT within)"
    assert str(Figure(2.0, at_least=1.8)) == "2 (>= 1.8: within)"
    assert str(Figure(1.0, at_least=1.8)) == "1 (>= 1.8: NOT within)"
    assert str(Figure(0.5)) == "0.5"


def test_a_figure_that_could_not_be_measured_reaches_no_goal() -> None:
    assert not Figure(float("nan"), at_most=1.0).within
    assert not Figure(float("nan"), at_least=1.0).within


def test_a_table_lines_up_its_columns() -> None:
    table = Table("Title", ("solver", "ms"), notes=["a note"])
    table.add("fast", Figure(1.0))
    table.add("slow one", Figure(1000.0, ".0f"))
    assert str(table).splitlines() == [
        "Title",
        "solver      ms",
        "fast         1",
        "slow one  1000",
        "a note",
    ]


def test_json_holds_values_and_goals() -> None:
    table = Table("Title", ("solver", "ms"))
    table.add("fast", Figure(0.05, at_most=0.1))
    table.add("none", "")
    plain = json.loads(json.dumps(table.plain()))
    assert plain["rows"] == [{"solver": "fast", "ms": 0.05}, {"solver": "none", "ms": ""}]
    assert plain["goals"] == [
        {"row": 0, "column": "ms", "at_most": 0.1, "at_least": None, "within": True}
    ]
