"""Keeps every value: what a solve does when nothing else is asked for."""

from __future__ import annotations

import numpy as np

from speciosa.engine.outcome import Outcome
from speciosa.engine.save.keeper import Floats, Int8s

__all__ = ["Everything"]


class Everything:
    """All outputs of all people at all times: 8 bytes for each value.

    Attributes:
        values: (people, T, outputs); nan throughout for a person who failed.
    """

    def __init__(self) -> None:
        self.values: Floats = np.empty((0, 0, 0))

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        self.values = np.full((people, times.shape[-1], len(outputs)), np.nan)

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """See `Keeper`."""
        own = self.values[first : first + len(values)]
        own[:] = values
        own[outcome != Outcome.OK] = np.nan

    def end(self) -> None:
        """See `Keeper`."""

    def stop(self) -> None:
        """See `Keeper`."""
