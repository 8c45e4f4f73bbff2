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
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.covariates import Covariates
from speciosa.engine.doses import LATE
from speciosa.engine.events import Events
from speciosa.engine.lookout import Lookout
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome, advice
from speciosa.engine.problem import Problem
from speciosa.engine.python_code import scalar
from speciosa.engine.solution import Solution, ask, positions, unusable
from speciosa.engine.timetable import (
    FILL,
    INFUSE,
    RAISE,
    RESET,
    SET,
    AtDose,
    Settle,
    Timetable,
    timetable,
)
from speciosa.engine.triggers import Armed, Trigger, armed

__all__ = ["Method", "settle", "solve"]

Method = Literal["LSODA", "Radau", "BDF", "DOP853", "RK45"]

EXACT = 1e-11
NUDGE = 1e-3
"""Tolerance and relative step of differences; the error of both is about 1e-8."""

HAIR = 1e-8  # h, to see where a state is going

CALLS_PER_STEP = 20
"""Evaluations of the rates that count as one step; an implicit step of 30 states needs as many."""


def solve(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    times: ArrayLike,
    outputs: Sequence[str] | None = None,
    *,
    covariates: Covariates | None = None,
    at_dose: AtDose = "after",
    triggers: Sequence[Trigger] = (),
    sensitivities: Sequence[str] = (),
    rtol: float = 1e-6,
    atol: float | Floats = 1e-8,
    max_steps: int = 10_000,
    progress: Callable[[int, int], None] | None = None,
    method: Method = "LSODA",
) -> Solution:
    """As `speciosa.engine.solve`, by a SciPy method of choice.

    LSODA changes between stiff and non-stiff steps; Radau and DOP853 are for tight tolerances.
    Sensitivities are central differences of solutions at a tolerance of 1e-11.

    Raises:
        InputError: an argument is wrong; the message names it.
    """
    asked = ask(problem, parameters, events, times, outputs, rtol, atol, max_steps, covariates)
    given, problem = problem, asked.problem
    people = asked.parameters.shape[0]
    table = timetable(
        problem,
        asked.parameters,
        events,
        asked.covariates,
        at_dose=at_dose,
        settle=settle(problem, rtol, asked.atol, max_steps, method),
        rtol=rtol,
        atol=asked.atol,
    )
    outcome, said = unusable(asked, table)
    values = np.full((people, asked.times.shape[1], len(asked.outputs)), np.nan)
    steps = np.zeros(people, dtype=np.int64)
    ready = armed(problem, triggers) if triggers else None
    crossings = np.full((people, len(triggers), max((t.most for t in triggers), default=1)), np.nan)
    for person in range(people):
        if person in said:
            continue
        one = _Person(problem, asked.parameters[person], method, rtol, asked.atol, max_steps)
        if ready is not None:
            one.watch(ready)
        mine = asked.times[person]
        mine = mine[np.isfinite(mine)]
        try:
            one.follow(person, table, float(mine[-1]), mine)
        except _Ended as end:
            outcome[person] = end.outcome
            said[person] = advice(end.outcome, person, end.time, problem.states[end.state])
        else:
            if one.lookout is not None:
                crossings[person] = one.lookout.times
            values[person, : mine.size] = np.array(one.read)[:, list(asked.chosen)]
        if progress is not None:
            progress(person + 1, people)
    slopes = np.zeros((*values.shape, 0))
    if sensitivities:

        def moved(change: Floats) -> Floats:
            return solve(
                given,
                np.asarray(parameters, dtype=float) + change,
                events,
                times,
                outputs,
                covariates=covariates,
                at_dose=at_dose,
                rtol=EXACT,
                atol=asked.atol[: len(given.states)] * (EXACT / rtol),
                max_steps=10 * max_steps,
                method="DOP853",
            ).values

        slopes = _differences(moved, parameters, positions(given, sensitivities))
    return Solution(asked.given, asked.outputs, values, outcome, said, steps, slopes, crossings)


def _differences(
    moved: Callable[[Floats], Floats], parameters: ArrayLike, wanted: Sequence[int]
) -> Floats:
    """Derivatives by two central differences and Richardson's extrapolation, order 4."""
    table = np.asarray(parameters, dtype=float)
    found: list[Floats] = []
    for position in wanted:
        size = np.abs(table[:, position])
        step = NUDGE * np.where(size > 0, size, 1.0)
        change = np.zeros(table.shape)
        parts: list[Floats] = []
        for share in (1.0, 0.5):
            change[:, position] = share * step
            width = 2 * share * step[:, None, None]
            parts.append((moved(change) - moved(-change)) / width)
        found.append((4 * parts[1] - parts[0]) / 3)
    return np.stack(found, axis=-1)


def settle(
    problem: Problem,
    rtol: float,
    atol: Floats,
    max_steps: int,
    method: Method = "LSODA",
) -> Settle:
    """What the timetable integrates people with who look for their steady state."""

    def run(parameters: Floats, table: Timetable, ends: Floats) -> tuple[Floats, NDArray[np.int8]]:
        states = np.full((ends.size, len(problem.states)), np.nan)
        outcome = np.zeros(ends.size, dtype=np.int8)
        for person in range(ends.size):
            one = _Person(problem, parameters[person], method, rtol, atol, max_steps)
            try:
                states[person] = one.follow(person, table, float(ends[person]))
            except _Ended as end:
                outcome[person] = end.outcome
        return states, outcome

    return run


class _Found(Protocol):
    """What SciPy returns: status 0 for success and 1 for an event, times (T,), states (states, T),
    and for each event its times and states."""

    status: int
    t: Floats
    y: Floats
    t_events: list[Floats]
    y_events: list[Floats]


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
        self.rates, self.observe = scalar(problem.rates), scalar(problem.observe)
        self.begin = scalar(problem.start)
        self.bounds = [
            (-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high)
            for low, high in zip(problem.lower, problem.upper, strict=True)
        ]
        self.inflow = np.zeros(len(problem.states))
        self.most_calls = max_steps * CALLS_PER_STEP
        self.calls = 0
        self.read: list[list[float]] = []
        self.lookout: Lookout | None = None

    def watch(self, ready: Armed) -> None:
        """Let triggers act on this person."""
        self.lookout = Lookout(
            ready, lambda t, y: self.observe([float(t), *self.seen(y), *self.parameters])
        )

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

    def start(self) -> Floats:
        """The start values, of the parameters in force."""
        return np.array(self.begin(self.parameters))

    def follow(
        self, person: int, table: Timetable, end: float, times: Floats | None = None
    ) -> Floats:
        """The states at `end` of this person; outputs at the times go into `read`."""
        wanted = np.zeros(0) if times is None else times
        t = float(min(table.begin[person], wanted[0] if wanted.size else end))
        y = self.start()
        if not np.isfinite(y).all():
            raise _Ended(Outcome.NOT_FINITE, t, _suspect(y))
        if self.lookout is not None:
            self.lookout.begin(t, y)
        for row in range(table.first[person], table.first[person + 1]):
            when = float(table.time[row])
            if when > end:
                break
            y = self._between(t, when, y, wanted)
            t = when
            y = self._act(table, row, y)
            later = row + 1 < table.first[person + 1] and table.time[row + 1] <= t
            y = y if later else self._carried(t, y)
        y = self._between(t, end, y, wanted)
        if wanted.size:
            self._read(end, y)
        return y

    def _act(self, table: Timetable, row: int, y: Floats) -> Floats:
        """The states after this action."""
        kind, where, value = int(table.kind[row]), int(table.where[row]), float(table.value[row])
        y = y.copy()
        if kind == SET:
            self.parameters[where] = value
        elif kind == INFUSE:
            self.inflow[where] = value
        elif kind == RAISE:
            y += table.vectors[where]
        elif kind in (RESET, FILL):
            self.inflow[:] = 0.0
            y = self.start() if kind == RESET else table.vectors[where].copy()
        else:
            y[where] += value
        return y

    def _carried(self, t: float, y: Floats, turned: Sequence[int] = ()) -> Floats:
        """The states once every trigger has acted that was carried over its level.

        Those that have just `turned` are on theirs.
        """
        if self.lookout is None:
            return y
        while (j := self.lookout.carried(t, y, turned)) is not None:
            y = self._fire(j, y)
        return y

    def _fire(self, j: int, y: Floats) -> Floats:
        assert self.lookout is not None
        ready = self.lookout.armed
        if ready.reset[j]:
            y = self.start()
        y = y.copy()
        for gift in range(ready.first[j], ready.first[j + 1]):
            y[ready.where[gift]] += ready.amount[gift]
        return y

    def _read(self, t: float, y: Floats) -> None:
        self.read.append(self.observe([t, *self.seen(y), *self.parameters]))

    def _turned(self, found: _Found, end: float, times: Floats) -> Floats:
        """Go on after a trigger changed sides."""
        assert self.lookout is not None
        j, t, y = _first_event(found)
        moving = y + HAIR * self.rate(t, y)
        turned = (j, *self.lookout.at_once(j, (t, y), (t + HAIR, moving)))
        for one in turned:
            if self.lookout.turned(one, t):
                y = self._fire(one, y)
        y = self._carried(t, y, turned)
        # On the level itself rounding would decide which side it is; see where it goes first.
        pause, lookout = min(end, t + HAIR), self.lookout
        self.lookout = None
        y = self._between(t, pause, y, times)
        self.lookout = lookout
        lookout.begin(pause, y)
        return self._between(pause, end, y, times)

    def _between(self, t: float, end: float, y: Floats, times: Floats) -> Floats:
        """The states at `end`; outputs are read from t up to, not including, end."""
        if end <= t:
            return y
        wanted = times[(times >= t) & (times < end)]
        if end - t <= 2 * LATE * max(1.0, abs(t)):
            # What comes a hair later: too short for a method to start, and no time at all.
            for time in wanted.tolist():
                self._read(time, y)
            return y
        self.calls = 0
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # each failure becomes an outcome
            try:
                found = _integrator()(
                    self.rate,
                    (t, end),
                    y,
                    method=self.method,
                    t_eval=np.append(wanted, end),
                    rtol=self.rtol,
                    atol=self.atol,
                    events=None if self.lookout is None else self.lookout.events(),
                )
            except ValueError as error:
                # Slopes that are not finite, which the implicit methods cannot eliminate.
                raise _Ended(Outcome.NOT_FINITE, t, _suspect(y)) from error
        if found.status == 1 and self.lookout is not None:
            # What it passed of the wanted times; lists where that is nothing.
            passed = np.asarray(found.t)
            for time, state in zip(passed.tolist(), np.asarray(found.y).T, strict=True):
                self._read(time, state)
            return self._turned(found, end, times)
        if found.status != 0 or not np.isfinite(found.y).all():
            last = found.y[:, -1] if found.y.size else y
            why = Outcome.STEP_TOO_SMALL if np.isfinite(last).all() else Outcome.NOT_FINITE
            reached = float(found.t[-1]) if found.t.size else t
            raise _Ended(why, reached, _suspect(last))
        for time, state in zip(wanted.tolist(), found.y[:, :-1].T, strict=True):
            self._read(time, state)
        return found.y[:, -1].copy()


def _first_event(found: _Found) -> tuple[int, float, Floats]:
    """Which event ended an integration, when, and the states there."""
    (j,) = (j for j, when in enumerate(found.t_events) if when.size)
    return j, float(found.t_events[j][0]), found.y_events[j][0]


def _suspect(y: Floats) -> int:
    """The state to name: one that is not finite, or else the largest."""
    return int(np.argmax(np.where(np.isfinite(y), np.abs(y), np.inf)))
