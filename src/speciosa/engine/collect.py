"""Outputs at the asked times, read from the steps that pass them.

Only the states that the chosen outputs read are interpolated, and only the chosen outputs are kept.
Passed times are gathered over steps and lanes, and the outputs computed for many at once; which
ones share a batch does not matter, as every operation is elementwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.methods.tsit5 import DENSE
from speciosa.engine.numpy_code import Floats, vectorised
from speciosa.engine.problem import Problem
from speciosa.engine.solution import Asked

__all__ = ["Collector"]

BATCH = 2048


class Collector:
    """Gathers passed output times and fills `values` (people, times, outputs)."""

    def __init__(self, problem: Problem, asked: Asked) -> None:
        n, people = len(problem.states), asked.parameters.shape[0]
        self.times = asked.given
        self.code = vectorised(problem.observe, 1 + n, asked.chosen)
        self.values = np.full((people, asked.given.size, len(asked.chosen)), np.nan)
        self.cursor = np.zeros(people, dtype=np.intp)
        self.steps = np.zeros(people, dtype=np.int64)
        self.read = np.array([slot - 1 for slot in self.code.needed if slot > 0], dtype=np.intp)
        self.lower = np.fmax(np.array(problem.lower), -np.inf)[self.read][:, None]
        self.upper = np.fmin(np.array(problem.upper), np.inf)[self.read][:, None]
        self.filled = 0
        self.person = np.zeros(BATCH, dtype=np.intp)
        self.index = np.zeros(BATCH, dtype=np.intp)
        self.clock = np.zeros(BATCH)
        self.states = np.zeros((self.read.size, BATCH))
        self.kept = np.zeros((self.code.kept, BATCH))
        self.found = np.zeros((len(asked.chosen), BATCH))
        rows = {slot: row for slot, row in zip(self.read + 1, self.states, strict=True)}
        self.run = self.code.bind(
            [self.clock, *(rows.get(slot, self.clock) for slot in range(1, n + 1))], self.kept
        )

    def take(
        self,
        people: NDArray[np.intp],
        lanes: NDArray[np.intp],
        t: Floats,
        t_new: Floats,
        h: Floats,
        y: Floats,
        k: list[Floats],
        kept: Floats,
    ) -> None:
        """Take the output times from t up to, not including, t_new in these lanes.

        A time at the end of a step belongs to the next one, which starts after the dose.
        """
        person = people[lanes]
        upto = np.searchsorted(self.times, t_new[lanes], side="left")
        first = self.cursor[person]
        count = upto - first
        self.cursor[person] = upto
        total = int(count.sum())
        if not total:
            return
        ends = np.cumsum(count)
        lane = np.repeat(lanes, count)
        index = np.arange(total) + np.repeat(first - (ends - count), count)
        done = 0
        while done < total:
            size = min(BATCH - self.filled, total - done)
            some = slice(done, done + size)
            self._gather(lane[some], index[some], people, t, h, y, k, kept)
            done += size
            if self.filled == BATCH:
                self.flush()

    def _gather(
        self,
        lane: NDArray[np.intp],
        index: NDArray[np.intp],
        people: NDArray[np.intp],
        t: Floats,
        h: Floats,
        y: Floats,
        k: list[Floats],
        kept: Floats,
    ) -> None:
        into = slice(self.filled, self.filled + lane.size)
        self.filled += lane.size
        self.person[into] = people[lane]
        self.index[into] = index
        self.clock[into] = self.times[index]
        self.kept[:, into] = np.take(kept, lane, axis=1)
        if not self.read.size:
            return
        width = h[lane]
        theta = (self.times[index] - t[lane]) / width
        total = np.zeros((self.read.size, lane.size))
        for weights, stage in zip(DENSE, k, strict=True):
            a, b, c, d = weights
            weight = theta * (a + theta * (b + theta * (c + theta * d)))
            total += weight * np.take(stage[self.read], lane, axis=1)
        self.states[:, into] = np.take(y[self.read], lane, axis=1) + width * total

    def flush(self) -> None:
        """Compute the outputs of what was gathered."""
        np.maximum(self.states, self.lower, out=self.states)
        np.minimum(self.states, self.upper, out=self.states)
        self.run(list(self.found))
        some = slice(self.filled)
        self.values[self.person[some], self.index[some]] = self.found[:, some].T
        self.filled = 0
