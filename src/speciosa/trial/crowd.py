"""Numbers of a crowd, of which percentiles are wanted: kept while they are few, else counted.

What is kept gives exact percentiles. Beyond a budget of memory numbers are counted and forgotten
(`engine.save.Percentiles`): memory then does not grow with people, and a percentile is told to
within an error that is a share of itself. Neither depends on the order or size of chunks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.save import Percentiles
from speciosa.trial.percentiles import PERCENTILES, Few, percentiles, told

__all__ = ["Bands", "Counted", "Crowd", "Kept", "Replicates", "Room"]

Array = NDArray[np.float64]
Bands = Mapping[str, Array]
"""Percentiles by name, each of the shape of one person's numbers."""

AT_ONCE = 2**20
"""Numbers put in order at a time."""


@dataclass(frozen=True)
class Room:
    """Room for the numbers of a crowd.

    Attributes:
        shape: of one person's numbers.
        most: bytes up to which numbers are kept.
        error: of a percentile relative to itself, where they are counted.
    """

    shape: tuple[int, ...]
    most: int
    error: float

    def of(self, people: int) -> Crowd:
        """Room for so many people."""
        if np.dtype(np.float32).itemsize * people * int(np.prod(self.shape)) <= self.most:
            return Kept(np.full((people, *self.shape), np.nan, dtype=np.float32))
        return Counted(people, self)


class Kept:
    """The numbers of few, each of them: (people, ...)."""

    error = 0.0

    def __init__(self, values: Few) -> None:
        self.values = values

    def take(self, first: int, values: Array) -> None:
        """Take the people `first`, `first + 1` …"""
        self.values[first : first + len(values)] = values

    def bands(self) -> dict[str, Array]:
        """Percentiles over the people."""
        shape = self.values.shape[1:]
        flat = self.values.reshape(len(self.values), -1).T
        cells = max(1, AT_ONCE // max(1, len(self.values)))
        # A few at a time, so that what NumPy needs besides is small.
        starts = range(0, len(flat), cells)
        found = [percentiles(flat[start : start + cells], axis=1) for start in starts]
        return {
            name: told(np.concatenate([one[name] for one in found]).reshape(shape))
            for name in PERCENTILES
        }


class Counted:
    """The numbers of many, in buckets."""

    def __init__(self, people: int, room: Room) -> None:
        self.shape, self.error = room.shape, room.error
        self.counts = Percentiles(list(PERCENTILES.values()), room.error)
        cells = tuple(map(str, range(int(np.prod(room.shape)))))
        self.counts.begin(people, np.zeros(1), cells)

    def take(self, first: int, values: Array) -> None:
        """Take people; who they are does not matter."""
        people = len(values)
        self.counts.take(first, values.reshape(people, 1, -1), np.zeros(people, dtype=np.int8))

    def bands(self) -> dict[str, Array]:
        """Percentiles over the people, each to within `error` of itself."""
        self.counts.end()
        rows = self.counts.values.reshape(len(PERCENTILES), *self.shape)
        return dict(zip(PERCENTILES, map(told, rows), strict=True))


Crowd = Kept | Counted


class Replicates:
    """The same people in several replicates: all of them together, and the middle of each.

    Replicates come one after the other, and of each its people in order.
    """

    def __init__(self, people: int, replicates: int, room: Room) -> None:
        self.people, self.replicates, self.room = people, replicates, room
        self.all = room.of(people * replicates)
        self._one = self._of_one(0)
        self._middles = np.full((replicates, *room.shape), np.nan)

    @property
    def error(self) -> float:
        """The relative error of the percentiles, 0 where they are exact."""
        return self.all.error

    def take(self, replicate: int, first: int, values: Array) -> None:
        """Take people of a replicate, numbered from `first`."""
        self.all.take(replicate * self.people + first, values)
        if not isinstance(self.all, Kept):
            self._one.take(first, values)
        if first + len(values) == self.people:
            self._middles[replicate] = self._one.bands()["median"]
            self._one = self._of_one(replicate + 1)

    def bands(self) -> dict[str, Bands]:
        """Percentiles of the replicates' medians, and of all people of all replicates."""
        if not self.replicates:
            return {}
        found = percentiles(self._middles)
        uncertainty = {name: told(values) for name, values in found.items()}
        return {"uncertainty": uncertainty, "both": self.all.bands()}

    def _of_one(self, replicate: int) -> Crowd:
        """Room for one replicate: where all replicates are kept, its part of them."""
        if isinstance(self.all, Kept):
            start = replicate * self.people
            return Kept(self.all.values[start : start + self.people])
        if replicate == self.replicates:
            return Kept(np.empty((0, *self.room.shape), dtype=np.float32))
        return self.room.of(self.people)
