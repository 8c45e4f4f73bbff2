"""What enters is inside, or has left: no drug is made from nothing and none is lost.

A drug that becomes another counts on, mole for mole. The sum of all amounts is a linear invariant,
which every integration method keeps whatever its step; a leak is a fault of the equations.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import (
    BODIES,
    Body,
    believed,
    doses,
    entered,
    inside,
    moments,
    people,
    precisely,
    whole,
)

from speciosa.engine import solve

HOURS = np.array([1.0, 7.0, 24.0, 100.0])
EXACT = 1e-8
FAST = 1e-6
"""What the fast solver may lose at its default tolerance: the tolerance itself."""


@pytest.mark.parametrize("name", BODIES)
@settings(max_examples=15)
@given(data=st.data())
def test_what_enters_is_inside_or_has_left(name: str, data: st.DataObject):
    body = BODIES[name]()
    parameters = data.draw(people(body) | believed(body))
    events = data.draw(doses(body))
    found = precisely(body.amounts(), parameters, events, HOURS)
    amounts = inside(body, found.values[0])
    for hour, amount in zip(HOURS, amounts, strict=True):
        assert amount == pytest.approx(
            entered(body, parameters, events, hour), rel=EXACT, abs=EXACT * events.amount.max()
        )


@pytest.mark.parametrize("name", BODIES)
@settings(max_examples=5)
@given(data=st.data())
def test_the_fast_solver_keeps_the_mass_too(name: str, data: st.DataObject):
    body = BODIES[name]()
    parameters = data.draw(people(body))
    events = data.draw(doses(body))
    found = solve(body.amounts(), parameters[None, :], events, HOURS, max_steps=2000)
    assert not found.failed.size, found.advice
    amounts = inside(body, found.values[0])
    for hour, amount in zip(HOURS, amounts, strict=True):
        assert amount == pytest.approx(
            entered(body, parameters, events, hour), rel=FAST, abs=FAST * events.amount.max()
        )


NAMES = ("one", "two", "three", "four")
FATES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["CYP3A", "CYP2D6", "UGT"]),
        st.sampled_from([*NAMES, None]),
    ),
    max_size=8,
    unique=True,
)


def leak(body: Body, states: np.ndarray, parameters: np.ndarray) -> float:
    """How fast the sum of all amounts changes, as a share of the traffic."""
    rates = body.rates(states, parameters)
    traffic = float(inside(body, np.abs(rates)))
    return abs(float(inside(body, rates))) / traffic if traffic else 0.0


@given(data=st.data(), fates=FATES)
def test_no_network_of_routes_leaks_at_any_moment(data: st.DataObject, fates):
    body = whole(NAMES, fates)
    assert leak(body, data.draw(moments(body)), data.draw(people(body))) < 1e-12


@given(data=st.data(), fates=FATES)
def test_what_has_left_never_comes_back(data: st.DataObject, fates):
    body = whole(NAMES, fates)
    rates = body.rates(data.draw(moments(body)), data.draw(people(body)))
    assert rates[body.place("elimination.left")] >= -1e-12 * inside(body, np.abs(rates))
