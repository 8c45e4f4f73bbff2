"""Many people at once: NumPy lanes, Tsit5.

    solve(problem, parameters, events, times, outputs) -> Solution

The interface is the one that every solver of this package has. A person who needs too many steps
(a stiff system) is handed to the reference solver, whose methods change with stiffness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine import reference
from speciosa.engine.collect import Collector
from speciosa.engine.covariates import Covariates
from speciosa.engine.events import Events
from speciosa.engine.lanes import Lanes
from speciosa.engine.numpy_code import Floats, padded
from speciosa.engine.outcome import Outcome, advice
from speciosa.engine.problem import Problem
from speciosa.engine.solution import Solution, ask, unusable
from speciosa.engine.timetable import AtDose, timetable

__all__ = ["solve"]

WIDTH = 1024
"""Lanes of a full block: beyond this the arrays leave the cache, below it calls cost more."""

STIFF: tuple[reference.Method, ...] = ("LSODA", "Radau")
"""Methods of the reference solver for people who need too many steps here, in order."""


def solve(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    times: ArrayLike,
    outputs: Sequence[str] | None = None,
    *,
    covariates: Covariates | None = None,
    at_dose: AtDose = "after",
    rtol: float = 1e-6,
    atol: float | Floats = 1e-8,
    max_steps: int = 10_000,
    progress: Callable[[int, int], None] | None = None,
) -> Solution:
    """Integrate every person from their start values and read the outputs at the asked times.

    A person's time begins at 0, or at the first record or output time before 0. A person's
    numbers do not depend on who else is solved.

    Args:
        problem: what to integrate.
        parameters: (people, parameters), in the problem's order.
        events: whose doses are when.
        times: (T,) h, rising; or (people, T), each person their own, with nan after the last.
        outputs: names; all when None.
        covariates: parameters that change with time.
        at_dose: whether a value at the time of an event is the value after it or before it.
        rtol: allowed error of a step relative to a state.
        atol: the same in the state's unit, one for all or (states,).
        max_steps: steps tried between two events before a person is handed to the reference solver.
        progress: called now and then with (people done, people).

    Raises:
        InputError: an argument is wrong; the message names it. A person who cannot be integrated is
            an outcome, never an exception.
    """
    asked = ask(problem, parameters, events, times, outputs, rtol, atol, max_steps, covariates)
    if asked.covariates is not None or asked.given.ndim == 2 or bool((events.ss > 0).any()):
        # What lanes do not know.
        return reference.solve(
            problem,
            parameters,
            events,
            times,
            outputs,
            covariates=covariates,
            at_dose=at_dose,
            rtol=rtol,
            atol=atol,
            max_steps=max_steps,
            progress=progress,
        )
    people = asked.parameters.shape[0]
    collector = Collector(problem, asked)
    with np.errstate(all="ignore"):
        settle = reference.settle(problem, rtol, asked.atol, max_steps)
        table = timetable(problem, asked.parameters, events, at_dose=at_dose, settle=settle)
        outcome, said = unusable(asked, table)
        waiting = np.flatnonzero(outcome == Outcome.OK)
        lanes = Lanes(
            problem,
            asked,
            table,
            collector,
            width=min(padded(waiting.size), WIDTH),
            rtol=rtol,
            max_steps=max_steps,
        )
        _run(lanes, waiting, people, progress)
        collector.flush()
    for person, ending, time, state in lanes.ended:
        outcome[person] = ending
        if ending != Outcome.OK:
            said[person] = advice(ending, person, time, problem.states[state])
    collector.values[outcome != Outcome.OK] = np.nan
    values = collector.values
    values[outcome != Outcome.OK] = np.nan
    for method in STIFF:
        tired = np.flatnonzero(outcome == Outcome.STEP_LIMIT)
        if not tired.size:
            break
        found = reference.solve(
            problem,
            asked.parameters[tired],
            events.only(tired),
            asked.given,
            asked.outputs,
            at_dose=at_dose,
            rtol=rtol,
            atol=asked.atol,
            max_steps=max_steps,
            method=method,
        )
        solved = found.outcome == Outcome.OK
        values[tired[solved]] = found.values[solved]
        outcome[tired[solved]] = Outcome.OK
        for person in tired[solved]:
            del said[int(person)]
    if progress is not None:
        progress(people, people)
    return Solution(asked.given, asked.outputs, values, outcome, said, collector.steps)


def _run(
    lanes: Lanes,
    waiting: NDArray[np.intp],
    people: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Keep the lanes busy until nobody waits and all have ended."""
    loaded = reported = 0
    refused = people - waiting.size
    while True:
        idle = lanes.idle
        more = waiting.size - loaded
        busy = lanes.width - idle.size
        if more and idle.size >= min(more, max(1, lanes.width // 16)):
            taken = min(more, idle.size)
            lanes.load(idle[:taken], waiting[loaded : loaded + taken])
            loaded += taken
        elif not busy:
            break
        elif not more and padded(busy) <= 0.75 * lanes.width:
            lanes.compact()
        lanes.step()
        if progress is not None and len(lanes.ended) > reported:
            reported = len(lanes.ended)
            progress(refused + reported, people)
