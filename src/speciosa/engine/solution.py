"""What is asked of a solver, checked once for all of them, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.events import Events
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem
from speciosa.engine.timetable import Timetable
from speciosa.errors import InputError

__all__ = ["Asked", "Solution", "ask", "unusable"]


@dataclass(frozen=True)
class Solution:
    """Outputs of all people at the asked times.

    Attributes:
        times: (T,) h.
        outputs: the names of the outputs, in the order of the last axis of `values`.
        values: (people, T, outputs); nan throughout for a person who failed. A value at the time
            of a dose is the value after the dose.
        outcome: (people,) `Outcome` numbers.
        advice: for each person who failed, one sentence that names person, time and state and says
            what to change.
        steps: (people,) steps tried; 0 where another solver does not say.
    """

    times: Floats
    outputs: tuple[str, ...]
    values: Floats
    outcome: NDArray[np.int8]
    advice: Mapping[int, str]
    steps: NDArray[np.int64]

    @property
    def failed(self) -> NDArray[np.intp]:
        """The people who could not be integrated."""
        return np.flatnonzero(self.outcome != Outcome.OK)

    def __getitem__(self, output: str) -> Floats:
        """One output by name: (people, T)."""
        if output not in self.outputs:
            raise InputError("output", output, f"one of {', '.join(self.outputs)}")
        return self.values[:, :, self.outputs.index(output)]


@dataclass(frozen=True)
class Asked:
    """A checked request: arrays of one type, outputs as positions in the problem's outputs."""

    parameters: Floats
    times: Floats
    outputs: tuple[str, ...]
    chosen: tuple[int, ...]
    atol: Floats


def ask(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    times: ArrayLike,
    outputs: Sequence[str] | None,
    rtol: float,
    atol: float | Floats,
    max_steps: int,
) -> Asked:
    """Check a request.

    Raises:
        InputError: an argument has the wrong shape or value; the message names it.
    """
    table = np.ascontiguousarray(parameters, dtype=float)
    wide = len(problem.parameters)
    if table.ndim != 2 or table.shape[1] != wide:
        raise InputError("parameters", table.shape, f"shape (people, {wide})")
    at = np.array(times, dtype=float)
    if at.ndim != 1 or at.size == 0 or not np.isfinite(at).all():
        raise InputError("times", times, "a list of at least one finite time in h")
    if (np.diff(at) <= 0).any():
        worst = int(np.argmax(np.diff(at) <= 0)) + 1
        raise InputError("times", float(at[worst]), f"times that rise; row {worst} does not")
    names = problem.outputs if outputs is None else tuple(outputs)
    for name in names:
        if name not in problem.outputs:
            raise InputError("outputs", name, f"one of {', '.join(problem.outputs)}")
    if not 1e-13 <= rtol <= 0.1:
        raise InputError("rtol", rtol, "a number from 1e-13 to 0.1")
    least = np.array(np.broadcast_to(np.asarray(atol, dtype=float), (len(problem.states),)))
    if not (np.isfinite(least) & (least > 0)).all():
        raise InputError("atol", atol, "one positive number, or one per state")
    if max_steps < 1:
        raise InputError("max_steps", max_steps, "at least 1")
    events.check(people=table.shape[0], states=len(problem.states))
    chosen = tuple(problem.outputs.index(name) for name in names)
    return Asked(table, at, names, chosen, least)


def unusable(problem: Problem, asked: Asked, table: Timetable) -> dict[int, str]:
    """For each person who cannot be integrated at all, a sentence that says why."""
    said = dict(table.wrong)
    for person in np.flatnonzero(~np.isfinite(asked.parameters).all(axis=1)):
        row = asked.parameters[person]
        which = int(np.argmin(np.isfinite(row)))
        said[int(person)] = (
            f"person {person}: parameter {problem.parameters[which]} is {row[which]}; "
            "give it a finite value"
        )
    return said
