"""When to look: output times, and the windows in which measures are taken.

A single dose has one window, `all`. A repeated regimen has three: `first` and `last` (the first and
the last dosing interval) and `all`. Samples are either those of a study (hours after the window's
start) or a dense grid. A half-life is read from the whole tail after the window's dose, not from
the interval alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Look", "Window", "look"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

# Hours after a dose at which the dense grid looks: close where curves bend, wide where they do not.
_AFTER_DOSE = np.concatenate(
    [
        np.arange(0.0, 4.0, 0.1),
        np.arange(4.0, 12.0, 0.25),
        np.arange(12.0, 24.0, 0.5),
        np.arange(24.0, 72.0, 1.0),
    ]
)
_FAR = 2.0
# Grids and doses are told apart to a microsecond; anything closer is the same moment.
_DIGITS = 9
_BETWEEN_DOSES = 1.0
# After every dose of a regimen, so that no peak between the first and the last is cut off.
_PEAKS = np.arange(0.25, 3.0, 0.25)
# An interval that ends with the next dose is read this long before it (h): an output at a dose time
# is the value after the dose, which belongs to the next interval.
_BEFORE_DOSE = 1e-6


@dataclass(frozen=True)
class Window:
    """One window: its name, span (h), and which of the output times belong to it.

    `samples` are the study's, `tail` those from the window's start to the end of the run, `dense`
    all that lie in the window.
    """

    name: str
    start: float
    end: float
    samples: Index
    tail: Index
    dense: Index

    @property
    def inside(self) -> slice:
        """`dense`, which are neighbours, as a slice."""
        return slice(int(self.dense[0]), int(self.dense[-1]) + 1)


@dataclass(frozen=True)
class Look:
    """All output times (h, ascending), those of the drawn series, and the windows."""

    times: Array
    series: Index
    windows: tuple[Window, ...]

    def window(self, name: str) -> Window:
        """The window of that name; after a single dose all names mean the one that there is."""
        return next((window for window in self.windows if window.name == name), self.windows[-1])


def look(
    doses: Sequence[float],
    interval: float | None,
    until: float,
    sampling: Sequence[float] | None,
    beside: Sequence[float] = (),
) -> Look:
    """Plan the output times for doses at the given hours.

    `interval` is the time between doses (None for one dose), `until` the end of the run and
    `sampling` the hours after a window's start at which a study samples; None is a dense grid.
    `beside` are times of other medicines; windows do not count from them, but nothing they do may
    fall between two output times.
    """
    given = sorted({round(t, _DIGITS) for t in doses if 0.0 <= t < until} or {0.0})
    spans = _spans(given, interval, until)
    dense = _dense(given, spans, until, beside)
    planned: dict[str, tuple[Array, Array, float]] = {}
    for name, (start, end) in spans.items():
        close = round(end - _BEFORE_DOSE, _DIGITS) if round(end, _DIGITS) in given else end
        if sampling is None:
            inside = np.append(dense[(dense >= start) & (dense < close)], close)
            tail = dense[dense >= start]
        else:
            at = _rounded(start + np.concatenate([[0.0], np.asarray(sampling, dtype=np.float64)]))
            inside = np.unique(at[at <= end])
            tail = np.unique(at[at <= until])
        planned[name] = (inside, tail, close)
    sampled = [part for inside, tail, close in planned.values() for part in (inside, tail, [close])]
    times = np.unique(np.concatenate([dense, *sampled]))
    windows = tuple(
        Window(
            name,
            *spans[name],
            np.searchsorted(times, inside),
            np.searchsorted(times, tail),
            np.flatnonzero((times >= spans[name][0]) & (times <= close)),
        )
        for name, (inside, tail, close) in planned.items()
    )
    return Look(times, np.searchsorted(times, dense), windows)


def _spans(
    given: Sequence[float], interval: float | None, until: float
) -> dict[str, tuple[float, float]]:
    if interval is None or len(given) == 1:
        return {"all": (0.0, until)}
    first, last = given[0], given[-1]
    return {
        "first": (first, min(first + interval, until)),
        "last": (last, min(last + interval, until)),
        "all": (0.0, until),
    }


def _dense(
    given: Sequence[float],
    spans: dict[str, tuple[float, float]],
    until: float,
    beside: Sequence[float],
) -> Array:
    """Fine after the first and the last dose, coarser after those between."""
    parts = [np.array([0.0, until]), np.asarray(given, dtype=np.float64)]
    starts = {span[0] for name, span in spans.items() if name != "all"} or {given[0]}
    parts += [start + _AFTER_DOSE for start in starts]
    parts += [np.add.outer(np.asarray(given), _PEAKS).ravel()]
    parts += [np.add.outer(np.asarray(beside, dtype=np.float64), _AFTER_DOSE).ravel()]
    parts.append(np.arange(0.0, until, _BETWEEN_DOSES if len(given) > 1 else _FAR))
    times = _rounded(np.concatenate(parts))
    return np.unique(times[(times >= 0.0) & (times <= until)])


def _rounded(times: Array) -> Array:
    return np.round(times, _DIGITS)
