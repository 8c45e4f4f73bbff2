from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import Body, precisely

from speciosa.body.tolerance import EFFECT, Tolerance
from speciosa.compile import Member, flatten_alone
from speciosa.engine import Events

BODY = Body(flatten_alone(Tolerance, {EFFECT: [Member("relief"), Member("gut")]}))
HOURS = np.array([0.0, 12.0, 48.0, 400.0])
PACES = {
    "tolerance.k_on.relief": 0.1,
    "tolerance.k_off.relief": 0.02,
    "tolerance.k_on.gut": 0.01,
    "tolerance.k_off.gut": 0.02,
}


def vector(response: float) -> np.ndarray:
    return BODY.vector({**PACES, "input.response": response})


def level(response: float, effect: str = "relief") -> np.ndarray:
    found = precisely(BODY.problem, vector(response), Events.none(), HOURS)
    return found[f"tolerance.level.{effect}"][0]


def test_tolerance_builds_up_towards_the_balance_of_its_two_paces():
    assert level(0.4) == pytest.approx(0.4 * 5.0 * (1 - np.exp(-0.02 * HOURS)), abs=1e-8)


def test_an_effect_that_builds_up_ten_times_slower_has_a_tenth_of_the_tolerance():
    assert level(0.4, "gut") == pytest.approx(level(0.4) / 10, abs=1e-8)


def test_tolerance_is_lost_by_half_in_each_half_life():
    half_life = np.log(2) / 0.02
    used = BODY.from_state(np.array([3.0, 1.0]))
    found = precisely(used, vector(0.0), Events.none(), [half_life, 2 * half_life])
    assert found["tolerance.amount.relief"][0] == pytest.approx([1.5, 0.75], rel=1e-7)
    assert found["tolerance.amount.gut"][0] == pytest.approx([0.5, 0.25], rel=1e-7)


def test_a_tolerance_of_one_halves_the_drive_of_its_own_effect_alone():
    left = BODY.observed([1.0, 0.0], vector(0.0))
    assert left["tolerance.sensitivity.relief"] == 0.5
    assert left["tolerance.sensitivity.gut"] == 1.0
