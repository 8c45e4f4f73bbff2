"""A block of lanes: one person each, with their own time, step size and place in the timetable.

One call of `Lanes.step` tries one Tsit5 step in every lane. A lane keeps its step or repeats it
smaller, hands over the output times that it passed, and stops exactly at its next action; what
another lane does never enters its numbers, so a person's result is the same bits alone, among 2000
and in any order. Sums over stages and the norm over states are written row by row for that reason
(a matrix product or a NumPy sum may change its order with the width).

Step control: the largest error of any state, each against atol + rtol |state|; the PI controller
of Gustafsson (ACM TOMS 17 (1991) 533-554) with exponents 0.7/5 and 0.4/5. After an action a lane
starts with the first error-limited step that it took after the action before.

The equations see a state inside its declared bounds: a rounding error of -1e-12 in an amount that
cannot be negative must not meet a logarithm.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.collect import Collector
from speciosa.engine.methods.tsit5 import ERROR, NODES, STAGES
from speciosa.engine.numpy_code import Floats, padded, vectorised
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem
from speciosa.engine.solution import Asked
from speciosa.engine.timetable import ADD, INFUSE, RESET, Timetable

__all__ = ["Lanes"]

SAFETY, SHRINK, GROW = 0.9, 0.1, 10.0
ALPHA, BETA = 0.7 / 5, 0.4 / 5
CAREFUL = 5.0  # a step that may grow by more than this was not limited by its error
LARGEST_FIRST = 1.0  # h; only a state at rest would start with more
SMALLEST = 2.0**-50  # of the time reached, or of 1 h

Ends = list[tuple[int, Outcome, float, int]]
_PER_LANE = ("person", "t", "h", "stop", "before", "after", "action", "tries", "taken", "again")
_ROWS = ("y", "inflow", "start")


class Lanes:
    """`width` lanes; load people into idle ones, step, and read who has ended from `ended`."""

    def __init__(
        self,
        problem: Problem,
        asked: Asked,
        table: Timetable,
        collector: Collector,
        *,
        width: int,
        rtol: float,
        max_steps: int,
    ) -> None:
        self.n, self.asked, self.table, self.collector = (
            len(problem.states),
            asked,
            table,
            collector,
        )
        self.rtol, self.atol, self.max_steps = rtol, asked.atol[:, None].copy(), max_steps
        self.rates = vectorised(problem.rates, 1 + self.n)
        self.starts = vectorised(problem.start, 0)
        lower, upper = np.array(problem.lower), np.array(problem.upper)
        self.lower = np.where(np.isnan(lower), -np.inf, lower)[:, None]
        self.upper = np.where(np.isnan(upper), np.inf, upper)[:, None]
        self.has_lower = bool(np.isfinite(self.lower).any())
        self.has_upper = bool(np.isfinite(self.upper).any())
        self.ended: Ends = []
        self.any_inflow = False
        n = self.n
        self.person = np.full(width, -1)
        self.t, self.h, self.stop = np.zeros(width), np.zeros(width), np.full(width, np.inf)
        self.before = np.ones(width)  # error of the step before
        self.after = np.full(width, np.nan)  # first step after an action
        self.action = np.zeros(width, dtype=np.intp)  # next row of the timetable
        self.tries = np.zeros(width, dtype=np.int64)  # steps since the last action
        self.taken = np.zeros(width, dtype=np.int64)  # steps in all
        self.again = np.zeros(width, dtype=np.bool_)  # the step before was refused
        self.fresh = np.ones(width, dtype=np.bool_)  # no error-limited step since the last action
        self.y, self.inflow, self.start = (np.zeros((n, width)) for _ in range(3))
        self.k = [np.zeros((n, width)) for _ in STAGES]
        self.kept = np.zeros((self.rates.kept, width))
        self.seen = np.zeros((collector.code.kept, width))
        self._bind()

    @property
    def width(self) -> int:
        """Lanes in the block, idle ones included."""
        return self.person.size

    @property
    def idle(self) -> NDArray[np.intp]:
        """The lanes that hold nobody."""
        return np.flatnonzero(self.person < 0)

    def load(self, lanes: NDArray[np.intp], people: NDArray[np.intp]) -> None:
        """Put people into lanes, at the beginning of their time."""
        given = np.empty((self.asked.parameters.shape[1], padded(people.size)))
        given[:, : people.size] = self.asked.parameters[people].T
        given[:, people.size :] = given[:, :1]
        own = slice(people.size)
        y = self.starts([], given, self.n)[:, own]
        self.kept[:, lanes] = self.rates.prepare(given)[:, own]
        self.seen[:, lanes] = self.collector.code.prepare(given)[:, own]
        self.y[:, lanes] = self.start[:, lanes] = y
        self.inflow[:, lanes] = 0.0
        self.person[lanes] = people
        self.t[lanes] = np.minimum(self.table.begin[people], self.asked.given[0])
        self.action[lanes] = self.table.first[people]
        self.stop[lanes] = self._next_time(lanes)
        self.after[lanes] = np.nan
        self.taken[lanes] = 0
        self.collector.cursor[people] = 0
        self._act(lanes)
        self._restart(lanes)

    def compact(self) -> None:
        """Drop idle lanes, so that the last people do not cost the full width."""
        busy = np.flatnonzero(self.person >= 0)
        lanes = np.resize(busy, padded(busy.size))
        for name in (*_PER_LANE, "fresh"):
            setattr(self, name, getattr(self, name)[lanes])
        self.person[busy.size :] = -1
        for name in (*_ROWS, "kept", "seen"):
            setattr(self, name, np.ascontiguousarray(getattr(self, name)[:, lanes]))
        self.k = [np.ascontiguousarray(k[:, lanes]) for k in self.k]
        self._bind()

    def step(self) -> None:
        """Try one step in every busy lane."""
        busy = self.person >= 0
        remaining = self.stop - self.t
        reach = 1.01 * self.h >= remaining
        h = np.where(reach, remaining, np.minimum(self.h, 0.5 * remaining))
        h[~busy] = 0.0
        t_new = np.where(reach, self.stop, self.t + h)
        y_new, error = self._tsit5(h)
        ok = busy & (error <= 1.0)
        refused = busy & ~ok
        self.tries += 1
        self.taken += 1

        e = np.maximum(error, 1e-10)
        grow = SAFETY * np.power(e, -ALPHA) * np.power(self.before, BETA)
        grow = np.minimum(np.maximum(grow, 0.2), np.where(self.again, 1.0, GROW))
        shrink = np.maximum(SAFETY * np.power(e, -1.0 / 5.0), SHRINK)
        shrink[~np.isfinite(error)] = SHRINK
        proposed = h * np.where(ok, grow, np.minimum(shrink, 0.9))
        # A step cut short by an action says nothing against the step planned.
        self.h = np.where(ok & (h < self.h), np.maximum(proposed, self.h), proposed)
        self.before = np.where(ok, np.maximum(e, 1e-4), self.before)
        first = ok & self.fresh & ~reach & (grow < CAREFUL)
        self.after = np.where(first, h, self.after)
        self.fresh &= ~first
        self.again = refused

        lanes = np.flatnonzero(ok)
        self.collector.take(self.person, lanes, self.t, t_new, h, self.y, self.k, self.seen)
        back = np.flatnonzero(refused)
        if back.size:
            self._give_up(back, y_new)
            y_new[:, back] = self.y[:, back]
            self.k[-1][:, back] = self.k[0][:, back]
        self.y, self._other = y_new, self.y
        self.k[0], self.k[-1] = self.k[-1], self.k[0]
        self._k_rows[0], self._k_rows[-1] = self._k_rows[-1], self._k_rows[0]
        self.t = np.where(ok, t_new, self.t)
        self._finish(lanes)
        at = lanes[(reach & (self.person >= 0))[lanes]]
        if at.size:
            self._act(at)
            self._restart(at)
        for lane in np.flatnonzero((self.tries >= self.max_steps) & (self.person >= 0)):
            self._end(int(lane), Outcome.STEP_LIMIT, int(np.argmax(self._worst[:, lane])))

    def _bind(self) -> None:
        """Buffers and the bound code for the present width."""
        n, width = self.n, self.width
        self._other, self._x, self._sum, self._part = (np.empty((n, width)) for _ in range(4))
        self._clock = np.zeros(width)
        self._k_rows = [list(k) for k in self.k]
        self._code = self.rates.bind([self._clock, *self._x], self.kept)

    def _stage(self, s: int, weights: tuple[float, ...], h: Floats) -> Floats:
        """h * sum of weights times stages, in the buffer `_sum`."""
        total, part = self._sum, self._part
        np.multiply(self.k[0], weights[0], total)
        for j in range(1, s):
            np.multiply(self.k[j], weights[j], part)
            np.add(total, part, total)
        np.multiply(total, h, total)
        return total

    def _tsit5(self, h: Floats) -> tuple[Floats, Floats]:
        """The states after one step, and the largest error of each lane over its tolerance."""
        y, x, y_new = self.y, self._x, self._other
        last = len(STAGES) - 1
        for s in range(1, last + 1):
            at = y_new if s == last else x
            np.add(y, self._stage(s, STAGES[s], h), at)
            np.multiply(h, NODES[s], self._clock)
            np.add(self._clock, self.t, self._clock)
            self._rate(at, s)
        error, scale = self._stage(last + 1, ERROR, h), self._part
        np.abs(y, x)
        np.abs(y_new, scale)
        np.maximum(x, scale, out=scale)
        np.multiply(scale, self.rtol, scale)
        np.add(scale, self.atol, scale)
        np.abs(error, error)
        np.divide(error, scale, error)
        self._worst = error
        largest = np.maximum.reduce(error, axis=0)
        # An infinite state has an infinite scale and would look perfect.
        largest[~np.isfinite(np.maximum.reduce(scale, axis=0))] = np.nan
        return y_new, largest

    def _rate(self, at: Floats, s: int) -> None:
        """Fill stage s with the rates at the states `at` and the times in `_clock`."""
        x = self._x
        if self.has_lower:
            np.maximum(at, self.lower, out=x)
            at = x
        if self.has_upper:
            np.minimum(at, self.upper, out=x)
            at = x
        if at is not x:
            np.copyto(x, at)
        self._code(self._k_rows[s])
        if self.any_inflow:
            np.add(self.k[s], self.inflow, self.k[s])

    def _restart(self, lanes: NDArray[np.intp]) -> None:
        """After a load or an action: the first stage anew, and a first step."""
        m = lanes.size
        some = np.resize(lanes, padded(m))
        y = self.y[:, some]
        x = np.minimum(np.maximum(y, self.lower), self.upper)
        k = np.empty_like(x)
        code = self.rates.bind([self.t[some], *x], np.ascontiguousarray(self.kept[:, some]))
        code(list(k))
        k += self.inflow[:, some]
        self.k[0][:, lanes] = k[:, :m]
        scale = self.atol + self.rtol * np.abs(y)
        size, speed = (np.maximum.reduce(np.abs(v) / scale, axis=0)[:m] for v in (y, k))
        guess = np.where((size > 1e-5) & (speed > 1e-5), 0.01 * size / speed, 1e-6)
        guess = np.minimum(np.where(np.isfinite(guess), guess, 1e-6), LARGEST_FIRST)
        memory = self.after[lanes]
        self.h[lanes] = np.where(np.isnan(memory), guess, memory)
        self.before[lanes] = 1.0
        self.tries[lanes] = 0
        self.again[lanes] = False
        self.fresh[lanes] = True
        broken = ~np.isfinite(speed) | ~np.isfinite(size)
        for i in np.flatnonzero(broken):
            bad = ~(np.isfinite(y[:, i]) & np.isfinite(k[:, i]))
            self._end(int(lanes[i]), Outcome.NOT_FINITE, int(np.argmax(bad)))

    def _next_time(self, lanes: NDArray[np.intp]) -> Floats:
        """The time of each lane's next action; inf where there is none."""
        person, row = self.person[lanes], self.action[lanes]
        more = row < self.table.first[person + 1]
        when = np.full(lanes.size, np.inf)
        when[more] = self.table.time[row[more]]
        return when

    def _act(self, lanes: NDArray[np.intp]) -> None:
        """Take every action that is due in these lanes."""
        table = self.table
        due = lanes[self.stop[lanes] <= self.t[lanes]]
        while due.size:
            row = self.action[due]
            kind, state, value = table.kind[row], table.where[row], table.value[row]
            back = due[kind == RESET]
            self.y[:, back] = self.start[:, back]
            self.inflow[:, back] = 0.0
            flow = kind == INFUSE
            self.inflow[state[flow], due[flow]] = value[flow]
            self.any_inflow |= bool(flow.any())
            gift = kind == ADD
            self.y[state[gift], due[gift]] += value[gift]
            self.action[due] += 1
            self.stop[due] = self._next_time(due)
            due = due[self.stop[due] <= self.t[due]]

    def _finish(self, lanes: NDArray[np.intp]) -> None:
        """Release the lanes that have passed their last output time."""
        people = self.person[lanes]
        for lane in lanes[self.collector.cursor[people] == self.asked.given.size]:
            self._end(int(lane), Outcome.OK, 0)

    def _give_up(self, lanes: NDArray[np.intp], y_new: Floats) -> None:
        """End the lanes whose next step would be too small to move the time."""
        floor = SMALLEST * np.maximum(np.abs(self.t), 1.0)
        for lane in lanes[(self.h < floor)[lanes]]:
            error = self._worst[:, lane]
            finite = np.isfinite(error) & np.isfinite(y_new[:, lane])
            if finite.all():
                self._end(int(lane), Outcome.STEP_TOO_SMALL, int(np.argmax(error)))
            else:
                self._end(int(lane), Outcome.NOT_FINITE, int(np.argmin(finite)))

    def _end(self, lane: int, outcome: Outcome, state: int) -> None:
        self.ended.append((int(self.person[lane]), outcome, float(self.t[lane]), state))
        self.collector.steps[self.person[lane]] = self.taken[lane]
        self.person[lane] = -1
        self.stop[lane] = np.inf
