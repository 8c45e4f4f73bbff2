import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.compile.lower import lowered
from speciosa.engine.codegen.graph import Graph


def program(kind, count):
    graph = Graph()
    return graph.program(
        range(count), [lowered(graph, kind, [graph.leaf(i) for i in range(count)])]
    )


HILL, STEP, POSITIVE = program("hill", 3), program("smooth_step", 3), program("positive_part", 2)
small = st.floats(0.01, 100)


@pytest.fixture(scope="session")
def value(run):
    return lambda *args: run(*args)[0]


def test_signs_are_operations():
    assert [op.kind for op in program("sub", 2).ops] == ["sub"]


@given(x=small, k=small, n=st.floats(0.5, 5))
def test_hill(value, x, k, n):
    assert value(HILL, x, k, n) == pytest.approx(x**n / (k**n + x**n), rel=1e-12)


def test_hill_at_and_below_zero(value):
    assert value(HILL, 0.0, 2.0, 1.5) == 0.0
    assert value(HILL, -1e-9, 2.0, 1.5) == 0.0


@given(x=st.floats(-50, 50), at=st.floats(-5, 5), width=st.floats(0.1, 10))
def test_smooth_step(value, x, at, width):
    expected = 1 / (1 + math.exp(-(x - at) / width))
    assert value(STEP, x, at, width) == pytest.approx(expected, abs=1e-15)


@given(x=st.floats(-30, 30), width=st.floats(0.1, 10))
def test_positive_part(value, x, width):
    expected = width * math.log(1 + math.exp(x / width))
    assert value(POSITIVE, x, width) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("x", [-1e8, 1e8])
def test_far_away_nothing_overflows(value, x):
    assert value(STEP, x, 0.0, 0.1) == float(x > 0)
    assert value(POSITIVE, x, 0.1) == max(x, 0.0)
