from __future__ import annotations

import pytest

from cups import tea
from speciosa.report import words
from speciosa.trial.plan import plan
from speciosa.trial.telling import FALLING, negligible, telling


@pytest.mark.parametrize(
    ("output", "measure"),
    [
        ("plasma.mitragynine", "cmax"),
        ("brain.mitragynine", "cmax"),
        ("pain.relief", "max"),
        ("breathing.drive", "min"),
        ("arousal.focus", "min"),
        ("inflammation.mediator", "min"),
    ],
)
def test_the_measure_that_tells_most(output: str, measure: str) -> None:
    assert telling(output) == measure


def test_every_effect_that_falls_and_every_one_in_a_table_is_an_output() -> None:
    known = set(plan(tea()).model.outputs)
    assert known >= FALLING
    assert known >= set(words.EFFECTS)


def test_a_thousandth_of_a_share_is_nothing_and_of_a_unit_it_is_a_part() -> None:
    assert negligible(9e-4, "1", 1e-6)
    assert not negligible(1.1e-3, "1", 100.0)
    assert negligible(0.3, "ms", 410.0)
    assert not negligible(0.5, "ms", 410.0)
