"""Without drug, nothing happens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bodies import BODIES, alone, believed, people, word
from tests.ranges import NUMBERS, STATES

from speciosa.engine import Events, solve
from speciosa.model.wiring import SYSTEMS

MONTH = 30 * 24.0
ROUNDING = 1e-14

AS_USUAL = {
    "pain.through",
    "tolerance.sensitivity",
    "monoamine.sympathetic",
    "monoamine.noradrenaline",
    "monoamine.serotonin",
    "monoamine.dopamine",
    "endocannabinoid.tone",
    "inflammation.mediator",
    "muscle.tension",
    "arousal.focus",
    "arousal.sleep",
    "mood.anxiety",
    "mood.stress",
    "breathing.ventilation",
    "gut.transit",
}
"""What is told as a fold or a share of usual."""

OWN = {
    "pain.felt": "person.pain",
    "pain.tolerance_time": "pain.usual_time",
    "breathing.co2": "breathing.resting",
    "heart.rate": "heart.usual_rate",
    "heart.qt": "heart.usual_qt",
    "heart.standing": "heart.usual_fall",
    "autonomic.pupil": "autonomic.usual_pupil",
    "autonomic.dry_mouth": "autonomic.usual_dry",
}
"""What each person has a usual value of, and which number that is."""


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_every_rate_is_zero_before_anything_was_taken(name: str, data: st.DataObject):
    body = BODIES[name]()
    parameters = data.draw(people(body) | believed(body))
    assert not body.rates(body.start(parameters), parameters).any()


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_a_month_without_drug_leaves_every_state_where_it_was(name: str, data: st.DataObject):
    body = BODIES[name]()
    parameters = data.draw(people(body))
    found = solve(body.amounts(), parameters[None, :], Events.none(), [0.0, 1.0, MONTH])
    start = body.start(parameters)
    # What starts empty stays empty; elsewhere machine code may round in another order.
    assert (np.abs(found.values[0] - start) <= ROUNDING * start).all()


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_who_never_takes_anything_has_the_usual_value_of_everything(name: str, data: st.DataObject):
    body = BODIES[name]()
    parameters = data.draw(people(body) | believed(body))
    mine = dict(zip(body.parameters, parameters, strict=True))
    seen = body.observed(body.start(parameters), parameters)
    assert {word(output) for output in seen} >= AS_USUAL | set(OWN)
    for output, value in seen.items():
        usual = 1.0 if word(output) in AS_USUAL else mine.get(_own(output), 0.0)
        assert value == usual, output


def _own(output: str) -> str:
    """The number that is a person's usual value of an output, "" where that is 0."""
    for system, number in (
        ("metabolism.working", "person.activity"),
        ("distribution.loose", "distribution.fu"),
    ):
        if word(output) == system:
            return output.replace(system, number)
    return OWN.get(output, "")


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_every_number_and_state_of_a_system_has_a_range_that_the_laws_look_through(system):
    body = alone(system, fates=(("leafine", "CYP3A", None),))
    assert {word(name) for name in body.parameters} <= set(NUMBERS)
    assert {word(name) for name in body.states} <= set(STATES)


def test_no_range_is_left_over_from_a_quantity_that_is_gone():
    bodies = [BODIES["family"](), *(alone(s, fates=(("leafine", "E", None),)) for s in SYSTEMS)]
    assert {word(n) for body in bodies for n in body.parameters} == set(NUMBERS)
    assert {word(n) for body in bodies for n in body.states} == set(STATES)
    assert all(np.isfinite([r.low, r.high]).all() for r in NUMBERS.values())
