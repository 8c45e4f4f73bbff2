"""A person's numbers are the same bits whoever else is solved."""

from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import problem

from speciosa.engine import Events, Solution, solve

TIMES = np.linspace(0.0, 60.0, 31)

# Every kind of operation that has a vector form of its own, a fast and a slow part, a bound.
MODEL = problem(
    "depot central effect wave",
    "ka k keo n lag",
    "central effect log",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["k"] * x["central"] / (x["central"] + 1.0),
        x["keo"] * (x["central"] ** x["n"] / (x["central"] ** x["n"] + 1.0) - x["effect"]),
        x["t"].writer.op("tanh", x["central"]) - x["t"].writer.op("exp", -x["effect"]),
    ],
    lambda x: [x["central"], x["effect"], x["t"].writer.op("log", x["central"] + 1.0)],
    dosing=lambda x: [x["lag"], 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0],
    lower=0.0,
)


def cohort(people: int) -> tuple[np.ndarray, Events]:
    rng = np.random.default_rng(7)
    spread = np.exp(0.5 * rng.standard_normal((people, 5)))
    parameters = np.array([1.5, 0.8, 0.5, 1.3, 0.2]) * spread
    rows = [
        (
            person,
            float(rng.choice([0.0, 0.5, 6.0, 7.25, 30.0, 80.0])),
            float(rng.choice([0.0, 1.0, 10.0])),
            int(rng.integers(0, 2)),
            int(rng.choice([1, 1, 1, 4])),
            float(rng.choice([0.0, 0.0, 5.0])),
            int(rng.integers(0, 4)),
        )
        for person in range(people)
        for _ in range(person % 4)
    ]
    person, time, amount, compartment, evid, rate, addl = zip(*rows, strict=True)
    events = Events.build(
        person=person,
        time=time,
        amount=amount,
        compartment=compartment,
        evid=evid,
        rate=rate,
        addl=addl,
        ii=8.0,
    )
    return parameters, events


@pytest.fixture(scope="module")
def everyone() -> tuple[np.ndarray, Events, Solution]:
    parameters, events = cohort(2000)
    return parameters, events, solve(MODEL, parameters, events, TIMES)


def test_all_two_thousand_are_solved(everyone: tuple[np.ndarray, Events, Solution]) -> None:
    assert (everyone[2].outcome == 0).all()


@pytest.mark.parametrize("people", [1, 2, 3, 7, 8, 9, 20, 65, 300])
def test_alone_or_among_few(everyone: tuple[np.ndarray, Events, Solution], people: int) -> None:
    parameters, events, full = everyone
    for seed in range(3):
        who = np.random.default_rng([people, seed]).permutation(2000)[:people]
        some = solve(MODEL, parameters[who], events.only(who), TIMES)
        assert some.values.tobytes() == full.values[who].tobytes()
        assert np.array_equal(some.steps, full.steps[who])


def test_in_any_order(everyone: tuple[np.ndarray, Events, Solution]) -> None:
    parameters, events, full = everyone
    order = np.random.default_rng(1).permutation(2000)
    mixed = solve(MODEL, parameters[order], events.only(order), TIMES)
    assert mixed.values.tobytes() == full.values[order].tobytes()


def test_among_people_who_fail(everyone: tuple[np.ndarray, Events, Solution]) -> None:
    parameters, events, full = everyone
    who = np.arange(40)
    broken = parameters[who].copy()
    broken[::2, 1] = np.nan
    broken[1::4, 0] = 1e300
    some = solve(MODEL, broken, events.only(who), TIMES)
    assert some.values[3::4].tobytes() == full.values[3:40:4].tobytes()
    assert np.isnan(some.values[::2]).all()


def test_fewer_output_times_and_outputs_change_no_value_up_to_the_same_end(
    everyone: tuple[np.ndarray, Events, Solution],
) -> None:
    parameters, events, full = everyone
    who = np.arange(50)
    some = solve(MODEL, parameters[who], events.only(who), TIMES[4::2], ["effect"])
    assert some["effect"].tobytes() == full["effect"][who, 4::2].tobytes()
