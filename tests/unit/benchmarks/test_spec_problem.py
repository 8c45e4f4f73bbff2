from __future__ import annotations

import numpy as np
import pytest
from benchmarks import spec, spec_problem

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


def test_the_stiff_people_differ_in_three_rates_alone() -> None:
    names = np.array(tuple(spec.THETA))
    ratio = spec_problem.stiff(2) / spec_problem.parameters(2)
    assert set(names[(ratio > 1.5).all(axis=0)]) == {"kar", "kp", "keo7"}
    assert np.unique(np.round(ratio)).tolist() == [1.0, 300.0, 1000.0]
