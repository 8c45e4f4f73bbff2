"""Two scenarios in words and tables."""

from __future__ import annotations

from typing import Any

from speciosa.report.beside import beside_answer, beside_blocks


def row(arm: str, how: str, kind: str, middle: float) -> dict[str, Any]:
    ends = {"p05": middle - 0.1, "p25": middle, "median": middle, "p75": middle}
    return {
        "arm": arm, "how": how, "output": "breathing.risk", "measure": "max", "unit": "1",
        "kind": kind, **ends, "p95": middle + 0.1,
    }  # fmt: skip


TABLE: dict[str, Any] = {
    "arms": [{"name": "The first"}, {"name": "The second"}],
    "people": {"n": 3, "replicates": 2, "failed": 0},
    "measures": [
        row(arm, how, kind, middle + 0.1 * (kind == "variability"))
        for kind in ("variability", "uncertainty", "both")
        for arm, how, middle in (
            ("The first", "value", 0.5),
            ("The second", "value", 0.25),
            ("The second", "difference", -0.2),
        )
    ],
}


def test_each_range_stands_with_its_own_middle() -> None:
    (value,) = beside_blocks(TABLE, "value")
    assert value.title == "Risk to breathing, 0 to 1, highest"
    assert [(line.arm, line.cells[0], line.cells[2]) for line in value.rows] == [
        ("The first", ("0.60", "0.50–0.70"), ("0.50", "0.40–0.60")),
        ("The second", ("0.35", "0.25–0.45"), ("0.25", "0.15–0.35")),
    ]


def test_differences_are_those_within_a_person() -> None:
    (less,) = beside_blocks(TABLE, "difference")
    (line,) = less.rows
    assert line.cells == (
        ("-0.10", "-0.20 to 0"),
        ("-0.20", "-0.30 to -0.10"),
        ("-0.20", "-0.30 to -0.10"),
    )


def test_the_answer_keeps_people_and_what_we_do_not_know_apart() -> None:
    said = beside_answer(TABLE, "breathing.risk")
    assert "The first: 0.50 (9 of 10: 0.40–0.60). The second: 0.25 (9 of 10: " in said
    assert "within one person: -0.20 (9 of 10: -0.30 to -0.10). Told apart, people differ: " in said
    assert "people differ: -0.10 (9 of 10: -0.20 to 0), and we do not know: -0.20 (" in said
