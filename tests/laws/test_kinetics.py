"""Linear kinetics: scaling, superposition, shifts in time; and what lag and F do to a dose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import (
    Body,
    doses,
    family,
    given_once,
    one_drug,
    people,
    precisely,
    tea,
    word,
)

from speciosa.body.distribution import Distribution
from speciosa.engine import Events

PLASMA = Distribution.plasma
"""All that is looked at here; what it does not depend on can be left out."""

HOURS = np.arange(0.0, 49.0, 3.0)
CLOSE = 1e-6
"""Two runs at a tolerance of 1e-10 may differ by their own errors, added up over two days."""

NOTHING = 1e-8
"""ng/mL; what the absolute tolerance of 1e-9 nmol leaves open in a volume of a litre."""

FACTOR = st.sampled_from([0.1, 0.5, 2.0, 7.0])


def curves(body: Body, parameters: np.ndarray, events: Events, times=HOURS) -> np.ndarray:
    """Plasma of every drug, (times, drugs), ng/mL."""
    found = precisely(body.problem, parameters, events, times)
    return np.stack([found[f"distribution.plasma.{drug}"][0] for drug in body.drugs], axis=1)


def same(found: np.ndarray, expected: np.ndarray) -> bool:
    """Alike, measured against the highest point of each curve."""
    highest = np.abs(expected).max(axis=0)
    return bool((np.abs(found - expected) <= CLOSE * highest + NOTHING).all())


def times_all(parameters: np.ndarray, body: Body, words: set[str], factor: float) -> np.ndarray:
    return np.array(
        [
            value * factor if word(name) in words else value
            for name, value in zip(body.parameters, parameters, strict=True)
        ]
    )


def with_amounts(events: Events, factor: float) -> Events:
    return replace(events, amount=factor * events.amount, rate=factor * events.rate)


def later(events: Events, hours: float) -> Events:
    return replace(events, time=events.time + hours)


@settings(max_examples=10)
@given(data=st.data(), factor=FACTOR)
def test_a_larger_body_with_a_larger_dose_has_the_same_concentrations(data, factor):
    body = family(PLASMA)
    parameters, events = data.draw(people(body)), data.draw(doses(body))
    sizes = {"distribution.V1", "distribution.V2", "distribution.Q", "elimination.CL"}
    sizes.add("metabolism.flow")
    larger = times_all(parameters, body, sizes, factor)
    assert same(
        curves(body, larger, with_amounts(events, factor)), curves(body, parameters, events)
    )


@settings(max_examples=10)
@given(data=st.data(), factor=FACTOR)
def test_concentrations_are_in_proportion_to_the_dose(data, factor):
    body = tea(PLASMA)
    parameters, events = data.draw(people(body)), data.draw(doses(body))
    assert same(
        curves(body, parameters, with_amounts(events, factor)),
        factor * curves(body, parameters, events),
    )


@settings(max_examples=10)
@given(data=st.data())
def test_concentrations_after_two_courses_add_up(data):
    body = tea(PLASMA)
    parameters = data.draw(people(body))
    first, second = data.draw(doses(body, most=3)), data.draw(doses(body, most=3))
    both = Events.build(
        **{
            name: np.concatenate([column, vars(second)[name]])
            for name, column in vars(first).items()
        }
    )
    assert same(
        curves(body, parameters, both),
        curves(body, parameters, first) + curves(body, parameters, second),
    )


@settings(max_examples=10)
@given(data=st.data(), hours=st.sampled_from([0.25, 3.0, 24.0, 1000.0]))
def test_doses_taken_later_give_the_same_curves_later(data, hours):
    body = tea(PLASMA)
    parameters, events = data.draw(people(body)), data.draw(doses(body))
    assert same(
        curves(body, parameters, later(events, hours), HOURS + hours),
        curves(body, parameters, events),
    )


@settings(max_examples=10)
@given(data=st.data(), hour=st.sampled_from([0.5, 6.0, 20.0]))
def test_a_run_that_is_split_in_two_ends_where_the_whole_one_does(data, hour):
    body = family(PLASMA)
    parameters = times_all(data.draw(people(body)), body, {"absorption.lag"}, 0.0)
    events = data.draw(doses(body))
    events = replace(events, rate=np.zeros(len(events)))
    end = np.array([48.0])
    keep = events.time <= hour
    before = Events(**{name: column[keep] for name, column in vars(events).items()})
    after = Events(**{name: column[~keep] for name, column in vars(events).items()})
    unbroken = precisely(body.amounts(), parameters, events, end).values[0, -1]
    half = precisely(body.amounts(), parameters, before, [hour]).values[0, -1]
    rest = precisely(body.from_state(half), parameters, later(after, -hour), end - hour)
    assert rest.values[0, -1] == pytest.approx(unbroken, rel=1e-6, abs=1e-6)


@given(data=st.data())
def test_before_its_lag_a_dose_is_not_there_and_after_it_its_share_f_is(data):
    body = one_drug(PLASMA)
    parameters = data.draw(people(body))
    lag = 0.25 + parameters[body.parameters.index("absorption.lag.leafine")]
    share = parameters[body.parameters.index("absorption.delivered.leafine")]
    share = share * parameters[body.parameters.index("absorption.scale.leafine")]
    parameters[body.parameters.index("absorption.lag.leafine")] = lag
    events = given_once(body, {"leafine": 1e5}, time=3.0)
    times = [3.0 + lag - 1e-6, 3.0 + lag]
    amounts = precisely(body.amounts(), parameters, events, times).values[0]
    start = body.start(parameters)
    assert (amounts[0] == start).all()
    arrived = amounts[1] - start
    assert arrived[body.place("absorption.gut.leafine")] == pytest.approx(share * 1e5)
    assert np.count_nonzero(arrived) == (share > 0)


@settings(max_examples=10)
@given(data=st.data(), factor=st.sampled_from([0.25, 0.5]))
def test_half_the_share_delivered_is_half_the_dose(data, factor):
    body = tea(PLASMA)
    parameters = data.draw(people(body))
    events = given_once(body, {"mitragynine": 1e5, "paynantheine": 3e4})
    less = times_all(parameters, body, {"absorption.delivered"}, factor)
    assert same(curves(body, less, events), factor * curves(body, parameters, events))


@settings(max_examples=10)
@given(data=st.data())
def test_what_the_brain_and_the_receptor_do_leaves_the_blood_alone(data):
    body = tea()
    parameters, events = data.draw(people(body)), data.draw(doses(body))
    quiet = times_all(
        parameters, body, {"opioid.relief_gain", "distribution.Kpuu", "person.pain"}, 0.0
    )
    assert same(curves(body, quiet, events), curves(body, parameters, events))
