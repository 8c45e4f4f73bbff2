"""How a timetable changes with parameters: amounts by F, times by lag and duration, steady states.

A dose enters the columns of forward sensitivities by its own derivatives. They are taken by central
differences of the timetable itself, so that whatever the records mean (F, lag, modelled rates,
steady states) needs no second set of rules. Only parameters that doses hang on cost anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.events import Events
from speciosa.engine.kernel import Slopes
from speciosa.engine.numpy_code import Floats
from speciosa.engine.problem import Problem
from speciosa.engine.timetable import FILL, RAISE, Timetable

__all__ = ["TIGHTER", "slopes_of"]

TIGHTER: Final = 0.25
"""Tolerances are tightened by this: columns follow the states' steps and are not in their error."""

NUDGE: Final = 1e-4
"""Relative change of a parameter: amounts and times are smooth in it, and mostly linear."""


def slopes_of(
    problem: Problem,
    events: Events,
    parameters: Floats,
    wanted: Sequence[int],
    table: Timetable,
    make: Callable[[Floats], Timetable],
) -> tuple[Slopes, NDArray[np.intp]]:
    """The derivatives of a timetable, and the people whose order of events hangs on a parameter.

    `make` works out the timetable for other parameters. For the people returned the derivatives are
    of no use: two events change places when a parameter moves a little.
    """
    rows, q = table.time.size, len(wanted)
    value, time = np.zeros((rows, q)), np.zeros((rows, q))
    vectors = np.zeros((len(table.vectors), q, len(problem.states)))
    tangled = np.zeros(parameters.shape[0], dtype=bool)
    steady = bool((events.ss > 0).any())
    read = problem.dosing.reads
    for column, position in enumerate(wanted):
        if not steady and position not in read:
            continue
        size = np.abs(parameters[:, position])
        forth = NUDGE * np.where(size > 0, size, 1.0)
        back = NUDGE * size  # a lag of 0 has no other side
        up = make(_moved(parameters, position, forth))
        down = make(_moved(parameters, position, -back))
        span = forth + back
        own = np.repeat(span, np.diff(table.first))
        alike = _alike(table, up) & _alike(table, down)
        tangled |= ~alike
        good = np.repeat(alike, np.diff(table.first))
        if up.time.size == rows == down.time.size:
            value[good, column] = ((up.value - down.value) / own)[good]
            time[good, column] = ((up.time - down.time) / own)[good]
        if len(table.vectors):
            vectors[:, column] = (up.vectors - down.vectors) / _owners(table, span)[:, None]
    return Slopes(value, time, vectors), np.flatnonzero(tangled)


def _moved(parameters: Floats, position: int, step: Floats) -> Floats:
    moved = parameters.copy()
    moved[:, position] += step
    return moved


def _alike(table: Timetable, other: Timetable) -> NDArray[np.bool_]:
    """For each person, whether both have the same actions in the same order."""
    people = len(table.first) - 1
    if not np.array_equal(table.first, other.first):
        return np.diff(table.first) == np.diff(other.first)
    differs = (table.kind != other.kind) | (table.where != other.where)
    owner = np.repeat(np.arange(people), np.diff(table.first))
    return np.bincount(owner[differs], minlength=people) == 0


def _owners(table: Timetable, span: Floats) -> Floats:
    """For each vector, the span of the person who uses it."""
    owner = np.repeat(np.arange(len(span)), np.diff(table.first))
    uses = (table.kind == FILL) | (table.kind == RAISE)
    found = np.ones(len(table.vectors))
    found[table.where[uses]] = span[owner[uses]]
    return found
