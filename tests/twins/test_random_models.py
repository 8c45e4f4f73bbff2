"""Random models with random schedules: all methods against the slow twin.

A model is a set of flows from one state to another or out: linear, saturable, steered by a third
state through a Hill term, or fading with time. So nothing grows without bound, whatever is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compartments import Named, Slot, program

from speciosa.engine import Events, Problem, reference, solve
from speciosa.engine.codegen.lanes import METHODS
from speciosa.engine.solve import Method

TIMES = np.linspace(0.0, 24.0, 13)
KINDS = ("linear", "saturable", "steered", "fading")

Flow = tuple[str, int, int, int, float, float]  # kind, from, to, steered by, pace, where half

flows = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 3),
        st.integers(0, 4),
        st.integers(0, 3),
        st.floats(0.02, 8.0),
        st.floats(0.5, 30.0),
    ),
    min_size=1,
    max_size=7,
)
doses = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.5, 2.0, 7.0, 8.0]),  # h
        st.sampled_from([0.0, 1.0, 20.0, 100.0]),  # amount
        st.integers(0, 3),  # into
        st.sampled_from([0.0, 0.0, 15.0]),  # rate
        st.integers(0, 2),  # addl
        st.sampled_from([0.25, 3.0, 8.0]),  # ii
        st.sampled_from([1, 1, 1, 4]),  # evid
    ),
    max_size=5,
)


def model(drawn: Sequence[Flow], states: int, steepness: float) -> Problem:
    """The problem of some flows; flows between the same state, or from nowhere, leave the body."""
    names = [f"s{i}" for i in range(states)]
    parameters = ["scale", "n"]
    everything = ("t", *names, *parameters)
    numbers = sorted({0.0, 1.0, steepness, *(x for flow in drawn for x in flow[4:])})

    def flow(x: Named, one: Flow) -> Slot:
        kind, source, _, other, pace, half = one
        amount, steering = x[f"s{source % states}"], x[f"s{other % states}"]
        moved = x["scale"] * amount * pace
        match kind:
            case "saturable":
                return moved / (amount / half + 1.0)
            case "steered":
                power = steering ** x["n"]
                return moved * (power / (power + x["t"].writer.op("pow", half, x["n"])))
            case "fading":
                return moved / (x["t"] / half + 1.0)
            case _:
                return moved

    def rates(x: Named) -> list[Slot | float]:
        total: list[Slot | float] = [0.0] * states
        for one in drawn:
            size, source, target = flow(x, one), one[1] % states, one[2]
            total[source] = -size if total[source] == 0.0 else total[source] - size
            if target < states and target != source:
                total[target] = size + total[target]
        return total

    return Problem(
        states=tuple(names),
        parameters=tuple(parameters),
        outputs=tuple(names),
        rates=program(everything, rates, numbers),
        observe=program(everything, lambda x: [x[name] for name in names], numbers),
        start=program(parameters, lambda _: [1.0, *[0.0] * (states - 1)], numbers),
        dosing=program(
            parameters,
            lambda _: [0.0] * states + [1.0] * states + [math.nan] * 2 * states,
            [*numbers, math.nan],
        ),
        lower=(0.0,) * states,
        upper=(math.nan,) * states,
    )


@settings(max_examples=10, deadline=None)
@given(flows, doses, st.integers(1, 4), st.sampled_from([0.7, 1.0, 1.6, 2.0]))
@pytest.mark.parametrize("method", METHODS)
def test_random_models_and_schedules(
    method: Method,
    drawn: list[Flow],
    records: list[tuple[float, ...]],
    states: int,
    steepness: float,
) -> None:
    problem = model(drawn, states, steepness)
    time, amount, into, rate, addl, ii, evid = zip(*records, strict=True) if records else [()] * 7
    events = Events.build(
        person=np.zeros(len(records)),
        time=time,
        amount=amount,
        compartment=np.array(into) % states if records else (),
        rate=rate,
        addl=addl,
        ii=ii,
        evid=evid,
    )
    rows = [[1.0, steepness]]
    slow = reference.solve(
        problem, rows, events, TIMES, rtol=1e-11, atol=1e-12, method="Radau", max_steps=100_000
    )
    assert not slow.advice
    peak = np.maximum(np.abs(slow.values).max(axis=1, keepdims=True), 0.01)
    # rtol bounds the error of a step; over all steps of a model that nobody chose, tsit5 has
    # gathered 18 times that, falling with rtol as it should. 1e-5 is held in `test_models.py`.
    for rtol, atol, allowed in ((1e-6, 1e-8, 1e-4), (1e-10, 1e-12, 1e-8)):
        fast = solve(problem, rows, events, TIMES, method=method, rtol=rtol, atol=atol)
        assert not fast.advice
        assert (np.abs(fast.values - slow.values) / peak).max() <= allowed
