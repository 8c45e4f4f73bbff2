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
from speciosa.model.wiring import EFFECTS

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
    worst = parameters[body.parameters.index("pain.hyperalgesia")]
    withdrawal = found["dependence.withdrawal"][0]
    relief = found["pain.relief"][0]
    assert ((relief >= -worst * withdrawal - 1e-7) & (relief <= 1)).all()
    assert ((found["pain.felt"] >= -1e-7) & (found["pain.felt"] <= 10 + 1e-7)).all()


@settings(max_examples=10)
@given(data=st.data())
def test_who_cannot_become_dependent_never_feels_more_than_their_pain(data):
    body = tea()
    parameters = setting(body, data.draw(people(body)), dependence__pace=0.0)
    found = precisely(body.problem, parameters, data.draw(doses(body)), HOURS)
    assert np.abs(found["dependence.withdrawal"]).max() < 1e-12
    assert (found["pain.relief"] >= -1e-7).all()
    stimulus = parameters[body.parameters.index("person.pain")]
    assert (found["pain.felt"] <= stimulus + 1e-7).all()


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
    """That of relief; the others follow relief's response, which its tolerance lowers in turn."""
    body = one_drug()
    parameters = data.draw(people(body))
    levels = [
        precisely(body.problem, parameters, given_once(body, {"leafine": nmol}), HOURS)[
            "tolerance.level.relief"
        ][0]
        for nmol in EXPOSED
    ]
    assert (np.diff(levels, axis=0) >= -1e-7).all()


@given(moments(TOLERANCE), people(TOLERANCE))
def test_without_drug_tolerance_only_falls(states, parameters):
    off = setting(TOLERANCE, parameters, input__response=0.0)
    for rate, amount in zip(TOLERANCE.rates(states, off), states, strict=True):
        assert rate < 0.0 if amount > 0 else rate == 0.0


@given(people(TOLERANCE))
def test_tolerance_stays_below_the_level_that_full_response_would_hold(parameters):
    k_on, k_off = (
        np.array([parameters[TOLERANCE.parameters.index(f"tolerance.{k}.{e}")] for e in EFFECTS])
        for k in ("k_on", "k_off")
    )
    assert (TOLERANCE.rates(k_on / k_off, parameters) <= 1e-15).all()


@given(moments(TOLERANCE), people(TOLERANCE))
def test_more_tolerance_leaves_less_drive_but_always_some(states, parameters):
    def left(amounts: np.ndarray) -> np.ndarray:
        seen = TOLERANCE.observed(amounts, parameters)
        return np.array([seen[f"tolerance.sensitivity.{effect}"] for effect in EFFECTS])

    more, less = left(states + 1.0), left(states)
    assert ((more > 0.0) & (more < less) & (less <= 1.0)).all()


@given(moments(TOLERANCE), people(TOLERANCE), st.integers(0, len(EFFECTS) - 1))
def test_tolerance_of_one_effect_leaves_the_others_alone(states, parameters, which):
    used = np.array(states)
    used[which] += 10.0
    before, after = (TOLERANCE.observed(s, parameters) for s in (states, used))
    for place, effect in enumerate(EFFECTS):
        name = f"tolerance.sensitivity.{effect}"
        assert (before[name] == after[name]) == (place != which)
    others = np.arange(len(EFFECTS)) != which
    quiet, busy = (TOLERANCE.rates(s, parameters)[others] for s in (states, used))
    assert np.array_equal(quiet, busy)
