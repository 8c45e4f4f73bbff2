"""The slow twin: one person at a time on SciPy, the arithmetic in plain Python.

Anyone can read it and hold the fast solvers against it. It shares with them the timetable (what the
event records mean, tested against closed forms) and nothing else: between two times at which
something happens SciPy integrates, started anew each time.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, Protocol, cast

import numpy as np
from numpy.typing import ArrayLike

from speciosa.engine.events import Events
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome, advice
from speciosa.engine.problem import Problem
from speciosa.engine.python_code import scalar
from speciosa.engine.solution import Solution, ask, unusable
from speciosa.engine.timetable import INFUSE, RESET, Timetable, timetable

__all__ = ["Method", "solve"]

Method = Literal["LSODA", "Radau", "BDF", "DOP853", "RK45"]

CALLS_PER_STEP = 20
"""Evaluations of the rates that count as one step; an implicit step of 30 states needs as many."""


def solve(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    times: ArrayLike,
    outputs: Sequence[str] | None = None,
    *,
    rtol: float = 1e-6,
    atol: float | Floats = 1e-8,
    max_steps: int = 10_000,
    progress: Callable[[int, int], None] | None = None,
    method: Method = "LSODA",
) -> Solution:
    """As `speciosa.engine.solve`, by a SciPy method of choice.

    LSODA changes between stiff and non-stiff steps; Radau and DOP853 are for tight tolerances.

    Raises:
        InputError: an argument is wrong; the message names it.
    """
    asked = ask(problem, parameters, events, times, outputs, rtol, atol, max_steps)
    people = asked.parameters.shape[0]
    table = timetable(problem, asked.parameters, events)
    said = unusable(problem, asked, table)
    outcome = np.zeros(people, dtype=np.int8)
    values = np.full((people, asked.times.size, len(asked.outputs)), np.nan)
    steps = np.zeros(people, dtype=np.int64)
    observe = scalar(problem.observe)
    for person in range(people):
        if person in said:
            outcome[person] = Outcome.BAD_INPUT
            continue
        one = _Person(problem, asked.parameters[person], method, rtol, asked.atol, max_steps)
        try:
            rows = one.follow(person, table, asked.times)
        except _Ended as end:
            outcome[person] = end.outcome
            said[person] = advice(end.outcome, person, end.time, problem.states[end.state])
        else:
            for i, (time, y) in enumerate(zip(asked.times, rows, strict=True)):
                found = observe([float(time), *one.seen(y), *one.parameters])
                values[person, i] = [found[position] for position in asked.chosen]
        if progress is not None:
            progress(person + 1, people)
    return Solution(asked.times, asked.outputs, values, outcome, said, steps)


class _Found(Protocol):
    """What SciPy returns: status 0 for success, times (T,) and states (states, T)."""

    status: int
    t: Floats
    y: Floats


def _integrator() -> Callable[..., _Found]:
    """SciPy's `solve_ivp`, imported when first needed: a run that the lanes finish is spared it."""
    return cast(Callable[..., _Found], vars(import_module("scipy.integrate"))["solve_ivp"])


@dataclass
class _Ended(Exception):
    """The integration of one person cannot go on."""

    outcome: Outcome
    time: float
    state: int


class _Person:
    def __init__(
        self,
        problem: Problem,
        parameters: Floats,
        method: Method,
        rtol: float,
        atol: Floats,
        max_steps: int,
    ) -> None:
        self.parameters: list[float] = parameters.tolist()
        self.method, self.rtol, self.atol = method, rtol, atol
        self.rates = scalar(problem.rates)
        self.start = np.array(scalar(problem.start)(self.parameters))
        self.bounds = [
            (-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high)
            for low, high in zip(problem.lower, problem.upper, strict=True)
        ]
        self.inflow = np.zeros(len(problem.states))
        self.most_calls = max_steps * CALLS_PER_STEP
        self.calls = 0

    def seen(self, y: Floats) -> list[float]:
        """The states as the equations see them: inside their bounds."""
        return [
            min(max(value, low), high)
            for value, (low, high) in zip(y.tolist(), self.bounds, strict=True)
        ]

    def rate(self, t: float, y: Floats) -> Floats:
        self.calls += 1
        found = np.array(self.rates([float(t), *self.seen(y), *self.parameters]))
        # The other methods retry such a step smaller; LSODA may go round for ever.
        if self.method == "LSODA" and not np.isfinite(found).all():
            raise _Ended(Outcome.NOT_FINITE, t, _suspect(y))
        if self.calls > self.most_calls:
            raise _Ended(Outcome.STEP_LIMIT, t, _suspect(y))
        return found + self.inflow

    def follow(self, person: int, table: Timetable, times: Floats) -> Floats:
        """The states (times, states) of this person."""
        t, y = float(min(table.begin[person], times[0])), self.start.copy()
        if not np.isfinite(y).all():
            raise _Ended(Outcome.NOT_FINITE, t, _suspect(y))
        actions = range(table.first[person], table.first[person + 1])
        rows = np.empty((times.size, y.size))
        for row in actions:
            when = float(table.time[row])
            if when > times[-1]:
                break
            y = self._between(t, when, y, times, rows)
            t = when
            kind, state, value = table.kind[row], table.state[row], table.value[row]
            if kind == RESET:
                y = self.start.copy()
                self.inflow[:] = 0.0
            elif kind == INFUSE:
                self.inflow[state] = value
            else:
                y[state] += value
        y = self._between(t, float(times[-1]), y, times, rows)
        rows[-1] = y
        return rows

    def _between(self, t: float, end: float, y: Floats, times: Floats, rows: Floats) -> Floats:
        """The state at `end`; fills the rows from t up to, not including, end."""
        if end <= t:
            return y
        self.calls = 0
        wanted = np.flatnonzero((times >= t) & (times < end))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # each failure becomes an outcome
            found = _integrator()(
                self.rate,
                (t, end),
                y,
                method=self.method,
                t_eval=np.append(times[wanted], end),
                rtol=self.rtol,
                atol=self.atol,
            )
        if found.status != 0 or not np.isfinite(found.y).all():
            last = found.y[:, -1] if found.y.size else y
            why = Outcome.STEP_TOO_SMALL if np.isfinite(last).all() else Outcome.NOT_FINITE
            reached = float(found.t[-1]) if found.t.size else t
            raise _Ended(why, reached, _suspect(last))
        rows[wanted] = found.y[:, :-1].T
        return found.y[:, -1].copy()


def _suspect(y: Floats) -> int:
    """The state to name: one that is not finite, or else the largest."""
    return int(np.argmax(np.where(np.isfinite(y), np.abs(y), np.inf)))
