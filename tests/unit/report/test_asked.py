"""The time of asking and the question, as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.errors import InputError
from speciosa.report.asked import hour_of, last_taken, question_of, within
from speciosa.trial import Scenario

LAST = 40.0


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        (None, None),
        (" ", None),
        ("6 h", 6.0),
        ("2 hours", 2.0),
        ("90 min", 1.5),
        ("90 minutes", 1.5),
        ("2 d", 48.0),
        ("6 h after the first dose", 6.0),
        ("2 h ago", LAST + 2.0),
        ("2 Hours  AGO", LAST + 2.0),
        ("since 2 h", LAST + 2.0),
        ("2 h since", LAST + 2.0),
        ("30 min after the last dose", LAST + 0.5),
    ],
)
def test_a_time_counts_from_the_first_dose_and_ago_from_the_last(
    said: str | None, hours: float | None
) -> None:
    assert hour_of(said, LAST) == hours


@pytest.mark.parametrize(
    "wrong",
    [
        "soon",
        "3 g",
        "nan h",
        "1e999 h",
        "1e308 y",
        "1e308 y ago",
        "ago",
        "since",
        "since 3 pm",
        "-2 h ago",
        "2-3 h",
    ],
)
def test_what_is_no_time_is_refused_with_what_would_be_right(wrong: str) -> None:
    with pytest.raises(InputError, match=r"after the first dose.*2 h ago"):
        hour_of(wrong, LAST)


@pytest.mark.parametrize("late", [-1.0, 200.0])
def test_a_time_that_the_run_does_not_reach_is_refused(late: float) -> None:
    with pytest.raises(InputError, match="from 0 h to 7 d"):
        within(late, 168.0)


@pytest.mark.parametrize(
    ("regimen", "last"),
    [
        ({"dose": "2 g"}, 0.0),
        ({"dose": "0 g"}, 0.0),
        ({"dose": "2 g", "every": "8 h", "for": "2 d"}, 40.0),
        (
            {
                "dose": "2 g",
                "every": "8 h",
                "for": "2 d",
                "steps": [{"from": "20 h", "dose": "0 g"}],
            },
            16.0,
        ),
    ],
)
def test_the_last_dose_is_the_last_that_is_taken(regimen: dict[str, Any], last: float) -> None:
    assert last_taken(Scenario(product={"kind": "leaf"}, regimen=regimen)) == last


def test_doses_after_the_end_of_a_run_are_none_of_it() -> None:
    regimen = {"dose": "2 g", "every": "8 h", "for": "2 d"}
    scenario = Scenario(product={"kind": "leaf"}, regimen=regimen, output={"until": "20 h"})
    assert last_taken(scenario) == 16.0


def test_a_question_is_one_line() -> None:
    assert question_of("  Asleep? ") == "Asleep?"
    for wrong in ("a\nb", "x" * 201, "\u202e"):
        with pytest.raises(InputError, match="one line"):
            question_of(wrong)
