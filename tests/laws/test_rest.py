"""Without drug, nothing happens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import BODIES, NUMBERS, STATES, alone, believed, people, word

from speciosa.engine import Events, solve
from speciosa.model.wiring import SYSTEMS

MONTH = 30 * 24.0


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
    assert (found.values[0] == body.start(parameters)).all()


@settings(max_examples=10)
@given(data=st.data())
def test_a_person_who_never_takes_anything_feels_their_pain_and_nothing_else(data: st.DataObject):
    body = BODIES["tea"]()
    parameters = data.draw(people(body))
    seen = body.observed(body.start(parameters), parameters)
    stimulus = parameters[body.parameters.index("person.pain")]
    assert seen.pop("pain.felt") == stimulus
    assert seen.pop("tolerance.sensitivity") == 1.0
    assert not any(seen.values())


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
