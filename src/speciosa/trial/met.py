"""What drugs did to each other where the same people ran with and without them, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from speciosa.trial.stops import LIKELY

__all__ = ["Band", "Enzyme", "Exposures", "Ratio", "Risk"]


@dataclass(frozen=True, slots=True)
class Band:
    """The middle of the people with central numbers, and the 90 % range with all we do not know."""

    median: float
    p05: float
    p95: float

    def to_dict(self) -> dict[str, float]:
        """Plain data."""
        return {"median": self.median, "p05": self.p05, "p95": self.p95}


@dataclass(frozen=True, slots=True)
class Ratio:
    """Exposure of `of` with `by` over that without; `by` is the other drugs, or kratom.

    `days` holds the ratio of areas day by day, from the first dose on: (day, ratio). `static` is
    what the static calculation says of the area.
    """

    of: str
    by: tuple[str, ...]
    auc: Band
    cmax: Band
    days: tuple[tuple[int, Band], ...]
    static: float | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "of": self.of,
            "by": list(self.by),
            "auc": self.auc.to_dict(),
            "cmax": self.cmax.to_dict(),
            "days": [{"day": day, "auc": band.to_dict()} for day, band in self.days],
            "static": self.static,
        }


@dataclass(frozen=True, slots=True)
class Enzyme:
    """An enzyme's lowest and highest activity, 1 = usual, and when it is back after the last dose.

    `back` is in hours, None if it never strayed or is not back before the end.
    """

    name: str
    lowest: Band
    highest: Band
    back: float | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "name": self.name,
            "lowest": self.lowest.to_dict(),
            "highest": self.highest.to_dict(),
            "back": self.back,
        }


@dataclass(frozen=True, slots=True)
class Risk:
    """The highest of an output together, by kratom alone, and by the others alone."""

    output: str
    together: Band
    kratom: Band
    others: Band

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "output": self.output,
            "together": self.together.to_dict(),
            "kratom": self.kratom.to_dict(),
            "others": self.others.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Exposures:
    """What a scenario's drugs do to each other.

    There are no `risks` where a dangerous drug has no effect in the model: they would reassure.
    `stopped` is the share of people whose breath stops, with central numbers, and `stopped_rows`
    with all that we do not know.
    """

    ratios: tuple[Ratio, ...]
    enzymes: tuple[Enzyme, ...]
    risks: tuple[Risk, ...]
    stopped: float
    stopped_rows: float
    failed: int

    @property
    def breath_stops(self) -> bool:
        """Whether breath stops in anybody by the central numbers, or in a tenth of all rows."""
        return self.stopped > 0.0 or self.stopped_rows >= LIKELY

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa check --json` prints it."""
        return {
            "ratios": [one.to_dict() for one in self.ratios],
            "enzymes": [one.to_dict() for one in self.enzymes],
            "risks": [one.to_dict() for one in self.risks],
            "stopped": self.stopped,
            "stopped_rows": self.stopped_rows,
            "failed": self.failed,
        }
