"""What is solved, the truth about it, and how far from the truth a solver is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import Size
from speciosa.engine import Events, Problem, Solution, reference, solve
from speciosa.engine.solve import Method

__all__ = ["Array", "Errors", "Task", "Truth", "errors", "run", "truth"]

Array = NDArray[np.float64]

SMALL = 0.01
"""Errors are relative to a value, or to this share of the person's largest where that is more."""
TIGHT = 1e-12


@dataclass(frozen=True)
class Task:
    """A problem, and the parameters and events of as many people as are asked for.

    Attributes:
        problem: what is integrated.
        parameters: of so many people, (people, parameters).
        events: of so many people.
        times: (T,) h.
        compared: (T,) where errors are looked at: away from doses.
        outputs: names.
        atol: one for all states, or one each.
        finest: the method of the engine that gives the truth.
        scipy: values of the first so many people by SciPy at (rtol, atol) with a method of
            `scipy.integrate.solve_ivp`, (people, T, outputs).
        checks: the method of SciPy that the truth is held against, and its rtol.
    """

    problem: Problem
    parameters: Callable[[int], Array]
    events: Callable[[int], Events]
    times: Array
    compared: NDArray[np.bool_]
    outputs: tuple[str, ...]
    atol: float | Array
    finest: Method
    scipy: Callable[[int, float, float | Array, reference.Method], Array]
    checks: tuple[reference.Method, float]


@dataclass(frozen=True)
class Errors:
    """The largest of all people, times and outputs.

    Attributes:
        relative: to the value, or to 1 % of the person's largest value of that output.
        peak: to the person's largest value of that output.
    """

    relative: float
    peak: float


@dataclass(frozen=True)
class Truth:
    """Values of all people, and how far SciPy is from them for a few."""

    values: Array
    checked: Errors
    said: str


def run(
    task: Task,
    people: int,
    method: Method,
    *,
    rtol: float = 1e-6,
    atol: float | Array | None = None,
    threads: int = 1,
) -> Callable[[], Solution]:
    """A call that solves the task; parameters and events are made beforehand."""
    table, events = task.parameters(people), task.events(people)
    least = task.atol if atol is None else atol

    def call() -> Solution:
        return solve(
            task.problem,
            table,
            events,
            task.times,
            task.outputs,
            method=method,
            rtol=rtol,
            atol=least,
            threads=threads,
        )

    return call


def truth(task: Task, size: Size, people: int | None = None) -> Truth:
    """All people at the tightest tolerance, and the first of them by SciPy."""
    people = people or size.people
    least = task.atol * 1e-6
    found = run(task, people, task.finest, rtol=TIGHT, atol=least)().values
    method, rtol = task.checks
    few = min(people, size.checked)
    held = task.scipy(few, rtol, task.atol * (rtol / 1e-6) * 1e-2, method)
    checked = errors(task, held, found)
    said = (
        f"errors are over all {people} people, against {task.finest} at rtol {TIGHT:g}; "
        f"from SciPy's {method} at rtol {rtol:g}, {few} people, "
        f"that is {checked.relative:.1e} away "
        f"(of the peak {checked.peak:.1e})"
    )
    return Truth(found, checked, said)


def errors(task: Task, values: Array, exact: Array) -> Errors:
    """How far values (people, T, outputs) of the first people are from the truth; nan is inf."""
    values = values[:, task.compared]
    exact = exact[: len(values), task.compared]
    apart = np.nan_to_num(np.abs(values - exact), nan=np.inf)
    size = np.abs(exact)
    peak = np.maximum(size.max(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    relative = apart / np.maximum(size, SMALL * peak)
    return Errors(float(relative.max()), float((apart / peak).max()))
