"""What another engine is asked for: every state of every person at every hour, as in `spec.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks import spec
from benchmarks.task import Array

__all__ = ["ATOL", "FLOORED", "RTOL", "Peer", "starts"]

RTOL, ATOL = 1e-6, 1e-8
FLOORED = ("Bm", "B7")
"""States that equations see at or above 0, so that the response, which is raised to a power, is."""


@dataclass(frozen=True)
class Peer:
    """An engine with its method.

    Attributes:
        name: with the version.
        solve: parameters (people, parameters) to values (people, 337, states).
    """

    name: str
    solve: Callable[[Array], Array]


def starts(table: Array) -> Array:
    """The start values of each person, before the first dose: (people, states)."""
    begin = np.tile([spec.Y0.get(state, 0.0) for state in spec.STATES], (len(table), 1))
    begin[:, spec.STATES.index("P")] = table[:, tuple(spec.THETA).index("P0")]
    return begin
