from __future__ import annotations

import numpy as np
import pytest
from benchmarks import spec, spec_problem, whole_body
from benchmarks.compare import Row, Task, compare, show

from speciosa.engine.python_code import scalar


def test_the_traced_problem_has_the_rates_of_the_agreed_one() -> None:
    problem = spec_problem.problem()
    rates = scalar(problem.rates)
    random = np.random.default_rng(1)
    for theta in spec.subjects(3):
        y = random.uniform(0.1, 5.0, len(spec.STATES))
        expected = spec.rhs(0.0, y, theta)
        assert rates([0.0, *y, *theta.values()]) == pytest.approx(list(expected), rel=1e-12)


def test_the_traced_problem_starts_where_the_agreed_one_does() -> None:
    problem = spec_problem.problem()
    (theta,) = spec.subjects(1)
    begun = dict(zip(problem.states, scalar(problem.start)(list(theta.values())), strict=True))
    assert begun["P"] == theta["P0"]
    assert {name: x for name, x in begun.items() if x and name != "P"} == {"E": 1.0, "G": 1.0}


@pytest.mark.parametrize("task", [whole_body.task], ids=["whole body"])
def test_both_solvers_reach_the_tolerance_that_a_benchmark_speaks_of(task) -> None:
    held: Task = task()
    rows = compare(held, [1])
    assert [row.solver for row in rows] == ["SciPy LSODA", "NumPy lanes"]
    assert all(row.failed == 0 for row in rows)
    assert all(row.error < 1e-3 for row in rows)
    assert all(row.seconds > 0.0 for row in rows)


def test_ratios_are_to_the_slow_twin() -> None:
    text = show([Row("slow", 3, 0.2, 1e-6, 0), Row("fast", 200, 0.01, 2e-6, 1)])
    _, slow, fast = text.splitlines()
    assert slow.split() == ["slow", "3", "200", "1", "1.0e-06"]
    assert fast.split() == ["fast", "200", "10", "20", "2.0e-06", "1", "failed"]
