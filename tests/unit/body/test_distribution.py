from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import alone, precisely

from speciosa.body.distribution import Distribution
from speciosa.engine import Events

BODY = alone(Distribution)
USUAL = {
    "distribution.V1": 200.0,
    "distribution.Q": 50.0,
    "distribution.V2": 600.0,
    "distribution.reference_weight": 70.0,
    "distribution.volume_exponent": 1.0,
    "distribution.flow_exponent": 0.75,
    "distribution.fu": 0.1,
    "distribution.Kpuu": 0.4,
    "distribution.keo": 2.0,
    "distribution.molar_mass": 400.0,
    "input.arriving": 0.0,
    "input.lost": 0.0,
    "input.weight": 70.0,
}
INTO_BLOOD = Events.build(
    person=[0], time=0.0, amount=2000.0, compartment=BODY.place("distribution.central.leafine")
)


def seen(states: list[float], **changed: float) -> dict[str, float]:
    given = USUAL | {name.replace("__", "."): value for name, value in changed.items()}
    found = BODY.observed(states, BODY.vector(given))
    return {name.split(".")[1]: value for name, value in found.items()}


def test_a_dose_in_the_central_volume_is_diluted_by_it():
    assert seen([2000.0, 0.0, 0.0])["concentration"] == 10.0


def test_a_molar_concentration_becomes_a_mass_through_the_molar_mass():
    # 10 nmol/L of 400 g/mol are 4000 ng/L.
    assert seen([2000.0, 0.0, 0.0])["plasma"] == pytest.approx(4.0, rel=1e-14)


def test_only_the_unbound_share_can_leave_the_blood_for_the_brain():
    assert seen([2000.0, 0.0, 0.0])["unbound"] == pytest.approx(1.0)


def test_twice_the_weight_is_twice_the_volume_and_less_than_twice_the_flow():
    assert seen([2000.0, 0.0, 0.0], input__weight=140.0)["concentration"] == pytest.approx(5.0)
    heavy = BODY.rates([2000.0, 0.0, 0.0], BODY.vector(USUAL | {"input.weight": 140.0}))
    assert heavy[1] == pytest.approx(50.0 * 2**0.75 * 5.0)


def test_exchange_settles_where_both_compartments_have_one_concentration():
    hours = np.array([1.0, 3.0, 200.0])
    found = precisely(BODY.amounts(), BODY.vector(USUAL), INTO_BLOOD, hours).values[0]
    # Q (1/V1 + 1/V2) is the pace; 2000 nmol in 800 L are 2.5 nmol/L in the end.
    left = 2.5 + 7.5 * np.exp(-50.0 * (1 / 200 + 1 / 600) * hours)
    assert found[:, 0] / 200.0 == pytest.approx(left, rel=1e-8)
    assert found[:, 0] + found[:, 1] == pytest.approx([2000.0] * 3, rel=1e-10)


def test_the_brain_follows_the_unbound_blood_and_takes_nothing_from_it():
    hours = np.array([0.1, 0.5, 20.0])
    sealed = BODY.vector(USUAL | {"distribution.Q": 0.0})
    found = precisely(BODY.problem, sealed, INTO_BLOOD, hours)
    expected = 0.4 * 0.1 * 10.0 * (1 - np.exp(-2.0 * hours))
    assert found["distribution.brain.leafine"][0] == pytest.approx(expected, rel=1e-7)
    assert found["distribution.concentration.leafine"][0] == pytest.approx([10.0] * 3)
