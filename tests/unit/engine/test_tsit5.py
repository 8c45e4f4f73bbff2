from __future__ import annotations

import numpy as np
import pytest
from tests.trees import defects, runge_kutta, square

from speciosa.engine.methods.tsit5 import DENSE, ERROR, NODES, ORDER, STAGES, WEIGHTS

A = square(STAGES)
PHI = runge_kutta(A, ORDER + 1)
# Rows with coefficients up to 11.7 add up to their nodes within half a unit in the last digit of
# that, 9e-16; weights up to 3.3 and up to four such nodes in a product make 1.2e-14 of it, and the
# coefficients of the dense output, up to 88, a little more.
ROUNDING = 2e-14
DENSE_ROUNDING = 3e-14


@pytest.mark.parametrize("order", range(1, ORDER + 1))
def test_the_solution_meets_every_condition_of_order_5(order: int) -> None:
    assert defects(WEIGHTS, PHI, order) == pytest.approx(0, abs=ROUNDING)


def test_the_solution_is_not_of_order_6() -> None:
    assert np.max(np.abs(defects(WEIGHTS, PHI, 6))) > 1e-5


@pytest.mark.parametrize("order", range(1, ORDER))
def test_the_embedded_solution_meets_every_condition_of_order_4(order: int) -> None:
    embedded = np.subtract(WEIGHTS, ERROR)
    assert defects(embedded, PHI, order) == pytest.approx(0, abs=ROUNDING)


def test_the_embedded_solution_is_not_of_order_5() -> None:
    assert np.max(np.abs(defects(np.subtract(WEIGHTS, ERROR), PHI, ORDER))) > 1e-5


@pytest.mark.parametrize("theta", [0.0, 0.1, 0.37, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("order", range(1, 5))
def test_dense_output_is_of_order_4_at_any_point(order: int, theta: float) -> None:
    weights = np.array(DENSE) @ theta ** np.arange(1, 5)
    assert defects(weights, PHI, order, theta) == pytest.approx(0, abs=DENSE_ROUNDING)


def test_dense_output_ends_in_the_solution_with_its_slope() -> None:
    assert np.sum(DENSE, axis=1) == pytest.approx(WEIGHTS, abs=5e-15)
    slope = np.array(DENSE) @ np.arange(1, 5)
    assert slope == pytest.approx([0, 0, 0, 0, 0, 0, 1], abs=5e-14)


def test_stages_are_consistent_and_the_last_is_the_first_of_the_next_step() -> None:
    assert A.sum(axis=1) == pytest.approx(NODES, abs=1e-15)
    assert NODES[-1] == 1.0
    assert WEIGHTS[:-1] == STAGES[-1]
    assert WEIGHTS[-1] == 0.0
