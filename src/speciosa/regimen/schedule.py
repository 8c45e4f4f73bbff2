"""Doses as a timetable: one dose or many, steps, breaks, and what was taken before.

Times are hours from the first dose of the regimen; amounts are in whatever unit the caller counts
its product. A dose of zero is no dose and leaves no entry.

Assumed: every dose is taken, on time; a regular user's habit ends one interval before time zero.
Left out: forgotten doses, doses by need, doses that differ by time of day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Schedule", "before", "doses"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When doses are taken (h, ascending), how much each time, and the interval between them.

    `every` is None for one dose. The interval of a dose ends `every` hours after it, also where the
    next is left out.
    """

    times: tuple[float, ...] = ()
    amounts: tuple[float, ...] = ()
    every: float | None = None

    @property
    def first(self) -> tuple[float, float | None] | None:
        """Start and end (h) of the first dosing interval; no end for one dose, None for none."""
        return self._interval(0) if self.times else None

    @property
    def last(self) -> tuple[float, float | None] | None:
        """Start and end (h) of the last dosing interval; no end for one dose, None for none."""
        return self._interval(-1) if self.times else None

    def _interval(self, place: int) -> tuple[float, float | None]:
        start = self.times[place]
        return start, None if self.every is None else start + self.every


def doses(
    dose: float,
    every: float | None = None,
    duration: float = 0.0,
    steps: Sequence[tuple[float, float]] = (),
    start: float = 0.0,
) -> Schedule:
    """`dose` at `start`, or every `every` hours from there for `duration` hours.

    A dose due at the very end is not taken: every 8 h for 24 h is three doses. `steps` are pairs of
    a time after `start` and the dose from then on, in order; 0 is a break or the end of a taper.
    """
    if every is None:
        return Schedule((start,), (dose,)) if dose > 0.0 else Schedule()
    count = max(1, -int(-duration // every))
    due = [i * every for i in range(count)]
    taken = [(start + t, size) for t in due if (size := _dose_at(t, dose, steps)) > 0.0]
    return Schedule(tuple(t for t, _ in taken), tuple(a for _, a in taken), every)


def before(dose: float, every: float, duration: float, memory: float) -> Schedule:
    """The doses of a regular user before time zero, at negative times.

    `duration` is for how long the habit lasted, `memory` for how long the body could still know
    (both h); older doses are left out.
    """
    count = int(min(duration, memory) // every)
    if dose <= 0.0 or count == 0:
        return Schedule(every=every)
    times = tuple(-i * every for i in range(count, 0, -1))
    return Schedule(times, (dose,) * count, every)


def _dose_at(time: float, dose: float, steps: Sequence[tuple[float, float]]) -> float:
    """The dose that the last step up to `time` says."""
    for start, size in steps:
        if start > time:
            break
        dose = size
    return dose
