"""How time is taken: what is compared runs in turns, and the least of several counts.

A machine that does something else beside disturbs every run, and never makes one faster.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Size", "Spent", "in_turns", "one_processor"]


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes:
        people: in one run of a fast solver.
        few: people whom a slow solver is asked for.
        checked: people for whom the truth is held against SciPy.
        rounds: how often everything is run; the least counts.
        many: people whose memory is looked at.
        solves: runs one after the other whose memory is looked at.
        models: different ones that are compiled one after the other.
        claims: popular claims that are judged, from the first on; None for all.
    """

    people: int = 1000
    few: int = 4
    checked: int = 2
    rounds: int = 5
    many: int = 100_000
    solves: int = 1000
    models: int = 50
    claims: int | None = None


TINY = Size(people=10, few=1, checked=1, rounds=1, many=80, solves=3, models=2, claims=3)
"""For trying out that everything runs."""


@dataclass(frozen=True)
class Spent:
    """Seconds of one run: of processors, and on the clock."""

    cpu: float
    wall: float


def in_turns(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Spent]:
    """The least that each run took; each has run once before that counts, so its code is there."""
    for run in runs.values():
        run()
    taken: dict[str, list[Spent]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            cpu, wall = time.process_time(), time.perf_counter()
            run()
            taken[name].append(Spent(time.process_time() - cpu, time.perf_counter() - wall))
    return {
        name: Spent(min(one.cpu for one in all_), min(one.wall for one in all_))
        for name, all_ in taken.items()
    }


@contextlib.contextmanager
def one_processor() -> Iterator[None]:
    """Stay on one processor, where the system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
