"""People whom nobody would expect to be integrated, and what else a file may hold by mistake.

No one of them may stop the others, change a bit of theirs, go on for ever, or end without a word.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from benchmarks import spec, spec_problem
from tests.compartments import ONE, P1

from speciosa.engine import Events, Outcome, Solution, solve
from speciosa.engine.codegen.lanes import METHODS
from speciosa.engine.solve import Method

# 16 states with saturation, powers, feedback, fast and slow parts.
PROBLEM = spec_problem.problem()
TYPICAL = np.array(list(spec.THETA.values()))
TIMES = np.linspace(0.0, 48.0, 9)
MAX_STEPS = 2000
SENTENCE = re.compile(
    rf"person (\d+)(, at (-?\S+) h)?: .*\b({'|'.join(PROBLEM.states)})\b.*; .*"
    r"(raise|loosen|look|give|change)"
)
ALONE = 30

each_method = pytest.mark.parametrize("method", METHODS)


def anybody(people: int, seed: int = 3) -> tuple[np.ndarray, Events]:
    """Numbers over six orders of magnitude, doses over 24, everything at once and a hair apart."""
    rng = np.random.default_rng(seed)
    table = TYPICAL * 10.0 ** rng.uniform(-3, 3, (people, TYPICAL.size))
    person = np.repeat(np.arange(people), rng.integers(0, 5, people))
    n = person.size
    evid = rng.choice([0, 1, 1, 1, 1, 1, 1, 2, 3, 4], n)
    gives = (evid == 1) | (evid == 4)

    def of_doses(values: np.ndarray, share: float = 1.0) -> np.ndarray:
        return np.where(gives & (rng.random(n) < share), values, 0)

    amount = of_doses(10.0 ** rng.uniform(-12, 12, n), 0.8)
    ss = of_doses(rng.integers(1, 3, n), 0.003)
    events = Events.build(
        person=person,
        time=rng.choice([0.0, 0.0, 1e-12, 1e-9, 5.0, 5.0 + 1e-10, 24.0, 47.999999999], n),
        amount=amount,
        compartment=rng.integers(0, len(PROBLEM.states), n),
        evid=evid,
        rate=of_doses(10.0 ** rng.uniform(-6, 12, n), 0.3),
        addl=of_doses(rng.integers(1, 6, n), 0.3),
        ii=of_doses(10.0 ** rng.uniform(-9, 1.5, n)),
        ss=np.where((amount == 0) & (ss == 1), 0, ss),
    )
    return table, events


@each_method
@pytest.mark.parametrize(
    "people",
    # 15 to 40 s each.
    [pytest.param(2000, id="some"), pytest.param(100_000, id="many", marks=pytest.mark.slow)],
)
def test_whoever_they_are_each_has_an_outcome_of_their_own(people: int, method: Method) -> None:
    table, events = anybody(people)
    found = solve(PROBLEM, table, events, TIMES, method=method, max_steps=MAX_STEPS)
    good = found.outcome == Outcome.OK
    assert good.mean() > 0.9
    assert np.isfinite(found.values[good]).all()
    assert np.isnan(found.values[~good]).all()
    _all_are_told(found)
    _nobody_goes_on(found, events)
    rng = np.random.default_rng(11)
    who = np.concatenate([rng.choice(np.flatnonzero(some), ALONE) for some in (good, ~good)])
    for person in who.tolist():
        own = np.array([person])
        alone = solve(
            PROBLEM, table[own], events.only(own), TIMES, method=method, max_steps=MAX_STEPS
        )
        assert alone.values.tobytes() == found.values[own].tobytes()
        assert (alone.outcome[0], alone.steps[0]) == (found.outcome[person], found.steps[person])


def _all_are_told(found: Solution) -> None:
    """One sentence for each who failed: who, when, which state, and what to change."""
    assert sorted(found.advice) == found.failed.tolist()
    for person, sentence in found.advice.items():
        said = SENTENCE.match(sentence)
        assert said, sentence
        assert int(said[1]) == person
        # What was not integrated has no time.
        assert (said[2] is None) == (found.outcome[person] == Outcome.BAD_INPUT), sentence
        assert said[3] is None or np.isfinite(float(said[3]))


def _nobody_goes_on(found: Solution, events: Events) -> None:
    """Steps are bounded by the stretches between actions; both methods may try."""
    stretches = np.ones(found.steps.size)
    np.add.at(stretches, events.person, 2.0 * (events.addl + 1))
    plain = np.ones(found.steps.size, dtype=bool)
    plain[events.person[events.ss > 0]] = False  # these also have what ran before they began
    assert (found.steps[plain] <= 2 * MAX_STEPS * stretches[plain]).all()


ROW = list(P1.values())
LATE = [0.0, 1e9, 1.001e9]
ABSURD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a dose beyond everything": ({"time": 0.0, "amount": 1e300}, {}),
    "the largest number as a dose": ({"time": 0.0, "amount": np.finfo(float).max}, {}),
    "the smallest number as a dose": ({"time": 0.0, "amount": 5e-324}, {}),
    "a rate of almost nothing": ({"time": 0.0, "amount": 1.0, "rate": 1e-300}, {}),
    "a rate beyond everything": ({"time": 0.0, "amount": 1.0, "rate": 1e300}, {}),
    "the whole in no time": ({"time": 1.0, "amount": 1e300, "duration": 1e-300}, {}),
    "after a hundred thousand years": ({"time": 1e9, "amount": 1.0}, {"times": LATE}),
    "before all times": ({"time": -1e9, "amount": 1.0}, {}),
    "at the end of all times": ({"time": 1e300, "amount": 1.0}, {"times": [0.0, 1e300]}),
    "twenty thousand doses": ({"time": np.arange(20_000) * 2e-3, "amount": 1.0}, {}),
    "twenty thousand at once": ({"time": np.zeros(20_000), "amount": 1.0}, {}),
    "five thousand that overlap": ({"time": np.arange(5000) / 500, "amount": 1, "rate": 0.1}, {}),
    "repeats closer than can be told": (
        {"time": 5.0, "amount": 1.0, "addl": 100_000, "ii": 1e-300},
        {},
    ),
    "steady under doses without a pause": (
        {"time": 0.0, "amount": 1.0, "ss": 1, "ii": 1e-9},
        {},
    ),
    "steady under doses beyond everything": (
        {"time": 0.0, "amount": 1e300, "ss": 1, "ii": 1e-9},
        {},
    ),
    "steady under an endless flood": ({"time": 0.0, "rate": 1e300, "ss": 1}, {}),
    "one step": ({"time": 0.0, "amount": 40.0}, {"max_steps": 1}),
    "every error allowed": ({"time": 0.0, "amount": 40.0}, {"rtol": 0.1, "atol": 1e300}),
    "no error allowed": ({"time": 0.0, "amount": 40.0}, {"rtol": 1e-13, "atol": 1e-300}),
}


@each_method
@pytest.mark.parametrize("which", ["closed form", "benchmark"])
@pytest.mark.parametrize("name", ABSURD)
def test_an_absurd_request_has_an_outcome(name: str, which: str, method: Method) -> None:
    problem, row = (ONE, ROW) if which == "closed form" else (PROBLEM, TYPICAL.tolist())
    records, others = ABSURD[name]
    rest: dict[str, Any] = {"times": TIMES} | others
    count = np.asarray(records["time"]).size
    events = Events.build(person=np.ones(count), **records)
    found = solve(problem, [row] * 3, events, method=method, **rest)
    alone = solve(problem, [row], Events.none(), method=method, **rest)
    for neighbour in (0, 2):
        assert found.values[neighbour].tobytes() == alone.values[0].tobytes()
        assert found.outcome[neighbour] == alone.outcome[0]
    good = found.outcome == Outcome.OK
    assert np.isfinite(found.values[good]).all()
    assert sorted(found.advice) == np.flatnonzero(~good).tolist()


@each_method
@pytest.mark.parametrize("lag", [1e6, 1e300])
def test_a_dose_that_waits_for_ever_has_not_entered(lag: float, method: Method) -> None:
    rows = np.array([list((P1 | {"lag": lag}).values())])
    events = Events.build(person=0, time=0.0, amount=1.0, addl=1000, ii=1e-3)
    found = solve(ONE, rows, events, TIMES, method=method)
    assert found.outcome.tolist() == [Outcome.OK]
    assert (found.values == 0.0).all()


@each_method
def test_a_steady_state_long_before_it_enters_is_one_all_the_same(method: Method) -> None:
    rows = np.array([list((P1 | {"lag": 1e6}).values())])
    given: dict[str, Any] = {
        "person": 0,
        "time": 0.0,
        "amount": 1.0,
        "ss": 1,
        "ii": 25.0,
    }  # 40000 are under way
    found = solve(ONE, rows, Events.build(**given), TIMES, method=method)
    usual = solve(ONE, [ROW], Events.build(**given), TIMES, method=method)
    assert found.outcome.tolist() == usual.outcome.tolist() == [Outcome.OK]
    assert found["plasma"][0, 1:4] == pytest.approx(usual["plasma"][0, 1:4], rel=1e-4)


@each_method
@pytest.mark.parametrize("value", [0.0, 1e300, -1e300, 1e-300, -1.0, np.inf, np.nan])
def test_a_person_all_of_one_number_has_an_outcome(value: float, method: Method) -> None:
    events = Events.build(person=np.arange(3), time=0.0, amount=40.0)
    table = np.array([TYPICAL, np.full(TYPICAL.size, value), TYPICAL])
    found = solve(PROBLEM, table, events, TIMES, method=method)
    alone = solve(PROBLEM, table[:1], events.only(np.array([0])), TIMES, method=method)
    assert found.outcome[[0, 2]].tolist() == [Outcome.OK] * 2
    assert found.values[0].tobytes() == found.values[2].tobytes() == alone.values[0].tobytes()
    assert found.outcome[1] != Outcome.OK
    assert "person 1" in found.advice[1]
    assert np.isnan(found.values[1]).all()


@each_method
def test_nobody_at_all_is_no_trouble(method: Method) -> None:
    found = solve(PROBLEM, np.zeros((0, TYPICAL.size)), Events.none(), TIMES, method=method)
    assert found.values.shape == (0, TIMES.size, len(PROBLEM.outputs))
