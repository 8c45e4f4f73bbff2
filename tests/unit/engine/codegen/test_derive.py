from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_programs import INPUTS, programs

from speciosa.engine import Program
from speciosa.engine.codegen.derive import TINY, derivatives
from speciosa.engine.codegen.graph import Graph
from speciosa.engine.problem import ARITY
from speciosa.engine.python_code import scalar

Build = Callable[[Graph, int, int], int]


def slopes(build: Build, x: float, y: float) -> list[float]:
    """The slopes in x and y of an expression of both; 0 where it has none."""
    graph = Graph()
    leaves = [graph.leaf(0), graph.leaf(1)]
    (found,) = derivatives(graph, [build(graph, *leaves)], leaves)
    roots = [found.get(leaf, graph.constant(0.0)) for leaf in leaves]
    return scalar(graph.program([0, 1], roots))([x, y])


def single(kind: str) -> Build:
    return lambda graph, x, y: graph.op(kind, *(x, y)[: ARITY[kind]])


BY_HAND = {
    "add": (2.0, 3.0, 1.0, 1.0),
    "sub": (2.0, 3.0, 1.0, -1.0),
    "mul": (2.0, 3.0, 3.0, 2.0),
    "div": (2.0, 4.0, 0.25, -2.0 / 16.0),
    "neg": (2.0, 3.0, -1.0, 0.0),
    "pow": (2.0, 3.0, 12.0, 8.0 * math.log(2.0)),
    "exp": (2.0, 3.0, math.exp(2.0), 0.0),
    "log": (4.0, 3.0, 0.25, 0.0),
    "sqrt": (4.0, 3.0, 0.25, 0.0),
    "tanh": (0.5, 3.0, 1.0 - math.tanh(0.5) ** 2, 0.0),
    "max": (2.0, 3.0, 0.0, 1.0),
    "min": (2.0, 3.0, 1.0, 0.0),
    "above": (2.0, 3.0, 0.0, 0.0),
}


def test_every_operation_is_derived_by_hand_here() -> None:
    assert set(BY_HAND) == set(ARITY)


@pytest.mark.parametrize("kind", ARITY)
def test_the_slope_of_one_operation(kind: str) -> None:
    x, y, *expected = BY_HAND[kind]
    assert slopes(single(kind), x, y) == pytest.approx(expected, rel=1e-15)


def test_max_and_min_have_the_slope_of_their_side() -> None:
    assert slopes(single("max"), 3.0, 2.0) == [1.0, 0.0]
    assert slopes(single("min"), 3.0, 2.0) == [0.0, 1.0]


@pytest.mark.parametrize("kind", ["max", "min"])
def test_where_both_sides_are_equal_the_slopes_add_up_to_one(kind: str) -> None:
    assert sum(slopes(single(kind), 2.0, 2.0)) == 1.0


@pytest.mark.parametrize("exponent", [0.3, 0.7, -0.5])
def test_a_power_at_base_0_has_a_huge_and_finite_slope(exponent: float) -> None:
    slope, _ = slopes(lambda g, x, _: g.op("pow", x, g.constant(exponent)), 0.0, 0.0)
    assert slope == pytest.approx(exponent * TINY ** (exponent - 1.0))


def test_a_power_above_1_has_no_slope_at_base_0() -> None:
    assert slopes(lambda g, x, _: g.op("pow", x, g.constant(1.5)), 0.0, 0.0) == [0.0, 0.0]


def test_a_power_with_a_varying_exponent_is_finite_at_base_0() -> None:
    in_base, in_exponent = slopes(single("pow"), 0.0, 0.5)
    assert in_base == pytest.approx(0.5 * TINY**-0.5)
    assert in_exponent == 0.0


def test_a_root_at_0_has_a_huge_and_finite_slope() -> None:
    slope, _ = slopes(lambda g, x, _: g.op("pow", x, g.constant(0.5)), 0.0, 0.0)
    assert slope == pytest.approx(0.5 * TINY**-0.5)


@pytest.mark.parametrize("exponent", [3.0, -1.0, -3.0])
def test_a_whole_power_has_its_slope_on_both_sides_of_0(exponent: float) -> None:
    for x in (-2.0, 2.0):
        slope, _ = slopes(lambda g, x, _: g.op("pow", x, g.constant(exponent)), x, 0.0)
        assert slope == pytest.approx(exponent * x ** (exponent - 1.0))


def test_the_pattern_holds_only_what_a_root_varies_with() -> None:
    graph = Graph()
    a, b, k = (graph.leaf(i) for i in range(3))
    op = graph.op
    roots = [
        op("mul", k, a),
        op("sub", op("add", a, b), op("add", a, b)),
        op("mul", graph.constant(0.0), op("exp", a)),
        op("above", a, b),
        op("add", k, graph.constant(1.0)),
        op("add", op("sub", a, b), op("add", b, k)),
        op("exp", op("mul", a, b)),
        k,
        a,
    ]
    found = derivatives(graph, roots, [a, b])
    assert [set(one) for one in found] == [
        {a},
        set(),
        set(),
        set(),
        set(),
        {a},
        {a, b},
        set(),
        {a},
    ]


def test_only_the_leaves_asked_for_have_an_entry() -> None:
    graph = Graph()
    a, b = graph.leaf(0), graph.leaf(1)
    (found,) = derivatives(graph, [graph.op("mul", a, b)], [b])
    assert found == {b: a}


def test_shared_parts_stay_shared() -> None:
    graph = Graph()
    x = graph.leaf(0)
    e = graph.op("exp", x)
    (found,) = derivatives(graph, [e], [x])
    assert found == {x: e}


@settings(derandomize=True, max_examples=150)
@given(programs(12), st.integers(0, 2**32 - 1))
def test_slopes_are_those_of_central_differences(program: Program, seed: int) -> None:
    graph = Graph()
    leaves = [graph.leaf(i) for i in range(INPUTS)]
    roots = graph.grow(program, leaves)
    found = derivatives(graph, roots, leaves)
    here = np.random.default_rng(seed).uniform(0.2, 2.5, INPUTS)
    run = scalar(program)
    for column, leaf in enumerate(leaves):
        wide, narrow = (_difference(run, here, column, h) for h in (2e-4, 1e-4))
        zero = graph.constant(0.0)
        slope_of = graph.program(range(INPUTS), [one.get(leaf, zero) for one in found])
        exact = np.array(scalar(slope_of)(here.tolist()))
        # Two step sizes that differ say that it is not smooth here, or that rounding is in the way.
        smooth = np.isfinite(narrow) & (np.abs(narrow) < 1e6)
        smooth &= np.abs(wide - narrow) <= 1e-6 * (1.0 + np.abs(narrow))
        expected = narrow + (narrow - wide) / 3.0
        assert exact[smooth] == pytest.approx(expected[smooth], rel=1e-5, abs=1e-5)


def _difference(
    run: Callable[[list[float]], list[float]], here: np.ndarray, column: int, h: float
) -> np.ndarray:
    more, less = here.copy(), here.copy()
    more[column] += h
    less[column] -= h
    return (np.array(run(more.tolist())) - np.array(run(less.tolist()))) / (2 * h)
