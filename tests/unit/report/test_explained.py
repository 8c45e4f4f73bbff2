from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from speciosa.report.explained import drivers, headline, narrowing, print_explanation


def index(total: float) -> dict[str, float]:
    ends = {"first_low": 0.0, "first_high": total, "total_low": total, "total_high": total}
    return {"first": total / 2, "total": total, **ends}


def outcome(unknown: float = 0.6, differ: float = 0.3) -> dict[str, Any]:
    """What `speciosa explain --json` prints, of nothing that was simulated."""
    rows = [
        {"kind": kind, "id": f"a/{kind}", "title": f"line of {kind}", "status": "assumed"}
        | {"read": "recalled", "source": "somebody-2020", **index(share)}
        for kind, share in (("uncertainty", unknown), ("variability", differ))
        if share
    ]
    worth = {"id": "a/x", "title": "line", "status": "assumed", "read": "recalled"}
    return {
        "model": {"version": "0.1", "hash": "abc", "variants": ["other"]},
        "output": "pain.relief",
        "measure": "max",
        "window": "last",
        "unit": "1",
        "logarithm": True,
        "seed": 1,
        "people": 1000,
        "spread": {"median": 0.2, "p05": 0.1, "p95": 0.4},
        "shares": {
            "uncertainty": index(unknown),
            "variability": index(differ),
            "only_together": 0.1,
        },
        "factors": rows,
        "others": {"uncertainty": index(0.001)},
        "counted": {"variability": 1, "uncertainty": 3, "change_nothing": 2},
        "narrow": [{**worth, "takes_away": 0.4, "would": "a first measurement"}] if unknown else [],
        "warnings": ["Some were left out."],
    }


def printed(found: dict[str, Any]) -> str:
    console = Console(width=100, highlight=False, color_system=None)
    with console.capture() as said:
        print_explanation(found, console)
    return said.get()


def test_both_kinds_are_told_apart() -> None:
    said = printed(outcome())
    assert said.index("What we do not know") < said.index("How people differ")
    for words in ("line of uncertainty", "2 others together", "Some were left out.", "logarithm"):
        assert words in said


def test_the_headline_has_the_range_and_the_three_shares() -> None:
    said = headline(outcome())
    assert "0.10–0.40" in said
    assert "30 % is what we do not know, 15 % that people differ, and 10 % both together" in said
    assert "Nothing that varies changes it" in headline(outcome(0.0, 0.0))


def test_a_measurement_is_told_with_how_the_number_was_read() -> None:
    said = narrowing(outcome()["narrow"][0])
    assert "assumed, from memory and not yet checked" in said
    assert "40 % of what we do not know" in said


@pytest.mark.parametrize("shares", [(0.6, 0.3), (0.6, 0.0), (0.0, 0.0)])
def test_a_figure_says_what_it_shows(shares: tuple[float, float]) -> None:
    chart = drivers(outcome(*shares))
    assert headline(outcome(*shares)) in chart.description
    assert chart.svg() == drivers(outcome(*shares)).svg()
