"""Steady states of models without a closed form, against many plain doses."""

from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import problem
from tests.solvers import TIGHT, Solver, every_solver

from speciosa.engine import Events, Outcome, Problem, reference

TIMES = np.linspace(0.0, 24.0, 13)

SATURATED = problem(
    "depot central",
    "ka vmax km",
    "depot central",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["vmax"] * x["central"] / (x["km"] + x["central"]),
    ],
    lambda x: [x["depot"], x["central"]],
    lower=0.0,
)
"""Michaelis-Menten elimination."""

INDUCED = problem(
    "central enzyme",
    "k turnover gain",
    "central enzyme",
    lambda x: [
        -(x["k"] * x["enzyme"] * x["central"]),
        x["turnover"] * (1.0 + x["gain"] * x["central"] - x["enzyme"]),
    ],
    lambda x: [x["central"], x["enzyme"]],
    start=lambda x: [0.0, 1.0],
    lower=0.0,
)
"""An enzyme of baseline 1 that the drug itself induces."""

BOUND = problem(
    "drug free complex",
    "on off k",
    "drug free complex",
    lambda x: [
        x["off"] * x["complex"] - x["on"] * x["drug"] * x["free"] - x["k"] * x["drug"],
        x["off"] * x["complex"] - x["on"] * x["drug"] * x["free"],
        x["on"] * x["drug"] * x["free"] - x["off"] * x["complex"],
    ],
    lambda x: [x["drug"], x["free"], x["complex"]],
    start=lambda x: [0.0, 10.0, 0.0],
    constants=(0.0, 1.0, 10.0),
)
"""A target that the drug binds; free and bound together stay what they were."""

CASES = [
    pytest.param(SATURATED, [1.0, 10.0, 30.0], {"amount": 80.0, "ii": 12.0}, id="saturated"),
    pytest.param(
        SATURATED,
        [1.0, 10.0, 30.0],
        {"amount": 80.0, "ii": 12.0, "rate": 5.0, "compartment": 1},
        id="saturated, infused for longer than the interval",
    ),
    pytest.param(INDUCED, [0.1, 0.02, 0.01], {"amount": 50.0, "ii": 12.0}, id="induced enzyme"),
    pytest.param(BOUND, [0.05, 0.2, 0.3], {"amount": 10.0, "ii": 8.0}, id="bound target"),
]


@every_solver
@pytest.mark.parametrize(("model", "row", "dose"), CASES)
def test_as_after_three_hundred_doses(
    solver: Solver, model: Problem, row: list[float], dose: dict[str, float]
) -> None:
    at = 300 * dose["ii"]
    many = Events.build(person=0, time=0.0, addl=302, **dose)
    plain = reference.solve(model, [row], many, at + TIMES, **TIGHT, method="DOP853")
    once = Events.build(person=0, time=0.0, ss=1, addl=2, **dose)
    found = solver(model, [row], once, TIMES, **TIGHT)
    assert not found.advice
    peak = np.maximum(plain.values.max(axis=1, keepdims=True), 1.0)
    assert (np.abs(found.values - plain.values) / peak).max() <= 1e-6


@every_solver
def test_what_comes_on_top_is_the_periodic_state_less_the_start(solver: Solver) -> None:
    dose = {"amount": 50.0, "ii": 12.0, "compartment": 0}
    row = [[0.1, 0.02, 0.01]]
    alone = solver(INDUCED, row, Events.build(person=0, time=5.0, ss=1, **dose), [5.0], **TIGHT)
    added = Events.build(person=0, time=[0.0, 5.0], ss=[0, 2], **dose)
    before = Events.build(person=0, time=0.0, amount=50.0)
    found = solver(INDUCED, row, added, [5.0], **TIGHT).values[0, 0]
    was = solver(INDUCED, row, before, [5.0], **TIGHT).values[0, 0]
    assert found == pytest.approx(was + alone.values[0, 0] - [0.0, 1.0], rel=1e-7)


@every_solver
def test_without_a_dose_the_steady_state_is_that_of_the_body_alone(solver: Solver) -> None:
    turnover = problem(
        "a", "made lost", "a", lambda x: [x["made"] - x["lost"] * x["a"]], lambda x: [x["a"]]
    )
    events = Events.build(person=0, time=3.0, amount=0.0, ss=1)
    found = solver(turnover, [[5.0, 0.1]], events, [3.0, 30.0], **TIGHT)
    assert found["a"][0] == pytest.approx([50.0, 50.0], rel=1e-8)


@every_solver
def test_who_takes_more_than_is_lost_has_no_steady_state(solver: Solver) -> None:
    events = Events.build(person=[0, 1], time=2.0, amount=80.0, ss=1, ii=12.0)
    found = solver(SATURATED, [[1.0, 5.0, 30.0], [1.0, 10.0, 30.0]], events, [2.0, 4.0])
    assert found.outcome.tolist() == [Outcome.NO_STEADY_STATE, Outcome.OK]
    assert found.advice[0].startswith("person 0, at 2 h: central has no steady state")
    assert np.isnan(found.values[0]).all()


@every_solver
def test_a_dose_that_nothing_removes_has_no_steady_state(solver: Solver) -> None:
    kept = problem(
        "gut blood", "ka kel", "blood",
        lambda x: [-(x["ka"] * x["gut"]), x["ka"] * x["gut"] - x["kel"] * x["blood"]],
        lambda x: [x["blood"]],
    )  # fmt: skip
    events = Events.build(person=0, time=0.0, amount=80.0, ss=1, ii=12.0)
    found = solver(kept, [[1.0, 0.0]], events, [2.0])
    assert found.outcome.tolist() == [Outcome.NO_STEADY_STATE]
    assert "blood has no steady state" in found.advice[0]


@every_solver
def test_what_only_counts_starts_at_its_start_value(solver: Solver) -> None:
    area = problem(
        "central area", "k", "central area",
        lambda x: [-(x["k"] * x["central"]), x["central"]],
        lambda x: [x["central"], x["area"]],
    )  # fmt: skip
    events = Events.build(person=0, time=0.0, amount=100.0, ss=1, ii=12.0, addl=1)
    found = solver(area, [[0.1]], events, [0.0, 12.0], **TIGHT)
    assert found["area"][0] == pytest.approx([0.0, 100.0 / 0.1], rel=1e-8)
    into = Events.build(person=0, time=0.0, amount=1.0, compartment=1, ss=1, ii=12.0)
    refused = solver(area, [[0.1]], into, [1.0])
    assert refused.outcome.tolist() == [Outcome.NO_STEADY_STATE]


@every_solver
def test_slow_people_get_there_as_exactly_as_quick_ones(solver: Solver) -> None:
    """A half-life of 700 intervals: no number of plain doses would do."""
    one = problem("a", "k", "a", lambda x: [-(x["k"] * x["a"])], lambda x: [x["a"]])
    events = Events.build(person=[0, 1], time=0.0, amount=1.0, ss=1, ii=1.0)
    k = np.array([0.001, 2.0])
    found = solver(one, k[:, None], events, [0.5], **TIGHT)["a"][:, 0]
    assert found == pytest.approx(np.exp(-k * 0.5) / -np.expm1(-k), rel=1e-6)


@every_solver
def test_equations_that_cannot_be_evaluated_are_said_to_be_that(solver: Solver) -> None:
    events = Events.build(person=0, time=0.0, amount=1.0, ss=1, ii=12.0)
    found = solver(SATURATED, [[1.0, 5.0, 0.0]], events, [1.0])
    assert found.outcome.tolist() == [Outcome.NOT_FINITE]


@every_solver
def test_whoever_is_over_capacity_is_found_out_at_any_tolerance(solver: Solver) -> None:
    """At a loose tolerance a huge state hides that a cycle changes it."""
    spread = np.exp(0.4 * np.random.default_rng(1).standard_normal((20, 3)))
    rows = np.array([1.0, 10.0, 30.0]) * spread
    events = Events.build(person=np.arange(20), time=0.0, amount=80.0, ii=12.0, ss=1)
    over = rows[:, 1] < 80.0 / 12.0
    assert 0 < over.sum() < 20
    for tolerance in ({"rtol": 1e-4, "atol": 1e-6}, {"rtol": 1e-8, "atol": 1e-10}):
        found = solver(SATURATED, rows, events, [1.0], **tolerance)
        assert ((found.outcome == Outcome.NO_STEADY_STATE) == over).all()
