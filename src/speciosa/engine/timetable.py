"""Events and covariates as the solvers act on them: one sorted list of actions for each person.

Lag, F, repeats, ends of infusions, steady states, doses cancelled by a reset and parameters that
change are worked out here, so that a solver only stops at the next time and acts. Every number of
a person is computed from that person's records and parameters alone.

A value at the time of an event is the value after it. What must come after an output at its own
time is taken a hair later (`doses.LATE`), so that a solver needs no rule for it:

    every action, when outputs at a dose are asked for before it
    a record that follows an observation of the same person and time (NONMEM's order of records)
    a nocb value, which holds for the interval that begins there
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.actions import (
    ADD,
    FILL,
    INFUSE,
    RAISE,
    RESET,
    SET,
    Part,
    Settle,
    Timetable,
    sort,
)
from speciosa.engine.covariates import Covariates
from speciosa.engine.doses import Clock, Doses, InForce, entering, late, refuse_unmodelled
from speciosa.engine.events import Events, Ints
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem
from speciosa.engine.steady import steady_states
from speciosa.errors import InputError

__all__ = [
    "ADD",
    "FILL",
    "INFUSE",
    "RAISE",
    "RESET",
    "SET",
    "AtDose",
    "Settle",
    "Timetable",
    "timetable",
]

AtDose = Literal["after", "before"]

FIRST, BACK, CHANGE, LAST = range(4)
"""At one time: new values of parameters, then resets and steady states in the order of records,
then doses, then nocb values."""


def timetable(
    problem: Problem,
    parameters: Floats,
    events: Events,
    covariates: Covariates | None = None,
    *,
    at_dose: AtDose = "after",
    settle: Settle,
    rtol: float = 1e-6,
    atol: Floats | float = 1e-8,
) -> Timetable:
    """The actions that the records mean for people with these parameters.

    Args:
        problem: what is integrated; where covariates are linear, made by `with_linear`.
        parameters: (people, parameters) in force at each person's beginning.
        events: whose doses are when.
        covariates: whose parameters change when.
        at_dose: whether an output at the time of an event is the value after it or before it.
        settle: integrates people along a hand-made timetable, for steady states.
        rtol: how close a steady state must be, relative to a state.
        atol: the same in the state's unit.

    Raises:
        InputError: a record asks for a modelled rate or duration that the problem does not have.
    """
    if at_dose not in ("after", "before"):
        raise InputError("at_dose", at_dose, "after or before")
    refuse_unmodelled(problem, events)
    people = parameters.shape[0]
    force = InForce(problem, parameters, covariates)
    resets = (events.evid == 3) | (events.evid == 4) | (events.ss == 1)
    clock = _clock(events, resets, all_late=at_dose == "before")
    doses = entering(force, events, clock)
    steady = steady_states(force, events, clock, settle, rtol, atol)
    parts = [
        *_back(force, events, clock),
        *steady.parts(events, clock, BACK),
        *_given(events, clock, doses.joined(steady.running)),
        *_set(problem, covariates, clock),
    ]
    begin = np.zeros(people)
    np.minimum.at(begin, events.person, events.time)
    if covariates is not None:
        np.minimum.at(begin, covariates.person, covariates.time)
    found = sort(parts, people, steady.vectors, begin)
    found.wrong.update(force.wrong)
    found.outcome[list(force.wrong)] = Outcome.BAD_INPUT
    for person, (outcome, sentence) in steady.failed.items():
        if person not in found.wrong:
            found.wrong[person] = sentence
            found.outcome[person] = outcome
    return found


def _clock(events: Events, resets: NDArray[np.bool_], *, all_late: bool) -> Clock:
    """When each record acts, and when the person's next reset after it does."""
    rows = np.arange(len(events))
    observed = events.evid == 0
    new = np.ones(len(events), dtype=np.bool_)
    new[1:] = (np.diff(events.person) != 0) | (np.diff(events.time) != 0)
    since = np.maximum.accumulate(np.where(new, rows, 0))  # the first record at that time
    seen = np.cumsum(observed)
    earlier = seen - (seen - observed)[since]
    acts = np.where(all_late | (earlier > 0), late(events.time), events.time)
    at = np.flatnonzero(resets)
    until = np.full(len(events), np.inf)
    if at.size:
        following = np.searchsorted(at, rows, side="right")
        there = at[np.minimum(following, at.size - 1)]
        same = (following < at.size) & (events.person[there] == events.person)
        until[same] = acts[there][same]
    return Clock(acts, until, all_late)


def _back(force: InForce, events: Events, clock: Clock) -> list[Part]:
    """Returns to the start values; those of a parameter on a straight line are of that time."""
    rows = np.flatnonzero((events.evid == 3) | (events.evid == 4))
    person, when = events.person[rows], clock.acts[rows]
    parts = [Part(RESET, person, when, turn=BACK, order=rows)]
    linear = force.covariates.linear() if force.covariates is not None else ()
    if linear and rows.size:
        now = force.rows(person, events.time[rows])
        since = len(force.problem.parameters) - 2 * len(linear) + 1
        for i, number in enumerate(linear):
            parts += [
                Part(SET, person, when, turn=FIRST, where=number, value=now[:, number]),
                Part(SET, person, when, turn=FIRST, where=since + 2 * i, value=events.time[rows]),
            ]
    return parts


def _given(events: Events, clock: Clock, doses: Doses) -> list[Part]:
    """Doses at once, and the total inflow after each change."""
    person, state = events.person[doses.record], events.compartment[doses.record]
    flows = doses.ends > doses.starts
    at_once = ~flows if flows.any() else slice(None)  # a view, in the most common case
    ends = np.minimum(doses.ends, clock.until[doses.record])
    who, where, when, total = _inflow(
        person[flows], state[flows], doses.starts[flows], ends[flows], doses.pace[flows]
    )
    return [
        Part(INFUSE, who, when, turn=CHANGE, where=where, value=total, order=INFUSE),
        Part(
            ADD,
            person[at_once],
            doses.starts[at_once],
            turn=CHANGE,
            where=state[at_once],
            value=doses.amount[at_once],
            order=ADD,
        ),
    ]


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


def _set(problem: Problem, covariates: Covariates | None, clock: Clock) -> list[Part]:
    """New values of parameters."""
    if covariates is None:
        return []
    new = covariates.changes(len(problem.parameters) - 2 * len(covariates.linear()))
    parts: list[Part] = []
    for after in (False, True):
        rows = np.flatnonzero(new.after == after)
        when = late(new.time[rows]) if after else clock.moved(new.time[rows])
        parts.append(
            Part(
                SET,
                new.person[rows],
                when,
                turn=LAST if after else FIRST,
                where=new.parameter[rows],
                value=new.value[rows],
            )
        )
    return parts
