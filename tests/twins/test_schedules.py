"""Any schedule of records against superposed closed forms.

`expected` says a second time, record by record, what the rules mean: no timetable, no inflow, no
cycles. It knows linear models alone, and that is what makes it short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compartments import MODELLED, ONE, P1, P2, P3, THREE, TWO, for_ever, superposed
from tests.solvers import TIGHT, Solver, every_solver

from speciosa.engine import Events, Problem

TIMES = np.linspace(0.0, 60.0, 121)


@dataclass(frozen=True)
class Record:
    time: float
    amount: float = 0.0
    into: int = 1
    rate: float = 0.0
    duration: float = 0.0
    addl: int = 0
    ii: float = 0.0
    ss: int = 0
    evid: int = 1


def events(records: Sequence[Record]) -> Events:
    def column(name: str) -> list[float]:
        return [getattr(record, name) for record in records]

    names = ("time", "amount", "rate", "duration", "addl", "ii", "ss", "evid")
    return Events.build(
        person=np.zeros(len(records)),
        compartment=column("into"),
        **{name: column(name) for name in names},
    )


def expected(
    model: Problem, p: Mapping[str, float], records: Sequence[Record], times: np.ndarray
) -> np.ndarray:
    """Plasma, of records in order of time; a record that resets hides all that came before it."""
    lag, f = p["lag"], p["f"]
    found = np.zeros(times.shape)
    for record in records:
        if record.evid in (3, 4) or record.ss == 1:
            found = np.where(times >= record.time, 0.0, found)
        if record.evid not in (1, 4):
            continue
        amount = f * record.amount
        rate = amount / record.duration if record.duration else record.rate
        after = times >= record.time
        mine = np.zeros(times.shape)
        if record.ss and not record.amount:
            over = [(record.time - 1e4, 1e4 * rate, rate, record.into)]
            mine += superposed(model, p, over, times)
        for repeat in range(record.addl + 1):
            enters = record.time + lag + repeat * record.ii
            if amount and record.ss and not repeat:
                dose = (enters, amount, rate, record.into)
                mine[after] += for_ever(model, p, dose, record.ii, record.time, times[after])
            elif amount:
                mine += superposed(model, p, [(enters, amount, rate, record.into)], times)
        found = found + np.where(after, mine, 0.0)
    return found


def agree(
    solver: Solver, model: Problem, p: Mapping[str, float], records: Sequence[Record]
) -> None:
    exact = expected(model, p, records, TIMES)
    found = solver(model, [list(p.values())], events(records), TIMES, ["plasma"], **TIGHT)
    assert not found.advice
    assert np.abs(found["plasma"][0] - exact).max() <= 1e-7 * exact.max(initial=1e-3)


MODELS = [pytest.param(m, p, id=i) for m, p, i in ((ONE, P1, "one"), (TWO, P2, "two"))]
MODELS.append(pytest.param(THREE, P3, id="three"))

FORMS = [
    pytest.param({}, id="at once"),
    pytest.param({"rate": 60.0}, id="infused"),
    pytest.param({"rate": 5.0}, id="infused for longer than the interval"),
    pytest.param({"duration": 16.0}, id="infused for two intervals"),
]


@every_solver
@pytest.mark.parametrize(("model", "p"), MODELS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("into", [0, 1])
def test_steady_state_and_then_repeats(
    solver: Solver, model: Problem, p: dict[str, float], form: dict[str, float], into: int
) -> None:
    agree(solver, model, p, [replace(Record(2.0, 100.0, into, ss=1, ii=8.0, addl=3), **form)])


@every_solver
@pytest.mark.parametrize("lag", [0.5, 7.9, 8.0, 21.0])
@pytest.mark.parametrize("form", FORMS)
def test_steady_state_with_a_lag_of_any_length(
    solver: Solver, lag: float, form: dict[str, float]
) -> None:
    p = P2 | {"lag": lag, "f": 0.7}
    first = replace(Record(2.0, 100.0, ss=1, ii=8.0, addl=1), **form)
    records = [first, Record(30.0, 40.0, ss=2, ii=12.0)]
    agree(solver, TWO, p, records)


@every_solver
def test_an_input_that_went_on_for_ever_stops_at_its_record(solver: Solver) -> None:
    agree(solver, ONE, P1, [Record(0.0, 50.0), Record(6.0, ss=1, rate=12.0)])


record = st.builds(
    Record,
    time=st.sampled_from([0.0, 1.0, 2.0, 4.0, 6.5, 24.0]),
    amount=st.sampled_from([1.0, 40.0, 100.0]),
    into=st.sampled_from([0, 1]),
    rate=st.sampled_from([0.0, 10.0, 50.0]),
    addl=st.sampled_from([0, 0, 1, 3]),
    ii=st.sampled_from([2.0, 6.0, 12.0]),
    ss=st.sampled_from([0, 0, 1, 2]),
    evid=st.sampled_from([1, 1, 1, 2, 3, 4]),
)
kept = record.map(
    lambda r: r if r.evid in (1, 4) else Record(r.time, evid=r.evid),
)
lasting = st.tuples(kept, st.booleans()).map(
    lambda two: replace(two[0], rate=0.0, duration=two[0].rate / 4) if two[1] else two[0]
)


@every_solver
@settings(max_examples=40, deadline=None)
@given(
    records=st.lists(lasting, min_size=1, max_size=5),
    lag=st.sampled_from([0.0, 0.5, 2.0, 9.0]),
    f=st.sampled_from([1.0, 0.8]),
)
def test_any_schedule(solver: Solver, records: list[Record], lag: float, f: float) -> None:
    agree(solver, ONE, P1 | {"lag": lag, "f": f}, sorted(records, key=lambda r: r.time))


@every_solver
def test_reset_and_dose_cancels_what_waits_but_keeps_its_own_repeats(solver: Solver) -> None:
    p = P1 | {"lag": 3.0}
    records = [Record(0.0, 100.0, addl=9, ii=5.0), Record(11.0, 60.0, evid=4, addl=2, ii=7.0)]
    agree(solver, ONE, p, records)


@every_solver
def test_infusions_that_overlap_add_up(solver: Solver) -> None:
    records = [Record(float(i), 30.0, i % 2, rate=4.0 + i, addl=2, ii=3.0) for i in range(4)]
    agree(solver, ONE, P1, records)


@every_solver
def test_records_at_one_time_all_count_in_their_order(solver: Solver) -> None:
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        four = [
            Record(4.0, 30.0),
            Record(4.0, 20.0, evid=4),
            Record(4.0, 50.0, rate=10.0),
            Record(4.0, 10.0, ss=2, ii=6.0),
        ]
        agree(solver, ONE, P1, [Record(0.0, 80.0), *(four[i] for i in order)])


@every_solver
@pytest.mark.parametrize(("rate", "lasts"), [(-1.0, 60.0 / 12.0), (-2.0, 4.0)])
@pytest.mark.parametrize("ss", [0, 1])
def test_modelled_infusions(solver: Solver, rate: float, lasts: float, ss: int) -> None:
    p = P1 | {"lag": 0.5, "f": 0.6, "dur": 4.0, "rate": 12.0}
    record = Record(1.0, 100.0, rate=rate, ss=ss, addl=2, ii=3.0)
    found = solver(MODELLED, [list(p.values())], events([record]), TIMES, **TIGHT)["plasma"][0]
    given_so = Record(1.0, 100.0, duration=lasts, ss=ss, addl=2, ii=3.0)
    exact = expected(ONE, p, [given_so], TIMES)
    assert np.abs(found - exact).max() <= 1e-7 * exact.max()


@every_solver
def test_a_value_before_the_dose_is_the_limit_from_the_left(solver: Solver) -> None:
    records = [Record(0.0, 100.0, addl=3, ii=12.0), Record(24.0, 40.0, rate=10.0)]
    times = np.array([0.0, 6.0, 12.0, 24.0, 28.0, 36.0])
    found = solver(
        ONE, [list(P1.values())], events(records), times, ["plasma"], at_dose="before", **TIGHT
    )["plasma"][0]
    exact = expected(ONE, P1, records, times - 1e-10)
    assert found == pytest.approx(exact, rel=1e-7)
    assert found[0] == 0.0


@every_solver
def test_an_observation_recorded_before_a_dose_is_before_it(solver: Solver) -> None:
    first, then = Record(0.0, 100.0), Record(12.0, 50.0)
    look = Record(12.0, evid=0)
    times = np.array([12.0, 13.0])
    after = expected(ONE, P1, [first, then], times)
    before = expected(ONE, P1, [first], times)
    for order, exact in (
        ([first, then, look], after),
        ([first, look, then], [before[0], after[1]]),
    ):
        found = solver(ONE, [list(P1.values())], events(order), times, ["plasma"], **TIGHT)
        assert found["plasma"][0] == pytest.approx(exact, rel=1e-7)


@every_solver
def test_a_repeat_that_meets_an_observation_is_before_it(solver: Solver) -> None:
    """As in NONMEM's scenarios 2, 16, 24 and 25, with lags."""
    records = [Record(0.0, 100.0, addl=1, ii=12.0), Record(12.0, evid=0)]
    found = solver(ONE, [list(P1.values())], events(records), [12.0], ["plasma"], **TIGHT)
    exact = expected(ONE, P1, records, np.array([12.0]))
    assert found["plasma"][0] == pytest.approx(exact, rel=1e-7)
