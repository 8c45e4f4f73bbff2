from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import alone, given_once, precisely

from speciosa.body.absorption import Absorption

BODY = alone(Absorption)
KA = 2.0
HOURS = np.arange(0.0, 8.01, 0.25)


def uptake(lag: float = 0.0, delivered: float = 1.0, hours=HOURS) -> np.ndarray:
    parameters = BODY.vector(
        {
            "absorption.ka": KA,
            "absorption.lag": lag,
            "absorption.delivered": delivered,
            "absorption.scale": 1.0,
        }
    )
    events = given_once(BODY, {"leafine": 100.0})
    return precisely(BODY.problem, parameters, events, hours)["absorption.uptake.leafine"][0]


def test_uptake_after_three_stages_has_the_shape_of_the_gamma_distribution():
    expected = 100 * KA**3 * HOURS**2 / 2 * np.exp(-KA * HOURS)
    assert uptake() == pytest.approx(expected, abs=1e-6)


def test_uptake_is_fastest_after_two_mean_stages():
    assert HOURS[np.argmax(uptake())] == 2 / KA


def test_all_that_is_delivered_is_taken_up_in_the_end():
    fine = np.linspace(0, 40, 8001)
    assert np.trapezoid(uptake(delivered=0.3, hours=fine), fine) == pytest.approx(30, rel=1e-5)


def test_the_lag_of_the_dose_form_moves_the_curve():
    late = uptake(lag=0.5)
    assert not late[HOURS < 0.5].any()
    assert late[2:] == pytest.approx(uptake()[:-2], abs=1e-6)
