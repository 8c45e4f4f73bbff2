"""Graphs and functions as machine code, called with plain arrays: one number per person.

targets                       what this machine can run, for parametrised tests
compiled(body, ...)           a function of vectors as a function of arrays
as_code(program, target)      a program, by way of the graph
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from speciosa.engine import Program
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.graph import Graph
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.target import TARGETS, Target
from speciosa.engine.numpy_code import Floats

Body = Callable[[Function, Sequence[Value]], Sequence[Value]]
Run = Callable[[Floats], Floats]


def _runs(target: Target) -> bool:
    features, _ = machine._features()
    arm = platform.machine().lower() in ("arm64", "aarch64")
    return arm if target.name == "neon" else all(features.get(need) for need in target.needs)


RUNNABLE = tuple(target for target in TARGETS.values() if machine.available() and _runs(target))

targets = pytest.mark.parametrize(
    "target",
    [
        pytest.param(
            target,
            id=target.name,
            marks=pytest.mark.skipif(
                target not in RUNNABLE, reason=f"this processor has no {target.name}"
            ),
        )
        for target in TARGETS.values()
    ],
)


def aligned(shape: Sequence[int]) -> Floats:
    """Zeros that begin at a multiple of 64 bytes."""
    size = 8 * int(np.prod(shape))
    room = np.zeros(size + 64, dtype=np.uint8)
    start = -room.ctypes.data % 64
    return room[start : start + size].view(np.float64).reshape(shape)


def text_of(body: Body, inputs: int, outputs: int, target: Target) -> str:
    """A module whose public `run` applies `body` to one block of vectors after the other."""
    module = Module(target)
    with module.function("run", [Kind.POINTER], public=True) as f:
        (job,) = f.arguments
        read, write = f.load(job, Kind.POINTER, 1), f.load(job, Kind.POINTER, 2)
        with f.count_to(f.load(job, Kind.WHOLE, 0)) as block:
            first = block * inputs
            values = [f.load(read, Kind.NUMBERS, first + i) for i in range(inputs)]
            found = body(f, values)
            assert len(found) == outputs
            for i, value in enumerate(found):
                f.store(value, write, block * outputs + i)
    return module.text


def called(code: machine.Code, outputs: int, target: Target) -> Run:
    """The function (inputs, people) -> (outputs, people) of code that `text_of` wrote."""

    def run(values: Floats) -> Floats:
        inputs, people = values.shape
        blocks = -(-people // target.width)
        read = aligned((blocks, inputs, target.width))
        write = aligned((blocks, outputs, target.width))
        padded = np.ones((inputs, blocks * target.width))
        padded[:, :people] = values
        read[:] = padded.reshape(inputs, blocks, target.width).swapaxes(0, 1)
        job = np.array([blocks, read.ctypes.data, write.ctypes.data], dtype=np.int64)
        code.entries["run"](job.ctypes.data)
        return write.swapaxes(0, 1).reshape(outputs, -1)[:, :people].copy()

    return run


def compiled(body: Body, inputs: int, outputs: int, target: Target) -> Run:
    """A function of vectors as a function (inputs, people) -> (outputs, people)."""
    text = text_of(body, inputs, outputs, target)
    return called(machine.build(text, ["run"], target, None), outputs, target)


def of_graph(graph: Graph, roots: Sequence[int]) -> Body:
    """Roots of a graph; leaf i is input i."""
    return lambda f, inputs: emit(f, graph, roots, lambda number: inputs[number])


def as_code(program: Program, target: Target) -> Run:
    """A program as machine code, not lowered."""
    graph = Graph()
    roots = graph.grow(program, [graph.leaf(i) for i in range(program.inputs)])
    return compiled(of_graph(graph, roots), program.inputs, len(roots), target)


def same_bits(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    """Whether every number is the same, nan as nan, and 0 not as -0."""
    kept = np.array_equal(a, b, equal_nan=True)
    return kept and bool((np.signbit(a) == np.signbit(b))[~np.isnan(a)].all())
