"""The plain data behind a fan chart: percentiles over time, for each kind of spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.report.words import output_title, readable
from speciosa.trial.simulation import FEWEST, ONLY_WITH_BOUNDS
from speciosa.trial.telling import FALLING, is_concentration, negligible

VISIBLE = 0.05
"""Share of its largest value below which a curve lies on the axis for the eye."""

PERCENTILES = ("p05", "p25", "median", "p75", "p95")


@dataclass(frozen=True)
class Band:
    """Five percentiles over time, each of the length of the times, in the unit of the output."""

    p05: NDArray[np.float64]
    p25: NDArray[np.float64]
    median: NDArray[np.float64]
    p75: NDArray[np.float64]
    p95: NDArray[np.float64]

    def times(self, factor: float) -> Band:
        """The same in another unit."""
        if factor == 1.0:
            return self
        return Band(*(factor * getattr(self, name) for name in PERCENTILES))

    @property
    def has_width(self) -> bool:
        """Whether anything is spread at all; one person without uncertainty is a line."""
        return bool(np.nanmax(self.p95 - self.p05, initial=0.0) > 0)


@dataclass(frozen=True)
class Fan:
    """One output over time: `times` and `doses` in h, `bands` by kind of spread."""

    output: str
    unit: str
    times: NDArray[np.float64]
    bands: Mapping[str, Band]
    doses: tuple[float, ...] = ()

    @property
    def title(self) -> str:
        """What the output is, in words."""
        return output_title(self.output)

    @property
    def is_concentration(self) -> bool:
        """Whether it is the level of a drug somewhere, and rises above zero."""
        rises = any(np.nanmax(band.p95, initial=0.0) > 0 for band in self.bands.values())
        return rises and is_concentration(self.output)

    @property
    def falls(self) -> bool:
        """Whether the lowest value tells most of it."""
        return self.output in FALLING

    @property
    def changes(self) -> bool:
        """Whether anything of it moves by more than nobody could feel; of a level, above zero."""
        if is_concentration(self.output):
            return self.is_concentration
        lines = [getattr(b, name) for b in self.bands.values() for name in PERCENTILES]
        known = [line[np.isfinite(line)] for line in lines]
        return any(
            not negligible(float(np.ptp(line)), self.unit, float(np.max(np.abs(line))))
            for line in known
            if line.size
        )

    @property
    def visible_until(self) -> float:
        """Until when (h) anything stands clear of a plain axis."""
        tops = np.stack([np.nan_to_num(np.abs(band.p95)) for band in self.bands.values()])
        clear = np.flatnonzero((tops > VISIBLE * tops.max()).any(axis=0))
        return float(self.times[min(clear[-1] + 1, len(self.times) - 1) if clear.size else -1])


def fans(result: Mapping[str, Any]) -> list[Fan]:
    """Every output of a result with time courses, in the order of the result.

    `result` is the object that `speciosa simulate --json --series` prints: its `series` holds
    `times` (h), `doses` (h) and `outputs`, each {output, unit, kind, p05, p25, median, p75, p95}.
    What is told only with its bounds is left out where a few draws of what we do not know make
    none.
    """
    if "series" not in result:
        raise InputError("series", None, "a result with time courses (series=True, or --series)")
    series = result["series"]
    times = _array(series["times"])
    doses = tuple(float(time) for time in series.get("doses", ()))
    units: dict[str, str] = {}
    bands: dict[str, dict[str, Band]] = {}
    for row in series["outputs"]:
        units[row["output"]] = row["unit"]
        percentiles = {name: _array(row[name]) for name in PERCENTILES}
        bands.setdefault(row["output"], {})[row["kind"]] = Band(**percentiles)
    bounded = result["people"]["replicates"] >= FEWEST
    shown = [name for name in bands if bounded or name not in ONLY_WITH_BOUNDS]
    return [_fan(name, units[name], times, bands[name], doses) for name in shown]


def _fan(
    name: str,
    unit: str,
    times: NDArray[np.float64],
    bands: Mapping[str, Band],
    doses: tuple[float, ...],
) -> Fan:
    """A fan in a unit that can be read."""
    tops = [float(np.nanmax(band.p95, initial=0.0)) for band in bands.values()]
    unit, factor = readable(unit, max(tops))
    return Fan(name, unit, times, {kind: band.times(factor) for kind, band in bands.items()}, doses)


def _array(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers from JSON, with null as nan."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
