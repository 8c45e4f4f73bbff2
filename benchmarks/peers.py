"""The fastest engines that Python has, on the agreed problem in the same run.

They are told the same expressions (`expressions`), start anew after each dose as `spec.py` does,
and give every state at every hour. What they need is the extra `bench`; who is not installed is
left out.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from benchmarks import spec_problem
from benchmarks.measure import Size, in_turns, one_processor
from benchmarks.peer import ATOL, RTOL, Peer
from benchmarks.table import Figure, Table
from benchmarks.task import Array, errors, run, truth
from speciosa.engine.solve import Method

__all__ = ["tables"]

WHERE = ("numbalsoda", "diffrax", "roadrunner")
OURS: tuple[Method, ...] = ("tsit5", "rodas5p")
TIMES_PEERS = 10.0
"""How many times as fast as the fastest of them our fastest should be."""


def tables(size: Size) -> list[Table]:
    """One table: ours first."""
    table = Table(
        f"Other engines on the agreed problem: {size.people} people, rtol {RTOL:g}, "
        f"atol {ATOL:g}, one processor",
        ("engine", "ms a person", "times ours (tsit5)", "error", "of the peak"),
    )
    with one_processor():
        _fill(table, size)
    return [table]


def _fill(table: Table, size: Size) -> None:
    task = spec_problem.task()
    exact, people = truth(task, size), task.parameters(size.people)
    found: dict[str, Array] = {}

    def theirs(peer: Peer) -> Callable[[], None]:
        def call() -> None:
            found[peer.name] = peer.solve(people)

        return call

    def ours(method: Method) -> Callable[[], None]:
        solved = run(task, size.people, method)

        def call() -> None:
            found[method] = solved().values

        return call

    peers = _installed(table)
    calls = {method: ours(method) for method in OURS} | {peer.name: theirs(peer) for peer in peers}
    spent = in_turns(calls, min(size.rounds, 3))
    fastest = min((spent[peer.name].cpu for peer in peers), default=float("nan"))
    for name, values in found.items():
        far, cpu = errors(task, values, exact.values), spent[name].cpu
        goal = TIMES_PEERS if name not in OURS and cpu == fastest else None
        table.add(
            name,
            Figure(1e3 * cpu / size.people),
            Figure(cpu / spent["tsit5"].cpu, at_least=goal),
            Figure(far.relative, ".1e"),
            Figure(far.peak, ".1e"),
        )
    table.notes.append(exact.said)


def _installed(table: Table) -> list[Peer]:
    found: list[Peer] = []
    for name in WHERE:
        try:
            found += import_module(f"benchmarks.peer_{name}").peers()
        except ImportError as error:
            table.notes.append(f"{name} is left out: {error} (python3 -m pip install '.[bench]')")
    return found
