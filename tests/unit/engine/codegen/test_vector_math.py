"""Errors are measured against 50 digits, over the whole range of each function."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext

import numpy as np
import pytest
from tests.simd import Run, compiled, same_bits, targets

from speciosa.engine.codegen.ir import Function, Value
from speciosa.engine.codegen.target import Target
from speciosa.engine.codegen.vector_math import (
    HIGHEST,
    LOWEST,
    exponential,
    hyperbolic_tangent,
    logarithm,
    power,
    power_at_zero,
    power_of_minus_one,
)

INF, NAN = math.inf, math.nan
DIGITS = Context(prec=50, Emax=10**6, Emin=-(10**6))
EACH = 700  # points of each kind


def general_power(f: Function, x: Sequence[Value]) -> list[Value]:
    base, exponent = x
    return [power(f, base, exponent, power_at_zero(f, exponent), power_of_minus_one(f, exponent))]


FUNCTIONS: dict[str, Callable[[Function, Value], Value]] = {
    "exp": exponential,
    "log": logarithm,
    "tanh": hyperbolic_tangent,
}


def function(name: str, target: Target) -> Run:
    """One of `FUNCTIONS`, or `power`, over (1 or 2, people)."""
    if name == "power":
        return compiled(general_power, 2, 1, target)
    return compiled(lambda f, x: [FUNCTIONS[name](f, x[0])], 1, 1, target)


def sizes(low: float, high: float, rng: np.random.Generator) -> np.ndarray:
    """Numbers of every size between two powers of ten."""
    return 10.0 ** rng.uniform(low, high, EACH)


def signs(rng: np.random.Generator) -> np.ndarray:
    return rng.choice([-1.0, 1.0], EACH)


def exact_tanh(x: Decimal) -> Decimal:
    if abs(x) < Decimal("1e-8"):
        return x - x**3 / 3 + 2 * x**5 / 15
    if abs(x) > 60:
        return Decimal(1).copy_sign(x)
    e = (-2 * abs(x)).exp()
    return ((1 - e) / (1 + e)).copy_sign(x)


def ulps(found: float, exact: Decimal) -> float:
    """The error in units in the last place of the exact result."""
    return float(abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact))))


def largest(run: Run, points: np.ndarray, exact: Callable[[Decimal], Decimal]) -> float:
    found = run(points[None, :])[0]
    with localcontext(DIGITS):
        return max(
            ulps(f, exact(Decimal(x))) for f, x in zip(found.tolist(), points.tolist(), strict=True)
        )


@targets
def test_exp_is_within_1_1_ulp(target: Target) -> None:
    rng = np.random.default_rng(1)
    points = [
        rng.uniform(LOWEST, HIGHEST, EACH),
        rng.uniform(-2.0, 2.0, EACH),
        sizes(-20.0, 2.0, rng) * signs(rng),
        np.arange(-1000, 1000) * math.log(2.0) / 2,  # where the reduction changes its mind
        np.array([LOWEST, HIGHEST, 0.0, -0.0]),
    ]
    points = np.concatenate(points)
    points = points[(points >= LOWEST) & (points <= HIGHEST)]
    assert largest(function("exp", target), points, Decimal.exp) < 1.1


@targets
def test_log_is_within_0_8_ulp(target: Target) -> None:
    rng = np.random.default_rng(2)
    points = [
        sizes(-307.6, 308.2, rng),
        rng.uniform(0.4, 2.5, EACH),
        1.0 + sizes(-15.9, -1.0, rng) * signs(rng),
        2.0 ** np.arange(-1022.0, 1024.0, 7.0),
        math.sqrt(0.5) * (1.0 + np.arange(-20, 20) * 2.0**-52),
        np.array([2.2250738585072014e-308, 1.7976931348623157e308]),
    ]
    points = np.concatenate(points)
    points = points[points != 1.0]
    assert largest(function("log", target), points, Decimal.ln) < 0.8


@targets
def test_log_of_1_is_exactly_0(target: Target) -> None:
    assert same_bits(function("log", target)(np.ones((1, 3))), np.zeros((1, 3)))


@targets
def test_tanh_is_within_2_6_ulp(target: Target) -> None:
    rng = np.random.default_rng(3)
    points = [
        rng.uniform(-22.0, 22.0, EACH),
        rng.uniform(-1.0, 1.0, EACH),
        sizes(-300.0, 0.0, rng) * signs(rng),
        np.array([1e300, -1e300, 1e-308]),
    ]
    assert largest(function("tanh", target), np.concatenate(points), exact_tanh) < 2.6


@targets
def test_a_power_is_as_good_as_its_logarithm(target: Target) -> None:
    rng = np.random.default_rng(4)
    base = np.concatenate([sizes(-6.0, 6.0, rng), sizes(-300.0, 300.0, rng), sizes(-1, 1, rng)])
    exponent = np.concatenate(
        [rng.uniform(-50.0, 50.0, EACH), rng.uniform(-1.0, 1.0, EACH), sizes(-12, 2, rng)]
    )
    found = function("power", target)(np.array([base, exponent]))[0]
    with localcontext(DIGITS):
        for f, b, e in zip(found.tolist(), base.tolist(), exponent.tolist(), strict=True):
            moved = Decimal(e) * Decimal(b).ln()
            if abs(moved) < 708:
                assert ulps(f, moved.exp()) <= 2.5 * abs(float(moved)) + 1.1


@targets
@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("exp", NAN, NAN),
        ("exp", INF, INF),
        ("exp", -INF, 0.0),
        ("exp", 0.0, 1.0),
        ("exp", -0.0, 1.0),
        ("exp", 710.0, INF),
        ("exp", 1e308, INF),
        ("exp", -709.0, 0.0),  # exact: denormal
        ("exp", -1e308, 0.0),
        ("exp", 5e-324, 1.0),
        ("log", NAN, NAN),
        ("log", INF, INF),
        ("log", -INF, NAN),
        ("log", 0.0, -INF),
        ("log", -0.0, -INF),
        ("log", -1.0, NAN),
        ("log", -5e-324, NAN),
        ("log", 5e-324, -INF),
        ("tanh", NAN, NAN),
        ("tanh", INF, 1.0),
        ("tanh", -INF, -1.0),
        ("tanh", 0.0, 0.0),
        ("tanh", 5e-324, 5e-324),
        ("tanh", -5e-324, -5e-324),
    ],
)
def test_special_values(target: Target, name: str, x: float, expected: float) -> None:
    found = function(name, target)(np.array([[x]]))
    assert same_bits(found, np.array([[expected]]))


@targets
@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (0.0, 2.0, 0.0),
        (0.0, 0.5, 0.0),
        (0.0, 0.0, 1.0),
        (0.0, -1.0, INF),
        (0.0, -0.5, INF),
        (-0.0, 0.7, 0.0),
        (-2.0, 2.0, 4.0),
        (-2.0, 3.0, -8.0),
        (-2.0, -3.0, -0.125),
        (-2.0, 0.0, 1.0),
        (-2.0, 0.5, NAN),
        (-2.0, -0.3, NAN),
        (-1.0, 2.0**52 + 1.0, 1.0),  # all whole numbers from 2^52 on count as even
        (-1.0, 2.0**51 + 1.0, -1.0),
        (-1.0, 1e300, 1.0),
        (1.0, 1e300, 1.0),
        (1.0, NAN, NAN),
        (NAN, 2.0, NAN),
        (NAN, 0.5, NAN),
        (2.0, NAN, NAN),
        (0.0, NAN, NAN),
        (5.0, 0.0, 1.0),
        (5e-324, 0.0, 1.0),
    ],
)
def test_special_powers(target: Target, base: float, exponent: float, expected: float) -> None:
    found = function("power", target)(np.array([[base], [exponent]]))
    assert found[0, 0] == pytest.approx(expected, rel=1e-15, abs=0.0, nan_ok=True)


@targets
@pytest.mark.parametrize("base", [INF, 1e300])
def test_a_hill_term_of_what_is_beyond_all_numbers_is_1(target: Target, base: float) -> None:
    r = function("power", target)(np.array([[base], [3.0]]))[0, 0]
    assert 1e308 < r < INF
    assert r / (1.0 + r) == 1.0


@targets
def test_powers_too_small_for_a_number_stay_above_0(target: Target) -> None:
    r = function("power", target)(np.array([[1e-300], [3.0]]))[0, 0]
    assert 0.0 < r < 3e-308


@targets
@pytest.mark.parametrize("name", ["exp", "log", "tanh", "power"])
def test_a_lane_has_the_same_bits_at_any_place_in_any_company(target: Target, name: str) -> None:
    rng = np.random.default_rng(5)
    arity = 2 if name == "power" else 1
    x = rng.normal(0.0, 4.0, (arity, 200))
    x[:, :60] = rng.choice([0.0, -0.0, INF, -INF, NAN, 5e-324, 1e308, -3.0, 2.0], (arity, 60))
    run = function(name, target)
    found = run(x)
    order = rng.permutation(200)
    assert same_bits(run(x[:, order]), found[:, order])
    for person in range(0, 200, 13):
        alone = np.full((arity, target.width), NAN)
        alone[:, person % target.width] = x[:, person]
        assert same_bits(run(alone)[:, person % target.width], found[:, person])
