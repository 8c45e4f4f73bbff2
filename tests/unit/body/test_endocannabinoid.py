"""Endocannabinoids: off as long as nobody turns a switch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.bodies import drawn, precisely
from tests.ranges import Range
from tests.unit.body.systems import anywhere, lone, recorded, setting

from speciosa.body.endocannabinoid import Endocannabinoid
from speciosa.engine import Events
from speciosa.evidence import records

DRUGS = ("mitragynine", "hydroxymitragynine")
BODY = lone(Endocannabinoid, cannabinoid=DRUGS)
USUAL = recorded(BODY) | {"input.brain": 0.0, "input.response": 0.0}
RANGES = {
    "endocannabinoid.direct": Range(0, 1),
    "endocannabinoid.Ki": Range(1, 1e6, log=True),
    "endocannabinoid.boost": Range(0, 5),
    "endocannabinoid.adaptation": Range(0, 1),
    "endocannabinoid.k_adaptation": Range(1e-4, 0.1, log=True),
    "input.brain": Range(0, 1e5),
    "input.response": Range(0, 1),
}
STATES = {"endocannabinoid.receptors": Range(1, 3)}
LONG = 24.0 * 365


def tone(hours: float, numbers: dict[str, float], **inputs: float) -> float:
    parameters = setting(BODY, BODY.vector(USUAL | numbers), **inputs)
    found = precisely(BODY.problem, parameters, Events.none(), [hours])
    return float(found["endocannabinoid.tone"][0][0])


def test_by_default_neither_drug_nor_lasting_response_changes_the_tone():
    assert tone(LONG, {}, **{"brain.mitragynine": 1e5, "response": 1.0}) == 1.0


def test_at_rest_nothing_moves_with_both_switches_on():
    on = BODY.vector(USUAL | {"endocannabinoid.direct": 1.0, "endocannabinoid.adaptation": 0.25})
    assert BODY.start(on).tolist() == [1.0]
    assert not BODY.rates([1.0], on).any()
    assert BODY.observed([1.0], on) == {"endocannabinoid.occupancy": 0.0, "endocannabinoid.tone": 1}


def test_the_variant_of_adaptation_raises_the_tone_over_weeks_and_lets_it_fall():
    rise = records("endocannabinoid")["endocannabinoid/adaptation/on"].value
    on = {"endocannabinoid.adaptation": rise}
    assert tone(24.0, on, response=1.0) < 1.02
    assert tone(24.0 * 28, on, response=1.0) == pytest.approx(
        1 + rise * (1 - np.exp(-USUAL["endocannabinoid.k_adaptation"] * 24 * 28)), rel=1e-6
    )
    assert tone(LONG, on, response=0.5) == pytest.approx(1 + rise / 2, abs=1e-3)


def test_the_variant_of_direct_action_fills_few_receptors_at_what_people_have():
    on = BODY.vector(USUAL | {"endocannabinoid.direct": 1.0})
    some = setting(BODY, on, **{"brain.mitragynine": 50.0})
    assert 0.0 < BODY.observed([1.0], some)["endocannabinoid.occupancy"] < 0.05


def test_two_drugs_share_one_site():
    alike = {f"endocannabinoid.Ki.{drug}": 100.0 for drug in DRUGS}
    on = BODY.vector(USUAL | alike | {"endocannabinoid.direct": 1.0})
    both = setting(BODY, on, **{f"brain.{drug}": 100.0 for drug in DRUGS})
    assert BODY.observed([1.0], both)["endocannabinoid.occupancy"] == pytest.approx(2 / 3)


def test_the_switches_are_off_and_known_to_be_switches():
    for name in ("direct", "adaptation"):
        record = records("endocannabinoid")[f"endocannabinoid/{name}"]
        assert record.value == 0.0
        assert record.by.startswith("switched off: ")


@given(anywhere(BODY, RANGES), drawn(BODY.states, STATES))
def test_the_tone_is_never_below_usual_and_occupancy_is_a_share(parameters, states):
    assert BODY.rates([1.0], parameters)[0] >= 0.0
    seen = BODY.observed(states, parameters)
    assert 0.0 <= seen["endocannabinoid.occupancy"] <= 1.0
    assert 1.0 <= seen["endocannabinoid.tone"] < np.inf
