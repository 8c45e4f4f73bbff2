from dataclasses import replace

import pytest

from speciosa.engine.problem import Op, Problem, Program
from speciosa.errors import ModelError

NAN = float("nan")
RATE = Program(3, (-1.0,), (Op("mul", (3, 1)), Op("mul", (4, 2))), (5,), ("", "loss"))
ONE_STATE = Problem(
    states=("x",),
    parameters=("k",),
    outputs=("y",),
    rates=RATE,
    observe=Program(3, (), (), (1,)),
    start=Program(1, (1.0,), (), (1,)),
    dosing=Program(1, (0.0, 1.0, NAN), (), (1, 2, 3, 3)),
    lower=(0.0,),
    upper=(NAN,),
)


def test_slots_are_inputs_constants_and_operations():
    assert RATE.slots == 6


@pytest.mark.parametrize(
    ("ops", "results", "message"),
    [
        ([Op("cosh", (0,))], (), "operation 0 is 'cosh'; known are add, sub"),
        ([Op("add", (0,))], (), "operation 0, add, has 1 arguments; it takes 2"),
        ([Op("neg", (3,))], (), "operation 0, neg, reads slot 3; written by then are 0 to 2"),
        ([Op("neg", (-1,))], (), "reads slot -1"),
        ([Op("neg", (0,))], (4,), "a result reads slot 4"),
    ],
)
def test_a_program_that_cannot_run_is_refused(ops, results, message):
    with pytest.raises(ModelError, match=message):
        Program(2, (1.0,), tuple(ops), results)


def test_labels_are_one_each_or_none():
    with pytest.raises(ModelError, match="1 labels for 2 operations"):
        replace(RATE, labels=("loss",))


def test_labels_change_nothing_that_counts():
    bare = replace(RATE, labels=())
    assert bare == RATE
    assert bare.digest == RATE.digest


def test_a_digest_tells_code_apart():
    others = [replace(RATE, constants=(-2.0,)), replace(RATE, results=(4,))]
    assert len({RATE.digest, *(other.digest for other in others)}) == 3
    assert replace(ONE_STATE, upper=(1.0,)).digest != ONE_STATE.digest
    assert replace(ONE_STATE, states=("z",)).digest != ONE_STATE.digest
    assert replace(ONE_STATE).digest == ONE_STATE.digest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outputs": ("y", "y")}, "outputs must have names of their own; 'y' stands twice"),
        ({"start": RATE}, "start takes 3 numbers and gives 1; .* need 1 and 1"),
        ({"parameters": ("k", "m")}, "rates takes 3 numbers and gives 1; .* need 4 and 1"),
        ({"lower": ()}, "0 lower and 1 upper bounds for 1 states"),
    ],
)
def test_a_problem_whose_parts_do_not_fit_is_refused(change, message):
    with pytest.raises(ModelError, match=message):
        replace(ONE_STATE, **change)
