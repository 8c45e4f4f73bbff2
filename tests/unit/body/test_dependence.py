from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import alone, precisely

from speciosa.body.dependence import Dependence
from speciosa.engine import Events

BODY = alone(Dependence)
NUMBERS = {
    "dependence.k_on": 0.02,
    "dependence.k_off": 0.01,
    "dependence.masking": 0.1,
    "dependence.scale": 40.0,
}


def vector(response: float) -> np.ndarray:
    return BODY.vector({**NUMBERS, "input.response": response})


def withdrawal(level: float, response: float) -> float:
    return BODY.observed([level], vector(response))["dependence.withdrawal"]


def test_steady_use_leans_towards_the_balance_of_building_and_fading():
    found = precisely(BODY.problem, vector(0.5), Events.none(), [1000.0])
    assert found["dependence.level"][0, 0] == pytest.approx(0.5, rel=1e-6)


def test_the_drug_masks_what_it_has_built_up():
    assert withdrawal(0.6, response=0.5) < 0.01 * withdrawal(0.6, response=0.0)


def test_an_antagonist_uncovers_all_of_it_at_once():
    """Naloxone takes the response away; nothing has to fade first."""
    assert withdrawal(0.6, response=0.0) == 0.6


def test_who_never_used_has_no_withdrawal_whatever_blocks_the_receptor():
    assert withdrawal(0.0, response=0.0) == 0.0


def test_withdrawal_fades_at_its_own_pace_after_the_last_dose():
    stopped = BODY.from_state(np.array([0.6]))
    found = precisely(stopped, vector(0.0), Events.none(), [np.log(2) / 0.01])
    assert found["dependence.lean"][0, 0] == pytest.approx(0.3, rel=1e-7)


def test_the_scale_counts_points():
    assert BODY.observed([0.5], vector(0.0))["dependence.score"] == 20.0
