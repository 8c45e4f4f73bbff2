"""Curves of the same people in two scenarios, at moments that both share.

Each scenario is looked at in moments of its own, close together after its own doses. Both are told
at all moments of either. Of many doses nobody sees each in a drawing: there the highest of each day
is told, and the lowest of what a drug lowers.

True: where both have the same moments, or days are told, nothing is filled in. Assumed: between two
of its own moments a curve is the straight line that a drawing shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.trial.percentiles import Few, percentiles, told
from speciosa.trial.telling import telling

__all__ = ["Curves", "Moments", "course_of", "shared"]

Array = NDArray[np.float64]

SEEN = 12
"""Doses that can be told apart in a drawing."""
LEAST = 5
"""Days from which a curve may be told by its days."""

_DAY = 24.0


@dataclass(frozen=True)
class Moments:
    """Hours, or whole days from the first on if `daily`."""

    times: Array
    daily: bool = False

    def read(self, own: Array, values: Array, outputs: Sequence[str]) -> Array:
        """Curves (people, own times, outputs) at these moments, or what tells most of each day."""
        if self.daily:
            return self._days(own, values, outputs)
        if np.array_equal(own, self.times):
            return values
        after = np.clip(np.searchsorted(own, self.times), 1, own.size - 1)
        before = after - 1
        share = ((self.times - own[before]) / (own[after] - own[before]))[:, None]
        return (1.0 - share) * values[:, before] + share * values[:, after]

    def _days(self, own: Array, values: Array, outputs: Sequence[str]) -> Array:
        first = np.searchsorted(own, _DAY * (self.times - 1.0))
        found = np.maximum.reduceat(values, first, axis=1)
        lowest = [place for place, name in enumerate(outputs) if telling(name) == "min"]
        found[:, :, lowest] = np.minimum.reduceat(values[:, :, lowest], first, axis=1)
        return found


def shared(times: Sequence[Array], doses: Sequence[Sequence[float]]) -> Moments:
    """The moments of scenarios that are looked at in `times` (h) and have `doses` (h)."""
    days = int(np.ceil(max(float(one[-1]) for one in times) / _DAY))
    if days >= LEAST and max(len(set(one)) for one in doses) > SEEN:
        return Moments(np.arange(1.0, days + 1.0), daily=True)
    return Moments(np.unique(np.concatenate(times)))


class Curves:
    """Curves of everybody in one scenario: by the central numbers, and in each draw.

    Hand over each draw's people in order; None is by the central numbers.
    """

    def __init__(
        self, moments: Moments, own: Array, outputs: Sequence[str], people: int, replicates: int
    ) -> None:
        """`own` are the moments at which the scenario is looked at, h."""
        self.moments, self.own, self.outputs = moments, own, tuple(outputs)
        shape = (1 + replicates, people, moments.times.size, len(outputs))
        self._held: Few = np.full(shape, np.nan, dtype=np.float32)

    def take(self, replicate: int | None, first: int, values: Array) -> None:
        """Take people, numbered from `first`: (people, own times, outputs)."""
        draw = 0 if replicate is None else 1 + replicate
        read = self.moments.read(self.own, values, self.outputs)
        self._held[draw, first : first + len(values)] = read

    def of(self, output: str) -> Few:
        """An output of everybody: (1 + draws, people, moments), by the central numbers first."""
        return self._held[..., self.outputs.index(output)]


def course_of(curves: Few) -> Mapping[str, Mapping[str, Array]]:
    """Percentiles over time by kind of spread, of what `Curves.of` gives."""
    central, drawn = curves[0], curves[1:]
    kinds = {
        "variability": percentiles(central),
        "uncertainty": percentiles(percentiles(drawn, axis=1)["median"]),
        "both": percentiles(drawn.reshape(-1, drawn.shape[-1])),
    }
    return {kind: {name: told(line) for name, line in band.items()} for kind, band in kinds.items()}
