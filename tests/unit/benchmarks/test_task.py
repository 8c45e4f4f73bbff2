from __future__ import annotations

import numpy as np
import pytest
from benchmarks import spec_problem
from benchmarks.measure import TINY
from benchmarks.task import errors, run, truth


def test_errors_are_to_the_value_or_to_a_hundredth_of_the_peak() -> None:
    task = spec_problem.task()
    exact = np.ones((1, task.times.size, 1))
    exact[0, 1] = 100.0  # the peak; everything else is at a hundredth of it
    found = exact.copy()
    found[0, 2] += 0.5
    far = errors(task, found, exact)
    assert (far.relative, far.peak) == pytest.approx((0.5, 0.005))


def test_errors_at_doses_do_not_count() -> None:
    task = spec_problem.task()
    exact = np.ones((1, task.times.size, 1))
    found = exact + np.where(task.compared, 0.0, 7.0)[None, :, None]
    assert errors(task, found, exact).relative == 0.0


def test_a_value_that_is_missing_is_as_wrong_as_can_be() -> None:
    task = spec_problem.task()
    exact = np.ones((1, task.times.size, 1))
    assert errors(task, exact * np.nan, exact).peak > 1e300


def test_the_truth_agrees_with_scipy() -> None:
    task = spec_problem.task()
    exact = truth(task, TINY, 1)
    assert exact.checked.relative < 1e-9
    assert errors(task, run(task, 1, "tsit5")().values, exact.values).relative < 1e-4
