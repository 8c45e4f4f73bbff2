"""The fast solver for many people and the slow one for a few, on the same task.

The error of each is against the slow twin at tolerances a thousand times tighter: the largest
difference of any output at any time, over the largest value of that output in that person. It is
taken over the first people, whom every run has.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.engine import Events, Problem, reference, solve

Array = NDArray[np.float64]

FEW = 3
"""People whom the slow twin solves."""

TIGHT = 1e-10


@dataclass(frozen=True)
class Task:
    """A problem, and the parameters and events of as many people as are asked for."""

    problem: Problem
    parameters: Callable[[int], Array]
    events: Callable[[int], Events]
    times: Array
    outputs: tuple[str, ...]
    atol: float | Array


@dataclass(frozen=True)
class Row:
    """One solver on one number of people: CPU seconds a person, and the largest error."""

    solver: str
    people: int
    seconds: float
    error: float
    failed: int


def compare(task: Task, people: Sequence[int]) -> list[Row]:
    """The slow twin first, then the fast solver for each number of people.

    Each has solved one person before it is timed, so that its code is there.
    """
    for solver in (reference.solve, solve):
        solver(task.problem, task.parameters(1), task.events(1), task.times, task.outputs)
    given = (task.parameters(FEW), task.events(FEW), task.times, task.outputs)
    truth = reference.solve(
        task.problem, *given, rtol=TIGHT, atol=np.asarray(task.atol) * 1e-3, method="Radau"
    ).values
    rows: list[Row] = []
    begun = time.process_time()
    slow = reference.solve(task.problem, *given, atol=task.atol)
    rows.append(_row("SciPy LSODA", FEW, begun, slow.values, truth, len(slow.failed)))
    for many in people:
        given = (task.parameters(many), task.events(many), task.times, task.outputs)
        begun = time.process_time()
        fast = solve(task.problem, *given, atol=task.atol)
        rows.append(_row("NumPy lanes", many, begun, fast.values, truth, len(fast.failed)))
    return rows


def show(rows: Sequence[Row]) -> str:
    """A table; ratios are to the first row."""
    lines = [f"{'solver':<14}{'people':>8}{'ms a person':>14}{'times as fast':>15}{'error':>10}"]
    for row in rows:
        lines.append(
            f"{row.solver:<14}{row.people:>8}{1e3 * row.seconds:>14.3g}"
            f"{rows[0].seconds / row.seconds:>15.3g}{row.error:>10.1e}"
            + (f"  {row.failed} failed" if row.failed else "")
        )
    return "\n".join(lines)


def _row(solver: str, people: int, begun: float, values: Array, truth: Array, failed: int) -> Row:
    seconds = (time.process_time() - begun) / people
    common = min(people, FEW)
    error = np.abs(values[:common] - truth[:common]).max(axis=1)
    scale = np.abs(truth[:common]).max(axis=1)
    return Row(solver, people, seconds, float((error / np.maximum(scale, 1e-12)).max()), failed)
