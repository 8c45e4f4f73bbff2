"""Parameters that change with time, against closed forms taken step by step.

With doses straight into one compartment, plasma is each dose times exp of minus the integral of
CL / V since: exact for steps and for straight lines.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compartments import MODELLED, ONE, P1, problem, superposed
from tests.solvers import TIGHT, Solver, every_solver

from speciosa.engine import Covariates, Events

TIMES = np.linspace(0.0, 40.0, 81)
CL, LAG, F = (ONE.parameters.index(name) for name in ("cl", "lag", "f"))
V = P1["v"]
KINDS = ["nocb", "locf", "linear"]


def value(kind: str, at: np.ndarray, when: np.ndarray, what: np.ndarray) -> np.ndarray:
    """The value in force at these times."""
    if kind == "linear":
        return np.interp(at, when, what)
    if kind == "nocb":
        return what[np.searchsorted(when, at, side="left").clip(0, when.size - 1)]
    return what[(np.searchsorted(when, at, side="right") - 1).clip(0)]


def area(kind: str, upto: float, when: np.ndarray, what: np.ndarray) -> float:
    """The integral of the value from 0, in pieces between records, each exact."""
    edges = np.unique(np.concatenate(([0.0, upto], when[(when > 0) & (when < upto)])))
    middle = (edges[1:] + edges[:-1]) / 2
    return float(np.sum(np.diff(edges) * value(kind, middle, when, what)))


def plasma(
    doses: list[tuple[float, float]], kind: str, when: np.ndarray, what: np.ndarray
) -> np.ndarray:
    """After doses (enters, amount) at once, with a clearance that changes."""
    gone = np.array([area(kind, float(t), when, what) for t in TIMES])
    found = np.zeros(TIMES.shape)
    for enters, amount in doses:
        kept = np.exp((area(kind, enters, when, what) - gone) / V)
        found += np.where(enters <= TIMES, amount / V * kept, 0.0)
    return found


def solved(solver: Solver, events: Events, covariates: Covariates, **more: object) -> np.ndarray:
    row = [list(P1.values())]
    found = solver(ONE, row, events, TIMES, ["plasma"], covariates=covariates, **TIGHT, **more)
    assert not found.advice
    return found["plasma"][0]


@every_solver
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10, deadline=None)
@given(
    rows=st.dictionaries(
        st.sampled_from([0.0, 1.0, 4.0, 8.0, 10.3, 20.0, 33.0, 50.0]),
        st.floats(0.2, 8.0),
        min_size=1,
    )
)
def test_a_clearance_that_changes(solver: Solver, kind: str, rows: dict[float, float]) -> None:
    when = np.array(sorted(rows))
    what = np.array([rows[time] for time in when.tolist()])
    events = Events.build(person=0, time=[0.0, 8.0], amount=100.0, compartment=1)
    covariates = Covariates.build(person=0, time=when, parameter=CL, value=what, kind=kind)
    exact = plasma([(0.0, 100.0), (8.0, 100.0)], kind, when, what)
    assert np.abs(solved(solver, events, covariates) - exact).max() <= 1e-7 * exact.max()


@every_solver
@pytest.mark.parametrize("kind", KINDS)
def test_f_and_duration_are_those_in_force_when_a_dose_enters(solver: Solver, kind: str) -> None:
    """Three doses with a lag, and a fourth with a modelled duration."""
    when, shares, lasts = np.array([0.0, 5.0, 12.0]), np.array([0.9, 0.3, 0.6]), [2.0, 8.0, 5.0]
    numbers = {"f": shares, "dur": lasts}
    covariates = Covariates.build(
        person=0,
        time=np.tile(when, 2),
        parameter=np.repeat([MODELLED.parameters.index(name) for name in numbers], 3),
        value=np.concatenate(list(numbers.values())),
        kind=kind,
    )
    p = P1 | {"lag": 2.0, "f": 0.0, "dur": 0.0, "rate": 1.0}
    events = Events.build(
        person=0,
        time=[0.0, 9.0],
        amount=[100.0, 80.0],
        compartment=1,
        addl=[2, 0],
        ii=[4.0, 0.0],
        rate=[0.0, -2.0],
    )
    found = solver(MODELLED, [list(p.values())], events, TIMES, covariates=covariates, **TIGHT)[
        "plasma"
    ][0]
    enters = np.array([2.0, 6.0, 10.0, 11.0])
    share = value(kind, enters, when, shares)
    lasting = float(value(kind, enters, when, np.array(lasts))[3])
    doses = [(t, 100.0 * f, 0.0, 1) for t, f in zip(enters[:3], share, strict=False)]
    doses.append((11.0, 80.0 * share[3], 80.0 * share[3] / lasting, 1))
    exact = superposed(ONE, P1, doses, TIMES)
    assert np.abs(found - exact).max() <= 1e-7 * exact.max()


@every_solver
def test_the_lag_is_that_of_the_record_for_all_its_repeats(solver: Solver) -> None:
    covariates = Covariates.build(
        person=0, time=[0.0, 1.0, 9.0], parameter=LAG, value=[2.0, 3.0, 5.0]
    )
    events = Events.build(person=0, time=[0.0, 9.0], amount=100.0, compartment=1, addl=1, ii=4.0)
    doses = [(t, 100.0, 0.0, 1) for t in (2.0, 6.0, 14.0, 18.0)]
    exact = superposed(ONE, P1, doses, TIMES)
    assert np.abs(solved(solver, events, covariates) - exact).max() <= 1e-7 * exact.max()


@every_solver
def test_doses_before_a_steady_state_have_the_parameters_of_its_record(solver: Solver) -> None:
    covariates = Covariates.build(
        person=0, time=[0.0, 6.0, 30.0], parameter=CL, value=[9.0, 1.1, 1.1]
    )
    events = Events.build(person=0, time=6.0, amount=100.0, compartment=1, ss=1, ii=12.0)
    k = 1.1 / V
    exact = 100.0 / V / (1 - np.exp(-12 * k)) * np.exp(-k * (TIMES - 6.0))
    found = solved(solver, events, covariates)
    assert found[TIMES >= 6.0] == pytest.approx(exact[TIMES >= 6.0], rel=1e-7)
    assert (found[TIMES < 6.0] == 0).all()


GROWING = problem(
    "a", "base slope", "a level", lambda x: [x["slope"]], lambda x: [x["a"], x["base"]],
    start=lambda x: [x["base"]],
)  # fmt: skip


@every_solver
@pytest.mark.parametrize("kind", KINDS)
def test_a_reset_takes_the_start_values_of_its_time(solver: Solver, kind: str) -> None:
    when, what = np.array([2.0, 6.0, 10.0]), np.array([1.0, 3.0, 11.0])
    covariates = Covariates.build(person=0, time=when, parameter=0, value=what, kind=kind)
    events = Events.build(person=0, time=[6.0, 8.0], evid=3)
    times = np.array([0.0, 6.0, 7.0, 8.0, 9.0, 12.0])
    found = solver(GROWING, [[0.0, 2.0]], events, times, covariates=covariates, **TIGHT)
    base = value(kind, times, when, what)
    assert found["level"][0] == pytest.approx(base)
    at_six, at_eight = value(kind, np.array([6.0, 8.0]), when, what)
    starts = [base[0], at_six, at_six + 2.0, at_eight, at_eight + 2.0, at_eight + 8.0]
    assert found["a"][0] == pytest.approx(starts)


@every_solver
def test_outputs_see_the_value_of_their_own_record(solver: Solver) -> None:
    """nocb: of the interval that ends there; locf: of the record itself."""
    for kind, seen in (("nocb", [1.0, 3.0, 3.0, 11.0]), ("locf", [1.0, 1.0, 3.0, 11.0])):
        covariates = Covariates.build(
            person=0, time=[2.0, 6.0, 10.0], parameter=0, value=[1.0, 3.0, 11.0], kind=kind
        )
        times = [2.0, 3.0, 6.0, 10.0]
        found = solver(GROWING, [[0.0, 0.0]], Events.none(), times, covariates=covariates)
        assert found["level"][0].tolist() == seen


@every_solver
def test_people_change_each_in_their_own_way(solver: Solver) -> None:
    covariates = Covariates.build(
        person=[2, 0, 2], time=[0.0, 0.0, 5.0], parameter=0, value=[1.0, 4.0, 2.0], kind="locf"
    )
    rows = [[7.0, 0.0]] * 3
    found = solver(GROWING, rows, Events.none(), [0.0, 5.0], covariates=covariates)["level"]
    assert found.tolist() == [[4.0, 4.0], [7.0, 7.0], [1.0, 2.0]]


@every_solver
def test_everybody_may_have_times_of_their_own(solver: Solver) -> None:
    events = Events.build(person=[0, 1], time=0.0, amount=100.0, compartment=1)
    times = [[1.0, 5.0, 9.0], [3.0, np.nan, np.nan]]
    found = solver(ONE, [list(P1.values())] * 2, events, times, ["plasma"], **TIGHT)
    exact = superposed(ONE, P1, [(0.0, 100.0, 0.0, 1)], [1.0, 5.0, 9.0, 3.0])
    assert found["plasma"][0] == pytest.approx(exact[:3], rel=1e-8)
    assert found["plasma"][1, 0] == pytest.approx(exact[3], rel=1e-8)
    assert np.isnan(found["plasma"][1, 1:]).all()
    assert found.times == pytest.approx(np.array(times), nan_ok=True)
    assert found.outcome.tolist() == [0, 0]
