"""A declared bound holds by the equations themselves, and nothing ever blows up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bodies import BODIES, NUMBERS, Body, alone, believed, moments, people, word

from speciosa.model.wiring import SYSTEMS

FATES = (
    ("leafine", "CYP3A", "leafol"),
    ("leafine", "CYP2D6", None),
    ("leafol", "CYP3A", "leafine"),
)
ALONE = {system.word: alone(system, ("leafine", "leafol"), FATES) for system in SYSTEMS}
WHOLE = {name: make() for name, make in BODIES.items()}
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
    most = {"opioid.occupancy": 1.0, "opioid.response": 1.0, "pain.relief": 1.0, "pain.felt": 10.0}
    for output, value in seen.items():
        assert -1e-12 <= value <= most.get(output, np.inf), output
    assert seen["opioid.response"] < 1.0


@pytest.mark.parametrize("name", WHOLE)
def test_the_extremes_of_every_range_at_once_are_finite(name: str):
    body = WHOLE[name]
    for share in (0.0, 1.0):
        parameters = np.array([NUMBERS[word(p)].at(share) for p in body.parameters])
        for amount in (0.0, 1e9):
            states = np.full(len(body.states), amount)
            assert np.isfinite(body.rates(states, parameters)).all()
