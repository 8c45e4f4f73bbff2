"""What a keeper is: the agreement between a solver and whoever keeps something of its people."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Int8s", "Keeper", "Several"]

Floats = NDArray[np.float64]
Int8s = NDArray[np.int8]


class Keeper(Protocol):
    """Keeps something of each chunk of people that a solver has finished.

    One solve calls `begin` once, `take` for each chunk and `end` or `stop` once. `take` may run in
    several threads at once and gets the chunks in any order; no person comes twice. A keeper can be
    used again: `begin` forgets what was before.
    """

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """Get ready for `people` persons.

        `times` (h, rising) is (T,) for all of them, or (people, T), each row ending in nan where a
        person is asked at fewer times.
        """
        ...

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """Keep of the people `first`, `first + 1` … who are done.

        `values` is (k, T, outputs), nan throughout for a person who failed, and is overwritten
        after the call. `outcome` is (k,), `Outcome` numbers.
        """
        ...

    def end(self) -> None:
        """Finish: everybody was taken."""
        ...

    def stop(self) -> None:
        """In place of `end`: an error or Ctrl-C ended the solve. What is half done goes."""
        ...


class Several:
    """Several keepers of one solve, each of which takes every chunk."""

    def __init__(self, *keepers: Keeper) -> None:
        self.keepers = keepers

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        for keeper in self.keepers:
            keeper.begin(people, times, outputs)

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """See `Keeper`."""
        for keeper in self.keepers:
            keeper.take(first, values, outcome)

    def end(self) -> None:
        """See `Keeper`."""
        for keeper in self.keepers:
            keeper.end()

    def stop(self) -> None:
        """See `Keeper`."""
        for keeper in self.keepers:
            keeper.stop()
