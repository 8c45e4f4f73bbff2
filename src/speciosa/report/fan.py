"""The plain data behind a fan chart: percentiles over time, for each kind of spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.report.words import PLACES, output_title

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
        return rises and self.output.partition(".")[0] in PLACES

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
    return [Fan(name, units[name], times, bands[name], doses) for name in bands]


def _array(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers from JSON, with null as nan."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
