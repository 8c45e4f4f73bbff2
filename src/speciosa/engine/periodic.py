"""The periodic state of a person who gets the same dose for ever, for any model.

One cycle maps the states before a dose to those before the next. The orbit is its fixed point,
found by Newton's method with differences for the Jacobian of the cycle: one more cycle for each
state, those of all people in one batch. A Jacobian is kept for as long as steps shrink with it.
After a few plain cycles from the start values a linear model is there in one step, and a nonlinear
one in a handful, however slowly it would get there by itself. Where Newton does not arrive, many
plain cycles decide whether there is a periodic state at all.

A sum of states that no dose and no loss changes (receptor free and bound) keeps its start value:
there the Jacobian has the eigenvalue 1, and the step is the one that leaves the sum alone. A state
that no rate reads (an area, an amount excreted) only counts; it stands at its start value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.actions import ADD, FILL, INFUSE, Part, Settle, sort
from speciosa.engine.events import Ints
from speciosa.engine.numpy_code import Floats, evaluate
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem

__all__ = ["Orbits", "Periodic", "periodic"]

FEW, MANY, ROUNDS = 3, 50, 6
"""Plain cycles before Newton; of a round when Newton failed; rounds of these."""
MOST_STEPS = 20
MOST_AT_ONCE = 50_000
"""People in one call of `settle`."""
SHRINKS = 0.2
"""A step larger than this share of the last asks for a new Jacobian."""
LITTLE = 0.01
"""On an orbit a cycle changes less than this share of what the first ones did: where more comes in
than goes out, a state may grow so large that the change is nothing beside it, and no orbit is near.
"""
CONSERVED = 1e-8
"""Singular values of the scaled 1 - J below this are sums that no cycle changes."""


@dataclass(frozen=True)
class Orbits:
    """What goes round: one orbit a row.

    Attributes:
        problem: the equations.
        parameters: (orbits, parameters).
        begin: h, when the dose before `now` entered.
        now: h, where on the orbit the states are wanted; at most one period after `begin`.
        period: h.
        state: into which the doses go.
        amount: that enters at once, where `pace` is 0.
        pace: of an infusion, per h.
        lasts: h of an infusion; may be longer than the period.
    """

    problem: Problem
    parameters: Floats
    begin: Floats
    now: Floats
    period: Floats
    state: Ints
    amount: Floats
    pace: Floats
    lasts: Floats

    @cached_property
    def inner(self) -> NDArray[np.intp]:
        """The states that some rate reads."""
        program = self.problem.rates
        read = {arg for op in program.ops for arg in op.args} | set(program.results)
        count = len(self.problem.states)
        return np.array([i for i in range(count) if i + 1 in read], dtype=np.intp)

    def start(self) -> Floats:
        """The start values (orbits, states)."""
        return evaluate(self.problem.start, self.parameters).T.copy()

    def run(
        self,
        which: NDArray[np.intp],
        states: Floats,
        settle: Settle,
        *,
        cycles: int = 1,
        to_now: bool = False,
    ) -> tuple[Floats, NDArray[np.int8]]:
        """States and outcomes of these orbits after so many cycles, or at `now`, from `states`."""
        found, outcome = np.empty_like(states), np.zeros(which.size, dtype=np.int8)
        for some in np.array_split(np.arange(which.size), -(-which.size // MOST_AT_ONCE) or 1):
            o = which[some]
            begin, period = self.begin[o], self.period[o]
            everybody = np.arange(o.size, dtype=np.int64)
            who = np.repeat(everybody, cycles)
            turns = np.tile(np.arange(cycles), o.size)
            at, state = begin[who] + turns * period[who], self.state[o][who]
            whole, rest = np.divmod(self.lasts[o], period)
            flows = (self.pace[o] > 0)[who]
            high = np.where(rest > 0, whole + 1, whole) * self.pace[o]
            parts = [
                Part(FILL, everybody, begin, turn=0, where=everybody),
                Part(ADD, who[~flows], at[~flows], turn=1, where=state[~flows],
                     value=self.amount[o][who[~flows]]),
                Part(INFUSE, who[flows], at[flows], turn=2, where=state[flows],
                     value=high[who[flows]]),
                Part(INFUSE, who[flows], (at + rest[who])[flows], turn=1, where=state[flows],
                     value=(whole * self.pace[o])[who[flows]]),
            ]  # fmt: skip
            table = sort(parts, o.size, states[some], begin)
            ends = self.now[o] if to_now else begin + cycles * period
            found[some], outcome[some] = settle(self.parameters[o], table, ends)
        return found, outcome


@dataclass(frozen=True)
class Periodic:
    """States (orbits, states), outcomes and, where there is no orbit, the state to name."""

    states: Floats
    outcome: NDArray[np.int8]
    culprit: NDArray[np.intp]


def periodic(
    orbits: Orbits, which: NDArray[np.intp], settle: Settle, rtol: float, atol: Floats
) -> Periodic:
    """The states at `now` of these orbits; the others are left at their start values."""
    search = _Search(orbits, settle, rtol, atol)
    wide = max(1, MOST_AT_ONCE // (orbits.inner.size + 1))
    for first in range(0, which.size, wide):
        search.find(which[first : first + wide])
    return Periodic(search.states, search.outcome, search.culprit)


class _Search:
    def __init__(self, orbits: Orbits, settle: Settle, rtol: float, atol: Floats) -> None:
        self.orbits, self.settle = orbits, settle
        self.rtol, self.atol = rtol, atol
        rows = orbits.parameters.shape[0]
        self.states = orbits.start()
        self.outcome = np.zeros(rows, dtype=np.int8)
        self.culprit = np.zeros(rows, dtype=np.intp)
        self.ended = np.zeros(rows, dtype=np.int8)  # how the last run of each ended
        lower, upper = np.array(orbits.problem.lower), np.array(orbits.problem.upper)
        inner = orbits.inner
        self.lower, self.upper = np.fmax(lower, -np.inf)[inner], np.fmin(upper, np.inf)[inner]
        counter = ~np.isin(orbits.state, inner)
        self.grows = counter & ((orbits.amount > 0) | (orbits.pace > 0))

    def find(self, which: NDArray[np.intp]) -> None:
        """Find these orbits and go along them to `now`."""
        o, inner = self.orbits, self.orbits.inner
        fixed = np.flatnonzero(self.grows)
        self.outcome[fixed], self.culprit[fixed] = Outcome.NO_STEADY_STATE, o.state[fixed]
        which = which[~self.grows[which]]
        self._cycle_on(which[~self._newton(which)])
        good = which[self.outcome[which] == Outcome.OK]
        later = good[o.now[good] < o.begin[good] + o.period[good]]
        if later.size:
            at, ended = o.run(later, self.states[later], self.settle, to_now=True)
            counts = np.ones(at.shape[1], dtype=np.bool_)
            counts[inner] = False
            at[:, counts] = self.states[later][:, counts]
            self.states[later] = at
            self._failed(later, ended, at)

    def _after(
        self, which: NDArray[np.intp], y: Floats, cycles: int = 1
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """The inner states after so many cycles from inner states `y`, and whether it went well."""
        full = self.states[which].copy()
        full[:, self.orbits.inner] = y
        found, ended = self.orbits.run(which, full, self.settle, cycles=cycles)
        self.ended[which] = ended
        found = found[:, self.orbits.inner]
        return found, (ended == Outcome.OK) & np.isfinite(found).all(axis=1)

    def _allowed(self, *states: Floats) -> Floats:
        largest = np.max([np.abs(y) for y in states], axis=0)
        return self.atol[self.orbits.inner] + self.rtol * largest

    def _newton(self, which: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether each of these orbits was found; those go into `states`."""
        inner = self.orbits.inner
        count, m = which.size, inner.size
        y, active = self._after(which, self.states[which][:, inner], FEW)
        y = np.clip(y, self.lower, self.upper)
        found = np.zeros(count, dtype=bool)
        jacobian, last = np.zeros((count, m, m)), np.full(count, np.inf)
        new, limit = np.ones(count, dtype=bool), np.zeros((count, m))
        for number in range(MOST_STEPS):
            busy = np.flatnonzero(active & ~found)
            if not busy.size:
                break
            after, good = self._after(which[busy], y[busy])
            active[busy[~good]] = False
            busy, after = busy[good], after[good]
            changed = after - y[busy]
            if number == 0:
                limit[busy] = np.maximum(self._allowed(y[busy], after), LITTLE * np.abs(changed))
            fresh = new[busy]
            if fresh.any():
                own, fine = self._jacobian(which[busy[fresh]], y[busy[fresh]], after[fresh])
                jacobian[busy[fresh]] = own
                active[busy[fresh][~fine]] = False
            for i, job in enumerate(busy):
                if not active[job]:
                    continue
                scale = self._scale(which[[job]], y[[job]], changed[[i]])[0]
                step, kept = _step(jacobian[job], changed[i], scale)
                moved = np.clip(y[job] + step, self.lower, self.upper)
                allowed = self._allowed(y[job], after[i])
                size = np.max(np.abs(moved - y[job]) / allowed, initial=0.0)
                rest = np.max(np.abs(changed[i]) / allowed, initial=0.0)
                if not np.isfinite(size):
                    active[job] = False
                    continue
                small = size <= 1.0 or (rest <= 1.0 and size > 0.5 * last[job])
                ends = np.all(np.abs(changed[i]) <= limit[job]) and np.all(np.abs(kept) <= allowed)
                if small and ends:
                    found[job] = self._attracts(jacobian[job])
                    active[job] = found[job]
                new[job], last[job] = size > SHRINKS * last[job], size
                y[job] = moved
        self.states[np.ix_(which[found], inner)] = y[found]
        return found

    def _scale(self, which: NDArray[np.intp], y: Floats, changed: Floats) -> Floats:
        """What counts as large for each state: by how much differences are taken."""
        inner, o = self.orbits.inner, self.orbits
        scale = np.maximum(np.abs(y), np.abs(changed))
        dose = np.maximum(o.amount, o.pace * np.minimum(o.lasts, o.period))[which]
        dosed = inner[None, :] == o.state[which][:, None]
        scale = np.where(dosed, np.maximum(scale, dose[:, None]), scale)
        return np.maximum(scale, 10 * self.atol[inner] / np.sqrt(self.rtol))

    def _jacobian(
        self, which: NDArray[np.intp], y: Floats, after: Floats
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """The derivative of one cycle (orbits, states, states), and whether it could be had."""
        count, m = y.shape
        by: Floats = self._scale(which, y, after - y) * np.sqrt(self.rtol)
        by = np.where(y + by > self.upper, -by, by)
        there = np.repeat(y[:, None, :], m, axis=1)
        there[:, np.arange(m), np.arange(m)] += by
        by = there[:, np.arange(m), np.arange(m)] - y  # as it was rounded
        moved, good = self._after(np.repeat(which, m), there.reshape(count * m, m))
        slopes = (moved.reshape(count, m, m) - after[:, None, :]) / by[:, :, None]
        fine = np.logical_and.reduce(good.reshape(count, m), axis=1)
        return slopes.swapaxes(1, 2), fine

    def _attracts(self, jacobian: Floats) -> bool:
        """Whether doses lead to this orbit, rather than away from it."""
        if not jacobian.size:
            return True
        return bool(np.abs(np.linalg.eigvals(jacobian)).max() <= 1.0 + np.sqrt(self.rtol))

    def _cycle_on(self, which: NDArray[np.intp]) -> None:
        """Plain cycles for these orbits, until they settle or are seen to go on for ever."""
        y = self.states[which][:, self.orbits.inner]
        before = np.full(which.size, np.inf)
        growth = y
        for _ in range(ROUNDS):
            states = [y]
            for cycles in (MANY, 1, 1):
                found, good = self._after(which, states[-1], cycles)
                self._no_orbit(which[~good], np.abs(found[~good]))
                which, before = which[good], before[good]
                states = [y[good] for y in (*states, found)]
            if not which.size:
                return
            _, first, second, y = states
            allowed = self._allowed(y, second)
            change, growth = np.abs(second - first) / allowed, np.abs(y - second) / allowed
            size = growth.max(axis=1)
            with np.errstate(all="ignore"):
                shrinks = np.minimum(size / change.max(axis=1), 1.0 - 1e-12)
                there = (size == 0) | (size * shrinks / (1.0 - shrinks) <= 1.0)
            full = self.states[which]
            full[:, self.orbits.inner] = y
            self.states[which[there]] = full[there]
            hopeless = ~there & ~(size < 0.99 * before)
            self._no_orbit(which[hopeless], growth[hopeless])
            on = ~there & ~hopeless
            which, y, before, growth = which[on], y[on], size[on], growth[on]
        self._no_orbit(which, growth)

    def _no_orbit(self, which: NDArray[np.intp], growth: Floats) -> None:
        if which.size:
            ended = self.ended[which]
            self.outcome[which] = np.where(ended == Outcome.OK, Outcome.NO_STEADY_STATE, ended)
            worst = np.argmax(np.where(np.isnan(growth), np.inf, growth), axis=1)
            self.culprit[which] = self.orbits.inner[worst]

    def _failed(self, which: NDArray[np.intp], ended: NDArray[np.int8], at: Floats) -> None:
        bad = ended != Outcome.OK
        self.outcome[which[bad]] = ended[bad]
        self.culprit[which[bad]] = np.argmin(np.isfinite(at[bad]), axis=1)


def _step(jacobian: Floats, changed: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Newton's step for a change over one cycle, and what of the change it cannot undo."""
    if not changed.size:
        return changed, changed
    a = (np.eye(changed.size) - jacobian) * scale[None, :] / scale[:, None]
    b = changed / scale
    try:
        left, values, right = np.linalg.svd(a)
    except np.linalg.LinAlgError:
        return np.full(changed.size, np.nan), changed
    kept = values <= CONSERVED * max(1.0, float(values[0]))
    if kept.any():
        sums = left[:, kept]
        a_more = np.concatenate([a, sums.T])
        b_more = np.concatenate([b, np.zeros(int(kept.sum()))])
        step = np.linalg.lstsq(a_more, b_more, rcond=None)[0]
    else:
        step = right.T @ ((left.T @ b) / values)
    return step * scale, (b - a @ step) * scale
