"""When doses enter, how much of them, and for how long: lag, F, modelled rates and durations.

A dose and all its repeats have the lag of the parameters in force at its record (NONMEM's rule).
How much arrives, how fast and for how long follows from the parameters in force when each enters.
With a rate given the rate is kept and the infusion lasts F * amount / rate; with a duration given
the duration is kept and the rate becomes F * amount / duration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from speciosa.engine.covariates import Covariates
from speciosa.engine.events import MOST_REPEATS, Events, Ints
from speciosa.engine.numpy_code import Floats, evaluate
from speciosa.engine.problem import Problem
from speciosa.errors import InputError

__all__ = [
    "LATE",
    "Clock",
    "Doses",
    "InForce",
    "Size",
    "entering",
    "lags",
    "late",
    "refuse_unmodelled",
    "waiting",
]

LATE = 2.0**-46
"""What acts just after an output at its time acts later by this share of the time, or of 1 h."""


@dataclass(frozen=True)
class Doses:
    """Doses that enter, one row each; also what was running when a steady state was reached.

    Attributes:
        record: the row of the events behind it.
        starts: h.
        ends: h; equal to `starts` for a dose at once.
        amount: what arrives in all.
        pace: the unit of the state per h, while it lasts; 0 for a dose at once.
    """

    record: Ints
    starts: Floats
    ends: Floats
    amount: Floats
    pace: Floats

    def joined(self, other: Doses) -> Doses:
        """Both."""
        if not other.record.size:
            return self
        return Doses(
            np.concatenate((self.record, other.record)),
            np.concatenate((self.starts, other.starts)),
            np.concatenate((self.ends, other.ends)),
            np.concatenate((self.amount, other.amount)),
            np.concatenate((self.pace, other.pace)),
        )


@dataclass(frozen=True)
class Size:
    """What arrives of doses (amount), how long it takes (h; 0 at once) and how fast (per h)."""

    amount: Floats
    lasts: Floats
    pace: Floats


@dataclass(frozen=True)
class Clock:
    """When records act.

    Attributes:
        acts: for each record, h.
        until: for each record, h: when the next reset cancels what it still has to give.
        all_late: whether every action comes just after an output at its time.
    """

    acts: Floats
    until: Floats
    all_late: bool

    def moved(self, time: Floats) -> Floats:
        """The times at which actions meant for `time` are taken."""
        return late(time) if self.all_late else time


def late(time: Floats) -> Floats:
    """Just after these times, and before every other time that anyone could mean."""
    return time + LATE * np.maximum(1.0, np.abs(time))


class InForce:
    """Lag, F, durations and rates as they follow from the parameters in force at a time."""

    def __init__(self, problem: Problem, parameters: Floats, covariates: Covariates | None) -> None:
        self.problem, self.parameters, self.covariates = problem, parameters, covariates
        self.wrong: dict[int, str] = {}

    def rows(self, person: Ints, time: Floats) -> Floats:
        """The parameters in force (rows, parameters); a straight line stands still there."""
        if self.covariates is None:
            return self.parameters[person]
        return self.covariates.at(person, time, self.parameters)

    def dosing(self, person: Ints, time: Floats, state: Ints) -> Floats:
        """Lag, F, duration and rate of doses, one row each: (4, rows)."""
        used = np.flatnonzero(np.bincount(state))
        if not used.size:
            return np.zeros((4, 0))
        if self.covariates is None:
            table, column = self.parameters, person
        else:
            table, column = self.rows(person, time), np.arange(person.size)
        n = len(self.problem.states)
        chosen = [int(s) + quarter * n for quarter in range(4) for s in used]
        found = evaluate(self.problem.dosing, table, chosen).reshape(4, used.size, -1)
        # Rows of one long array: looking up by two indices takes three times as long.
        place = np.searchsorted(used, state) * found.shape[2] + column
        return found.reshape(4, -1).take(place, axis=1)

    def usable(
        self, word: str, values: Floats, person: Ints, state: Ints, *, zero: bool = True
    ) -> Floats:
        """The values, 0 where one cannot be used; for that person it is said why."""
        good = np.isfinite(values) & ((values >= 0) if zero else (values > 0))
        expected = "0 or more" if zero else "above 0"
        for dose in np.flatnonzero(~good):
            name = self.problem.states[int(state[dose])]
            self.wrong.setdefault(
                int(person[dose]),
                f"person {person[dose]}: {word} of doses into {name} is {values[dose]:.6g}; "
                f"expected {expected}, finite; change the parameters that it is computed from",
            )
        return np.where(good, values, 0.0)

    def sizes(self, events: Events, row: Ints, time: Floats) -> Size:
        """How the doses of these records come out with the parameters in force at these times."""
        person, state = events.person[row], events.compartment[row]
        _, share, duration, rate = self.dosing(person, time, state)
        share = self.usable("F", share, person, state)
        amount, given = share * events.amount[row], events.rate[row]
        lasts, pace = events.duration[row].copy(), np.maximum(given, 0.0)
        for which, word, values, into in ((-1, "R", rate, pace), (-2, "D", duration, lasts)):
            own = np.flatnonzero(given == which)
            into[own] = self.usable(word, values[own], person[own], state[own], zero=which == -2)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            lasts = np.where(pace > 0, amount / pace, lasts)
            pace = np.where((pace == 0) & (lasts > 0), amount / lasts, pace)
        return Size(amount, np.where(np.isnan(lasts), 0.0, lasts), pace)


def refuse_unmodelled(problem: Problem, events: Events) -> None:
    """Refuse modelled rates and durations into states for which the model has none.

    Raises:
        InputError: naming the row, in order of person and time.
    """
    n, results = len(problem.states), problem.dosing.results
    constants = range(problem.dosing.inputs, problem.dosing.inputs + len(problem.dosing.constants))

    def absent(position: int) -> bool:
        slot = results[position]
        if slot not in constants:
            return False
        return bool(np.isnan(problem.dosing.constants[slot - constants.start]))

    for code, quarter, word in ((-1, 3, "rate R"), (-2, 2, "duration D")):
        for row in np.flatnonzero(events.rate == code):
            state = int(events.compartment[row])
            if absent(quarter * n + state):
                raise InputError(
                    f"events, column rate, row {row}",
                    code,
                    f"a rate or a duration: the model has no {word} for {problem.states[state]}",
                )


def waiting(events: Events, row: Ints, lag: Floats) -> Ints:
    """Of the doses before steady state records, how many still wait for their lag."""
    steady = (events.ss[row] > 0) & (events.amount[row] > 0)
    gap = np.where(steady, events.ii[row], 1.0)
    return np.where(steady, np.floor(lag / gap), 0.0).astype(np.int64)


def lags(force: InForce, events: Events, row: Ints) -> Floats:
    """The lag of each of these records' doses."""
    person, state = events.person[row], events.compartment[row]
    lag = force.usable("lag", force.dosing(person, events.time[row], state)[0], person, state)
    with np.errstate(divide="ignore"):
        many = (events.ss[row] > 0) & (lag > MOST_REPEATS * events.ii[row]) & (events.ii[row] > 0)
    for dose in np.flatnonzero(many):
        force.wrong.setdefault(
            int(person[dose]),
            f"person {person[dose]}: the lag of a steady state dose is {lag[dose]:.6g} h, "
            f"over {MOST_REPEATS} intervals; change the parameters that it is computed from",
        )
    return np.where(many, 0.0, lag)


def entering(force: InForce, events: Events, clock: Clock) -> Doses:
    """Every dose that enters: of its record, its repeats, and at steady state those under way."""
    giving = np.flatnonzero(events.gives & (events.amount > 0))
    lag = lags(force, events, giving)
    before = waiting(events, giving, lag)
    count = events.addl[giving] + 1 + before
    which = np.repeat(np.arange(giving.size), count)
    number = np.arange(which.size) - np.repeat(np.cumsum(count) - count + before, count)
    row = giving[which]
    enters = events.time[row] + number * events.ii[row] + lag[which]
    if force.covariates is None:  # every repeat comes out as its record does
        once = force.sizes(events, giving, events.time[giving])
        size = Size(once.amount[which], once.lasts[which], once.pace[which])
    else:
        size = force.sizes(events, row, enters)
    starts = np.maximum(clock.moved(enters), clock.acts[row])
    ends, pace = starts, np.zeros(starts.size)
    if size.lasts.any():
        with np.errstate(over="ignore"):
            ends = clock.moved(enters + size.lasts)
        # Too short to show in the time, an infusion is a dose at once.
        ends = np.maximum(ends, starts)
        # A rate that brings the whole amount between two times as they are rounded.
        with np.errstate(divide="ignore", invalid="ignore"):
            pace = np.where(np.isfinite(ends), size.amount / (ends - starts), size.pace)
        pace = np.where(ends > starts, pace, 0.0)
    comes = (size.amount > 0) & np.isfinite(size.amount) & (starts < clock.until[row])
    if comes.all():
        return Doses(row, starts, ends, size.amount, pace)
    return Doses(row[comes], starts[comes], ends[comes], size.amount[comes], pace[comes])
