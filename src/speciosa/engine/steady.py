"""Steady state records: the state that a person is in after the same dose for ever.

The dose that a record gives, had it been given every II hours since long ago, has the states go
round one periodic orbit. The record finds the person on it: at its own time, with doses still
waiting for their lag and infusions still running (SS 1), or with all that added to what is there
(SS 2). With amount 0 the input was constant and stops at the record. The parameters in force at the
record hold for all the doses before it. `periodic` finds the orbit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from speciosa.engine.actions import FILL, RAISE, Part, Settle
from speciosa.engine.doses import Clock, Doses, InForce, lags, waiting
from speciosa.engine.events import MOST_REPEATS, Events, Ints
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome, advice
from speciosa.engine.periodic import Orbits, periodic

__all__ = ["Steady", "steady_states"]

LONG = 24.0
"""h; a constant input is looked at over this time when its record has no II."""


@dataclass(frozen=True)
class Steady:
    """What the steady state records of all people come to.

    Attributes:
        rows: the records, rows of the events.
        vectors: (rows, states) to fill in (SS 1) or to add (SS 2).
        running: infusions that earlier doses left running.
        failed: for each person without a steady state, the outcome and a sentence.
    """

    rows: Ints
    vectors: Floats
    running: Doses
    failed: dict[int, tuple[Outcome, str]]

    def parts(self, events: Events, clock: Clock, turn: int) -> list[Part]:
        """Their actions, in this turn, among resets of the same time in the order of records."""
        parts: list[Part] = []
        for ss, kind in ((1, FILL), (2, RAISE)):
            which = np.flatnonzero(events.ss[self.rows] == ss)
            rows = self.rows[which]
            person, when = events.person[rows], clock.acts[rows]
            parts.append(Part(kind, person, when, turn=turn, where=which, order=rows))
        return parts


def steady_states(
    force: InForce,
    events: Events,
    clock: Clock,
    settle: Settle,
    rtol: float,
    atol: Floats | float,
) -> Steady:
    """Find the states of every steady state record."""
    rows = np.flatnonzero(events.gives & (events.ss > 0))
    n = len(force.problem.states)
    if not rows.size:
        nothing = np.zeros(0)
        none = Doses(np.zeros(0, np.int64), nothing, nothing, nothing, nothing)
        return Steady(rows, np.zeros((0, n)), none, {})
    lag = lags(force, events, rows)
    size = force.sizes(events, rows, events.time[rows])
    constant = events.steady_input[rows]
    period = np.where(constant & (events.ii[rows] == 0), LONG, events.ii[rows])
    lasts = np.where(constant, period, size.lasts)
    _not_too_long(force, events, rows, lasts, period)
    entered = waiting(events, rows, lag).astype(float) + 1.0
    since = entered * period - np.where(constant, 0.0, lag)
    orbits = Orbits(
        problem=force.problem,
        parameters=force.rows(events.person[rows], events.time[rows]),
        begin=events.time[rows] - since,
        now=events.time[rows],
        period=period,
        state=events.compartment[rows],
        amount=size.amount,
        pace=size.pace,
        lasts=np.minimum(lasts, MOST_REPEATS * period),
    )
    usable = ~np.isin(events.person[rows], list(force.wrong))
    usable &= np.logical_and.reduce(np.isfinite(orbits.parameters), axis=1)
    found = periodic(orbits, np.flatnonzero(usable), settle, rtol, np.broadcast_to(atol, (n,)))
    failed: dict[int, tuple[Outcome, str]] = {}
    for i in np.flatnonzero(found.outcome != Outcome.OK):
        person, outcome = int(events.person[rows[i]]), Outcome(int(found.outcome[i]))
        name = force.problem.states[int(found.culprit[i])]
        sentence = advice(outcome, person, float(events.time[rows[i]]), name)
        failed.setdefault(person, (outcome, sentence))
    added = (events.ss[rows] == 2)[:, None]
    vectors = np.where(added, found.states - orbits.start(), found.states)
    infused = ~constant & (size.pace > 0) & usable
    return Steady(
        rows, vectors, _running(events, clock, rows, since, size.pace, lasts * infused), failed
    )


def _running(
    events: Events, clock: Clock, rows: Ints, since: Floats, pace: Floats, lasts: Floats
) -> Doses:
    """Infusions that began `since` h before the record, or a multiple of II earlier, and run on."""
    count = np.maximum(np.ceil((lasts - since) / np.maximum(events.ii[rows], 1e-300)), 0.0)
    count = np.where(lasts > since, count, 0.0).astype(np.int64)
    which = np.repeat(np.arange(rows.size), count)
    number = np.arange(which.size) - np.repeat(np.cumsum(count) - count, count)
    row = rows[which]
    left = lasts[which] - since[which] - number * events.ii[row]
    starts = clock.acts[row]
    ends = np.maximum(clock.moved(events.time[row] + left), starts)
    on = (ends > starts) & (starts < clock.until[row])
    amount = left * pace[which]
    return Doses(row[on], starts[on], ends[on], amount[on], pace[which][on])


def _not_too_long(
    force: InForce, events: Events, rows: Ints, lasts: Floats, period: Floats
) -> None:
    """Say for whom more infusions would run at a time than anybody can mean."""
    for i in np.flatnonzero(~(lasts <= MOST_REPEATS * period)):
        person, name = (
            int(events.person[rows[i]]),
            force.problem.states[events.compartment[rows[i]]],
        )
        force.wrong.setdefault(
            person,
            f"person {person}: an infusion into {name} at steady state lasts {lasts[i]:.6g} h, "
            f"over {MOST_REPEATS} intervals of {period[i]:.6g} h; give a higher rate",
        )
