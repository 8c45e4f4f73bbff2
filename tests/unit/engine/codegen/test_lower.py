from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_programs import INPUTS, programs

from speciosa.engine import Program
from speciosa.engine.codegen.graph import LEAF, Graph
from speciosa.engine.codegen.lower import MOST_MULTIPLIED, Hoisted, linear_decay, lower
from speciosa.engine.python_code import scalar

MADE = {
    "power": lambda base, exponent, at_zero, below: math.pow(base, exponent),
    "power_at_0": lambda exponent: 0.0,
    "power_of_-1": lambda exponent: 1.0,
}


def evaluated(graph: Graph, roots: list[int], values: dict[int, float]) -> dict[int, float]:
    """Roots with these values of leaves, one operation after the other."""
    found: dict[int, float] = {}
    for node in graph.reachable(roots):
        kind, args = graph.kind(node), graph.args(node)
        constant = graph.value(node)
        if kind == LEAF:
            found[node] = values[graph.number(node)]
        elif constant is not None:
            found[node] = constant
        elif kind in MADE:
            found[node] = MADE[kind](*(found[arg] for arg in args))
        else:
            one = Graph()
            root = one.made(kind, tuple(one.leaf(i) for i in range(len(args))))
            run = scalar(one.program(range(len(args)), [root]))
            found[node] = run([found[arg] for arg in args])[0]
    return {root: found[root] for root in roots}


class Sample:
    """States a, b and parameters p, q, r, with what is lowered and hoisted."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.t, self.a, self.b, self.p, self.q, self.r = (self.graph.leaf(i) for i in range(6))
        self.hoisted = Hoisted(self.graph, 6)

    def op(self, kind: str, *args: int | float) -> int:
        nodes = (self.graph.constant(x) if isinstance(x, float) else x for x in args)
        return self.graph.op(kind, *nodes)

    def lower(self, *roots: int) -> tuple[int, ...]:
        return lower(self.graph, roots, [self.t, self.a, self.b], self.hoisted)

    def kinds(self, *roots: int) -> list[str]:
        """The operations left in lowered roots."""
        nodes = self.graph.reachable(self.lower(*roots))
        return [self.graph.kind(n) for n in nodes if self.graph.args(n)]


@pytest.fixture
def s() -> Sample:
    return Sample()


def test_a_clearance_over_a_volume_costs_one_product(s: Sample) -> None:
    rate = s.op("mul", s.op("div", s.p, s.q), s.a)
    assert s.kinds(rate) == ["mul"]
    (held,) = s.hoisted.leaves
    assert (s.graph.kind(held), s.graph.args(held)) == ("div", (s.p, s.q))


@pytest.mark.parametrize("order", range(4))
def test_factors_are_gathered_however_the_product_is_written(s: Sample, order: int) -> None:
    op, a, p, q, r = s.op, s.a, s.p, s.q, s.r
    written = [
        lambda: op("div", op("mul", op("mul", p, a), q), r),
        lambda: op("mul", p, op("div", op("mul", a, q), r)),
        lambda: op("neg", op("mul", op("neg", op("div", p, r)), op("mul", q, a))),
        lambda: op("div", a, op("div", r, op("mul", p, q))),
    ][order]()
    assert s.kinds(written) == ["mul"]
    assert len(s.hoisted.leaves) == 1


def test_one_division_stands_for_all_divisors_that_vary(s: Sample) -> None:
    op = s.op
    rate = op("div", op("div", op("mul", s.p, s.a), op("add", s.q, s.a)), op("add", s.r, s.b))
    kinds = s.kinds(rate)
    assert kinds.count("div") == 1
    assert sorted(kinds) == ["add", "add", "div", "mul", "mul"]


def test_a_number_over_a_state_stays_a_division(s: Sample) -> None:
    assert s.kinds(s.op("div", s.op("mul", s.p, s.q), s.a)) == ["div"]


def test_what_is_shared_stays_shared(s: Sample) -> None:
    both = s.op("mul", s.a, s.b)
    roots = [s.op("mul", s.p, both), s.op("mul", s.q, both)]
    assert s.kinds(*roots) == ["mul", "mul", "mul"]


@pytest.mark.parametrize("power", [2, 3, 5, 8, 15, MOST_MULTIPLIED])
def test_a_whole_power_is_products(s: Sample, power: int) -> None:
    root = s.op("pow", s.a, float(power))
    kinds = s.kinds(root)
    assert set(kinds) == {"mul"}
    assert len(kinds) <= 2 * math.log2(power)
    (low,) = s.lower(root)
    assert evaluated(s.graph, [low], {1: 1.25})[low] == 1.25**power


def test_a_negative_whole_power_is_one_over_products(s: Sample) -> None:
    root = s.op("pow", s.a, -3.0)
    assert s.kinds(root) == ["mul", "mul", "div"]
    (low,) = s.lower(root)
    assert evaluated(s.graph, [low], {1: -2.0})[low] == -0.125


@pytest.mark.parametrize("power", [MOST_MULTIPLIED + 1.0, 2.5, -0.3])
def test_other_powers_know_what_their_exponent_decides(s: Sample, power: float) -> None:
    (low,) = s.lower(s.op("pow", s.a, power))
    assert s.graph.kind(low) == "power"
    assert [s.graph.kind(node) for node in s.hoisted.leaves] == ["power_at_0", "power_of_-1"]


def test_a_power_with_an_exponent_that_varies_stays(s: Sample) -> None:
    assert s.kinds(s.op("pow", s.a, s.b)) == ["pow"]


def test_work_of_parameters_alone_leaves_the_roots(s: Sample) -> None:
    op = s.op
    deep = op("exp", op("log", op("div", s.p, s.q)))
    roots = [op("add", s.a, deep), op("mul", s.b, deep), deep, s.p, op("mul", s.t, s.r)]
    low = s.lower(*roots)
    assert s.hoisted.leaves == {deep: s.graph.leaf(6)}
    assert low[2] == s.graph.leaf(6)
    assert low[3] == s.p
    assert "exp" not in s.kinds(*roots)


def test_a_root_without_leaves_stays_a_constant(s: Sample) -> None:
    assert s.lower(s.graph.constant(3.0)) == (s.graph.constant(3.0),)
    assert not s.hoisted.leaves


def test_leaves_are_numbered_on_from_one_call_to_the_next(s: Sample) -> None:
    op = s.op
    first, second = op("mul", s.p, s.q), op("div", s.p, s.q)
    s.lower(op("add", s.a, first))
    s.lower(op("add", s.a, second), op("add", s.b, first))
    assert s.hoisted.leaves == {first: s.graph.leaf(6), second: s.graph.leaf(7)}


def test_a_deep_graph_needs_no_recursion(s: Sample) -> None:
    node = s.a
    for _ in range(3000):
        node = s.op("add", s.op("exp", node), s.p)
    assert len(s.kinds(node)) == 6000


@settings(derandomize=True, max_examples=150)
@given(programs(), st.integers(0, INPUTS), st.integers(0, 2**32 - 1))
def test_lowered_programs_give_the_same_numbers(program: Program, moving: int, seed: int) -> None:
    graph = Graph()
    leaves = [graph.leaf(i) for i in range(INPUTS)]
    roots = graph.grow(program, leaves)
    hoisted = Hoisted(graph, INPUTS)
    low = lower(graph, roots, leaves[:moving], hoisted)

    inputs = np.random.default_rng(seed).uniform(0.2, 2.5, INPUTS).tolist()
    expected = scalar(graph.program(range(INPUTS), roots))(inputs)
    if not all(math.isfinite(value) and abs(value) < 1e12 for value in expected):
        return
    values = dict(enumerate(inputs))
    try:
        numbers = evaluated(graph, list(hoisted.leaves), values)
        for node, leaf in hoisted.leaves.items():
            values[graph.number(leaf)] = numbers[node]
        found = evaluated(graph, list(low), values)
    except (ArithmeticError, ValueError):  # `pow` of `math` in what no result reads
        return
    assert [found[root] for root in low] == pytest.approx(expected, rel=1e-7, abs=1e-9)

    varies: dict[int, bool] = {}
    for node in graph.reachable(low):
        args = graph.args(node)
        varies[node] = node in leaves[:moving] or any(varies[arg] for arg in args)
        assert varies[node] or not args  # all that is left of the parameters are leaves


def rates(s: Sample, *roots: int) -> dict[int, int]:
    return linear_decay(s.graph, roots, [s.a, s.b][: len(roots)])


def test_a_depot_is_found_with_its_number(s: Sample) -> None:
    op = s.op
    depot = op("neg", op("mul", s.p, s.a))
    found = rates(s, depot, op("sub", op("mul", s.p, s.a), op("mul", s.q, s.b)))
    assert list(found) == [0]
    assert evaluated(s.graph, [found[0]], {3: 1.5})[found[0]] == -1.5


def test_a_depot_is_found_however_it_is_written(s: Sample) -> None:
    op = s.op
    one = op("div", op("mul", op("neg", s.p), s.a), s.q)
    other = op("mul", op("neg", op("add", s.p, op("mul", s.q, s.r))), s.b)
    found = rates(s, one, other)
    assert list(found) == [0, 1]
    values = evaluated(s.graph, list(found.values()), {3: 3.0, 4: 2.0, 5: 0.5})
    assert [values[node] for node in found.values()] == [-1.5, -4.0]


def test_what_only_looks_like_a_depot_is_none(s: Sample) -> None:
    op, a, b, p, t = s.op, s.a, s.b, s.p, s.t
    for rate in (
        op("mul", p, op("mul", a, a)),  # second order
        op("mul", p, b),  # of another state
        op("mul", op("mul", p, t), a),  # in time
        op("div", p, a),
        op("div", op("mul", p, a), op("add", s.q, a)),  # saturable
        op("add", op("mul", p, a), s.q),  # with a source
        op("sub", op("mul", p, a), op("mul", p, b)),
        op("div", op("mul", a, a), a),
        op("exp", a),
        p,
        s.graph.constant(0.0),
    ):
        assert rates(s, rate) == {}


def test_a_depot_whose_flow_others_read_is_one_all_the_same(s: Sample) -> None:
    flow = s.op("mul", s.p, s.a)
    assert list(rates(s, s.op("neg", flow), flow)) == [0]
