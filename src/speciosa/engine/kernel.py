"""Compiled code for one problem, and how it is called.

    kernel.run(people, rows, stop) -> Ended           one call without the interpreter's lock

A call works through some people with the lanes of one processor. It shares nothing with other
calls, so any number of threads may make one each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.codegen import machine
from speciosa.engine.codegen.layout import Job
from speciosa.engine.codegen.rows import padded
from speciosa.engine.codegen.stepper import TIGHTEST, Watched
from speciosa.engine.codegen.target import TARGETS
from speciosa.engine.numpy_code import Floats
from speciosa.engine.timetable import INFUSE, Timetable
from speciosa.engine.triggers import Armed

__all__ = ["Ended", "Kernel", "People", "Shape", "Slopes"]

Wholes = NDArray[np.int64]
ALIGNED: Final = 64


@dataclass(frozen=True)
class Slopes:
    """Derivatives of a timetable to q parameters.

    Attributes:
        value: (actions, q).
        time: (actions, q).
        vectors: (vectors, q, states).
    """

    value: Floats
    time: Floats
    vectors: Floats


@dataclass(frozen=True)
class People:
    """Who is to be integrated.

    Attributes:
        parameters: (people, parameters) in force at the beginning.
        table: their actions.
        times: (people, T) or (1, T) for all alike, h; each row rises, with nan after the last.
        slopes: how the actions change with the parameters whose sensitivities are wanted.
        triggers: what hangs on the states.
        rtol: of a step, relative to a state.
        atol: (states,).
        max_steps: between two actions.
    """

    parameters: Floats
    table: Timetable
    times: Floats
    slopes: Slopes | None
    triggers: Armed | None
    rtol: float
    atol: Floats
    max_steps: int

    def only(self, person: int) -> People:
        """One of them."""
        rows = slice(int(self.table.first[person]), int(self.table.first[person + 1]))
        slopes = self.slopes
        if slopes is not None:
            slopes = Slopes(slopes.value[rows], slopes.time[rows], slopes.vectors)
        return replace(
            self,
            parameters=self.parameters[person : person + 1],
            table=self.table.only(np.array([person])),
            times=self.times if len(self.times) == 1 else self.times[person : person + 1],
            slopes=slopes,
        )


@dataclass(frozen=True)
class Ended:
    """How they ended: (people,) each, and (people, states) at the last time.

    `crossed` is (people, triggers, room) times, nan where a trigger did not act.
    """

    outcome: Wholes
    reached: Floats
    suspect: Wholes
    steps: Wholes
    final: Floats
    crossed: Floats


@dataclass(frozen=True)
class Shape:
    """What a caller must know of compiled code.

    Attributes:
        problem: the digest of the problem.
        chosen: positions of the outputs that are kept.
        wanted: positions of the parameters whose sensitivities are.
        watched: positions of the outputs of triggers, and whether rising counts.
        method: how it steps.
        target: what it was made for.
        order: the problem's states in the order of the code.
        work: bytes of working memory for a call.
    """

    problem: str
    chosen: tuple[int, ...]
    wanted: tuple[int, ...]
    watched: Watched
    method: str
    target: str
    order: tuple[int, ...]
    work: int


class Kernel:
    """Machine code for one problem, chosen outputs and a method."""

    def __init__(self, shape: Shape, code: machine.Code) -> None:
        self.shape, self.code = shape, code
        self.method, self.target = shape.method, TARGETS[shape.target]
        self.outputs, self.columns = len(shape.chosen), len(shape.wanted)
        self.wide = padded(self.outputs, self.target.width)
        self._order = np.array(shape.order, dtype=np.intp)
        self._place = np.argsort(self._order)

    def rows(self, count: int) -> Floats:
        """Room for `count` rows of outputs and one that may be scribbled on."""
        return np.empty((count + 1, self.wide))

    def columns_of(self, rows: Floats) -> Floats:
        """Room for the sensitivities that belong to rows of outputs."""
        return np.empty((rows.shape[0] * self.columns, self.wide))

    def run(
        self,
        people: People,
        rows: Floats,
        stop: Wholes,
        *,
        first_row: int = 0,
        columns: Floats | None = None,
    ) -> Ended:
        """Integrate people and write their outputs, person by person, T rows each.

        Args:
            people: who.
            rows: made by `rows`; written from `first_row` on, and in its last row.
            stop: one number; once it is not 0 the call returns, and what it gives is of no use.
            first_row: where the first person's rows begin.
            columns: made by `columns_of` for these rows; the sensitivities of each row.
        """
        table, times = people.table, people.times
        count, n = people.parameters.shape[0], len(self._order)
        outcome, suspect, steps = (np.zeros(count, dtype=np.int64) for _ in range(3))
        reached, final = np.zeros(count), np.zeros((count, n))
        asked = np.pad(
            np.where(np.isnan(times), np.inf, times), ((0, 0), (0, 1)), constant_values=np.inf
        )
        lists = np.arange(times.shape[0], dtype=np.int64) * asked.shape[1]
        ends = np.fmax.reduce(times, axis=1)
        kind = np.ascontiguousarray(table.kind, dtype=np.int64)
        where = np.array(table.where, dtype=np.int64)
        in_state = kind >= INFUSE
        where[in_state] = self._place[where[in_state]]
        first = np.ascontiguousarray(table.first, dtype=np.int64)
        arrays = {
            Job.STOP_AT: stop,
            Job.PARAMETERS_AT: np.ascontiguousarray(people.parameters),
            Job.FIRST_AT: first,
            Job.LAST_AT: first[1:],
            Job.TIME_AT: np.ascontiguousarray(table.time),
            Job.KIND_AT: kind,
            Job.WHERE_AT: where,
            Job.VALUE_AT: np.ascontiguousarray(table.value),
            Job.VECTORS_AT: np.ascontiguousarray(table.vectors[:, self._order]),
            Job.BEGIN_AT: np.minimum(table.begin, times[:, 0]),
            Job.TIMES_AT: asked,
            Job.TIMES_FIRST_AT: np.ascontiguousarray(np.broadcast_to(lists, (count,))),
            Job.END_AT: np.ascontiguousarray(np.broadcast_to(ends, (count,))),
            Job.OUT_AT: rows,
            Job.ROW_AT: first_row + np.arange(count, dtype=np.int64) * times.shape[1],
            Job.FINAL_AT: final,
            Job.OUTCOME_AT: outcome,
            Job.REACHED_AT: reached,
            Job.SUSPECT_AT: suspect,
            Job.STEPS_AT: steps,
            Job.ATOL_AT: np.maximum(people.atol[self._order], TIGHTEST),
            Job.WORK_AT: _aligned(self.shape.work),
        }
        if people.slopes is not None and columns is not None:
            slopes = people.slopes
            arrays |= {
                Job.SLOPES_AT: columns,
                Job.VALUE_SLOPES_AT: np.ascontiguousarray(slopes.value),
                Job.TIME_SLOPES_AT: np.ascontiguousarray(slopes.time),
                Job.VECTOR_SLOPES_AT: np.ascontiguousarray(slopes.vectors[:, :, self._order]),
            }
        crossed = np.full((count, 0, 1), np.nan)
        if people.triggers is not None:
            armed = people.triggers
            crossed = np.full((count, armed.levels.size, int(armed.most.max())), np.nan)
            arrays |= {
                Job.LEVELS_AT: armed.levels,
                Job.MOST_CROSSINGS_AT: armed.most,
                Job.RESETS_AT: armed.reset,
                Job.GIFTS_FIRST_AT: armed.first,
                Job.GIFTS_WHERE_AT: self._place[armed.where],
                Job.GIFTS_AT: armed.amount,
                Job.CROSSED_AT: crossed,
            }
        job = np.zeros(Job.COUNT, dtype=np.int64)
        for slot, array in arrays.items():
            job[slot] = array.ctypes.data
        job[Job.PEOPLE] = count
        job[Job.ROWS] = rows.shape[0] - 1
        job.view(np.float64)[Job.RTOL] = people.rtol
        job[Job.MOST_STEPS] = people.max_steps
        job[Job.INFUSIONS] = int((kind == INFUSE).any())
        job[Job.CROSSINGS] = crossed.shape[2]
        job[Job.TIMED] = int(people.slopes is not None and people.slopes.time.any())
        self.code.entries["run"](job.ctypes.data)
        return Ended(outcome, reached, self._order[suspect], steps, final[:, self._place], crossed)


def _aligned(size: int) -> NDArray[np.uint8]:
    """Zeros that begin at a multiple of 64 bytes."""
    room = np.zeros(size + ALIGNED, dtype=np.uint8)
    start = -room.ctypes.data % ALIGNED
    return room[start : start + size]
