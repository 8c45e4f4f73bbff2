"""Derivatives of measures to parameters, from the sensitivities of a solution.

A measure is a function of the values at the asked times, as `speciosa.engine.save.Measures` takes
it; its derivative follows by the chain rule, and is that of the measure as reported:

    cmax min     the sensitivity at the time of the extreme
    last         the sensitivity at the last time
    auc mean     the area under the sensitivity, by the same trapezoids
    time_above   how the crossings of the straight lines move

`tmax` is the time of a sample, which no small change of a parameter moves; it has no derivative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from speciosa.engine.numpy_code import Floats
from speciosa.engine.solution import Solution
from speciosa.errors import InputError

__all__ = ["DIFFERENTIABLE", "gradients"]

DIFFERENTIABLE: Final = ("cmax", "min", "last", "mean", "auc", "time_above")


def gradients(
    solution: Solution,
    measures: Sequence[str],
    *,
    window: tuple[float, float] | None = None,
    above: Mapping[str, float] | None = None,
) -> dict[str, Floats]:
    """The derivative of each measure: (people, outputs, parameters).

    Args:
        solution: solved with `sensitivities`, at times that all people share.
        measures: names out of `DIFFERENTIABLE`.
        window: first and last time (h) that count; all when None.
        above: the threshold of each output, for `time_above`.

    Raises:
        InputError: a measure has no derivative or no threshold, the solution has no sensitivities
            or times of each person's own, or no time lies in the window.
    """
    slopes, times = solution.sensitivities, np.asarray(solution.times)
    if not slopes.size:
        raise InputError("solution", "without sensitivities", "one solved with sensitivities")
    if times.ndim != 1:
        raise InputError("times", times.shape, "times that all people share, (T,)")
    for name in measures:
        if name not in DIFFERENTIABLE:
            raise InputError("measures", name, f"one of {', '.join(DIFFERENTIABLE)}")
    low, high = window if window is not None else (-np.inf, np.inf)
    inside = (times >= low) & (times <= high)
    if not inside.any():
        raise InputError("window", window, f"one with a time between {times[0]} and {times[-1]}")
    t, y, s = times[inside], solution.values[:, inside], slopes[:, inside]
    found: dict[str, Floats] = {}
    for name in measures:
        if name == "time_above":
            levels = _levels(solution.outputs, above)
            found[name] = _time_above(t, y - levels, s)
        else:
            found[name] = _plain(name, t, y, s)
    return found


def _plain(name: str, t: Floats, y: Floats, s: Floats) -> Floats:
    match name:
        case "cmax":
            return _at(np.argmax(y, axis=1), s)
        case "min":
            return _at(np.argmin(y, axis=1), s)
        case "last":
            return s[:, -1].copy()
        case _:
            area = np.asarray(np.trapezoid(s, t, axis=1))
            if name == "auc":
                return area
            return area / (t[-1] - t[0]) if t.size > 1 else s[:, 0].copy()


def _at(index: np.ndarray[tuple[int, int], np.dtype[np.intp]], s: Floats) -> Floats:
    """The sensitivities at one time of each person and output."""
    return np.take_along_axis(s, index[:, None, :, None], axis=1)[:, 0]


def _levels(outputs: tuple[str, ...], above: Mapping[str, float] | None) -> Floats:
    given = above or {}
    for name in outputs:
        if name not in given:
            raise InputError("above", name, "a threshold for each output")
    return np.array([given[name] for name in outputs], dtype=float)


def _time_above(t: Floats, beyond: Floats, s: Floats) -> Floats:
    """From a to b over a step h, the line is above for h a / (a - b), or h b / (b - a)."""
    a, b = beyond[:, :-1], beyond[:, 1:]
    crosses = (a >= 0) != (b >= 0)
    width = np.where(crosses, a - b, 1.0) ** 2
    down = np.where(a >= 0, 1.0, -1.0)
    share = np.where(crosses, down / width, 0.0) * np.diff(t)[:, None]
    moved = a[..., None] * s[:, 1:] - b[..., None] * s[:, :-1]
    return np.asarray((share[..., None] * moved).sum(axis=1))
