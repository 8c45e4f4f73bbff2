from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from tests.simd import RUNNABLE, compiled, same_bits, targets

from speciosa.engine.codegen import machine
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.target import TARGETS, Target

X = np.array([[0.0, -0.0, 1.5, -2.25, np.inf, -np.inf, np.nan, 5e-324, 1e308]])


@pytest.fixture
def f() -> Function:
    kinds = [Kind.NUMBERS, Kind.WHOLE, Kind.POINTER, Kind.TRUTH]
    return Function(TARGETS["avx2"], {}, kinds)


def count(write: Callable[[Function, Value, Value], None], start: int = 0) -> int:
    """What a function over whole numbers leaves in a variable, which it is handed with the 10."""
    module = Module(RUNNABLE[0])
    with module.function("run", [Kind.POINTER], public=True) as f:
        (place,) = f.arguments
        variable = f.variable(f.load(place, Kind.WHOLE))
        write(f, variable, f.whole(10))
        f.store(f.load(variable, Kind.WHOLE), place)
    code = machine.build(module.text, ["run"], RUNNABLE[0], None)
    held = np.array([start], dtype=np.int64)
    code.entries["run"](held.ctypes.data)
    return int(held[0])


def test_types_are_those_of_the_target(f: Function) -> None:
    assert f.type_of(Kind.NUMBERS) == "<4 x double>"
    assert f.type_of(Kind.WHOLES) == "<4 x i64>"
    assert f.type_of(Kind.TRUTHS) == "<4 x i1>"
    assert f.type_of(Kind.NUMBER) == "double"
    assert f.type_of(Kind.WHOLE) == "i64"
    assert f.type_of(Kind.POINTER) == "ptr"


def test_values_carry_their_kind(f: Function) -> None:
    numbers, whole, pointer, truth = f.arguments
    assert (numbers + 1.0).kind == Kind.NUMBERS
    assert (1.0 / numbers).kind == Kind.NUMBERS
    assert (numbers < 1.0).kind == Kind.TRUTHS
    assert (whole < 1).kind == Kind.TRUTH
    assert (whole * 3).kind == Kind.WHOLE
    assert (~truth).kind == Kind.TRUTH
    assert f.bits(numbers).kind == Kind.WHOLES
    assert f.load(pointer, Kind.WHOLES).kind == Kind.WHOLES
    assert f.lane(numbers, 0).kind == Kind.NUMBER
    assert f.all_lanes(whole).kind == Kind.WHOLES
    assert f.any(numbers.equals(numbers)).kind == Kind.TRUTH


def test_kinds_are_not_mixed(f: Function) -> None:
    numbers, whole, pointer, truth = f.arguments
    number = f.load(pointer, Kind.NUMBER)
    for a, b in ((numbers, whole), (number, whole), (whole, truth), (f.bits(numbers), numbers)):
        with pytest.raises(TypeError, match="operands of"):
            _ = a + b
        with pytest.raises(TypeError, match="operands of"):
            _ = a < b
        with pytest.raises(TypeError, match="operands of"):
            f.choose(truth, a, b)


def test_one_number_beside_a_vector_stands_for_every_lane(f: Function) -> None:
    numbers, _, pointer, _ = f.arguments
    number = f.load(pointer, Kind.NUMBER)
    assert (numbers * number).kind == (number * numbers).kind == Kind.NUMBERS
    assert (number < numbers).kind == Kind.TRUTHS


def test_only_what_is_written_out_is_a_constant(f: Function) -> None:
    assert f.numbers(1.0).constant
    assert not f.arguments[0].constant
    assert not (f.arguments[0] + 1.0).constant


def test_no_instruction_may_be_reordered(f: Function) -> None:
    numbers = f.arguments[0]
    f.fused(numbers, numbers / 3.0, f.root(numbers) - numbers * -numbers)
    for word in ("fast", "reassoc", "contract", "nnan", "ninf", "nsz", "arcp", "afn"):
        assert not any(word in line.split() for line in f.lines)


@targets
def test_arithmetic_is_that_of_the_processor(target: Target) -> None:
    def body(f: Function, x: Sequence[Value]) -> list[Value]:
        a, b = x
        return [a + b, a - b, a * b, a / b, -a, f.root(f.size(a)), f.size(a), 1.0 / a, 2.0 - a]

    rng = np.random.default_rng(1)
    x = np.concatenate([np.repeat(X, 2, axis=0), rng.normal(size=(2, 40))], axis=1)
    x[1, :9] = np.roll(X[0], 1)
    a, b = x
    with np.errstate(all="ignore"):
        expected = [a + b, a - b, a * b, a / b, -a, np.sqrt(np.abs(a)), np.abs(a), 1 / a, 2 - a]
    assert same_bits(compiled(body, 2, 9, target)(x), np.array(expected))


@targets
def test_comparisons_are_false_with_nan(target: Target) -> None:
    def body(f: Function, x: Sequence[Value]) -> list[Value]:
        a, b = x
        one, no = f.numbers(1.0), f.numbers(0.0)
        found = [a < b, a <= b, a > b, a >= b, a.equals(b), ~(a < b), (a < b) | a.equals(b)]
        return [f.choose(truth, one, no) for truth in found]

    a = np.array([1.0, 2.0, 2.0, np.nan, 1.0, np.nan, -0.0, np.inf])
    b = np.array([2.0, 1.0, 2.0, 1.0, np.nan, np.nan, 0.0, np.inf])
    expected = [a < b, a <= b, a > b, a >= b, a == b, ~(a < b), a <= b]
    found = compiled(body, 2, 7, target)(np.array([a, b]))
    assert found.tolist() == np.array(expected, dtype=float).tolist()


@targets
def test_larger_and_smaller_give_the_second_for_nan(target: Target) -> None:
    run = compiled(lambda f, x: [f.larger(x[0], x[1]), f.smaller(x[0], x[1])], 2, 2, target)
    found = run(np.array([[1.0, 2.0, np.nan, 1.0], [2.0, 1.0, 3.0, np.nan]]))
    assert same_bits(found, np.array([[2.0, 2.0, 3.0, np.nan], [1.0, 1.0, 3.0, np.nan]]))


@targets
def test_a_fused_product_is_rounded_once_where_the_processor_can(target: Target) -> None:
    a = np.array([[1.0 + 2.0**-30], [1.0 - 2.0**-30], [-1.0]])  # the product is 1 - 2^-60
    found = compiled(lambda f, x: [f.fused(*x)], 3, 1, target)(a)
    assert found[0, 0] == (-(2.0**-60) if target.fused else 0.0)


@targets
def test_whole_numbers_wrap_and_shift(target: Target) -> None:
    def body(f: Function, x: Sequence[Value]) -> list[Value]:
        bits = f.bits(x[0])
        found = [
            f.shifted(bits, "lshr", 52),
            f.shifted(bits, "ashr", 52),
            f.shifted(bits, "shl", 1),
            bits + 7,
            bits & 255,
        ]
        back = [f.from_bits(whole) for whole in found]
        return [*back, f.converted("sitofp", found[1], Kind.NUMBERS)]

    x = np.array([1.0, -1.0, 1e-300, -3.25e7, 0.1, -0.0])
    bits = x.view(np.int64)
    expected = [
        (bits.view(np.uint64) >> np.uint64(52)).view(np.int64),
        bits >> 52,
        bits << 1,
        bits + 7,
        bits & 255,
    ]
    found = compiled(body, 1, 6, target)(x[None, :])
    assert [row.view(np.int64).tolist() for row in found[:5]] == [e.tolist() for e in expected]
    assert found[5].tolist() == expected[1].astype(float).tolist()


@targets
def test_lanes_are_read_written_and_shuffled(target: Target) -> None:
    width = target.width

    def body(f: Function, x: Sequence[Value]) -> list[Value]:
        a, b = x
        turned = f.shuffled(a, b, [*range(width, 2 * width - 1), 0])
        first = f.all_lanes(f.lane(a, width - 1))
        told = f.choose(f.any(a > 2.0), f.numbers(1.0), f.numbers(0.0))
        return [turned, first, f.with_lane(a, 1, f.lane(b, 0)), told]

    a = np.arange(width, dtype=float)
    found = compiled(body, 2, 4, target)(np.array([a, a + 100]))
    assert found[0].tolist() == [*(a[: width - 1] + 100), 0.0]
    assert found[1].tolist() == [width - 1.0] * width
    assert found[2].tolist() == [0.0, 100.0, *a[2:]]
    assert found[3].tolist() == [float(width > 3)] * width


def test_a_loop_counts_from_its_start_to_before_its_end() -> None:
    def body(f: Function, total: Value, end: Value) -> None:
        with f.count_to(end, start=7) as i:
            f.store(f.load(total, Kind.WHOLE) * 10 + i, total)

    assert count(body) == 789


def test_a_loop_whose_end_is_reached_runs_not_once() -> None:
    def body(f: Function, total: Value, end: Value) -> None:
        with f.count_to(end, start=10):
            f.store(f.whole(1), total)
        with f.as_long_as(lambda: f.load(total, Kind.WHOLE) > 0):
            f.store(f.whole(2), total)

    assert count(body) == 0


def test_a_condition_guards_what_stands_in_it() -> None:
    def body(f: Function, total: Value, end: Value) -> None:
        with f.count_to(end) as i, f.when((i > 3) & (i < 6)):
            with f.when(i.equals(5)):
                f.store(f.load(total, Kind.WHOLE) + 100, total)
            f.store(f.load(total, Kind.WHOLE) + 1, total)

    assert count(body) == 102


def test_a_loop_goes_on_as_long_as_its_condition_holds() -> None:
    def body(f: Function, total: Value, end: Value) -> None:
        steps = f.variable(f.whole(0))
        with f.as_long_as(lambda: f.load(total, Kind.WHOLE) > 1):  # Collatz
            now = f.load(total, Kind.WHOLE)
            odd = (now & 1).equals(1)
            f.store(f.choose(odd, now * 3 + 1, now / 2), total)
            f.store(f.load(steps, Kind.WHOLE) + 1, steps)
        f.store(f.load(steps, Kind.WHOLE), total)

    assert count(body, start=27) == 111


def test_functions_of_a_module_call_one_another() -> None:
    module = Module(RUNNABLE[0])
    with module.function("twice", [Kind.POINTER]) as f:
        (place,) = f.arguments
        f.store(f.load(place, Kind.WHOLE) * 2, place)
    with module.function("run", [Kind.POINTER], public=True) as f:
        (place,) = f.arguments
        f.call("twice", place)
        f.call("twice", place)
    code = machine.build(module.text, ["run"], RUNNABLE[0], None)
    held = np.array([3], dtype=np.int64)
    code.entries["run"](held.ctypes.data)
    assert held[0] == 12
