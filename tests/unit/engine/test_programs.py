"""The two ways in which a program becomes code, against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speciosa.engine import Op, Program
from speciosa.engine.numpy_code import LANE_STEP, padded, vectorised
from speciosa.engine.problem import ARITY
from speciosa.engine.python_code import scalar

INPUTS = 4
CONSTANTS = (0.5, 2.0, -1.5)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    ops: list[Op] = []
    first = INPUTS + len(CONSTANTS)
    for i in range(draw(st.integers(0, 25))):
        kind = draw(st.sampled_from(sorted(ARITY)))
        slot = st.integers(0, first + i - 1)
        ops.append(Op(kind, tuple(draw(slot) for _ in range(ARITY[kind]))))
    results = draw(st.lists(st.integers(0, first + len(ops) - 1), min_size=1, max_size=6))
    return Program(INPUTS, CONSTANTS, tuple(ops), tuple(results))


# The same examples each time: a chain of exponentials can always be found that parts two libraries.
@settings(derandomize=True)
@given(programs(), st.integers(0, INPUTS - 1), st.integers(0, 2**32 - 1))
def test_numpy_and_python_agree(program: Program, moving: int, seed: int) -> None:
    inputs = np.random.default_rng(seed).normal(1.0, 1.0, (INPUTS, LANE_STEP))
    code = vectorised(program, moving)
    with np.errstate(all="ignore"):
        found = code(list(inputs[:moving]), inputs[moving:], len(program.results))
    for lane in range(LANE_STEP):
        expected = scalar(program)(inputs[:, lane].tolist())
        if all(math.isfinite(value) for value in expected):
            assert found[:, lane] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(programs(), st.integers(0, INPUTS - 1), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_lane_is_the_same_bits_at_any_place_and_width(
    program: Program, moving: int, lanes: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    inputs = rng.normal(1.0, 1.0, (INPUTS, padded(lanes)))
    order = rng.permutation(inputs.shape[1])
    few = np.repeat(inputs[:, :1], LANE_STEP, axis=1)
    code, n = vectorised(program, moving), len(program.results)
    with np.errstate(all="ignore"):
        found = code(list(inputs[:moving]), inputs[moving:], n)
        mixed = inputs[:, order]
        other = code(list(mixed[:moving]), mixed[moving:], n)
        alone = code(list(few[:moving]), few[moving:], n)
    assert np.array_equal(other, found[:, order], equal_nan=True)
    assert np.array_equal(alone[:, 0], found[:, 0], equal_nan=True)


def test_every_kind_of_operation_has_both_forms() -> None:
    for kind, arity in ARITY.items():
        program = Program(2, (), (Op(kind, tuple(range(arity))),), (2,))
        inputs = np.full((2, LANE_STEP), 0.7)
        inputs[1] = 1.3
        assert vectorised(program, 2)(list(inputs), inputs, 1)[0, 0] == pytest.approx(
            scalar(program)([0.7, 1.3])[0], rel=1e-15
        )


def test_only_what_is_chosen_is_computed() -> None:
    program = Program(3, (), (Op("exp", (0,)), Op("add", (1, 2))), (3, 4))
    code = vectorised(program, 2, (1,))
    assert code.needed == (1,)
    assert "exp" not in code.source


def test_parameter_only_work_is_done_once() -> None:
    program = Program(2, (), (Op("exp", (1,)), Op("mul", (0, 2))), (3,))
    prepare, main = vectorised(program, 1).source.split("def main")
    assert "exp(" in prepare
    assert "exp(" not in main


def test_a_square_is_a_product_and_a_half_power_a_root() -> None:
    program = Program(1, (2.0, 0.5), (Op("pow", (0, 1)), Op("pow", (0, 2))), (3, 4))
    x = np.full((1, LANE_STEP), 3.3)
    found = vectorised(program, 1)(list(x), x, 2)[:, 0]
    assert found.tolist() == [3.3 * 3.3, math.sqrt(3.3)]


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [("div", [1.0, 0.0]), ("log", [0.0, 0.0]), ("exp", [1e4, 0.0]), ("pow", [-1.0, 0.5])],
)
def test_arithmetic_without_an_answer_is_nan_in_python(kind: str, inputs: list[float]) -> None:
    op = Op(kind, tuple(range(ARITY[kind])))
    assert math.isnan(scalar(Program(2, (), (op,), (2,)))(inputs)[0])


def test_the_larger_and_the_smaller_keep_nan() -> None:
    program = Program(2, (), (Op("max", (0, 1)), Op("min", (0, 1))), (2, 3))
    for inputs in ([math.nan, 1.0], [1.0, math.nan]):
        assert all(math.isnan(value) for value in scalar(program)(inputs))
    assert scalar(program)([1.0, 2.0]) == [2.0, 1.0]
