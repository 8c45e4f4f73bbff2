from __future__ import annotations

import numpy as np
import pytest
from tests.trees import defects, runge_kutta, square

from speciosa.engine.methods.vern7 import (
    DENSE,
    ERROR,
    EXTRA,
    EXTRA_NODES,
    NODES,
    ORDER,
    STAGES,
    WEIGHTS,
)

A = square((*STAGES, *EXTRA))
STEP = len(STAGES)
PHI = runge_kutta(A[:STEP, :STEP], ORDER + 1)
DENSE_PHI = runge_kutta(A, ORDER)
# Row 6, with coefficients up to 25, adds up to its node within 2e-15; its weight is a half, and the
# conditions have up to six such nodes in a product.
ROUNDING = 6e-15
# The polynomials' coefficients reach 1207, and half a unit in the last digit of that is 1.1e-13.
DENSE_ROUNDING = 1.5e-13


def inside(theta: float) -> np.ndarray:
    """Weights of all 16 stages at theta."""
    return np.array(DENSE) @ theta ** np.arange(1, 8)


@pytest.mark.parametrize("order", range(1, ORDER + 1))
def test_the_solution_meets_every_condition_of_order_7(order: int) -> None:
    assert defects(WEIGHTS, PHI, order) == pytest.approx(0, abs=ROUNDING)


def test_the_solution_is_not_of_order_8() -> None:
    assert np.max(np.abs(defects(WEIGHTS, PHI, 8))) > 1e-6


@pytest.mark.parametrize("order", range(1, ORDER))
def test_the_embedded_solution_meets_every_condition_of_order_6(order: int) -> None:
    embedded = np.subtract(WEIGHTS, ERROR)
    assert defects(embedded, PHI, order) == pytest.approx(0, abs=ROUNDING)


def test_the_embedded_solution_is_not_of_order_7() -> None:
    assert np.max(np.abs(defects(np.subtract(WEIGHTS, ERROR), PHI, ORDER))) > 1e-4


@pytest.mark.parametrize("theta", [0.0, 0.1, 0.37, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("order", range(1, ORDER))
def test_dense_output_is_of_order_6_at_any_point(order: int, theta: float) -> None:
    assert defects(inside(theta), DENSE_PHI, order, theta) == pytest.approx(0, abs=DENSE_ROUNDING)


def test_dense_output_is_of_order_7_at_the_end_only() -> None:
    assert defects(inside(1.0), DENSE_PHI, ORDER) == pytest.approx(0, abs=DENSE_ROUNDING)
    for theta in (0.1, 0.37, 0.5, 0.9):
        assert np.max(np.abs(defects(inside(theta), DENSE_PHI, ORDER, theta))) > 1e-8


def test_dense_output_leaves_and_arrives_with_the_slopes_of_the_solution() -> None:
    assert np.sum(DENSE, axis=1) == pytest.approx([*WEIGHTS, *[0.0] * 6], abs=DENSE_ROUNDING)
    first, end = np.eye(len(A))[[0, STEP]]
    assert np.array(DENSE)[:, 0].tolist() == first.tolist()
    # The slope at the end adds every coefficient up to seven times over.
    assert np.array(DENSE) @ np.arange(1, 8) == pytest.approx(end, abs=7 * DENSE_ROUNDING)


def test_stages_are_consistent_and_the_first_extra_one_begins_the_next_step() -> None:
    # Coefficients up to 187 cancel to a node of 1: half a unit in their last digit is 1.4e-14.
    assert A.sum(axis=1) == pytest.approx([*NODES, *EXTRA_NODES], abs=3e-14)
    assert EXTRA[0] == WEIGHTS
    assert EXTRA_NODES[0] == 1.0


def test_the_dense_output_needs_no_stage_that_only_the_error_needs() -> None:
    assert not np.any(A[STEP:, STEP - 1])
    assert not np.any(DENSE[STEP - 1])
