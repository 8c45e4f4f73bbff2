"""How long verdicts on all popular claims take, and how much of it is simulation.

Every case looks at the same few simulations, each of which is run with every variant of the model.
"""

from __future__ import annotations

import time

from benchmarks.measure import Size
from benchmarks.table import Figure, Table
from speciosa.claims import Bench, all_cases, claims, judge
from speciosa.claims.bench import PEOPLE, REPLICATES

__all__ = ["tables"]

MOST_SECONDS = 120.0
"""On the clock of two processors, for everything."""


def tables(size: Size) -> list[Table]:
    """Simulations, the verdicts that follow from them, and both."""
    people, replicates = min(size.people, PEOPLE), min(size.people, REPLICATES)
    ids = [*claims()][: size.claims]
    cases = [all_cases()[identity] for identity in ids]
    table = Table(
        f"Verdicts on {len(ids)} claims: {people} people, {replicates} draws",
        ("what", "CPU s", "wall s", "of all"),
    )
    bench = Bench(people=people, replicates=replicates)
    started = _now()
    bench.run(need for case in cases for part in case.parts for need in part.needs)
    simulated = _now()
    judge(ids, bench=bench)
    judged = _now()
    whole = judged[0] - started[0]
    for what, begun, ended, goal in (
        ("simulations, with every variant", started, simulated, None),
        ("verdicts from them", simulated, judged, None),
        ("all", started, judged, MOST_SECONDS),
    ):
        cpu, wall = (b - a for a, b in zip(begun, ended, strict=True))
        table.add(what, Figure(cpu), Figure(wall, at_most=goal), Figure(cpu / whole, ".0%"))
    return [table]


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()
