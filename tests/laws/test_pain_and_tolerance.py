"""More stimulus more pain; relief is a share; tolerance comes with exposure and goes without."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import (
    Body,
    alone,
    doses,
    given_once,
    moments,
    one_drug,
    people,
    precisely,
    tea,
)

from speciosa.body.pain import Pain
from speciosa.body.tolerance import Tolerance

HOURS = np.arange(0.0, 73.0, 4.0)
PAIN, TOLERANCE = alone(Pain), alone(Tolerance)
EXPOSED = (1e3, 1e4, 1e5, 1e6)


def setting(body: Body, parameters: np.ndarray, **to: float) -> np.ndarray:
    """Parameters with single numbers set; `__` stands for the dot."""
    after = parameters.copy()
    for name, value in to.items():
        after[body.parameters.index(name.replace("__", "."))] = value
    return after


@settings(max_examples=10)
@given(data=st.data())
def test_more_stimulus_is_more_pain_at_every_hour_and_the_same_relief(data):
    body = tea()
    parameters, events = data.draw(people(body)), data.draw(doses(body))
    felt, relief = [], []
    for stimulus in (0.0, 1.0, 5.0, 10.0):
        person = setting(body, parameters, person__pain=stimulus)
        found = precisely(body.problem, person, events, HOURS)
        felt.append(found["pain.felt"][0])
        relief.append(found["pain.relief"][0])
    assert (np.diff(felt, axis=0) >= -1e-7).all()
    assert not felt[0].any()
    assert np.allclose(relief, relief[0], rtol=1e-6, atol=1e-9)


@settings(max_examples=10)
@given(data=st.data())
def test_relief_is_a_share_and_pain_never_leaves_its_scale(data):
    body = tea()
    parameters, events = data.draw(people(body)), data.draw(doses(body))
    found = precisely(body.problem, parameters, events, HOURS)
    # Relief below 0 is hyperalgesia: in withdrawal more than the untreated pain may be felt.
    assert ((found["pain.relief"] >= -1) & (found["pain.relief"] <= 1)).all()
    assert ((found["pain.felt"] >= -1e-7) & (found["pain.felt"] <= 10 + 1e-7)).all()


@given(moments(PAIN), people(PAIN))
def test_more_response_of_the_receptor_is_more_relief(states, parameters):
    relief = [
        PAIN.observed(states, setting(PAIN, parameters, input__opioid=response))["pain.relief"]
        for response in (0.0, 0.25, 0.5, 1.0)
    ]
    assert np.all(np.diff(relief) >= -1e-15)


@given(people(PAIN))
def test_pain_settles_at_what_gate_and_control_let_through(parameters):
    person = setting(
        PAIN,
        parameters,
        input__noradrenaline=1.0,
        input__cannabinoid=1.0,
        input__tension=1.0,
        input__inflamed=0.0,
        input__neuropathic=0.0,
        input__sensitised=0.0,
        input__withdrawal=0.0,
    )
    response, spinal, descending, stimulus = (
        person[PAIN.parameters.index(name)]
        for name in ("input.opioid", "pain.spinal", "pain.descending", "input.stimulus")
    )
    through = (1 - spinal * response) * (1 - descending * response)
    settled = [response, through, stimulus * through]
    assert PAIN.rates(settled, person) == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


@settings(max_examples=10)
@given(data=st.data())
def test_tolerance_rises_with_exposure(data):
    body = one_drug()
    parameters = data.draw(people(body))
    levels = [
        precisely(body.problem, parameters, given_once(body, {"leafine": nmol}), HOURS)[
            "tolerance.level"
        ][0]
        for nmol in EXPOSED
    ]
    assert (np.diff(levels, axis=0) >= -1e-7).all()


@given(moments(TOLERANCE), people(TOLERANCE))
def test_without_drug_tolerance_only_falls(states, parameters):
    off = setting(TOLERANCE, parameters, input__response=0.0)
    rate = TOLERANCE.rates(states, off)[0]
    assert rate < 0.0 if states[0] > 0 else rate == 0.0


@given(people(TOLERANCE))
def test_tolerance_stays_below_the_level_that_full_response_would_hold(parameters):
    k_on, k_off = (
        parameters[TOLERANCE.parameters.index(f"tolerance.{name}")] for name in ("k_on", "k_off")
    )
    assert TOLERANCE.rates([k_on / k_off], parameters)[0] <= 1e-15


@given(moments(TOLERANCE), people(TOLERANCE))
def test_more_tolerance_leaves_less_drive_but_always_some(states, parameters):
    def left(amount: float) -> float:
        return TOLERANCE.observed([amount], parameters)["tolerance.sensitivity"]

    assert 0.0 < left(states[0] + 1.0) < left(states[0]) <= 1.0
