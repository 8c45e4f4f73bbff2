"""Which systems a question needs: those whose outputs are asked for, and what feeds them.

A curve of mitragynine in plasma needs no pupil and no pain. A model that leaves them out is
smaller, is compiled sooner, and does not change when they do.
"""

from __future__ import annotations

from collections.abc import Iterable

from speciosa.compile import Wire, giver
from speciosa.language import System
from speciosa.model.wiring import SYSTEMS, WIRES

__all__ = ["systems_behind"]


def systems_behind(wires: Iterable[Wire]) -> tuple[type[System], ...]:
    """The systems that give these outputs and all that they depend on, in the usual order."""
    waiting = [giver(wire, None)[0].owner for wire in wires]
    found: set[type] = set()
    while waiting:
        system = waiting.pop()
        if system is None or system in found or not issubclass(system, System):
            continue
        found.add(system)
        waiting += [giver(WIRES[one], None)[0].owner for one in system.inputs if one in WIRES]
    return tuple(system for system in SYSTEMS if system in found)
