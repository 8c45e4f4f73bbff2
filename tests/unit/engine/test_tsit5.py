from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from speciosa.engine.methods.tsit5 import DENSE, ERROR, NODES, ORDER, STAGES, WEIGHTS

S = len(STAGES)
A = np.array([[*row, *[0.0] * (S - len(row))] for row in STAGES])
C = np.array(NODES)

# The rooted trees up to order 5 (Hairer, Norsett, Wanner, Solving ODEs I, table II.2.1): order,
# density gamma, and the elementary weight of each stage; the condition is sum b_i phi_i = 1/gamma.
TREES: list[tuple[int, int, Callable[[], np.ndarray]]] = [
    (1, 1, lambda: np.ones(S)),
    (2, 2, lambda: C),
    (3, 3, lambda: C**2),
    (3, 6, lambda: A @ C),
    (4, 4, lambda: C**3),
    (4, 8, lambda: C * (A @ C)),
    (4, 12, lambda: A @ C**2),
    (4, 24, lambda: A @ A @ C),
    (5, 5, lambda: C**4),
    (5, 10, lambda: C**2 * (A @ C)),
    (5, 15, lambda: C * (A @ C**2)),
    (5, 30, lambda: C * (A @ A @ C)),
    (5, 20, lambda: (A @ C) ** 2),
    (5, 20, lambda: A @ C**3),
    (5, 40, lambda: A @ (C * (A @ C))),
    (5, 60, lambda: A @ A @ C**2),
    (5, 120, lambda: A @ A @ A @ C),
]


@pytest.mark.parametrize(("order", "gamma", "phi"), TREES)
def test_the_solution_meets_every_condition_of_order_5(
    order: int, gamma: int, phi: Callable[[], np.ndarray]
) -> None:
    assert order <= ORDER
    assert np.dot(WEIGHTS, phi()) == pytest.approx(1 / gamma, abs=2e-15)


@pytest.mark.parametrize(("order", "gamma", "phi"), [t for t in TREES if t[0] <= 4])
def test_the_embedded_solution_meets_every_condition_of_order_4(
    order: int, gamma: int, phi: Callable[[], np.ndarray]
) -> None:
    assert np.dot(ERROR, phi()) == pytest.approx(0, abs=2e-15)


def test_the_embedded_solution_is_not_of_order_5() -> None:
    assert any(abs(np.dot(ERROR, phi())) > 1e-5 for order, _, phi in TREES if order == 5)


@pytest.mark.parametrize("theta", [0.0, 0.1, 0.37, 0.5, 0.9, 1.0])
@pytest.mark.parametrize(("order", "gamma", "phi"), [t for t in TREES if t[0] <= 4])
def test_dense_output_is_of_order_4_at_any_point(
    order: int, gamma: int, phi: Callable[[], np.ndarray], theta: float
) -> None:
    weights = np.array(DENSE) @ theta ** np.arange(1, 5)
    assert np.dot(weights, phi()) == pytest.approx(theta**order / gamma, abs=1e-14)


def test_dense_output_ends_in_the_solution_with_its_slope() -> None:
    assert np.sum(DENSE, axis=1) == pytest.approx(WEIGHTS, abs=5e-15)
    slope = np.array(DENSE) @ np.arange(1, 5)
    assert slope == pytest.approx([0, 0, 0, 0, 0, 0, 1], abs=5e-14)


def test_stages_are_consistent_and_the_last_is_the_first_of_the_next_step() -> None:
    assert A.sum(axis=1) == pytest.approx(C, abs=1e-15)
    assert NODES[-1] == 1.0
    assert WEIGHTS[:-1] == STAGES[-1]
    assert WEIGHTS[-1] == 0.0
