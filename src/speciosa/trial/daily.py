"""A long course day by day: the worst withdrawal, the tolerance and the relief of each day.

Months of doses have tens of thousands of moments; a regimen is told by its days. The engine hands
over people as they are finished, and of each only days and a few measures stay.

    withdrawal_peak              worst moment, points of the withdrawal scale
    withdrawal_peak_day          the day on which it comes
    withdrawal_days              days whose worst moment is mild or worse
    withdrawal_days_above_mild   days whose worst moment is moderate or worse
    tolerance_half               days until the tolerance of relief is half gone, for good
    tolerance_recovered          days until it is as good as none, for good
    relief_lowest                relief on the worst day, all hours of it; below 0 is more pain
    relief_mean                  relief over all days

Days count from when arms part. A day that does not come while people are watched is infinite.

Assumed: a day is told by its worst moment (withdrawal) and by the mean of its moments (the rest).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import find

__all__ = ["MEASURES", "OUTPUTS", "UNITS", "Daily", "Grid", "grid", "scale"]

Array = NDArray[np.float64]

OUTPUTS = ("dependence.score", "tolerance.level", "pain.relief")
"""What is followed of everybody, in the order of `Daily.days`; nothing else is built."""

UNITS: Mapping[str, str] = {
    "withdrawal_peak": "points",
    "withdrawal_peak_day": "d",
    "withdrawal_days": "d",
    "withdrawal_days_above_mild": "d",
    "tolerance_half": "d",
    "tolerance_recovered": "d",
    "relief_lowest": "1",
    "relief_mean": "1",
}
MEASURES = tuple(UNITS)

DAY = 24.0
CLOSE = 4.0  # h between two looks while doses are taken and soon after
WIDE = 12.0  # and later, when nothing but slow states move
SOON = 30 * DAY
NONE = 1e-3
"""A tolerance below it is none, and cannot be half gone."""

_DIGITS = 6


@dataclass(frozen=True)
class Grid:
    """When an arm is looked at: `times` (h), and the first place of each of its days."""

    times: Array
    first: NDArray[np.intp]

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return len(self.first)


def grid(doses: tuple[float, ...], since: float, days: int) -> Grid:
    """Times of `days` days from `since` (h): before each dose, close together, and then wide."""
    end = since + DAY * days
    last = min(end, max((since, *doses)) + SOON)
    last = since + DAY * np.ceil(round((last - since) / DAY, _DIGITS))
    given = np.array([time for time in doses if since <= time < end])
    parts = [np.arange(since, last, CLOSE), np.arange(last, end, WIDE), given]
    times = np.unique(np.round(np.concatenate(parts), _DIGITS))
    day = np.floor(np.round((times - since) / DAY, _DIGITS))
    return Grid(times, np.searchsorted(day, np.arange(days)))


def scale() -> dict[str, float]:
    """From how many points withdrawal is called mild, moderate and severe."""
    words = {word: f"regimen/withdrawal/{word}" for word in ("mild", "moderate", "severe")}
    held = find([*words.values()])
    return {word: held[name].value for word, name in words.items()}


class Daily:
    """A keeper (`engine.save.Keeper`) of the days of everybody and of the measures over them.

    Attributes:
        days: (people, days, outputs), of `OUTPUTS`; nan throughout for who failed.
        numbers: (people, measures), of `MEASURES`.
    """

    def __init__(self, grid: Grid, recovered: Array) -> None:
        """`recovered` is the tolerance that counts as none, (people,)."""
        self.grid, self.recovered = grid, recovered
        self.scale = scale()
        self.days: Array = np.empty((0, 0, 0))
        self.numbers: Array = np.empty((0, 0))

    def begin(self, people: int, times: Array, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        self.days = np.full((people, self.grid.days, len(OUTPUTS)), np.nan)
        self.numbers = np.full((people, len(MEASURES)), np.nan)

    def take(self, first: int, values: Array, outcome: NDArray[np.int8]) -> None:
        """See `Keeper`."""
        people = slice(first, first + len(values))
        starts = self.grid.first
        count = np.diff(starts, append=len(self.grid.times))
        score, tolerance, relief = values[..., 0], values[..., 1], values[..., 2]
        days = self.days[people]
        days[..., 0] = np.maximum.reduceat(score, starts, axis=1)
        days[..., 1] = np.add.reduceat(tolerance, starts, axis=1) / count
        days[..., 2] = np.add.reduceat(relief, starts, axis=1) / count
        self.numbers[people] = self._measured(days, tolerance[:, 0], self.recovered[people])

    def end(self) -> None:
        """See `Keeper`."""

    def stop(self) -> None:
        """See `Keeper`."""

    def _measured(self, days: Array, tolerance: Array, recovered: Array) -> Array:
        """The measures of people, from their days and the tolerance that they came with."""
        worst, held, relief = days[..., 0], days[..., 1], days[..., 2]
        known = ~np.isnan(worst).any(axis=1)
        half = np.where(tolerance > NONE, _last(held >= 0.5 * tolerance[:, None]), np.nan)
        found = {
            "withdrawal_peak": worst.max(axis=1),
            "withdrawal_peak_day": np.argmax(worst, axis=1) + 1.0,
            "withdrawal_days": (worst >= self.scale["mild"]).sum(axis=1),
            "withdrawal_days_above_mild": (worst >= self.scale["moderate"]).sum(axis=1),
            "tolerance_half": half,
            "tolerance_recovered": _last(held > recovered[:, None]),
            "relief_lowest": relief.min(axis=1),
            "relief_mean": relief.mean(axis=1),
        }
        table = np.stack([np.asarray(found[name], dtype=np.float64) for name in MEASURES], axis=1)
        table[~known] = np.nan
        return table


def _last(true: NDArray[np.bool_]) -> Array:
    """Days until something is over for good, (people,): 0 if it never is, infinite if to the end.

    `true` is (people, days).
    """
    days = true.shape[1]
    over = np.where(true.any(axis=1), days - np.argmax(true[:, ::-1], axis=1), 0)
    return np.where(over == days, np.inf, over)
