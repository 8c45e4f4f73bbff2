"""What a comparison of regimens found: the same people under each, and each held against the first.

A value, a difference and a ratio are of one person at a time; only then are percentiles taken. So
the difference of two medians is not the median difference, and the latter is what is told.

    variability   people differ: every record at its central value
    uncertainty   how the median person moves between draws of what we do not know
    both          people of all draws together
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.evidence import Record
from speciosa.trial.crowd import Bands
from speciosa.trial.daily import MEASURES, UNITS
from speciosa.trial.percentiles import PERCENTILES
from speciosa.trial.regimens import Arm
from speciosa.trial.result import Course

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HOWS", "Pairs", "rows_of"]

Array = NDArray[np.float64]

HOWS = ("value", "difference", "ratio")
_RATIOS = ("withdrawal_peak", "tolerance_half", "tolerance_recovered")
"""Measures of which a ratio means something: never negative, and hardly ever nothing."""


@dataclass(frozen=True)
class Pairs:
    """What the arms showed, in the same people.

    Attributes:
        arms: regimens; all others are held against the first.
        rows: {arm, how, measure, unit, kind, median, p05, p25, p75, p95}; `how` is value,
            difference (from the first arm, within each person) or ratio. An end that does not come
            while people are watched is infinite.
        days: of the curves, from when arms part.
        courses: for each arm, percentiles over the days of the outputs followed.
        values: for each arm, measures of each person with central records.
    """

    arms: tuple[Arm, ...]
    model_version: str
    model_hash: Mapping[str, str]
    method: str
    seed: int
    people: int
    replicates: int
    failed: int
    rows: tuple[Mapping[str, Any], ...]
    days: Array
    courses: Mapping[str, Mapping[str, Course]]
    values: Mapping[str, Mapping[str, Array]]
    scale: Mapping[str, float]
    evidence: tuple[Record, ...]
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]

    def measure(self, arm: str, measure: str) -> Array:
        """A measure of each person in one arm, (people,). Raises InputError."""
        if arm not in self.values:
            raise InputError("arm", arm, f"one of {', '.join(self.values)}")
        if measure not in UNITS:
            raise InputError("measure", measure, f"one of {', '.join(UNITS)}")
        return self.values[arm][measure]

    def frame(self) -> pd.DataFrame:
        """All rows as a table."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))

    def to_dict(self, series: bool = False) -> dict[str, Any]:
        """Plain data, as `speciosa compare --json` prints it; what is infinite is None."""
        table: dict[str, Any] = {
            "arms": [
                {
                    "name": arm.name,
                    "says": arm.says,
                    "since": arm.since,
                    "stops": arm.stops,
                    "scenario": arm.scenario.filled(),
                    "hash": self.model_hash[arm.name],
                }
                for arm in self.arms
            ],
            "model": {"version": self.model_version, "method": self.method},
            "seed": self.seed,
            "people": {"n": self.people, "replicates": self.replicates, "failed": self.failed},
            "days": len(self.days),
            "measures": [_told(row) for row in self.rows],
            "scale": dict(self.scale),
            "warnings": list(self.warnings),
            "evidence": [
                {"id": record.id, "status": record.status, "read": record.read}
                for record in self.evidence
            ],
            "assumptions": list(self.assumptions),
        }
        if series:
            table["series"] = {
                "days": self.days.tolist(),
                "arms": [
                    {
                        "arm": arm,
                        "output": output,
                        "unit": course.unit,
                        "kind": kind,
                        **{name: _plain(band[name]) for name in PERCENTILES},
                    }
                    for arm, held in self.courses.items()
                    for output, course in held.items()
                    for kind, band in course.bands.items()
                ],
            }
        return table


def rows_of(names: Sequence[str], told: Mapping[str, Bands]) -> Iterator[Mapping[str, Any]]:
    """Rows of the table; the first arm has no difference from itself."""
    for place, arm in enumerate(names):
        for at, how in enumerate(HOWS):
            if place == 0 and how != "value":
                continue
            for column, measure in enumerate(MEASURES):
                if how == "ratio" and measure not in _RATIOS:
                    continue
                for kind, band in told.items():
                    found = {key: float(held[place, at, column]) for key, held in band.items()}
                    if np.isnan(found["median"]):
                        continue
                    unit = "1" if how == "ratio" else UNITS[measure]
                    yield {
                        "arm": arm, "how": how, "measure": measure, "unit": unit, "kind": kind,
                        **found,
                    }  # fmt: skip


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in which what lies beyond the end is None, and named."""
    ends = {key: row[key] for key in PERCENTILES}
    beyond = [key for key, value in ends.items() if np.isinf(value)]
    plain = {key: float(value) if np.isfinite(value) else None for key, value in ends.items()}
    return {**row, **plain, "beyond": beyond}


def _plain(values: Array) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
