"""Results by name: arrays per person, tables of measures, percentiles over time.

Three kinds of spread, never mixed up:

    variability   people differ: every record at its central value
    uncertainty   we do not know: how the median person moves between draws of the records
    both          people of all draws together
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.evidence.record import Record
from speciosa.trial.measures import Measure, Name
from speciosa.trial.peaks import peaks_of
from speciosa.trial.percentiles import PERCENTILES
from speciosa.trial.scenario import Scenario
from speciosa.trial.stops import Stops

if TYPE_CHECKING:
    import pandas as pd

    from speciosa.trial.alternatives import Alternatives
    from speciosa.trial.prediction import Prediction

__all__ = ["KINDS", "Course", "Result", "plain", "rows_of"]

Array = NDArray[np.float64]

KINDS = ("variability", "uncertainty", "both")
_ORDER = ("median", "p05", "p25", "p75", "p95")


@dataclass(frozen=True)
class Course:
    """One output over time: percentiles (times,) for each kind of spread."""

    unit: str
    bands: Mapping[str, Mapping[str, Array]]


@dataclass(frozen=True)
class Result:
    """What a run found.

    `result["plasma.mitragynine"]` is (people, times) in `units["plasma.mitragynine"]`, at
    `result.times` (h), with every record at its central value; `result.measure(...)` is one number
    per person, with seven digits. Of a cohort it holds the curves of the first people, as many as
    fit into 64 MiB and 2000 at most, and the measures of all. Of a data file there are no measures:
    `times` is (people, times) as well, nan after a person's last, and `data` has a prediction for
    each observation.

    `method` is what the model was integrated with: `rodas5p`, `tsit5`, or `reference` where machine
    code cannot be made.

    `courses_error` is how far a percentile over time may be off, as a share of itself: 0, or 0.005
    where there were too many curves to keep and they were counted.

    `stops` says in how many the breath stops; `breath_stops` that it does in somebody by the
    central numbers, or in a tenth of all people of all draws: an emergency, if somebody took it.

    `shares` say of how many people an effect is none, mild, moderate or strong, as
    `shares.shares_of` has them.

    `alternatives` holds the medians of each variant beside those of the model as it stands, where
    `all` were asked for; everything else is then of the model as it stands, but for the evidence.
    """

    scenario: Scenario
    model_version: str
    model_hash: str
    variants: tuple[str, ...]
    method: str
    seed: int
    people: int
    replicates: int
    failed: int
    times: Array
    doses: tuple[float, ...]
    units: Mapping[str, str]
    values: Mapping[str, Array]
    measures: tuple[Measure, ...]
    rows: tuple[Mapping[str, Any], ...]
    courses: Mapping[str, Course]
    courses_error: float
    evidence: tuple[Record, ...]
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    data: Prediction | None = None
    alternatives: Alternatives | None = None
    stops: Stops = field(default_factory=Stops)
    shares: tuple[Mapping[str, Any], ...] = ()

    @property
    def breath_stops(self) -> bool:
        """Whether so many stop breathing that it is an emergency."""
        return self.stops.emergency

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names that `result[name]` knows."""
        return tuple(self.values)

    def __getitem__(self, output: str) -> Array:
        """An output of the people over time, (people, times). Raises InputError."""
        if output not in self.values:
            raise InputError("output", output, f"one of {', '.join(self.values)}")
        return self.values[output]

    def measure(self, measure: str, output: str, window: str = "all") -> Array:
        """A measure of each person, (people,). Raises InputError."""
        for one in self.measures:
            if (one.measure, one.output, one.window) == (measure, output, window):
                return one.values
        known = sorted({f"{m.measure} ({m.window})" for m in self.measures if m.output == output})
        raise InputError("measure", f"{measure} ({window}) of {output}", f"one of {known}")

    def frame(self) -> pd.DataFrame:
        """All measures as a table, one row per output, measure, window and kind of spread."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))

    def people_frame(self) -> pd.DataFrame:
        """Measures of each person: one row per person, one column per measure."""
        import pandas as pd

        columns = {f"{m.output} {m.measure} {m.window}": m.values for m in self.measures}
        return pd.DataFrame(columns).rename_axis("person")

    def series_frame(self) -> pd.DataFrame:
        """Percentiles over time: one row per output, kind of spread and time. Raises InputError."""
        import pandas as pd

        parts = [
            pd.DataFrame({"output": name, "kind": kind, "time": self.times, **band})
            for name, course in self._courses().items()
            for kind, band in course.bands.items()
        ]
        return pd.concat(parts, ignore_index=True)

    def data_frame(self) -> pd.DataFrame:
        """Observations of the data file: its columns, then predictions. Raises InputError."""
        if self.data is None:
            raise InputError("data", None, "a run of a data file: simulate(..., data=...)")
        return self.data.frame()

    def to_dict(self, series: bool = False) -> dict[str, Any]:
        """The object that `speciosa simulate --json` prints; numbers that do not exist are None."""
        table: dict[str, Any] = {
            "scenario": self.scenario.filled(),
            "model": {
                "version": self.model_version,
                "hash": self.model_hash,
                "variants": list(self.variants),
                "method": self.method,
            },
            "seed": self.seed,
            "people": {"n": self.people, "replicates": self.replicates, "failed": self.failed},
            "measures": [dict(row) for row in self.rows],
            "shares": [dict(row) for row in self.shares],
            "peaks": [dict(row) for row in peaks_of(self.measures)],
            "stops": self.stops.to_dict(),
            "warnings": list(self.warnings),
            "evidence": [
                {"id": record.id, "status": record.status, "read": record.read}
                for record in self.evidence
            ],
            "assumptions": list(self.assumptions),
        }
        if self.alternatives is not None:
            table["variants"] = self.alternatives.to_dict()
        if self.data is not None:
            table["data"] = self.data.to_dict()
        if series:
            courses: dict[str, Any] = {
                "times": plain(self.times),
                "doses": list(self.doses),
                "outputs": [
                    {
                        "output": name,
                        "unit": course.unit,
                        "kind": kind,
                        **{key: plain(band[key]) for key in PERCENTILES},
                    }
                    for name, course in self._courses().items()
                    for kind, band in course.bands.items()
                ],
            }
            if self.courses_error:
                courses["relative_error"] = self.courses_error
            table["series"] = courses
        return table

    def _courses(self) -> Mapping[str, Course]:
        if not self.courses:
            raise InputError("series", False, "a run that keeps time courses: series=True")
        return self.courses


def rows_of(
    names: Sequence[Name], kinds: Mapping[str, Mapping[str, Array]]
) -> Iterable[dict[str, Any]]:
    """Rows of the table of measures; a kind in which nobody has a value is left out.

    `kinds` holds percentiles by kind of spread, (measures,) each.
    """
    told = {kind: {name: band[name].tolist() for name in _ORDER} for kind, band in kinds.items()}
    for place, name in enumerate(names):
        for kind, band in told.items():
            found = {one: values[place] for one, values in band.items()}
            if found["median"] == found["median"]:
                yield {**name._asdict(), "kind": kind, **found}


def plain(values: Array) -> list[float | None]:
    """Numbers as JSON has them: None where there is none."""
    return [None if value != value else value for value in values.tolist()]
