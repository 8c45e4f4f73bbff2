"""The lanes against SciPy, on a model without a closed form and random people and schedules."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compartments import problem

from speciosa.engine import Events, reference, solve

TIMES = np.linspace(0.0, 48.0, 25)

RECEPTOR = problem(
    "depot central effect tolerance",
    "ka vmax km keo n kt v",
    "plasma response tolerance",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["vmax"] * x["central"] / (x["central"] + x["km"]),
        x["keo"] * (x["central"] / x["v"] - x["effect"]),
        x["kt"] * (x["effect"] ** x["n"] / (x["effect"] ** x["n"] + 1.0) - x["tolerance"]),
    ],
    lambda x: [
        x["central"] / x["v"],
        x["effect"] ** x["n"] / (x["effect"] ** x["n"] + 1.0 + x["tolerance"]),
        x["tolerance"],
    ],
    lower=0.0,
)
CENTRE = np.array([1.5, 6.0, 30.0, 0.8, 1.4, 0.05, 20.0])

doses = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.floats(0, 50),
        st.sampled_from([0.0, 1.0, 20.0, 200.0]),
        st.integers(0, 1),
        st.sampled_from([0.0, 20.0]),
        st.integers(0, 3),
        st.floats(0.1, 12),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(doses, st.integers(0, 2**32 - 1))
def test_random_people_and_schedules(rows: list[tuple[float, ...]], seed: int) -> None:
    parameters = CENTRE * np.exp(0.4 * np.random.default_rng(seed).standard_normal((3, 7)))
    person, time, amount, into, rate, addl, ii = zip(*rows, strict=True) if rows else [()] * 7
    events = Events.build(
        person=person,
        time=time,
        amount=amount,
        compartment=into,
        rate=rate,
        addl=addl,
        ii=ii,
    )
    slow = reference.solve(
        RECEPTOR, parameters, events, TIMES, rtol=1e-10, atol=1e-12, method="DOP853"
    )
    assert not slow.advice
    peak = np.maximum(np.abs(slow.values).max(axis=1, keepdims=True), 1e-3)
    for rtol, atol, allowed in ((1e-6, 1e-8, 1e-5), (1e-9, 1e-11, 1e-7)):
        fast = solve(RECEPTOR, parameters, events, TIMES, rtol=rtol, atol=atol)
        assert not fast.advice
        assert (np.abs(fast.values - slow.values) / peak).max() <= allowed
