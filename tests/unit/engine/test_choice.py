"""Which method a problem gets, and what is counted for it."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks import spec_problem

from speciosa.engine import Events, solve
from speciosa.engine.choice import CLEARLY, choose, in_use, operations
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.graph import Graph
from speciosa.engine.problem import Problem

pytestmark = pytest.mark.skipif(not machine.available(), reason="nothing to choose without LLVM")


def pulled(pace: float) -> Problem:
    """A state that swings, and one that follows it at a pace."""
    graph = Graph()
    t, a, b, p = (graph.leaf(i) for i in range(4))
    to = graph.op("sub", graph.op("tanh", graph.op("sub", t, p)), a)
    rates = [to, graph.op("mul", graph.constant(pace), graph.op("sub", a, b))]
    zero, one, none = (graph.constant(value) for value in (0.0, 1.0, np.nan))
    return Problem(
        ("a", "b"),
        ("p",),
        ("b",),
        rates=graph.program(range(4), rates),
        observe=graph.program(range(4), [b]),
        start=graph.program([3], [zero, zero]),
        dosing=graph.program([3], [zero, zero, one, one, none, none, none, none]),
        lower=(np.nan, np.nan),
        upper=(np.nan, np.nan),
    )


PEOPLE = np.array([[1.0], [2.0], [3.0]])


def test_the_explicit_method_is_taken_where_nothing_is_stiff() -> None:
    found = choose(pulled(1.0), PEOPLE, Events.none(), 24.0)
    assert found.method == "tsit5"
    assert found.work["tsit5"] < CLEARLY * found.work["rodas5p"]


def test_the_agreed_benchmark_is_integrated_with_the_explicit_method() -> None:
    task = spec_problem.task()
    found = choose(task.problem, task.parameters(2), task.events(2), 72.0)
    assert found.method == "tsit5"


@pytest.mark.parametrize("pace", [300.0, 1e6])
def test_a_stiff_problem_gets_the_method_for_it(pace: float) -> None:
    found = choose(pulled(pace), PEOPLE, Events.none(), 24.0)
    assert found.method == "rodas5p"
    assert found.steps["tsit5"] > 5 * found.steps["rodas5p"]


def test_steps_are_the_mean_of_what_people_needed() -> None:
    problem = pulled(1.0)
    found = choose(problem, PEOPLE, Events.none(), 24.0)
    for method in ("rodas5p", "tsit5"):
        alone = solve(problem, PEOPLE, Events.none(), [24.0], method=method)
        assert found.steps[method] == alone.steps.mean()
        assert found.work[method] == found.steps[method] * operations(problem)[method]


def test_one_stiff_person_decides_for_all() -> None:
    """Most people would be quicker with Tsit5; one would need very many steps."""
    graph = Graph()
    t, a, p = (graph.leaf(i) for i in range(3))
    swing = graph.op("tanh", graph.op("sub", t, graph.constant(1.0)))
    zero, one, none = (graph.constant(value) for value in (0.0, 1.0, np.nan))
    problem = Problem(
        ("a",),
        ("p",),
        ("a",),
        rates=graph.program(range(3), [graph.op("mul", p, graph.op("sub", swing, a))]),
        observe=graph.program(range(3), [a]),
        start=graph.program([2], [zero]),
        dosing=graph.program([2], [zero, one, none, none]),
        lower=(np.nan,),
        upper=(np.nan,),
    )
    easy = np.ones((99, 1))
    assert choose(problem, easy, Events.none(), 24.0).method == "tsit5"
    with_one = np.append(easy, [[1e4]], axis=0)
    assert choose(problem, with_one, Events.none(), 24.0).method == "rodas5p"


def test_operations_grow_with_what_the_rates_compute() -> None:
    plain, rich = operations(pulled(1.0)), operations(spec_problem.problem())
    assert 0 < plain["tsit5"] < plain["rodas5p"] < rich["tsit5"] < rich["rodas5p"]


def test_without_machine_code_the_reference_solver_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_use("tsit5") == "tsit5"
    monkeypatch.setattr(machine, "available", lambda: False)
    assert in_use("tsit5") == "reference"
