"""What is asked of a solver, checked once for all of them, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.covariates import Covariates, with_linear
from speciosa.engine.events import Events
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem
from speciosa.engine.timetable import Timetable
from speciosa.errors import InputError

__all__ = ["Asked", "Solution", "ask", "positions", "unusable"]


@dataclass(frozen=True)
class Solution:
    """Outputs of all people at the asked times.

    Attributes:
        times: (T,) h for all, or (people, T), each person their own; as they were asked for.
        outputs: the names of the outputs, in the order of the last axis of `values`.
        values: (people, T, outputs); nan throughout for a person who failed, and where a person has
            no time. A value at the time of a dose is the value after it, unless asked otherwise.
        outcome: (people,) `Outcome` numbers.
        advice: for each person who failed, one sentence that names person, time and state and says
            what to change.
        steps: (people,) steps tried; 0 where another solver does not say.
        sensitivities: (people, T, outputs, parameters) derivatives of the values to the parameters
            that were asked for, in the units of both.
        crossings: (people, triggers, most) h, when each trigger acted; nan where it did not.
    """

    times: Floats
    outputs: tuple[str, ...]
    values: Floats
    outcome: NDArray[np.int8]
    advice: Mapping[int, str]
    steps: NDArray[np.int64]
    sensitivities: Floats = field(default_factory=lambda: np.zeros((0, 0, 0, 0)))
    crossings: Floats = field(default_factory=lambda: np.zeros((0, 0, 1)))

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
    """A checked request: arrays of one type, outputs as positions in the problem's outputs.

    Attributes:
        problem: what to integrate: as handed in or, with linear covariates, by `with_linear`.
        parameters: (people, parameters) in force at each person's beginning.
        times: (people, T) h; each row rises, with nan after the person's last time.
        given: the times as they were handed in.
        outputs: names.
        chosen: their positions in the problem's outputs.
        rtol: as asked.
        atol: (states,).
        covariates: None without any record.
    """

    problem: Problem
    parameters: Floats
    times: Floats
    given: Floats
    outputs: tuple[str, ...]
    chosen: tuple[int, ...]
    rtol: float
    atol: Floats
    covariates: Covariates | None


def ask(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    times: ArrayLike,
    outputs: Sequence[str] | None,
    rtol: float,
    atol: float | Floats,
    max_steps: int,
    covariates: Covariates | None = None,
) -> Asked:
    """Check a request.

    Raises:
        InputError: an argument has the wrong shape or value; the message names it.
    """
    table = np.ascontiguousarray(parameters, dtype=float)
    wide = len(problem.parameters)
    if table.ndim != 2 or table.shape[1] != wide:
        raise InputError("parameters", table.shape, f"shape (people, {wide})")
    people = table.shape[0]
    at = _times(times, people)
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
    events.check(people=people, states=len(problem.states))
    if covariates is not None:
        covariates.check(people=people, parameters=wide)
        if not covariates.person.size:
            covariates = None
    if covariates is not None:
        who, ever = np.arange(people, dtype=np.int64), np.full(people, -np.inf)
        table = covariates.at(who, ever, table)
        problem = with_linear(problem, covariates.linear())
        table = np.pad(table, ((0, 0), (0, 2 * len(covariates.linear()))))
    return Asked(
        problem=problem,
        parameters=table,
        times=np.broadcast_to(at, (people, at.shape[-1])),
        given=at,
        outputs=names,
        chosen=tuple(problem.outputs.index(name) for name in names),
        rtol=rtol,
        atol=least,
        covariates=covariates,
    )


def _times(times: ArrayLike, people: int) -> Floats:
    """The times as handed in, once they are known to rise, for all or for each."""
    at = np.array(times, dtype=float)
    if at.ndim == 1:
        if at.size == 0 or not np.isfinite(at).all():
            raise InputError("times", times, "a list of at least one finite time in h")
        if (np.diff(at) <= 0).any():
            worst = int(np.argmax(np.diff(at) <= 0)) + 1
            raise InputError("times", float(at[worst]), f"times that rise; row {worst} does not")
        return at
    if at.ndim != 2 or at.shape[0] != people or at.shape[1] == 0:
        raise InputError("times", at.shape, f"shape (T,), or ({people}, T) with T at least 1")
    there = np.isfinite(at)
    padded = np.isnan(at) | there
    for wrong, expected in (
        (~there[:, 0], "at least one finite time in h for each person"),
        (~padded.all(axis=1), "finite times in h, with nan after a person's last"),
        ((there[:, 1:] & ~there[:, :-1]).any(axis=1), "no time after a nan"),
        ((np.diff(at) <= 0).any(axis=1), "times that rise within a person"),
    ):
        if wrong.any():
            person = int(np.argmax(wrong))
            raise InputError(f"times of person {person}", at[person].tolist(), expected)
    return at


def positions(problem: Problem, names: Sequence[str]) -> tuple[int, ...]:
    """Where the named parameters stand.

    Raises:
        InputError: a name is unknown or stands twice.
    """
    for name in names:
        if name not in problem.parameters:
            raise InputError("sensitivities", name, f"one of {', '.join(problem.parameters)}")
    if len(set(names)) < len(names):
        raise InputError("sensitivities", ", ".join(names), "each parameter once")
    return tuple(problem.parameters.index(name) for name in names)


def unusable(asked: Asked, table: Timetable) -> tuple[NDArray[np.int8], dict[int, str]]:
    """Outcomes of all people before any integration, and for each who fails a sentence why."""
    said, outcome = dict(table.wrong), table.outcome.copy()
    for person in np.flatnonzero(~np.isfinite(asked.parameters).all(axis=1)):
        row = asked.parameters[person]
        which = int(np.argmin(np.isfinite(row)))
        outcome[person] = Outcome.BAD_INPUT
        said[int(person)] = (
            f"person {person}: parameter {asked.problem.parameters[which]} is {row[which]}; "
            "give it a finite value"
        )
    return outcome, said
