"""Straight-line programs by chance, with every kind of operation."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from speciosa.engine import Op, Program
from speciosa.engine.codegen.graph import Graph
from speciosa.engine.problem import ARITY
from speciosa.errors import ModelError

INPUTS = 4
CONSTANTS = (0.5, 2.0, -1.5, 3.0, 0.0)


@st.composite
def programs(draw: st.DrawFn, most: int = 25) -> Program:
    """A program of `INPUTS` inputs that holds no operation on constants without a finite value."""
    ops: list[Op] = []
    first = INPUTS + len(CONSTANTS)
    for i in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(sorted(ARITY)))
        slot = st.integers(0, first + i - 1)
        args = [draw(slot) for _ in range(ARITY[kind])]
        if all(INPUTS <= arg < first for arg in args):
            args[0] = draw(st.integers(0, INPUTS - 1))
        ops.append(Op(kind, tuple(args)))
    results = draw(st.lists(st.integers(0, first + len(ops) - 1), min_size=1, max_size=6))
    program = Program(INPUTS, CONSTANTS, tuple(ops), tuple(results))
    graph = Graph()
    try:
        graph.grow(program, [graph.leaf(i) for i in range(INPUTS)])
    except ModelError:
        assume(False)
    return program
