from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import alone, precisely

from speciosa.body.dependence import Dependence
from speciosa.engine import Events

BODY = alone(Dependence)
NUMBERS = {
    "dependence.pace": 0.01,
    "dependence.half_gap": 0.4,
    "dependence.suddenness": 2.0,
    "dependence.scale": 40.0,
}


def vector(response: float) -> np.ndarray:
    return BODY.vector({**NUMBERS, "input.response": response})


def withdrawal(level: float, response: float) -> float:
    return BODY.observed([level], vector(response))["dependence.withdrawal"]


def test_steady_use_becomes_the_new_rest():
    found = precisely(BODY.problem, vector(0.5), Events.none(), [2000.0])
    assert found["dependence.level"][0, 0] == pytest.approx(0.5, rel=1e-6)
    assert found["dependence.withdrawal"][0, 0] == pytest.approx(0.0, abs=1e-6)


def test_half_of_the_way_takes_a_half_life():
    half_life = np.log(2) / 0.01
    found = precisely(BODY.problem, vector(0.5), Events.none(), [half_life])
    assert found["dependence.level"][0, 0] == pytest.approx(0.25, rel=1e-7)


def test_the_gap_of_half_makes_half_of_the_worst():
    assert withdrawal(0.4, response=0.0) == pytest.approx(0.5)
    assert withdrawal(0.6, response=0.2) == pytest.approx(0.5)


def test_while_the_drug_acts_there_is_none():
    assert withdrawal(0.6, response=0.6) == 0.0
    assert withdrawal(0.6, response=0.9) == 0.0


def test_an_antagonist_opens_the_gap_at_once_and_a_weaker_agonist_opens_part_of_it():
    antagonist, weaker = withdrawal(0.8, response=0.0), withdrawal(0.8, response=0.4)
    assert antagonist > weaker > 0.4


def test_a_small_gap_is_felt_less_than_in_proportion():
    assert withdrawal(0.04, response=0.0) < 0.1 * withdrawal(0.4, response=0.0)


def test_who_never_used_has_none_whatever_blocks_the_receptor():
    assert withdrawal(0.0, response=0.0) == 0.0


def test_it_fades_at_the_pace_of_adaptation_after_the_last_dose():
    stopped = BODY.from_state(np.array([0.6]))
    found = precisely(stopped, vector(0.0), Events.none(), [np.log(2) / 0.01])
    assert found["dependence.lean"][0, 0] == pytest.approx(0.3, rel=1e-7)


def test_the_scale_counts_points():
    assert BODY.observed([0.4], vector(0.0))["dependence.score"] == pytest.approx(20.0)
