"""What is believed before the data: a centre and a width for every parameter that is fitted.

The priors are wide on purpose. They keep directions that no observation resolves (how fast a drug
moves between its two compartments, for instance) within what any drug shows, and say nothing else.
Centres of clearances and volumes are of the order that dose, area and half-life alone would give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import yaml
from numpy.typing import NDArray

from speciosa.evidence.record import Record
from speciosa.evidence.spread import Spread

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """A belief about one parameter: normal on the scale of `log` or `logit`."""

    id: str
    centre: float
    width: float
    unit: str
    scale: str

    @property
    def start(self) -> float:
        """The centre on the scale of the fit."""
        return float(self.to_scale(np.array(self.centre)))

    def to_scale(self, value: Array) -> Array:
        """From the parameter's unit to the scale of the fit."""
        return np.log(value) if self.scale == "log" else np.log(value / (1.0 - value))

    def from_scale(self, x: Array) -> Array:
        """From the scale of the fit to the parameter's unit."""
        return np.exp(x) if self.scale == "log" else 1.0 / (1.0 + np.exp(-x))

    def spread(self, value: float, sd: float) -> Spread:
        """An estimate's spread: `sd` on the scale of the fit around `value`."""
        if self.scale == "log":
            return Spread("lognormal", value, gsd=round(float(np.exp(sd)), 4))
        return Spread("logitnormal", value, sd=round(sd, 4))

    def record(self) -> Record:
        """The belief as a record, so that a model can be built before anything is fitted."""
        return Record(
            id=self.id,
            value=self.centre,
            unit_text=self.unit,
            spread=self.spread(self.centre, self.width),
            source="speciosa",
            where="calibration/priors.yaml",
            read="recalled",
            status="assumed",
            conditions={},
            because="where a fit starts",
            range=(self.centre / 100.0, self.centre * 100.0),
        )


def read_priors() -> Mapping[str, Prior]:
    """The priors of `priors.yaml`, by record id."""
    text = (Path(__file__).parent / "priors.yaml").read_text(encoding="utf-8")
    rows = cast("list[dict[str, object]]", yaml.safe_load(text))
    found = [
        Prior(
            id=str(row["id"]),
            centre=float(cast("float", row["centre"])),
            width=float(cast("float", row["width"])),
            unit=str(row["unit"]),
            scale=str(row.get("scale", "log")),
        )
        for row in rows
    ]
    return {prior.id: prior for prior in found}
