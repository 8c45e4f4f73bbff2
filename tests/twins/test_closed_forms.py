"""The event semantics and the integration, against superposed exponentials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.compartments import ONE, P1, P2, P3, THREE, TWO, superposed

from speciosa.engine import Events, Problem, reference, solve

MODELS = [
    pytest.param(ONE, P1, id="one"),
    pytest.param(TWO, P2, id="two"),
    pytest.param(THREE, P3, id="three"),
]
TIMES = np.linspace(0.0, 72.0, 145)


@pytest.mark.parametrize(("model", "p"), MODELS)
@pytest.mark.parametrize("into", [0, 1])
@pytest.mark.parametrize("rate", [0.0, 25.0])
@pytest.mark.parametrize("repeats", [0, 5])
@pytest.mark.parametrize(("lag", "f"), [(0.0, 1.0), (0.35, 0.6)])
def test_single_and_repeated_doses(
    model: Problem, p: dict[str, float], into: int, rate: float, repeats: int, lag: float, f: float
) -> None:
    p = p | {"lag": lag, "f": f}
    events = Events.build(
        person=0, time=0.0, amount=100.0, compartment=into, rate=rate, addl=repeats, ii=8.0
    )
    doses = [(lag + 8.0 * i, f * 100.0, rate, into) for i in range(repeats + 1)]
    exact = superposed(model, p, doses, TIMES)
    for rtol, allowed in ((1e-6, 1e-6), (1e-10, 1e-9)):
        found = solve(
            model, [list(p.values())], events, TIMES, ["plasma"], rtol=rtol, atol=rtol / 100
        )
        assert np.abs(found["plasma"][0] - exact).max() <= allowed * exact.max()


@pytest.mark.parametrize("method", ["LSODA", "Radau", "DOP853"])
def test_the_reference_solver(method: reference.Method) -> None:
    events = Events.build(
        person=0, time=[0.0, 3.0], amount=[100.0, 60.0], compartment=[0, 1], rate=[0.0, 10.0]
    )
    exact = superposed(TWO, P2, [(0.0, 100.0, 0.0, 0), (3.0, 60.0, 10.0, 1)], TIMES)
    found = reference.solve(
        TWO, [list(P2.values())], events, TIMES, ["plasma"], rtol=1e-9, atol=1e-11, method=method
    )
    assert np.abs(found["plasma"][0] - exact).max() <= 1e-6 * exact.max()


record = st.tuples(
    st.sampled_from([0.0, 0.1, 1.0, 2.0, 4.0, 6.5, 24.0]),  # time
    st.sampled_from([0.0, 1.0, 100.0]),  # amount
    st.sampled_from([0, 1]),  # compartment
    st.sampled_from([0.0, 10.0, 50.0]),  # rate
    st.sampled_from([0, 0, 3]),  # addl
    st.sampled_from([0.5, 6.0, 12.0]),  # ii
    st.sampled_from([0, 1, 1, 1, 1, 2, 3, 4]),  # evid
)


@settings(max_examples=60, deadline=None)
@given(st.lists(record, min_size=1, max_size=6), st.sampled_from([0.0, 0.5, 2.0]))
def test_random_schedules_with_resets(records: list[tuple[float, ...]], lag: float) -> None:
    """Superposition of what is left after the last reset, written a second time from the rules."""
    records = sorted(records, key=lambda row: row[0])
    p, f = P1 | {"lag": lag, "f": 0.8}, 0.8
    rows = [
        (t, a, c, r, n, ii, e) if e in (1, 4) else (t, 0.0, c, 0.0, 0, 0.0, e)
        for t, a, c, r, n, ii, e in records
    ]
    time, amount, into, rate, addl, ii, evid = zip(*rows, strict=True)
    events = Events.build(
        person=0,
        time=time,
        amount=amount,
        compartment=into,
        rate=rate,
        addl=addl,
        ii=ii,
        evid=evid,
    )
    # A record listed after an observation of the same time acts just after it; a repeat or a dose
    # with a lag that meets an observation comes before it.
    late = [
        1e-10 if any(b[6] == 0 and b[0] == row[0] for b in rows[:i]) else 0.0
        for i, row in enumerate(rows)
    ]
    resets = [i for i, row in enumerate(rows) if row[6] in (3, 4)]
    edges = [*(rows[i][0] + late[i] for i in resets), np.inf]
    exact = np.zeros(TIMES.shape)
    for era in range(-1, len(resets)):
        first = 0 if era < 0 else resets[era]
        until = len(rows) if era + 1 == len(resets) else resets[era + 1]
        doses = [
            (t + lag + k * gap + (hair if k == 0 and lag == 0 else 0.0), f * a, r, int(c))
            for (t, a, c, r, n, gap, e), hair in zip(
                rows[first:until], late[first:until], strict=True
            )
            if e in (1, 4) and a > 0
            for k in range(int(n) + 1)
        ]
        begins = -np.inf if era < 0 else edges[era]
        inside = (begins <= TIMES) & (edges[era + 1] > TIMES)
        exact[inside] = superposed(ONE, p, doses, TIMES)[inside]
    assume(exact.max() > 0)
    found = solve(ONE, [list(p.values())], events, TIMES, ["plasma"], rtol=1e-9, atol=1e-11)
    assert np.abs(found["plasma"][0] - exact).max() <= 1e-7 * exact.max()
