import math
import operator
from collections.abc import Callable

import pytest

from speciosa.engine.problem import Program

MEANING = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": math.pow,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "max": max,
    "min": min,
    "above": lambda a, b: float(a > b),
}


@pytest.fixture(scope="session")
def run() -> Callable[..., list[float]]:
    """A program, read slot by slot."""

    def run(program: Program, *inputs: float) -> list[float]:
        assert len(inputs) == program.inputs
        slots = [*inputs, *program.constants]
        for kind, args in program.ops:
            slots.append(MEANING[kind](*(slots[arg] for arg in args)))
        return [slots[result] for result in program.results]

    return run
