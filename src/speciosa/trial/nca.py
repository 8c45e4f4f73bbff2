"""Non-compartmental analysis, as a study would compute it from its samples.

Areas follow the linear-up, logarithmic-down trapezoidal rule. The terminal slope is the
regression of the log concentration on time, over the last three or more samples after the
peak that give the largest adjusted R squared (more samples win a tie within 1e-4), which is
the usual best-fit rule of the field's programs. Samples below the limit of quantification are
left out, as a laboratory would.

Every function works on many people at once. A person's numbers do not depend on who else is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Nca", "analyse", "area", "terminal_slope", "total"]

Array = NDArray[np.float64]

MIN_POINTS = 3
TIE = 1e-4


@dataclass(frozen=True)
class Nca:
    """Exposure of each person in one window; made by `analyse`.

    Every property has the shape (people,); a value that the samples do not give is NaN. Each is
    computed when it is asked for: a slope costs more than all others, and few windows need one.
    """

    times: Array
    values: Array
    lloq: float

    @cached_property
    def cmax(self) -> Array:
        """The highest measured sample."""
        return np.where(self._anything, self._shown.max(axis=1), np.nan)

    @cached_property
    def tmax(self) -> Array:
        """When it was taken, h from the window's start."""
        return np.where(self._anything, self.times[self._peak], np.nan)

    @cached_property
    def auc_last(self) -> Array:
        """Area to the last measured sample."""
        return np.where(self._anything, area(self.times, self.values, self.lloq), np.nan)

    @cached_property
    def auc_inf(self) -> Array:
        """Area to infinity, along the terminal slope."""
        final = len(self.times) - 1 - np.argmax(self._seen[:, ::-1], axis=1)
        last = self.values[np.arange(len(self.values)), final]
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.auc_last + last / self._slope

    @cached_property
    def half_life(self) -> Array:
        """Half-life by the terminal slope, h."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(2.0) / self._slope

    @cached_property
    def _seen(self) -> NDArray[np.bool_]:
        return _measured(self.values, self.lloq)

    @cached_property
    def _anything(self) -> NDArray[np.bool_]:
        return np.asarray(self._seen.any(axis=1))

    @cached_property
    def _shown(self) -> Array:
        return np.where(self._seen, self.values, -np.inf)

    @cached_property
    def _peak(self) -> NDArray[np.intp]:
        return np.argmax(self._shown, axis=1)

    @cached_property
    def _slope(self) -> Array:
        return terminal_slope(self.times, self.values, self._peak, self.lloq)


def analyse(times: Array, values: Array, lloq: float = 0.0) -> Nca:
    """Analyse samples `values` (people, samples) taken at `times` (samples,), h after the dose.

    `lloq` is the lower limit of quantification in the unit of the values; a value has to be
    positive and at or above it to count as measured.
    """
    return Nca(times, values, lloq)


def area(times: Array, values: Array, lloq: float = 0.0) -> Array:
    """Area under the curve from the first to the last measured sample, shape (people,).

    A first sample at the start of the window counts as it is, zero too, and samples before the
    first measured one as zero, so that the rise is in and no more. Who has no sample at all has no
    area.
    """
    measured = _measured(values, lloq)
    finite = np.isfinite(values)
    first = np.where(measured.any(axis=1), np.argmax(measured, axis=1), len(times))
    early = finite & (np.arange(len(times)) < first[:, None])
    early[:, 0] = False
    values = np.where(early, 0.0, values)
    seen = measured | early
    seen[:, 0] |= finite[:, 0]
    if seen.all():
        parts = _trapezoid(np.diff(times), values[:, :-1], values[:, 1:])
    else:
        parts = _gapped(times, values, seen)
    return np.where(seen.any(axis=1), total(parts), np.nan)


def total(parts: Array) -> Array:
    """Sums along time (people, times).

    Rows have to lie one after the other in memory: NumPy then adds each up by itself, in an order
    that does not depend on how many people there are. A person's number must not.
    """
    return np.add.reduce(np.ascontiguousarray(parts), axis=1)


def _gapped(times: Array, values: Array, seen: NDArray[np.bool_]) -> Array:
    """Segments that end at each sample but the first; each begins at the last one seen."""
    at = np.where(seen, np.arange(len(times)), -1)
    before = np.maximum.accumulate(at, axis=1)[:, :-1]
    both = seen[:, 1:] & (before >= 0)
    start = np.take_along_axis(values, before, axis=1)
    step = times[1:] - times[before]
    return np.where(both, _trapezoid(step, start, values[:, 1:]), 0.0)


def terminal_slope(times: Array, values: Array, peak: NDArray[np.intp], lloq: float = 0.0) -> Array:
    """Terminal rate constant per person (1/h); NaN where fewer than three samples follow the peak.

    `peak` is the index of each person's highest sample; it is not part of the regression.
    """
    samples = values.shape[1]
    later = peak[:, None] < np.arange(samples, dtype=np.intp)
    # From the end to the beginning, as samples are added one by one.
    used = (_measured(values, lloq) & later)[:, ::-1]
    y = np.log(np.where(used, values[:, ::-1], 1.0))
    # Time counted from the end keeps the sums of squares small.
    x = np.where(used, times[::-1] - times[-1], 0.0)
    sums = [np.cumsum(part, axis=1) for part in (used.astype(float), x, y, x * x, x * y, y * y)]
    slope, adjusted = _regression(*sums)
    fits = used & (sums[0] >= MIN_POINTS) & (slope > 0.0) & ~np.isnan(adjusted)
    adjusted = np.where(fits, adjusted, -np.inf)
    best = np.maximum.accumulate(adjusted, axis=1)
    before = np.concatenate([np.full((len(best), 1), -np.inf), best[:, :-1]], axis=1)
    better = fits & (adjusted > before - TIE)
    last = samples - 1 - np.argmax(better[:, ::-1], axis=1)
    return np.where(better.any(axis=1), slope[np.arange(len(slope)), last], np.nan)


def _regression(
    n: Array, s_x: Array, s_y: Array, s_xx: Array, s_xy: Array, s_yy: Array
) -> tuple[Array, Array]:
    """Falling slope and adjusted R squared from the sums of 1, x, y, xx, xy and yy."""
    with np.errstate(divide="ignore", invalid="ignore"):
        var_x = s_xx - s_x * s_x / n
        var_y = s_yy - s_y * s_y / n
        cov = s_xy - s_x * s_y / n
        r_squared = cov * cov / (var_x * var_y)
        adjusted = 1.0 - (1.0 - r_squared) * (n - 1.0) / (n - 2.0)
        return -cov / var_x, adjusted


def _measured(values: Array, lloq: float) -> NDArray[np.bool_]:
    return np.isfinite(values) & (values > 0.0) & (values >= lloq)


def _trapezoid(step: Array, before: Array, after: Array) -> Array:
    """One segment: logarithmic where the curve falls, linear where it rises or starts at zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        falls = (after < before) & (after > 0.0)
        logarithmic = (before - after) / np.log(np.where(falls, before / after, 2.0))
    return np.asarray(step * np.where(falls, logarithmic, 0.5 * (before + after)), dtype=np.float64)
