"""The two ways in which a program becomes code, against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_programs import programs

from speciosa.engine import Op, Program
from speciosa.engine.numpy_code import evaluate
from speciosa.engine.problem import ARITY
from speciosa.engine.python_code import scalar


# The same examples each time: a chain of exponentials can always be found that parts two libraries.
@settings(derandomize=True)
@given(programs(), st.integers(0, 2**32 - 1))
def test_numpy_and_python_agree(program: Program, seed: int) -> None:
    inputs = np.random.default_rng(seed).normal(1.0, 1.0, (5, program.inputs))
    found = evaluate(program, inputs)
    for person, row in enumerate(inputs.tolist()):
        expected = scalar(program)(row)
        if all(math.isfinite(value) for value in expected):
            assert found[:, person] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(programs(), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_person_has_the_same_bits_in_any_company(
    program: Program, people: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    inputs = rng.normal(1.0, 1.0, (people, program.inputs))
    found, order = evaluate(program, inputs), rng.permutation(people)
    assert np.array_equal(evaluate(program, inputs[order]), found[:, order], equal_nan=True)
    assert np.array_equal(evaluate(program, inputs[:1]), found[:, :1], equal_nan=True)


def test_every_kind_of_operation_has_both_forms() -> None:
    for kind, arity in ARITY.items():
        program = Program(2, (), (Op(kind, tuple(range(arity))),), (2,))
        found = evaluate(program, np.array([[0.7, 1.3]]))[0, 0]
        assert found == pytest.approx(scalar(program)([0.7, 1.3])[0], rel=1e-15)


def test_some_results_in_an_order_of_choice() -> None:
    program = Program(3, (), (Op("exp", (0,)), Op("add", (1, 2))), (3, 4, 0))
    inputs = np.array([[1.0, 2.0, 3.0], [0.0, 5.0, 6.0]])
    assert evaluate(program, inputs, [2, 1]).tolist() == [[1.0, 0.0], [5.0, 11.0]]
    assert evaluate(program, inputs, []).shape == (0, 2)
    assert evaluate(program, inputs[:0]).shape == (3, 0)


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
