"""What another engine is asked for: every state of every person at every hour, as in `spec.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def starts(table: Array) -> list[list[float]]:
    """The start values of each person, before the first dose."""
    p0 = tuple(spec.THETA).index("P0")
    return [
        [row[p0] if state == "P" else spec.Y0.get(state, 0.0) for state in spec.STATES]
        for row in table.tolist()
    ]
