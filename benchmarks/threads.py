"""How much faster two threads are than one, on the clock."""

from __future__ import annotations

from benchmarks import spec_problem
from benchmarks.measure import Size, in_turns
from benchmarks.table import Figure, Table
from benchmarks.task import run
from speciosa.engine.solve import Method, processors

__all__ = ["tables"]

SHOWN: tuple[Method, ...] = ("tsit5", "rodas5p")
RATIO = 1.8
"""How many times as fast two threads should be."""
FOLD = 4
"""Times as many people as elsewhere, so that many chunks share the work."""


def tables(size: Size) -> list[Table]:
    """One and two threads in turns; a machine busy with something else shows here at once."""
    people = FOLD * size.people
    table = Table(
        f"Threads on the agreed problem: {people} people, {processors()} processors",
        (
            "method",
            "threads",
            "ms a person (wall)",
            "ms a person (CPU)",
            "processors had",
            "times one (wall)",
        ),
    )
    task = spec_problem.task()
    for method in SHOWN:
        calls = {str(count): run(task, people, method, threads=count) for count in (1, 2)}
        spent = in_turns(calls, size.rounds)
        for count, took in spent.items():
            table.add(
                method,
                count,
                Figure(1e3 * took.wall / people),
                Figure(1e3 * took.cpu / people),
                Figure(took.cpu / took.wall, ".2f"),
                Figure(spent["1"].wall / took.wall, at_least=RATIO if count == "2" else None),
            )
    table.notes.append(
        "where two threads had far less than two processors, something else was using them"
    )
    if processors() < 2:
        table.notes.append("with one processor nothing can be gained")
    return [table]
