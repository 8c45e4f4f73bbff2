"""Events as the solvers act on them: one sorted list of actions for each person.

An action happens at an exact time and is one of three: return to the start values, set the total
infusion into a state, add to a state. Lag, F, repeats, ends of infusions and doses cancelled by a
reset are worked out here, so that a solver only stops at the next time and acts. Every number of a
person is computed from that person's records and parameters alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.events import Events
from speciosa.engine.numpy_code import Floats, padded, vectorised
from speciosa.engine.problem import Problem

__all__ = ["ADD", "INFUSE", "RESET", "Timetable", "timetable"]

SET, RESET, FILL, RAISE, INFUSE, ADD = 0, 1, 2, 3, 4, 5
"""Kinds of action, in the order in which those of one time are taken."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Timetable:
    """The actions of all people.

    Attributes:
        first: (people + 1,) person i's actions are rows first[i] to first[i + 1] - 1 of the rest.
        time: h, rising within a person.
        kind: `RESET`, `INFUSE` or `ADD`.
        state: where.
        value: the amount to add, or the total rate per h from now on.
        begin: (people,) h, the earliest time at which the person is needed: 0 or an earlier record.
        wrong: for each person whose lag or F cannot be used, what is wrong.
    """

    first: NDArray[np.intp]
    time: Floats
    kind: Ints
    state: Ints
    value: Floats
    begin: Floats
    wrong: dict[int, str]


def timetable(problem: Problem, parameters: Floats, events: Events) -> Timetable:
    """The actions that the events mean for people with these parameters (people, parameters)."""
    people = parameters.shape[0]
    begin = np.zeros(people)
    np.minimum.at(begin, events.person, events.time)
    resets = (events.evid == 3) | (events.evid == 4)
    gives = ((events.evid == 1) | (events.evid == 4)) & (events.amount > 0)
    until = _next_reset(events, resets)

    # One row per dose, repeats included.
    count = np.where(gives, events.addl + 1, 0)
    row = np.repeat(np.arange(len(events)), count)
    repeat = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
    person, state = events.person[row], events.compartment[row]
    lag, share, wrong = _lag_and_share(problem, parameters, person, state)
    enters = events.time[row] + repeat * events.ii[row] + lag
    amount = share * events.amount[row]
    with np.errstate(over="ignore", invalid="ignore"):
        valid = (amount > 0) & np.isfinite(amount) & (enters < until[row])
    row, person, state = row[valid], person[valid], state[valid]
    enters, amount, rate = enters[valid], amount[valid], events.rate[row]

    with np.errstate(divide="ignore", over="ignore"):
        ends = enters + np.where(rate > 0, amount / rate, 0.0)
    # Too short to show in the time, an infusion is a dose at once; else its rate is the one that
    # brings the whole amount between two times as they are rounded.
    flows = ends > enters
    at_once = ~flows
    start, end = enters[flows], ends[flows]
    pace = np.where(np.isfinite(end), amount[flows] / (end - start), rate[flows])
    inflow = _inflow(person[flows], state[flows], start, np.minimum(end, until[row[flows]]), pace)
    back = events.person[resets]
    parts = [
        (back, events.time[resets], RESET, np.zeros(back.size, np.int64), np.zeros(back.size)),
        (inflow[0], inflow[2], INFUSE, inflow[1], inflow[3]),
        (person[at_once], enters[at_once], ADD, state[at_once], amount[at_once]),
    ]
    who = np.concatenate([part[0] for part in parts])
    when = np.concatenate([part[1] for part in parts])
    kind = np.concatenate([np.full(part[0].size, part[2]) for part in parts])
    order = np.lexsort((kind, when, who))
    everyone = np.arange(people + 1, dtype=np.int64)
    return Timetable(
        first=np.searchsorted(who[order], everyone, side="left"),
        time=when[order],
        kind=kind[order],
        state=np.concatenate([part[3] for part in parts])[order],
        value=np.concatenate([part[4] for part in parts])[order],
        begin=begin,
        wrong=wrong,
    )


def _next_reset(events: Events, resets: NDArray[np.bool_]) -> Floats:
    """For each record the time of the person's next reset after it, inf where there is none."""
    at = np.flatnonzero(resets)
    until = np.full(len(events), np.inf)
    if at.size:
        following = np.searchsorted(at, np.arange(len(events)), side="right")
        there = at[np.minimum(following, at.size - 1)]
        same = (following < at.size) & (events.person[there] == events.person)
        until[same] = events.time[there][same]
    return until


def _lag_and_share(
    problem: Problem, parameters: Floats, person: Ints, state: Ints
) -> tuple[Floats, Floats, dict[int, str]]:
    """Lag and F of each dose; a dose whose lag or F cannot be used gets 0 and an entry in wrong."""
    used = np.unique(state)
    if not used.size:
        return np.zeros(0), np.zeros(0), {}
    n, people = len(problem.states), parameters.shape[0]
    chosen = (*(int(s) for s in used), *(n + int(s) for s in used))
    code = vectorised(problem.dosing, 0, chosen)
    table = np.ones((len(problem.parameters), padded(people)))
    table[:, :people] = parameters.T
    with np.errstate(all="ignore"):
        found = code([], table, len(chosen))
    column = np.searchsorted(used, state)
    lag, share = found[column, person], found[used.size + column, person]
    wrong: dict[int, str] = {}
    for word, values in (("lag", lag), ("F", share)):
        for dose in np.flatnonzero(~(np.isfinite(values) & (values >= 0))):
            name = problem.states[int(state[dose])]
            wrong.setdefault(
                int(person[dose]),
                f"person {person[dose]}: {word} of doses into {name} is {values[dose]:.6g}; "
                "expected 0 or more, finite; change the parameters that it is computed from",
            )
    bad = ~(np.isfinite(lag) & np.isfinite(share) & (lag >= 0) & (share >= 0))
    return np.where(bad, 0.0, lag), np.where(bad, 0.0, share), wrong


def _inflow(
    person: Ints, state: Ints, starts: Floats, ends: Floats, rate: Floats
) -> tuple[Ints, Ints, Floats, Floats]:
    """Total infusion into each state after each change: person, state, time, rate per h.

    Summed one person and state at a time, so that rounding never carries over from another person,
    and exactly 0 once the last infusion has ended. At one time, ends come before starts.
    """
    who, where = np.concatenate((person, person)), np.concatenate((state, state))
    when, change = np.concatenate((starts, ends)), np.concatenate((rate, -rate))
    order = np.lexsort((change, when, where, who))
    who, where, when, change = who[order], where[order], when[order], change[order]
    total = np.empty_like(change)
    new = np.flatnonzero((np.diff(who) != 0) | (np.diff(where) != 0)) + 1
    edges = [0, *new.tolist(), who.size] if who.size else [0]
    for a, b in pairwise(edges):
        running = np.cumsum(np.sign(change[a:b]))
        total[a:b] = np.where(running == 0, 0.0, np.cumsum(change[a:b]))
    return who, where, when, total
