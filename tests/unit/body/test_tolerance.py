from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import alone, precisely

from speciosa.body.tolerance import Tolerance
from speciosa.engine import Events

BODY = alone(Tolerance)
HOURS = np.array([0.0, 12.0, 48.0, 400.0])


def level(response: float, hours=HOURS) -> np.ndarray:
    parameters = BODY.vector(
        {"tolerance.k_on": 0.1, "tolerance.k_off": 0.02, "input.response": response}
    )
    return precisely(BODY.problem, parameters, Events.none(), hours)["tolerance.level"][0]


def test_tolerance_builds_up_towards_the_balance_of_its_two_paces():
    assert level(0.4) == pytest.approx(0.4 * 5.0 * (1 - np.exp(-0.02 * HOURS)), abs=1e-8)


def test_tolerance_is_lost_by_half_in_each_half_life():
    parameters = BODY.vector(
        {"tolerance.k_on": 0.1, "tolerance.k_off": 0.02, "input.response": 0.0}
    )
    half_life = np.log(2) / 0.02
    used = BODY.from_state(np.array([3.0]))
    found = precisely(used, parameters, Events.none(), [half_life, 2 * half_life])
    assert found["tolerance.amount"][0] == pytest.approx([1.5, 0.75], rel=1e-7)


def test_a_tolerance_of_one_halves_the_drive():
    parameters = BODY.vector(
        {"tolerance.k_on": 0.1, "tolerance.k_off": 0.02, "input.response": 0.0}
    )
    assert BODY.observed([0.0], parameters)["tolerance.sensitivity"] == 1.0
    assert BODY.observed([1.0], parameters)["tolerance.sensitivity"] == 0.5
