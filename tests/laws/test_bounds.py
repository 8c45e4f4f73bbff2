"""A declared bound holds by the equations themselves, and nothing ever blows up."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bodies import BODIES, Body, alone, believed, moments, people, word
from tests.ranges import NUMBERS

from speciosa.model.wiring import SYSTEMS

FATES = (
    ("leafine", "CYP3A", "leafol"),
    ("leafine", "CYP2D6", None),
    ("leafol", "CYP3A", "leafine"),
)
ALONE = {system.word: alone(system, ("leafine", "leafol"), FATES) for system in SYSTEMS}
WHOLE = {name: make() for name, make in BODIES.items()}
SHARES = (
    *("opioid.occupancy", "opioid.kappa", "opioid.delta", "opioid.response"),
    *("monoamine.occupancy", "monoamine.alpha1", "endocannabinoid.occupancy"),
    *("inflammation.inhibition", "inflammation.scavenged", "inflammation.mediator"),
    *("pain.through", "muscle.tension", "muscle.block", "tolerance.sensitivity"),
    *("arousal.gaba", "arousal.sedation", "arousal.stimulation"),
    *("arousal.sleep", "arousal.oversedation", "breathing.depression", "breathing.risk"),
    *("gut.nausea", "heart.dizziness"),
    *("autonomic.dry_mouth", "liver.onset", "dependence.level", "dependence.withdrawal"),
)
SPAN = {
    "distribution.loose": (0.0, 1.0),
    **dict.fromkeys(SHARES, (0.0, 1.0)),
    "pain.relief": (-1.0, 1.0),  # below 0 is hyperalgesia
    "pain.felt": (0.0, 10.0),
    "arousal.alertness": (-1.0, 1.0),
    "mood.wellbeing": (-1.0, 1.0),
    "mood.drug_effect": (0.0, 100.0),
    "breathing.ventilation": (0.0, NUMBERS["breathing.most"].high),
    "dependence.score": (0.0, 64.0),
}
"""Between what an output may lie that is not just any number above 0."""

WITH_BOUNDS = {
    name: body
    for name, body in {**ALONE, **WHOLE}.items()
    if not np.isnan([body.problem.lower, body.problem.upper]).all()
}


def physical(body: Body, states: np.ndarray, parameters: np.ndarray) -> np.ndarray:
    """Parameters such as the rest of the body can give them: from empty blood nothing is lost."""
    given = parameters.copy()
    for place, name in enumerate(body.parameters):
        if word(name) == "input.lost":
            drug = name.rpartition(".")[2]
            given[place] *= states[body.place(f"distribution.central.{drug}")]
    return given


@pytest.mark.parametrize("name", WITH_BOUNDS)
@given(data=st.data())
def test_at_a_bound_the_rate_points_inward(name: str, data: st.DataObject):
    body = WITH_BOUNDS[name]
    states = data.draw(moments(body))
    drawn = data.draw(people(body) | believed(body)) if name in WHOLE else data.draw(people(body))
    for bounds, inward in ((body.problem.lower, 1.0), (body.problem.upper, -1.0)):
        for place in np.flatnonzero(np.isfinite(bounds)):
            edge = states.copy()
            edge[place] = bounds[place]
            rates = body.rates(edge, physical(body, edge, drawn))
            rounding = 1e-13 * np.abs(rates).max()
            assert inward * rates[place] >= -rounding, body.states[place]


@pytest.mark.parametrize("name", {**ALONE, **WHOLE})
@given(data=st.data())
def test_rates_and_outputs_are_finite_wherever_a_body_can_be(name: str, data: st.DataObject):
    body = {**ALONE, **WHOLE}[name]
    states, parameters = data.draw(moments(body)), data.draw(people(body))
    assert np.isfinite(body.rates(states, parameters)).all()
    assert np.isfinite(list(body.observed(states, parameters).values())).all()


@pytest.mark.parametrize("name", WHOLE)
@given(data=st.data())
def test_shares_stay_shares_and_amounts_stay_amounts(name: str, data: st.DataObject):
    body = WHOLE[name]
    seen = body.observed(data.draw(moments(body)), data.draw(people(body) | believed(body)))
    for output, value in seen.items():
        low, high = SPAN.get(word(output), (0.0, np.inf))
        assert low - 1e-12 <= value <= high + 1e-12, output
    assert seen["opioid.response"] < 1.0


def test_every_output_that_calls_itself_a_share_is_held_to_be_one():
    for name, body in WHOLE.items():
        for output in body.problem.outputs:
            doc = body.flat.docs[output]
            if re.search(r"\bshare\b|\b0 to 1\b|\b0 none\b", doc):
                low, high = SPAN[word(output)]
                assert high == 1.0, (name, output)
                assert low == 0.0 or output == "pain.relief", (name, output)


@pytest.mark.parametrize("name", WHOLE)
@given(data=st.data())
def test_only_withdrawal_makes_pain_worse_than_it_is(name: str, data: st.DataObject):
    body = WHOLE[name]
    states, parameters = data.draw(moments(body)), data.draw(people(body))
    never_leant = states.copy()
    never_leant[body.place("dependence.lean")] = 0.0
    assert body.observed(never_leant, parameters)["pain.relief"] >= -1e-12
    worst = -parameters[body.parameters.index("pain.hyperalgesia")]
    assert body.observed(states, parameters)["pain.relief"] >= worst - 1e-12


@pytest.mark.parametrize("name", WHOLE)
def test_the_extremes_of_every_range_at_once_are_finite(name: str):
    body = WHOLE[name]
    for share in (0.0, 1.0):
        parameters = np.array([NUMBERS[word(p)].at(share) for p in body.parameters])
        for amount in (0.0, 1e9):
            low, high = (
                np.where(np.isnan(bounds), otherwise, bounds)
                for bounds, otherwise in (
                    (body.problem.lower, -np.inf),
                    (body.problem.upper, np.inf),
                )
            )
            states = np.clip(np.full(len(body.states), amount), low, high)
            assert np.isfinite(body.rates(states, parameters)).all()
            assert np.isfinite(list(body.observed(states, parameters).values())).all()
