"""Inflammation: what would lower the mediator, and that kratom in people does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.bodies import drawn, precisely
from tests.ranges import Range
from tests.unit.body.systems import anywhere, lone, recorded, setting

from speciosa.body.inflammation import Inflammation
from speciosa.engine import Events
from speciosa.evidence import find, records

BODY = lone(Inflammation, inhibitor=("mitragynine",), scavenger=("mitragynine",))
USUAL = recorded(BODY) | {"input.unbound": 0.0, "input.scavenger": 0.0}
RANGES = {
    "inflammation.IC50_mediator": Range(1, 1e7, log=True),
    "inflammation.IC50_oxidant": Range(1, 1e9, log=True),
    "inflammation.k_mediator": Range(0.01, 10, log=True),
    "input.unbound": Range(0, 1e5),
    "input.scavenger": Range(0, 1e5),
}
STATES = {"inflammation.prostaglandin": Range(0, 1)}
HIGH = 200.0
"""nmol/L unbound: more than anybody was measured to have."""


def at(nmol: float) -> np.ndarray:
    both = {"unbound.mitragynine": nmol, "scavenger.mitragynine": nmol}
    return setting(BODY, BODY.vector(USUAL), **both)


def test_untreated_the_mediator_is_as_it_is():
    assert BODY.start(at(0.0)).tolist() == [1.0]
    assert not BODY.rates([1.0], at(0.0)).any()
    assert BODY.observed([1.0], at(0.0)) == {
        "inflammation.inhibition": 0.0,
        "inflammation.mediator": 1.0,
        "inflammation.scavenged": 0.0,
    }


def test_inhibition_is_half_at_the_half_inhibiting_concentration():
    assert BODY.observed([1.0], at(1e4))["inflammation.inhibition"] == pytest.approx(0.5)


def test_the_mediator_follows_within_hours():
    found = precisely(BODY.problem, at(1e4), Events.none(), [2.0, 48.0])
    early, late = found["inflammation.mediator"][0]
    assert early == pytest.approx(1 - 0.5 * (1 - np.exp(-0.3 * 2.0)), rel=1e-6)
    assert late == pytest.approx(0.5, abs=1e-4)


def test_what_people_have_in_their_blood_does_next_to_nothing_at_the_worst_end_of_the_spread():
    lowest = find(["inflammation/IC50/mitragynine"])["inflammation/IC50/mitragynine"].range
    assert lowest is not None
    generous = at(HIGH)
    generous[BODY.parameters.index("inflammation.IC50_mediator.mitragynine")] = lowest[0]
    assert BODY.observed([1.0], generous)["inflammation.inhibition"] < 0.15
    usual = BODY.observed([1.0], at(20.0))
    assert usual["inflammation.inhibition"] < 0.005


def test_scavenging_is_negligible_because_the_measured_concentration_is_millimolar():
    assert BODY.observed([1.0], at(HIGH))["inflammation.scavenged"] < 1e-4


def test_the_scavenging_concentration_is_the_printed_one_in_moles():
    printed = records("inflammation")["inflammation/scavenging/DPPH/mitragynine"].value * 1e6
    molar = printed / records("substance")["substance/molar_mass/mitragynine"].value * 1e3
    assert USUAL["inflammation.IC50_oxidant.mitragynine"] == pytest.approx(molar, rel=0.005)


def test_more_extract_was_less_swelling_in_mice():
    held = records("inflammation")
    swelling = [
        held[f"inflammation/animal/ear/{arm}"].value
        for arm in ("control", "extract_500", "extract_1000", "extract_2000")
    ]
    assert (np.diff(swelling) < 0).all()


@given(anywhere(BODY, RANGES), drawn(BODY.states, STATES))
def test_shares_are_shares_and_the_mediator_stays_between_none_and_untreated(parameters, states):
    assert BODY.rates([0.0], parameters)[0] >= 0.0 >= BODY.rates([1.0], parameters)[0]
    assert all(0.0 <= value <= 1.0 for value in BODY.observed(states, parameters).values())
