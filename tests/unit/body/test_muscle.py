"""Muscle: what loosens it, its loop with pain, and a block that nobody reaches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.bodies import Body, drawn, precisely
from tests.ranges import Range
from tests.unit.body.systems import anywhere, lone, recorded, setting
from tests.unit.body.test_pain import AT_REST as PAIN_AT_REST

from speciosa.body.muscle import Muscle
from speciosa.body.pain import Pain
from speciosa.compile import flatten
from speciosa.engine import Events
from speciosa.evidence import records

BODY = lone(Muscle, blocker=("mitragynine",))
AT_REST = {
    "input.through": 1.0,
    "input.gaba": 0.0,
    "input.drive": 0.0,
    "input.bound": 0.0,
    "input.sensitivity": 1.0,
    "input.unbound": 0.0,
}
USUAL = recorded(BODY) | AT_REST
RANGES = {
    **{f"muscle.{name}": Range(0, 1) for name in ("reflex", "relaxed_gaba", "relaxed_opioid")},
    "muscle.gain": Range(0.05, 20, log=True),
    "muscle.k_tension": Range(0.1, 60, log=True),
    "muscle.IC50_twitch": Range(1e2, 1e7, log=True),
    **{f"input.{name}": Range(0, 1) for name in ("through", "gaba", "sensitivity")},
    **{f"input.{name}": Range(0, 1e4) for name in ("drive", "bound")},
    "input.unbound": Range(0, 1e5),
}
STATES = {"muscle.tightness": Range(0, 1)}


def settled(**inputs: float) -> float:
    parameters = setting(BODY, BODY.vector(USUAL), **inputs)
    found = precisely(BODY.problem, parameters, Events.none(), [48.0])
    return float(found["muscle.tension"][0][0])


def loop() -> Body:
    """Pain and muscle, each wired to the other."""
    wires = {Pain.tension: Muscle.tension, Muscle.through: Pain.through}
    traits = {
        given: given.name
        for system in (Pain, Muscle)
        for given in system.inputs
        if given not in wires and given.each is None
    }
    members = {quantity.each: [] for quantity in Muscle.named if quantity.each is not None}
    return Body(flatten((Pain, Muscle), wires, members, traits))


def after(reflex: float, muscular: float, hours: float, **inputs: float) -> dict[str, float]:
    body = loop()
    person = {**PAIN_AT_REST, **AT_REST} | {"input.muscular": muscular}
    person |= {f"input.{name}": value for name, value in inputs.items()}
    numbers = recorded(body) | {"muscle.reflex": reflex}
    numbers |= {name.replace("input.", "person."): value for name, value in person.items()}
    found = precisely(body.problem, body.vector(numbers), Events.none(), [hours])
    return {name: float(found[name][0][0]) for name in ("pain.relief", "muscle.tension")}


def test_untreated_muscle_stays_as_tense_as_it_is():
    parameters = BODY.vector(USUAL)
    assert BODY.start(parameters).tolist() == [1.0]
    assert not BODY.rates([1.0], parameters).any()
    assert BODY.observed([1.0], parameters) == {"muscle.block": 0.0, "muscle.tension": 1.0}


def test_less_pain_loosens_muscle_by_no_more_than_the_reflex():
    assert settled(through=0.5) == pytest.approx(1 - USUAL["muscle.reflex"] / 2)
    assert settled(through=0.0) == pytest.approx(1 - USUAL["muscle.reflex"])


def test_a_benzodiazepine_loosens_more_than_an_opioid_does():
    assert settled(gaba=1.0) < settled(drive=100.0, bound=1.0) < 1.0


def test_tolerance_and_a_ligand_that_only_occupies_both_take_from_the_opioid_part():
    plain = settled(drive=5.0, bound=1.0)
    assert plain < settled(drive=5.0, bound=1.0, sensitivity=0.2) < 1.0
    assert plain < settled(drive=5.0, bound=100.0) < 1.0


def test_the_block_is_out_of_reach_of_people():
    """200 nmol/L unbound is more than anybody was measured to have."""
    parameters = setting(BODY, BODY.vector(USUAL), **{"unbound.mitragynine": 200.0})
    assert 0.0 < BODY.observed([1.0], parameters)["muscle.block"] < 0.01


def test_the_block_is_half_where_the_diaphragm_was_weakened():
    grams = records("muscle")["muscle/block/effective/mitragynine"].value * 1e6  # ug/L
    molar = grams / records("substance")["substance/molar_mass/mitragynine"].value * 1e3
    parameters = setting(BODY, BODY.vector(USUAL), **{"unbound.mitragynine": molar})
    assert BODY.observed([1.0], parameters)["muscle.block"] == pytest.approx(0.5, abs=0.005)


# ---- The loop -----------------------------------------------------------------------------------


def test_pain_and_muscle_at_rest_hold_each_other_where_they_are():
    assert after(0.5, 0.5, hours=240.0) == {"pain.relief": 0.0, "muscle.tension": 1.0}


def test_loosening_muscle_relieves_pain_and_the_loop_adds_to_it():
    without = after(0.0, 0.4, hours=48.0, gaba=0.8)
    within = after(0.5, 0.4, hours=48.0, gaba=0.8)
    assert 0.0 < without["pain.relief"] < within["pain.relief"]
    assert within["muscle.tension"] < without["muscle.tension"]


def test_an_opioid_for_the_pain_loosens_the_muscle_through_the_loop():
    assert after(0.5, 0.4, hours=48.0, opioid=0.6)["muscle.tension"] < 0.9
    assert after(0.0, 0.4, hours=48.0, opioid=0.6)["muscle.tension"] == pytest.approx(1.0)


# ---- Laws ---------------------------------------------------------------------------------------


@given(anywhere(BODY, RANGES), drawn(BODY.states, STATES))
def test_tension_is_a_share_of_the_untreated(parameters, states):
    assert BODY.rates([0.0], parameters)[0] >= 0.0 >= BODY.rates([1.0], parameters)[0]
    seen = BODY.observed(states, parameters)
    assert 0.0 <= seen["muscle.tension"] <= 1.0
    assert 0.0 <= seen["muscle.block"] < 1.0


@pytest.mark.parametrize(
    ("name", "loosens"),
    [("through", False), ("gaba", True), ("drive", True), ("bound", False), ("sensitivity", True)],
)
@given(anywhere(BODY, RANGES))
def test_each_input_moves_the_wanted_tone_one_way_only(name: str, loosens: bool, parameters):
    span = RANGES[f"input.{name}"]
    wanted = [
        BODY.rates([0.5], setting(BODY, parameters, **{name: span.at(share)}))[0]
        for share in (0.0, 0.3, 1.0)
    ]
    assert (np.diff(wanted) * (-1.0 if loosens else 1.0) >= -1e-12).all()
