"""Memory: whether it grows over many solves and many models, and its peak for very many people.

Each is run in a process of its own (`python -m benchmarks.memory solves 1000`), because a process
seldom gives back what it once had. It needs a system that says how much a process holds: Linux.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import spec_problem
from benchmarks.measure import Size
from benchmarks.table import Figure, Table
from benchmarks.task import run
from speciosa.engine import Problem, Program, solve
from speciosa.engine.save import Measures

__all__ = ["RUNS", "resident", "tables"]

MB = 1e6
STATM = Path("/proc/self/statm")
STATUS = Path("/proc/self/status")
SOLVE_PEOPLE = 20
WARM = 0.1
"""The share of runs after which memory is looked at first."""
GROWTH_MB = 10.0
"""What may be left of many runs."""
PEAK_MB = 1000.0
"""What very many people may take when measures of them are kept."""


def tables(size: Size) -> list[Table]:
    """One row each; nothing where the system does not say."""
    table = Table("Memory, MB", ("what", "before", "after", "more"))
    if not STATM.exists():
        table.notes.append("this system does not say how much memory a process holds")
        return [table]
    for what, count, goal in (
        ("solves", size.solves, GROWTH_MB),
        ("models", size.models, None),
        ("people", size.many, PEAK_MB),
    ):
        before, after = _apart(what, count)
        table.add(
            SAID[what].format(count),
            Figure(before, ".0f"),
            Figure(after, ".0f"),
            Figure(after - before, ".1f", at_most=goal),
        )
    return [table]


SAID = {
    "solves": f"{{}} solves of {SOLVE_PEOPLE} people, from a tenth of them on",
    "models": "{} models compiled, from the first on",
    "people": "{} people of whom Cmax and AUC are kept: the peak",
}


def solves(count: int) -> tuple[float, float]:
    """The same problem over and over."""
    call, before = run(spec_problem.task(), SOLVE_PEOPLE, "tsit5"), 0.0
    for turn in range(count):
        call()
        if turn == int(WARM * count):
            before = resident()
    return before, resident()


def models(count: int) -> tuple[float, float]:
    """Problems that differ in a constant, so that each has code of its own."""
    task, before = spec_problem.task(), 0.0
    for turn in range(count):
        run(replace(task, problem=_another(task.problem, turn)), 1, "tsit5")()
        if turn == 0:
            before = resident()
    return before, resident()


def people(count: int) -> tuple[float, float]:
    """Very many people; the agreed ones over and over."""
    task = spec_problem.task()
    table = np.resize(task.parameters(min(count, 1000)), (count, len(task.problem.parameters)))
    run(task, 1, "tsit5")()
    before, keep = resident(), Measures(("cmax", "auc"))
    solve(
        task.problem,
        table,
        task.events(count),
        task.times,
        task.outputs,
        keep=keep,
        method="tsit5",
        atol=task.atol,
    )
    return before, _peak()


RUNS: dict[str, Callable[[int], tuple[float, float]]] = {
    "solves": solves,
    "models": models,
    "people": people,
}


def resident() -> float:
    """MB of memory that this process holds now."""
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / MB


def _peak() -> float:
    """MB that it held at most."""
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / MB


def _another(problem: Problem, number: int) -> Problem:
    """With one constant of the rates changed by a hair."""
    rates, last = problem.rates, len(problem.rates.constants) - 1
    constants = (*rates.constants[:last], rates.constants[last] * (1.0 + 1e-9 * number))
    changed = Program(rates.inputs, constants, rates.ops, rates.results, rates.labels)
    return replace(problem, rates=changed)


def _apart(what: str, count: int) -> tuple[float, float]:
    """What a process of its own says."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", what, str(count)],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        # Models are compiled, not loaded, and leave nothing behind.
        env={**os.environ, "SPECIOSA_CACHE": ""},
        cwd=Path(__file__).parents[1],
    ).stdout.split()
    return float(said[0]), float(said[1])


if __name__ == "__main__":
    print(*RUNS[sys.argv[1]](int(sys.argv[2])))
