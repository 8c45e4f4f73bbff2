"""A program for many people at once in NumPy: lags, shares and start values, once for each person.

Every operation is elementwise, and rows have a length that NumPy's vector loops handle without a
remainder, so that a person's bits do not depend on how many others there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.problem import Program

__all__ = ["Floats", "evaluate"]

Floats = NDArray[np.float64]

LANE_STEP: Final = 8
"""Rows have a multiple of this: the widest vector of any CPU in use holds 8 floats."""


def _above(a: Floats, b: Floats) -> Floats:
    return np.greater(a, b).astype(float)


_DO: Final[Mapping[str, Callable[..., Floats]]] = MappingProxyType(
    {
        "add": np.add,
        "sub": np.subtract,
        "mul": np.multiply,
        "div": np.divide,
        "neg": np.negative,
        "pow": np.power,
        "exp": np.exp,
        "log": np.log,
        "sqrt": np.sqrt,
        "tanh": np.tanh,
        "max": np.maximum,
        "min": np.minimum,
        "above": _above,
    }
)


def evaluate(program: Program, inputs: Floats, chosen: Sequence[int] | None = None) -> Floats:
    """Results (results, people) of inputs (people, inputs); `chosen` are some, by position."""
    people = inputs.shape[0]
    wide = max(LANE_STEP, -(-people // LANE_STEP) * LANE_STEP)
    wanted = program.results if chosen is None else [program.results[i] for i in chosen]
    first = program.inputs + len(program.constants)
    live = set(wanted)
    for place in range(len(program.ops) - 1, -1, -1):
        if first + place in live:
            live.update(program.ops[place].args)
    rows: dict[int, Floats] = {}
    for slot in sorted(live):
        if slot < program.inputs:
            rows[slot] = np.ones(wide)
            rows[slot][:people] = inputs[:, slot]
        elif slot < first:
            rows[slot] = np.full(wide, program.constants[slot - program.inputs])
        else:
            kind, args = program.ops[slot - first]
            with np.errstate(all="ignore"):
                rows[slot] = _DO[kind](*(rows[arg] for arg in args))
    if not len(wanted):
        return np.empty((0, people))
    return np.stack([rows[slot][:people] for slot in wanted])
