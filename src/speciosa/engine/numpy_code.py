"""A program as NumPy code for many people at once.

True: every operation is elementwise over lanes (one lane, one person), so a lane's result does not
depend on the lanes beside it. Rows are contiguous and their length is a multiple of `LANE_STEP`,
so that NumPy's vector loops have no remainder that another code path would handle.

The program is cut in two. What depends on parameters alone is computed once per person
(`Vectorised.prepare`, giving the kept rows); what depends on time and state is written out as one
NumPy call per operation into rows that are reused (`Vectorised.bind`), with nothing looked up at
run time. Measured at 1000 lanes: a call with its output row given takes 0.5 us, a plain expression
0.7 us and one with a Python number in it 0.9 us, hence rows of constants among the kept rows.

Left out: common subexpressions; a `Program` shares them already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.problem import Op, Program

__all__ = ["LANE_STEP", "Floats", "Vectorised", "padded", "vectorised"]

Floats = NDArray[np.float64]
Rows = Sequence[Floats]

LANE_STEP = 8
"""Widths are multiples of this: the widest vector of any CPU in use holds 8 floats."""

_CALLS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "div": "divide",
    "neg": "negative",
    "pow": "power",
    "exp": "exp",
    "log": "log",
    "sqrt": "sqrt",
    "tanh": "tanh",
    "max": "maximum",
    "min": "minimum",
    "above": "greater",
}


def padded(lanes: int) -> int:
    """The smallest allowed width that holds so many lanes."""
    return max(LANE_STEP, -(-lanes // LANE_STEP) * LANE_STEP)


class Vectorised:
    """A program whose first `moving` inputs change from call to call; the rest are parameters.

    Attributes:
        needed: the moving inputs that the code reads, ascending.
        kept: the number of kept rows.
        source: the generated Python, for readers and for error reports.
    """

    def __init__(self, program: Program, moving: int, results: tuple[int, ...]) -> None:
        live = _live(program, results)
        moves = _moves(program, moving)
        first = program.inputs + len(program.constants)
        ops = [(first + i, op) for i, op in enumerate(program.ops) if first + i in live]
        before = [(slot, op) for slot, op in ops if not moves[slot]]
        after = [(slot, op) for slot, op in ops if moves[slot]]
        read = {arg for _, op in after for arg in op.args} | set(results)
        kept = sorted(slot for slot in read if not moves[slot])
        self.needed = tuple(slot for slot in sorted(read) if slot < moving)
        self.kept = len(kept)
        self.source = "\n".join(
            (
                *_prepare_source(program, moving, before, kept),
                "",
                *_main_source(program, moving, after, kept, results),
            )
        )
        scope: dict[str, Any] = {name: getattr(np, name) for name in _CALLS.values()}
        scope |= {"copyto": np.copyto, "full": np.full}
        exec(compile(self.source, "<program as NumPy code>", "exec"), scope)
        self._prepare: Callable[[Floats, Floats], None] = scope["prepare"]
        self._main: Callable[[Rows, Rows, Rows, Rows], None] = scope["main"]
        self._scratch: int = scope["SCRATCH"]

    def prepare(self, parameters: Floats) -> Floats:
        """The kept rows (kept, lanes) for parameters (parameters, lanes)."""
        out = np.empty((self.kept, parameters.shape[1]))
        self._prepare(parameters, out)
        return out

    def bind(self, moving: Rows, kept: Floats) -> Callable[[Rows], None]:
        """The function that fills the result rows handed to it from these rows.

        `moving` are rows of all moving inputs, read anew at each call; `kept` is from `prepare`.
        """
        kept_rows = list(kept)
        scratch = list(np.empty((self._scratch, moving[0].shape[0])))
        main = self._main

        def run(results: Rows) -> None:
            main(moving, kept_rows, results, scratch)

        return run

    def __call__(self, moving: Rows, parameters: Floats, results: int) -> Floats:
        """Evaluate once: (results, lanes)."""
        out = np.empty((results, parameters.shape[1]))
        self.bind(moving or list(parameters[:1]), self.prepare(parameters))(list(out))
        return out


@lru_cache(maxsize=64)
def vectorised(program: Program, moving: int, chosen: tuple[int, ...] | None = None) -> Vectorised:
    """The code of a program, or of some of its results (`chosen`, by position)."""
    results = program.results
    if chosen is not None:
        results = tuple(results[position] for position in chosen)
    return Vectorised(program, moving, results)


def _live(program: Program, results: tuple[int, ...]) -> set[int]:
    """The slots that the results need."""
    first = program.inputs + len(program.constants)
    live = set(results)
    for i in range(len(program.ops) - 1, -1, -1):
        if first + i in live:
            live.update(program.ops[i].args)
    return live


def _moves(program: Program, moving: int) -> list[bool]:
    """For each slot, whether it depends on a moving input."""
    moves = [slot < moving for slot in range(program.inputs + len(program.constants))]
    for op in program.ops:
        moves.append(any(moves[arg] for arg in op.args))
    return moves


def _call(op: Op, names: Callable[[int], str], program: Program) -> str:
    """One operation as a NumPy call that still lacks its output and the closing bracket."""
    if op.kind == "pow":
        exponent = op.args[1] - program.inputs
        if 0 <= exponent < len(program.constants):
            base = names(op.args[0])
            if program.constants[exponent] == 2.0:
                return f"multiply({base}, {base}"
            if program.constants[exponent] == 0.5:
                return f"sqrt({base}"
    return f"{_CALLS[op.kind]}({', '.join(names(arg) for arg in op.args)}"


def _prepare_source(
    program: Program, moving: int, ops: list[tuple[int, Op]], kept: list[int]
) -> list[str]:
    """`prepare(p, out)`: constants and parameter-only work, once per person."""
    first = program.inputs + len(program.constants)

    def name(slot: int) -> str:
        if slot < program.inputs:
            return f"p[{slot - moving}]"
        return f"v{slot}"

    used = {arg for _, op in ops for arg in op.args} | set(kept)
    lines = ["def prepare(p, out):", "    lanes = p.shape[1]"]
    for slot in range(program.inputs, first):
        if slot in used:
            value = program.constants[slot - program.inputs]
            lines.append(f"    v{slot} = full(lanes, float.fromhex({value.hex()!r}))")
    lines += [f"    v{slot} = {_call(op, name, program)})" for slot, op in ops]
    lines += [f"    out[{row}] = {name(slot)}" for row, slot in enumerate(kept)]
    return lines


def _main_source(
    program: Program,
    moving: int,
    ops: list[tuple[int, Op]],
    kept: list[int],
    results: tuple[int, ...],
) -> list[str]:
    """`main(m, k, r, s)`: moving, kept, result and scratch rows; fills the result rows."""
    last = {arg: i for i, (_, op) in enumerate(ops) for arg in op.args}
    names = {slot: f"m{slot}" for slot in range(moving)}
    names |= {slot: f"k{row}" for row, slot in enumerate(kept)}
    held: set[int] = set()
    free: list[int] = []
    scratch = 0
    where: dict[int, int] = {}
    body: list[str] = []
    first_result = {slot: row for row, slot in reversed(list(enumerate(results)))}
    for i, (slot, op) in enumerate(ops):
        text = _call(op, names.__getitem__, program)
        # A row may be reused as soon as its last reader runs: elementwise work in place is safe.
        free += [where.pop(arg) for arg in sorted(set(op.args)) if arg in where and last[arg] == i]
        if slot in first_result:
            names[slot] = f"r{first_result[slot]}"
            held.add(first_result[slot])
        else:
            if not free:
                free.append(scratch)
                scratch += 1
            where[slot] = free.pop()
            names[slot] = f"s{where[slot]}"
        # NumPy takes it by name only there.
        out = "out=" if op.kind in ("max", "min", "above") else ""
        body.append(f"    {text}, {out}{names[slot]})")
    body += [
        f"    copyto(r{row}, {names[slot]})" for row, slot in enumerate(results) if row not in held
    ]
    heads = (("m", moving), ("k", len(kept)), ("r", len(results)), ("s", scratch))
    unpacked = [
        f"    [{', '.join(f'{letter}{i}' for i in range(count))}] = {letter}"
        for letter, count in heads
        if count
    ]
    return [f"SCRATCH = {scratch}", "def main(m, k, r, s):", *unpacked, *(body or ["    pass"])]
