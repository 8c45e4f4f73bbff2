"""Non-compartmental analysis, as a study would compute it from its samples.

Areas follow the linear-up, logarithmic-down trapezoidal rule. The terminal slope is the
regression of the log concentration on time, over the last three or more samples after the
peak that give the largest adjusted R squared (more samples win a tie within 1e-4), which is
the usual best-fit rule of the field's programs. Samples below the limit of quantification are
left out, as a laboratory would.

Every function works on many people at once and loops over samples alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Nca", "analyse", "area", "terminal_slope"]

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
    early = np.isfinite(values) & (np.cumsum(measured, axis=1) == 0)
    early[:, 0] = False
    values = np.where(early, 0.0, values)
    seen = measured | early
    seen[:, 0] |= np.isfinite(values[:, 0])
    total = np.zeros(len(values))
    last_time = np.full(len(values), np.nan)
    last_value = np.full(len(values), np.nan)
    for j, t in enumerate(times):
        here, now = seen[:, j], values[:, j]
        both = here & np.isfinite(last_time)
        total += np.where(both, _trapezoid(t - last_time, last_value, now), 0.0)
        last_time = np.where(here, t, last_time)
        last_value = np.where(here, now, last_value)
    return np.where(seen.any(axis=1), total, np.nan)


def terminal_slope(times: Array, values: Array, peak: NDArray[np.intp], lloq: float = 0.0) -> Array:
    """Terminal rate constant per person (1/h); NaN where fewer than three samples follow the peak.

    `peak` is the index of each person's highest sample; it is not part of the regression.
    """
    people, samples = values.shape
    later = peak[:, None] < np.arange(samples, dtype=np.intp)
    usable = _measured(values, lloq) & later
    logs = np.log(np.where(usable, values, 1.0))
    # Time counted from the end keeps the sums of squares small.
    back = times - times[-1]
    sums = np.zeros((6, people))
    best_fit = np.full(people, -np.inf)
    best = np.full(people, np.nan)
    for j in range(samples - 1, -1, -1):
        used, y = usable[:, j], logs[:, j]
        x = np.full(people, back[j])
        sums = sums + used * np.stack([np.ones(people), x, y, x * x, x * y, y * y])
        slope, adjusted = _regression(sums)
        better = used & (sums[0] >= MIN_POINTS) & (slope > 0.0) & (adjusted > best_fit - TIE)
        best = np.where(better, slope, best)
        best_fit = np.where(better, np.maximum(adjusted, best_fit), best_fit)
    return best


def _regression(sums: Array) -> tuple[Array, Array]:
    """Falling slope and adjusted R squared from the sums of 1, x, y, xx, xy and yy."""
    n, s_x, s_y, s_xx, s_xy, s_yy = sums
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
