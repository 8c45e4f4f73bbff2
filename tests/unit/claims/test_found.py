"""A test that waits for evidence: every record of one thing, once there is one."""

from __future__ import annotations

import pytest

from on_the_bench import bench, record
from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE
from speciosa.claims.found import Found

AT = "pain/made-up/trial/"
TRIALS = Found(AT, "relief in nerve pain", at_least=0.1, on="which trial is right")


def test_without_any_it_is_open_and_says_what_was_looked_for() -> None:
    found = TRIALS.ask(bench(), BASE)
    assert found.answer == Answer.UNSURE
    assert found.because == f"no record of relief in nerve pain was found ({AT})"


@pytest.mark.parametrize(
    ("relief", "answer"),
    [
        ((0.3,), Answer.YES),
        ((0.0,), Answer.NO),
        ((0.3, 0.2), Answer.YES),
        ((0.3, 0.0), Answer.MIXED),
    ],
)
def test_the_day_a_trial_is_written_down_it_decides(relief, answer: Answer) -> None:
    held = [record(f"{AT}{n}", one, unit="1") for n, one in enumerate(relief)]
    found = TRIALS.ask(bench(*held), BASE)
    assert found.answer == answer
    assert set(found.records) == {one.id for one in held}
    assert found.on == ("which trial is right" if answer == Answer.MIXED else "")


def test_a_trial_of_something_else_does_not_count() -> None:
    other = record("pain/made-up/other/1", 0.3, unit="1")
    assert TRIALS.ask(bench(other), BASE).answer == Answer.UNSURE


def test_it_needs_no_simulation() -> None:
    assert TRIALS.needs == ()
