"""Percentiles over time, gathered while a cohort runs.

While curves are few they are kept and their percentiles are exact. Beyond `EXACT` curves they are
counted and forgotten (`engine.save.Percentiles`): memory then no longer grows with people, and a
percentile is told to within `ERROR` of itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.save import Percentiles
from speciosa.trial.result import PERCENTILES, Course, percentiles

__all__ = ["ERROR", "EXACT", "Courses", "middle"]

Array = NDArray[np.float64]

EXACT = 10_000
"""Curves that are kept for exact percentiles; one of each person in each replicate."""
ERROR = 0.005
"""Of a percentile relative to itself, where curves are counted."""


class Courses:
    """Percentiles over time of every output, for each kind of spread.

    Hand over all people with central records, and each replicate in order of people. Curves of a
    chunk are (people, times, outputs); who failed is nan throughout, and left out.
    """

    def __init__(self, people: int, replicates: int, times: int, outputs: int) -> None:
        self.people = people
        self._shape = (times, outputs)
        self._variability = _crowd(people, *self._shape)
        self._both = _crowd(people * replicates, *self._shape)
        self._replicate = self._of_one(0)
        self._middles = np.full((replicates, *self._shape), np.nan)

    @property
    def error(self) -> float:
        """The relative error of the percentiles, 0 where all of them are exact."""
        return max(self._variability.error, self._both.error)

    def central(self, first: int, curves: Array) -> None:
        """Take people, numbered from `first`, with every record at its central value."""
        self._variability.take(first, curves)

    def drawn(self, replicate: int, first: int, curves: Array) -> None:
        """Take people of one replicate."""
        self._both.take(replicate * self.people + first, curves)
        if not isinstance(self._both, _Kept):
            self._replicate.take(first, curves)
        if first + len(curves) == self.people:
            self._middles[replicate] = self._replicate.middle()
            self._replicate = self._of_one(replicate + 1)

    def found(self, units: Mapping[str, str]) -> dict[str, Course]:
        """The courses of the outputs, of which `units` holds name and unit in order."""
        bands = {"variability": self._variability.bands()}
        if len(self._middles):
            bands["uncertainty"] = percentiles(self._middles)
            bands["both"] = self._both.bands()
        return {
            name: Course(unit, {kind: _of(place, band) for kind, band in bands.items()})
            for place, (name, unit) in enumerate(units.items())
        }

    def _of_one(self, replicate: int) -> _Kept | _Counted:
        """Room for one replicate: where all replicates are kept, its part of them."""
        if isinstance(self._both, _Kept):
            start = replicate * self.people
            return _Kept(self._both.curves[start : start + self.people])
        return _crowd(self.people, *self._shape)


def _of(output: int, band: Mapping[str, Array]) -> dict[str, Array]:
    return {name: curves[:, output] for name, curves in band.items()}


def _crowd(count: int, times: int, outputs: int) -> _Kept | _Counted:
    if count <= EXACT:
        return _Kept(np.full((count, times, outputs), np.nan))
    return _Counted(count, times, outputs)


class _Kept:
    """Curves of few, each of them."""

    error = 0.0

    def __init__(self, curves: Array) -> None:
        self.curves = curves

    def take(self, first: int, curves: Array) -> None:
        self.curves[first : first + len(curves)] = curves

    def bands(self) -> dict[str, Array]:
        # Output by output: what NumPy needs besides is then small.
        each = [percentiles(self.curves[:, :, output]) for output in range(self.curves.shape[2])]
        return {name: np.stack([band[name] for band in each], axis=-1) for name in PERCENTILES}

    def middle(self) -> Array:
        outputs = range(self.curves.shape[2])
        return np.stack([middle(self.curves[:, :, output], axis=0) for output in outputs], axis=-1)


class _Counted:
    """Curves of many, in buckets."""

    error = ERROR

    def __init__(self, count: int, times: int, outputs: int) -> None:
        self.counts = Percentiles(list(PERCENTILES.values()), ERROR)
        self.counts.begin(count, np.arange(float(times)), tuple(map(str, range(outputs))))

    def take(self, first: int, curves: Array) -> None:
        self.counts.take(first, curves, np.zeros(len(curves), dtype=np.int8))

    def bands(self) -> dict[str, Array]:
        self.counts.end()
        return dict(zip(PERCENTILES, self.counts.values, strict=True))

    def middle(self) -> Array:
        return self.bands()["median"]


def middle(values: Array, axis: int) -> Array:
    """Median without those who have no value; nan where nobody has one."""
    empty = np.isnan(values).all(axis=axis)
    filled = np.where(np.expand_dims(empty, axis), 0.0, values)
    return np.where(empty, np.nan, np.nanmedian(filled, axis=axis))
