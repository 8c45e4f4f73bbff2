"""How far a number may be off, and how far people were apart when it was measured.

Two things that must not be mixed have two forms here. The `Spread` of a record is uncertainty: what
we do not know about one true value. The `Printed` spread of an observation is what a study printed
beside its number, mostly the differences between its people.

A spread is a distribution around the value of its record. Draws are made by inverse cumulative
distribution (`quantile`), so that one uniform number gives one value whatever else is drawn.

Assumed: each record is independent of the others, except those that one fit made (`fits.py`).
Left out: empirical and mixed distributions; no record has needed one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["KINDS", "PRINTED_KINDS", "Z95", "Printed", "Spread", "expected_range"]

# Kind of spread -> the numbers that it needs.
KINDS: Mapping[str, tuple[str, ...]] = {
    "exact": (),
    "normal": ("sd",),
    "lognormal": ("gsd",),
    "logitnormal": ("sd",),
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
}

# What studies print. `range` is lowest and highest person; `ci90`, `ci95` are of the statistic
# itself; `stated` says that the source calls it +/- and no more; `none` that it prints nothing.
PRINTED_KINDS: Mapping[str, tuple[str, ...]] = {
    "range": ("low", "high"),
    "sd": ("sd",),
    "se": ("se",),
    "cv": ("cv",),
    "ci90": ("low", "high"),
    "ci95": ("low", "high"),
    "none": (),
}

Z95 = 1.6448536269514722
"""Standard normal quantile at 0.95."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Uncertainty of one value: a distribution around `centre`, in the unit of the record.

    `kind` is one of `KINDS`. `sd` is in the unit of the value (normal) or of its logit
    (logitnormal), `gsd` a factor, `low` and `high` ends in the unit of the value. `because` says
    why an exact value is exact, or where a spread comes from that no source prints.
    """

    kind: str
    centre: float
    sd: float = 0.0
    gsd: float = 1.0
    low: float = math.nan
    high: float = math.nan
    because: str = ""

    def quantile(self, u: ArrayLike) -> NDArray[np.float64]:
        """Value below which a share `u` of the distribution lies; `u` of any shape, inside (0, 1).

        Exact values come back as themselves. The shape is that of `u`.
        """
        import numpy as np

        from speciosa.evidence.normal import normal_quantile

        share = np.asarray(u, dtype=np.float64)
        if self.kind == "exact":
            return np.full(share.shape, self.centre)
        if self.kind == "uniform":
            return self.low + share * (self.high - self.low)
        if self.kind == "loguniform":
            return self.low * np.exp(share * math.log(self.high / self.low))
        z = normal_quantile(share)
        if self.kind == "normal":
            return self.centre + self.sd * z
        if self.kind == "lognormal":
            return self.centre * np.exp(math.log(self.gsd) * z)
        logit = math.log(self.centre / (1.0 - self.centre)) + self.sd * z
        return 1.0 / (1.0 + np.exp(-logit))

    @property
    def p05(self) -> float:
        """The 5th percentile, in the unit of the value."""
        return self._ends()[0]

    @property
    def p95(self) -> float:
        """The 95th percentile, in the unit of the value."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        """5th and 95th percentile in plain floats, without arrays, since tables ask for many."""
        match self.kind:
            case "exact":
                return self.centre, self.centre
            case "normal":
                return self.centre - Z95 * self.sd, self.centre + Z95 * self.sd
            case "lognormal":
                factor = self.gsd**Z95
                return self.centre / factor, self.centre * factor
            case "logitnormal":
                logit = math.log(self.centre / (1.0 - self.centre))
                ends = (logit - Z95 * self.sd, logit + Z95 * self.sd)
                return 1.0 / (1.0 + math.exp(-ends[0])), 1.0 / (1.0 + math.exp(-ends[1]))
            case "uniform":
                width = self.high - self.low
                return self.low + 0.05 * width, self.low + 0.95 * width
            case _:
                ratio = self.high / self.low
                return self.low * ratio**0.05, self.low * ratio**0.95

    @property
    def words(self) -> str:
        """How well the value is known, for people: `known to within 2.6-fold`, or `exact`."""
        if self.kind == "exact":
            return "exact"
        low, high = self._ends()
        if low <= 0.0:
            return f"known to within {(high - low) / 2.0:.2g} either way"
        fold = math.sqrt(high / low)
        return (
            f"known to within {fold:.2g}-fold"
            if fold >= 1.2
            else f"known to {100.0 * (fold - 1.0):.2g} %"
        )

    def as_mapping(self) -> dict[str, str | float]:
        """The mapping that a record file holds."""
        plain: dict[str, str | float] = {"kind": self.kind}
        plain.update({name: getattr(self, name) for name in KINDS[self.kind]})
        if self.because:
            plain["because"] = self.because
        return plain

    def __str__(self) -> str:
        """What a person reads in a table: `1.2 to 3.4 (90 %)`, or `exact`."""
        if self.kind == "exact":
            return "exact"
        return f"{self.p05:.3g} to {self.p95:.3g} (90 %)"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a study printed beside a number, in the unit of that number; `kind` of `PRINTED_KINDS`.

    `because` says what the source leaves open (whether +/- is a standard deviation, for example).
    """

    kind: str
    low: float = math.nan
    high: float = math.nan
    sd: float = math.nan
    se: float = math.nan
    cv: float = math.nan
    because: str = ""

    def sd_log_people(self, value: float, n: int | None) -> float:
        """Standard deviation between people on the log scale that the print implies; NaN if none.

        A range is divided by the width expected of `n` normal draws; a standard deviation or a
        coefficient of variation (a share, not per cent) is moment-matched; a standard error is
        first multiplied by the root of `n`. An interval of the statistic says nothing of people.
        """
        match self.kind:
            case "range" if n is not None and n > 1 and self.low > 0.0:
                return math.log(self.high / self.low) / expected_range(n)
            case "sd" if value > 0.0:
                return math.sqrt(math.log1p((self.sd / value) ** 2))
            case "se" if value > 0.0 and n is not None:
                return math.sqrt(math.log1p((self.se / value) ** 2 * n))
            case "cv":
                return math.sqrt(math.log1p(self.cv**2))
            case _:
                return math.nan

    def sd_people(self, n: int | None) -> float:
        """Standard deviation between people in the unit of the number; NaN if none follows.

        As `sd_log_people`, without logarithms: for millimetres, points and other differences.
        """
        match self.kind:
            case "range" if n is not None and n > 1:
                return (self.high - self.low) / expected_range(n)
            case "sd":
                return self.sd
            case "se" if n is not None:
                return self.se * math.sqrt(n)
            case _:
                return math.nan

    def as_mapping(self) -> dict[str, str | float]:
        """The mapping that an observation file holds."""
        plain: dict[str, str | float] = {"kind": self.kind}
        plain.update({name: getattr(self, name) for name in PRINTED_KINDS[self.kind]})
        if self.because:
            plain["because"] = self.because
        return plain

    def __str__(self) -> str:
        """What a person reads in a table."""
        match self.kind:
            case "range":
                return f"{self.low:g} to {self.high:g} (lowest and highest)"
            case "ci90" | "ci95":
                return f"{self.low:g} to {self.high:g} ({self.kind[2:]} % interval)"
            case "none":
                return "no spread printed"
            case "cv":
                return f"CV {100.0 * self.cv:g} %"
            case _:
                return f"{self.kind.upper()} {getattr(self, self.kind):g}"


def expected_range(n: int) -> float:
    """Expected distance of the lowest and highest of `n` standard normal draws, in SD.

    Integral of 1 - F^n - (1 - F)^n (Tippett 1925), by the trapezium rule; 1.128 for two, 2.326 for
    five.
    """
    step = 0.02
    total = 0.0
    for i in range(-400, 401):
        below = 0.5 * math.erfc(-i * step / math.sqrt(2.0))
        total += 1.0 - below**n - (1.0 - below) ** n
    return total * step
