"""Percentiles over time, gathered while a cohort runs.

While the curves of a cohort fit into `EXACT` bytes they are kept and their percentiles are exact.
Beyond that they are counted and forgotten, and a percentile is told to within `ERROR` of itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from speciosa.trial.crowd import Replicates, Room
from speciosa.trial.result import Course

__all__ = ["ERROR", "EXACT", "Courses"]

Array = NDArray[np.float64]

EXACT = 512 * 2**20
"""Bytes of curves that are kept for exact percentiles; one of each person in each replicate."""
ERROR = 0.005
"""Of a percentile relative to itself, where curves are counted."""


class Courses:
    """Percentiles over time of every output, for each kind of spread.

    Hand over all people with central records, and each replicate in order of people. Curves of a
    chunk are (people, times, outputs); who failed is nan throughout, and left out.
    """

    def __init__(self, people: int, replicates: int, times: int, outputs: int) -> None:
        room = Room((times, outputs), EXACT, ERROR)
        self._central = room.of(people)
        self._drawn = Replicates(people, replicates, room)

    @property
    def error(self) -> float:
        """The relative error of the percentiles, 0 where all of them are exact."""
        return max(self._central.error, self._drawn.error)

    def central(self, first: int, curves: Array) -> None:
        """Take people, numbered from `first`, with every record at its central value."""
        self._central.take(first, curves)

    def drawn(self, replicate: int, first: int, curves: Array) -> None:
        """Take people of one replicate."""
        self._drawn.take(replicate, first, curves)

    def found(self, units: Mapping[str, str]) -> dict[str, Course]:
        """The courses of the outputs, of which `units` holds name and unit in order."""
        bands = {"variability": self._central.bands(), **self._drawn.bands()}
        return {
            name: Course(unit, {kind: _of(place, band) for kind, band in bands.items()})
            for place, (name, unit) in enumerate(units.items())
        }


def _of(output: int, band: Mapping[str, Array]) -> dict[str, Array]:
    return {name: curves[:, output] for name, curves in band.items()}
