from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from tests.trees import defects, rosenbrock, square

from speciosa.engine.methods.rodas5p import (
    COUPLING,
    DENSE,
    ERROR,
    GAMMA,
    NODES,
    ORDER,
    STAGES,
    TIMES,
    WEIGHTS,
)

Vector = np.ndarray
S = len(STAGES)
# The method as its order conditions know it (Hairer & Wanner II, chapter IV.7): the transformed
# stages are Gamma times the rates, so that A Gamma = alpha and m Gamma = b.
GAMMAS = np.linalg.inv(np.eye(S) / GAMMA - square(COUPLING))
ALPHA = square(STAGES) @ GAMMAS
BETA = ALPHA + GAMMAS
B = WEIGHTS @ GAMMAS
B_EMBEDDED = np.subtract(WEIGHTS, ERROR) @ GAMMAS
PHI = rosenbrock(ALPHA, BETA, ORDER + 1)
# Gamma is a product of all couplings on the way, and those reach 165 with a last digit of 3e-14.
ROUNDING = 5e-14


def inside(theta: float) -> Vector:
    """Weights of the rates at theta."""
    h0, h1, h2 = np.array(DENSE)
    m = np.array(WEIGHTS)
    return theta * (m + (1 - theta) * (h0 + theta * (h1 + theta * h2))) @ GAMMAS


@pytest.mark.parametrize("order", range(1, ORDER + 1))
def test_the_solution_meets_every_condition_of_order_5(order: int) -> None:
    assert defects(B, PHI, order) == pytest.approx(0, abs=ROUNDING)


def test_the_solution_is_not_of_order_6() -> None:
    assert np.max(np.abs(defects(B, PHI, 6))) > 1e-3


@pytest.mark.parametrize("order", range(1, ORDER))
def test_the_embedded_solution_meets_every_condition_of_order_4(order: int) -> None:
    assert defects(B_EMBEDDED, PHI, order) == pytest.approx(0, abs=ROUNDING)


def test_the_embedded_solution_is_not_of_order_5() -> None:
    assert np.max(np.abs(defects(B_EMBEDDED, PHI, ORDER))) > 1e-2


@pytest.mark.parametrize("theta", [0.0, 0.1, 0.37, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("order", range(1, 5))
def test_dense_output_is_of_order_4_at_any_point(order: int, theta: float) -> None:
    assert defects(inside(theta), PHI, order, theta) == pytest.approx(0, abs=ROUNDING)


def test_dense_output_is_of_order_5_at_the_end_only() -> None:
    assert inside(1.0) == pytest.approx(B, abs=0)
    for theta in (0.1, 0.37, 0.5, 0.9):
        assert np.max(np.abs(defects(inside(theta), PHI, ORDER, theta))) > 1e-4


def test_the_time_is_treated_as_a_state_whose_rate_is_one() -> None:
    # Such a state's stages are at the row sums of alpha, and what they add to (Gamma J k), J being
    # df/dt for it, are the row sums of Gamma.
    assert ALPHA.sum(axis=1) == pytest.approx(NODES, abs=ROUNDING)
    assert GAMMAS.sum(axis=1) == pytest.approx(TIMES, abs=ROUNDING)
    assert np.diag(GAMMAS) == pytest.approx(GAMMA, abs=1e-15)


def test_each_of_the_last_stages_starts_where_the_one_before_would_end() -> None:
    assert STAGES[6] == (*STAGES[5], 1.0)
    assert STAGES[7] == (*STAGES[6], 1.0)
    assert (*STAGES[7], 1.0) == WEIGHTS
    # "Stiffly accurate": the solution is the last stage's own equation, its diagonal included.
    assert BETA[7] == pytest.approx(B, abs=ROUNDING)
    assert BETA[6, :7] == pytest.approx(B_EMBEDDED[:7], abs=ROUNDING)


def growth(weights: Vector, z: complex) -> complex:
    """y1/y0 of y' = lambda y in a step with h lambda = z."""
    return complex(1 + z * (weights @ np.linalg.solve(np.eye(S) - z * BETA, np.ones(S))))


@pytest.mark.parametrize("weights", [B, B_EMBEDDED], ids=["solution", "embedded"])
def test_what_decays_is_damped_and_what_decays_at_once_is_gone(weights: Vector) -> None:
    # On the imaginary axis, which bounds the left half plane, no step grows; far out it is nothing.
    # R(infinity) itself is 1 - b Beta^-1 1.
    assert max(abs(growth(weights, 1j * y)) for y in np.geomspace(1e-3, 1e6, 400)) <= 1 + 1e-12
    assert 1 - weights @ np.linalg.solve(BETA, np.ones(S)) == pytest.approx(0, abs=ROUNDING)


Rates = Callable[[float, Vector], Vector]


def step(
    rates: Rates,
    jacobian: Rates,
    drift: Rates,
    t: float,
    y: Vector,
    h: float,
    times: Sequence[float],
) -> Vector:
    """The eight k of one step, just as the method's docstring says it."""
    matrix = np.eye(len(y)) / (h * GAMMA) - jacobian(t, y)
    k = np.zeros((S, len(y)))
    for i in range(S):
        state = y + np.array(STAGES[i]) @ k[:i]
        k[i] = np.linalg.solve(
            matrix,
            rates(t + NODES[i] * h, state)
            + np.array(COUPLING[i]) @ k[:i] / h
            + h * times[i] * drift(t, y),
        )
    return k


def look(theta: float, y: Vector, k: Vector) -> Vector:
    """The state inside the step, just as the docstring of DENSE says it."""
    end = y + WEIGHTS @ k
    h0, h1, h2 = np.array(DENSE) @ k
    return (1 - theta) * y + theta * (end + (1 - theta) * (h0 + theta * (h1 + theta * h2)))


def slopes(errors: Sequence[float]) -> Vector:
    """Order seen between each two errors, the step being halved."""
    return np.log2(np.divide(errors[:-1], errors[1:]))


# Nonlinear, coupled, and with the time in every rate; u = exp(sin t), v = 1/(1 + t^2).
def exact(t: float) -> Vector:
    return np.array([np.exp(np.sin(t)), 1 / (1 + t * t)])


def rates(t: float, y: Vector) -> Vector:
    u, v = y
    return np.array([u * v * np.cos(t) * (1 + t * t), -2 * t * v * v])


def jacobian(t: float, y: Vector) -> Vector:
    u, v = y
    c = np.cos(t) * (1 + t * t)
    return np.array([[v * c, u * c], [0.0, -4 * t * v]])


def drift(t: float, y: Vector) -> Vector:
    u, v = y
    return np.array([u * v * (2 * t * np.cos(t) - np.sin(t) * (1 + t * t)), -2 * v * v])


def error_at_2(steps: int, times: Sequence[float] = TIMES) -> float:
    """Largest error at t = 2 of so many equal steps from t = 0."""
    h = 2 / steps
    y = exact(0.0)
    for n in range(steps):
        y = y + WEIGHTS @ step(rates, jacobian, drift, n * h, y, h, times)
    return float(np.max(np.abs(y - exact(2.0))))


def test_halving_the_step_divides_the_error_by_2_to_the_5() -> None:
    seen = slopes([error_at_2(steps) for steps in (16, 32, 64, 128)])
    assert seen == pytest.approx(5, abs=0.3)


def test_forgetting_that_the_rates_depend_on_the_time_costs_the_order() -> None:
    forgot = [error_at_2(steps, times=[0.0] * S) for steps in (16, 32, 64)]
    assert np.all(slopes(forgot) < 3)


def test_one_step_errs_as_its_orders_say() -> None:
    # An error over one step is one power higher than the order. From t = 1.2 no leading term is
    # close to zero, so that the powers show at once.
    start = 1.2
    y = exact(start)
    errors: dict[str, list[float]] = {"solution": [], "embedded": [], "inside": []}
    for h in (0.1, 0.05, 0.025):
        k = step(rates, jacobian, drift, start, y, h, TIMES)
        end = y + WEIGHTS @ k
        for name, got, t in (
            ("solution", end, start + h),
            ("embedded", end - ERROR @ k, start + h),
            ("inside", look(0.4, y, k), start + 0.4 * h),
        ):
            errors[name].append(float(np.max(np.abs(got - exact(t)))))
    assert slopes(errors["solution"]) == pytest.approx(6, abs=0.2)
    assert slopes(errors["embedded"]) == pytest.approx(5, abs=0.2)
    assert slopes(errors["inside"]) == pytest.approx(5, abs=0.2)


def stiff_errors(stiffness: float, steps: int) -> tuple[float, float]:
    """Of Prothero and Robinson's y' = cos t - stiffness (y - sin t), y(0) = 0, in so many equal
    steps to t = 2: the error at the end, and the largest one inside a step."""
    h = 2 / steps
    y = np.zeros(1)
    worst = 0.0
    for n in range(steps):
        t = n * h
        k = step(
            lambda t, y: np.cos(t) - stiffness * (y - np.sin(t)),
            lambda t, y: np.array([[-stiffness]]),
            lambda t, y: np.array([stiffness * np.cos(t) - np.sin(t)]),
            t,
            y,
            h,
            TIMES,
        )
        worst = max(worst, abs(float(look(0.4, y, k)[0]) - np.sin(t + 0.4 * h)))
        y = y + WEIGHTS @ k
    return abs(float(y[0]) - np.sin(2.0)), worst


def test_on_a_stiff_problem_the_error_goes_as_h_cubed_over_the_stiffness() -> None:
    # Steps 10^4 and more times longer than the fast decay: order 5 is for shorter ones, but what is
    # left of the error shrinks with the stiffness; inside a step it goes as h^4 whatever that is.
    ends, insides = np.transpose([stiff_errors(1e6, steps) for steps in (8, 16, 32)])
    assert slopes(ends) == pytest.approx(3, abs=0.1)
    assert slopes(insides) == pytest.approx(4, abs=0.1)
    stiffer_end, stiffer_inside = stiff_errors(1e7, 16)
    assert stiffer_end == pytest.approx(ends[1] / 10, rel=0.01)
    assert stiffer_inside == pytest.approx(insides[1], rel=0.01)
    assert ends[1] < 1e-10
    assert insides[1] < 1e-6
