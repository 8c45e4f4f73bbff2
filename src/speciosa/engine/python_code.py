"""A program as plain Python for one person: what the reference solver evaluates.

Written apart from `numpy_code` on purpose, so that one can be held against the other: one
assignment per slot, in the program's own order, with the functions of `math`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from speciosa.engine.problem import Op, Program

__all__ = ["scalar"]

_TEXT = {
    "add": "{} + {}",
    "sub": "{} - {}",
    "mul": "{} * {}",
    "div": "{} / {}",
    "neg": "-{}",
    "pow": "pow({}, {})",
    "exp": "exp({})",
    "log": "log({})",
    "sqrt": "sqrt({})",
    "tanh": "tanh({})",
    "max": "larger({}, {})",
    "min": "smaller({}, {})",
    "above": "float({} > {})",
}

_MATH = ("pow", "exp", "log", "sqrt", "tanh")


@lru_cache(maxsize=64)
def scalar(program: Program) -> Callable[[Sequence[float]], list[float]]:
    """The function from the program's inputs to its results.

    Where arithmetic has no finite answer (a division by zero, a logarithm of a negative number, an
    overflow) every result is nan, as NumPy would go on with nan or inf.
    """
    first = program.inputs + len(program.constants)
    lines = ["def run(inputs):"]
    if program.inputs:
        lines.append(f"    [{', '.join(f'v{i}' for i in range(program.inputs))}] = inputs")
    for i, value in enumerate(program.constants):
        lines.append(f"    v{program.inputs + i} = float.fromhex({value.hex()!r})")
    lines += [f"    v{first + i} = {_text(op)}" for i, op in enumerate(program.ops)]
    lines.append(f"    return [{', '.join(f'v{slot}' for slot in program.results)}]")
    scope: dict[str, Any] = {name: getattr(math, name) for name in _MATH}
    scope |= {"larger": _larger, "smaller": _smaller}
    exec(compile("\n".join(lines), "<program as Python>", "exec"), scope)
    run: Callable[[Sequence[float]], list[float]] = scope["run"]
    nowhere = [math.nan] * len(program.results)

    def guarded(inputs: Sequence[float]) -> list[float]:
        try:
            return run(inputs)
        except (ArithmeticError, ValueError):
            return nowhere

    return guarded


def _text(op: Op) -> str:
    return _TEXT[op.kind].format(*(f"v{arg}" for arg in op.args))


def _larger(a: float, b: float) -> float:
    return a if a > b or a != a else b


def _smaller(a: float, b: float) -> float:
    return a if a < b or a != a else b
