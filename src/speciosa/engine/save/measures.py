"""Keeps measures: one number per person and output, in one window of time.

    cmax        the largest value
    tmax        when it is first reached, h from the window's start
    min         the smallest value
    last        the value at the last time
    mean        the area over the time between the first and the last time; of one time, its value
    auc         area under the curve by the linear trapezoidal rule
    time_above  h at or above the output's threshold, with straight lines between the times

Measures see the asked times alone: a peak between two of them is cut off. With a window, the times
in it count, both ends included, as if no others had been asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.outcome import Outcome
from speciosa.engine.save.keeper import Floats, Int8s
from speciosa.errors import InputError

__all__ = ["MEASURES", "Measures"]


@dataclass(frozen=True)
class _Curves:
    """One row per person and output, values side by side in memory.

    NumPy then adds each row up in an order of its own, whoever else is in the chunk.

    Attributes:
        t: (1 or rows, n) h from the window's start.
        y: (rows, n); where `inside` is False, any finite number.
        inside: (1 or rows, n), which times count; those that do lie side by side.
        level: (rows,) thresholds.
    """

    t: Floats
    y: Floats
    inside: NDArray[np.bool_]
    level: Floats

    @property
    def segments(self) -> Floats:
        """(1 or rows, n - 1) h between a time and the next, 0 unless both count."""
        return np.where(self.inside[:, 1:] & self.inside[:, :-1], np.diff(self.t), 0.0)

    def at(self, index: NDArray[np.intp], of: Floats) -> Floats:
        """(rows,) one element of each row."""
        return np.take_along_axis(np.broadcast_to(of, self.y.shape), index[:, None], 1)[:, 0]

    @property
    def final(self) -> NDArray[np.intp]:
        """(rows,) the last time that counts."""
        n = self.inside.shape[1]
        return np.broadcast_to(n - 1 - np.argmax(self.inside[:, ::-1], axis=1), self.y.shape[:1])


def _cmax(curves: _Curves) -> Floats:
    return np.where(curves.inside, curves.y, -np.inf).max(axis=1)


def _tmax(curves: _Curves) -> Floats:
    return curves.at(np.argmax(np.where(curves.inside, curves.y, -np.inf), axis=1), curves.t)


def _min(curves: _Curves) -> Floats:
    return np.where(curves.inside, curves.y, np.inf).min(axis=1)


def _last(curves: _Curves) -> Floats:
    return curves.at(curves.final, curves.y)


def _auc(curves: _Curves) -> Floats:
    return (curves.segments * (curves.y[:, 1:] + curves.y[:, :-1]) / 2.0).sum(axis=1)


def _mean(curves: _Curves) -> Floats:
    final = curves.at(curves.final, curves.t)
    span = final - curves.at(np.argmax(curves.inside, axis=1) + 0 * curves.final, curves.t)
    one = span == 0.0
    return np.where(one, _last(curves), _auc(curves) / np.where(one, 1.0, span))


def _time_above(curves: _Curves) -> Floats:
    over = curves.y - curves.level[:, None]
    a, b = over[:, :-1], over[:, 1:]
    apart = np.where(a == b, 1.0, np.abs(a - b))
    crossing = np.maximum(a, b) / apart
    share = np.where((a >= 0) & (b >= 0), 1.0, np.where((a < 0) & (b < 0), 0.0, crossing))
    return (curves.segments * share).sum(axis=1)


MEASURES: Mapping[str, Callable[[_Curves], Floats]] = MappingProxyType(
    {
        "cmax": _cmax,
        "tmax": _tmax,
        "min": _min,
        "last": _last,
        "mean": _mean,
        "auc": _auc,
        "time_above": _time_above,
    }
)
"""Every measure by its name."""


class Measures:
    """Measures of each person and output: 8 bytes each, whatever the number of times.

    A person who failed, who has a value that is nan, or no time in the window, has nan.

    Args:
        names: which of `MEASURES`.
        window: first and last time (h) that count; all times when None.
        above: the threshold of each output for `time_above`, in the output's unit.

    Attributes:
        values: by measure, (people, outputs).

    Raises:
        InputError: a measure is unknown, the window is empty, or a threshold is missing.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        window: tuple[float, float] | None = None,
        above: Mapping[str, float] | None = None,
    ) -> None:
        for name in names:
            if name not in MEASURES:
                raise InputError("measure", name, f"one of {', '.join(MEASURES)}")
        if window is not None and not window[0] <= window[1]:
            raise InputError("window", window, "a start and an end in h, the start first")
        self.names, self.window = tuple(names), window
        self.above = dict(above or {})
        self.values: dict[str, Floats] = {}
        self._times = np.empty((1, 0))
        self._inside = np.zeros((1, 0), dtype=np.bool_)
        self._near = slice(0, 0)
        self._levels = np.empty(0)

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        if "time_above" in self.names:
            for name in outputs:
                if name not in self.above:
                    raise InputError("above", name, "a threshold for each output")
        self._levels = np.array([self.above.get(name, np.nan) for name in outputs])
        start, end = self.window or (0.0, np.inf)
        t = np.atleast_2d(times)
        inside = np.isfinite(t) if self.window is None else (t >= start) & (t <= end)
        # Of all people, not of a chunk: the order in which NumPy adds up depends on how many.
        some = np.flatnonzero(inside.any(axis=0))
        self._near = slice(some[0], some[-1] + 1) if some.size else slice(0, 0)
        self._inside = inside[:, self._near]
        self._times = np.where(self._inside, t[:, self._near] - start, 0.0)
        self.values = {name: np.full((people, len(outputs)), np.nan) for name in self.names}

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """See `Keeper`."""
        k, m = len(values), values.shape[2]
        t, inside = self._times, self._inside
        if not k * m * t.shape[1]:
            return
        y = np.ascontiguousarray(values[:, self._near].transpose(0, 2, 1)).reshape(k * m, -1)
        if len(t) > 1:
            t = np.repeat(t[first : first + k], m, axis=0)
            inside = np.repeat(inside[first : first + k], m, axis=0)
        known = (np.isfinite(y) | ~inside).all(axis=1) & inside.any(axis=1)
        known &= np.repeat(outcome == Outcome.OK, m)
        # What is unknown or does not count must not warn on its way to nan.
        y = np.where(inside & known[:, None], y, 0.0)
        curves = _Curves(t, y, inside, np.tile(self._levels, k))
        for name, kept in self.values.items():
            found = np.where(known, MEASURES[name](curves), np.nan)
            kept[first : first + k] = found.reshape(k, m)

    def end(self) -> None:
        """See `Keeper`."""

    def stop(self) -> None:
        """See `Keeper`."""
