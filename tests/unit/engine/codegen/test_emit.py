from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_programs import INPUTS, programs
from tests.simd import (
    RUNNABLE,
    as_code,
    called,
    compiled,
    of_graph,
    same_bits,
    targets,
    text_of,
)

from speciosa.engine import Op, Program
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.graph import Graph
from speciosa.engine.codegen.lower import Hoisted, lower
from speciosa.engine.codegen.store import Store
from speciosa.engine.codegen.target import Target
from speciosa.engine.numpy_code import Floats
from speciosa.engine.problem import ARITY
from speciosa.engine.python_code import scalar

PEOPLE = 20


def people(seed: int) -> Floats:
    return np.random.default_rng(seed).normal(1.0, 1.0, (INPUTS, PEOPLE))


def held_against_python(program: Program, inputs: Floats, found: Floats) -> None:
    run = scalar(program)
    for person in range(PEOPLE):
        expected = run(inputs[:, person].tolist())
        if all(math.isfinite(value) for value in expected):
            assert found[:, person] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@targets
@settings(derandomize=True, max_examples=40)
@given(programs(), st.integers(0, 2**32 - 1))
def test_programs_give_the_numbers_of_python(target: Target, program: Program, seed: int) -> None:
    inputs = people(seed)
    held_against_python(program, inputs, as_code(program, target)(inputs))


@settings(derandomize=True, max_examples=40)
@given(programs(), st.integers(0, INPUTS), st.integers(0, 2**32 - 1))
def test_lowered_programs_do_as_well(program: Program, moving: int, seed: int) -> None:
    graph = Graph()
    leaves = [graph.leaf(i) for i in range(INPUTS)]
    hoisted = Hoisted(graph, INPUTS)
    roots = lower(graph, graph.grow(program, leaves), leaves[:moving], hoisted)
    inputs, target = people(seed), RUNNABLE[0]
    numbers = list(hoisted.leaves)
    if numbers:
        run = compiled(of_graph(graph, numbers), INPUTS, len(numbers), target)
        whole = np.concatenate([inputs, run(inputs)])
    else:
        whole = inputs
    found = compiled(of_graph(graph, roots), len(whole), len(roots), target)(whole)
    held_against_python(program, inputs, found)


@targets
@pytest.mark.parametrize("kind", ARITY)
def test_every_kind_of_operation(target: Target, kind: str) -> None:
    program = Program(2, (), (Op(kind, tuple(range(ARITY[kind]))),), (2,))
    values = [0.7, 1.3, 2.0, 5.5]
    pairs = np.array([(a, b) for a in values for b in values]).T
    found = as_code(program, target)(pairs)[0]
    expected = [scalar(program)(list(pair))[0] for pair in pairs.T.tolist()]
    assert found == pytest.approx(expected, rel=2e-15, abs=0.0)


@targets
@pytest.mark.parametrize("kind", ["max", "min"])
def test_the_larger_and_the_smaller_keep_nan(target: Target, kind: str) -> None:
    both = Program(2, (1.0,), (Op(kind, (0, 1)), Op(kind, (0, 2)), Op(kind, (2, 0))), (3, 4, 5))
    found = as_code(both, target)(np.array([[math.nan, 1.0, 3.0], [1.0, math.nan, 0.5]]))
    assert np.isnan(found[:, 0]).all()
    assert math.isnan(found[0, 1])
    assert found[:, 2].tolist() == ([3.0] * 3 if kind == "max" else [0.5, 1.0, 1.0])


def test_what_nobody_knows_is_refused() -> None:
    graph = Graph()
    root = graph.made("sin", (graph.leaf(0),))
    with pytest.raises(KeyError, match="sin"):
        compiled(of_graph(graph, [root]), 1, 1, RUNNABLE[0])


Roots = Callable[[Graph, int, int, int], list[int]]
A, B = 1.0 + 2.0**-30, 1.0 - 2.0**-30  # A * B is 1 - 2^-60: 1 when it is rounded
HAIR = 2.0**-60


def sums(build: Roots, target: Target) -> list[float]:
    graph = Graph()
    roots = build(graph, *(graph.leaf(i) for i in range(3)))
    run = compiled(of_graph(graph, roots), 3, len(roots), target)
    return run(np.array([[A], [B], [1.0]]))[:, 0].tolist()


@targets
@pytest.mark.parametrize(
    ("build", "fused"),
    [
        (lambda g, a, b, c: [g.op("sub", g.op("mul", a, b), c)], [-HAIR]),
        (lambda g, a, b, c: [g.op("sub", c, g.op("mul", a, b))], [HAIR]),
        (lambda g, a, b, c: [g.op("add", g.op("mul", a, b), g.op("neg", c))], [-HAIR]),
        (lambda g, a, b, c: [g.op("add", g.op("neg", c), g.op("mul", a, b))], [-HAIR]),
        # Of two products the second is fused.
        (lambda g, a, b, c: [g.op("sub", g.op("mul", c, c), g.op("mul", a, b))], [HAIR]),
        (lambda g, a, b, c: [g.op("sub", g.op("mul", a, b), g.op("mul", c, c))], [0.0]),
        # A product that is needed by itself, or twice, is none of one sum.
        (lambda g, a, b, c: [p := g.op("mul", a, b), g.op("sub", p, c)], [1.0, 0.0]),
        (
            lambda g, a, b, c: [
                g.op("sub", p := g.op("mul", a, b), c),
                g.op("sub", g.op("exp", c), p),
            ],
            [0.0, math.e - 1.0],
        ),
    ],
)
def test_a_product_that_one_sum_reads_is_fused_with_it(
    target: Target, build: Roots, fused: list[float]
) -> None:
    expected = fused if target.fused else [round(value, 15) + 0.0 for value in fused]
    assert sums(build, target) == pytest.approx(expected, rel=1e-14, abs=0.0)


@targets
def test_some_roots_have_the_bits_that_they_have_among_all(target: Target) -> None:
    graph = Graph()
    a, b, c = (graph.leaf(i) for i in range(3))
    product = graph.op("mul", a, b)
    total = graph.op("sub", product, c)

    def body(among: list[int] | None, *, fuse: bool = True) -> Floats:
        run = compiled(
            lambda f, x: emit(f, graph, [total], lambda i: x[i], among, fuse=fuse), 3, 1, target
        )
        return run(np.array([[A], [B], [1.0]]))

    assert body([product, total]) == 0.0
    assert body(None, fuse=False) == 0.0
    assert body(None) == (-HAIR if target.fused else 0.0)


@targets
@settings(derandomize=True, max_examples=12)
@given(programs(40), st.integers(0, 2**32 - 1))
def test_the_optimiser_changes_no_bit(target: Target, program: Program, seed: int) -> None:
    inputs = people(seed)
    found: list[Floats] = []
    for level in (0, 1, 2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(machine, "LEVEL", level)
            found.append(as_code(program, target)(inputs))
    assert same_bits(found[0], found[1])
    assert same_bits(found[1], found[2])


@targets
def test_code_from_the_cache_gives_the_same_bits(target: Target, tmp_path: Path) -> None:
    graph = Graph()
    x, y = graph.leaf(0), graph.leaf(1)
    roots = [graph.op("add", graph.op("mul", x, y), graph.op(k, x)) for k in ("exp", "tanh", "log")]
    text = text_of(of_graph(graph, roots), 2, 3, target)
    inputs = np.random.default_rng(3).normal(1.0, 1.0, (2, PEOPLE))
    store = Store(tmp_path / "code")
    first, again = (machine.build(text, ["run"], target, store) for _ in range(2))
    assert not first.cached
    assert again.cached
    assert again.object == first.object
    assert same_bits(called(first, 3, target)(inputs), called(again, 3, target)(inputs))


@targets
@settings(derandomize=True, max_examples=12)
@given(programs(40), st.integers(0, 2**32 - 1))
def test_a_person_has_the_same_bits_at_any_place(
    target: Target, program: Program, seed: int
) -> None:
    inputs = people(seed)
    run = as_code(program, target)
    order = np.random.default_rng(seed).permutation(PEOPLE)
    assert same_bits(run(inputs[:, order]), run(inputs)[:, order])
    assert same_bits(run(inputs[:, :1]), run(inputs)[:, :1])
