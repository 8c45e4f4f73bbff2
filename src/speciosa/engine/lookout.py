"""The triggers of one person in the slow twin: on which side each is, and what it has done.

Written from the meaning of a trigger and not from the fast engine: SciPy finds the root.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from speciosa.engine.numpy_code import Floats
from speciosa.engine.triggers import Armed

__all__ = ["Lookout"]

Observe = Callable[[float, Floats], list[float]]


class Lookout:
    """Keeps watch over one person.

    `observe(t, y)` gives the outputs of the problem; `times` (triggers, most) is when each acted.
    """

    def __init__(self, armed: Armed, observe: Observe) -> None:
        self.armed, self.observe = armed, observe
        self.above: list[bool] = [True] * len(armed.watched)
        self.times = np.full((len(armed.watched), int(armed.most.max())), np.nan)

    def distance(self, j: int, t: float, y: Floats) -> float:
        """How far output j is beyond its level, in the direction that counts."""
        output, rising = self.armed.watched[j]
        beyond = self.observe(t, y)[output] - float(self.armed.levels[j])
        return beyond if rising else -beyond

    def begin(self, t: float, y: Floats) -> None:
        """Nothing has crossed where a person begins."""
        self.above = [self.distance(j, t, y) > 0 for j in range(len(self.above))]

    def events(self) -> list[Callable[[float, Floats], float]]:
        """What SciPy watches: each trigger in the direction in which it can cross now."""
        return [self._event(j) for j in range(len(self.above))]

    def _event(self, j: int) -> Callable[[float, Floats], float]:
        def distance(t: float, y: Floats) -> float:
            return self.distance(j, t, y)

        vars(distance).update(terminal=True, direction=-1.0 if self.above[j] else 1.0)
        return distance

    def turned(self, j: int, t: float) -> bool:
        """Trigger j has changed sides at t; whether it acts."""
        self.above[j] = not self.above[j]
        count = int(np.isfinite(self.times[j]).sum())
        if not self.above[j] or count >= self.armed.most[j]:
            return False
        self.times[j, count] = t
        return True

    def at_once(self, j: int, now: tuple[float, Floats], then: tuple[float, Floats]) -> list[int]:
        """Triggers that change sides at the same time as j: SciPy tells of the first alone."""
        found: list[int] = []
        for i, above in enumerate(self.above):
            here, there = self.distance(i, *now), self.distance(i, *then)
            if i != j and abs(here) < abs(there - here) * 1e-3 and (there > 0) != above:
                found.append(i)
        return found

    def carried(self, t: float, y: Floats, turned: Sequence[int]) -> int | None:
        """A trigger that an event has carried over its level, if there is one that acts."""
        for j, above in enumerate(self.above):
            now = self.distance(j, t, y) > 0
            if j not in turned and now != above and self.turned(j, t):
                return j
        return None
