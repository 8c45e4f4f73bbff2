"""Keeps what a function makes of each person's values."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from speciosa.engine.outcome import Outcome
from speciosa.engine.save.keeper import Floats, Int8s
from speciosa.errors import InputError

__all__ = ["Reduced"]


class Reduced:
    """`width` numbers of each person: what `function` makes of the values of a chunk.

    `function` gets (k, T, outputs) and gives (k, width). A row of what it gives must depend on the
    same person's values alone, to the last bit; NumPy may add up in another order when people are
    fewer, so sum along time with `cumsum`. It may run in several threads at once.

    Attributes:
        values: (people, width); nan throughout for a person who failed.

    Raises:
        InputError: the function gives another shape.
    """

    def __init__(self, function: Callable[[Floats], Floats], width: int) -> None:
        self.function, self.width = function, width
        self.values: Floats = np.empty((0, width))

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        self.values = np.full((people, self.width), np.nan)

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """See `Keeper`."""
        found = self.function(values)
        if found.shape != (len(values), self.width):
            raise InputError("function", found.shape, f"numbers of shape (k, {self.width})")
        own = self.values[first : first + len(values)]
        own[:] = found
        own[outcome != Outcome.OK] = np.nan

    def end(self) -> None:
        """See `Keeper`."""

    def stop(self) -> None:
        """See `Keeper`."""
