"""What sensitivities to ten parameters cost beside the states alone, and how right they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks import spec, spec_problem
from benchmarks.measure import Size, in_turns
from benchmarks.table import Figure, Table
from benchmarks.task import TIGHT, Array, Task, run
from speciosa.engine import Solution, solve
from speciosa.engine.solve import Method

__all__ = ["tables"]

RATIO = 10.0
"""Times the states alone that ten parameters may cost."""
ERROR = 1e-4
SHOWN: tuple[Method, ...] = ("tsit5", "rodas5p", "vern7")
FOLD = 5
"""So many times fewer people: ten columns are ten times the output."""
NUDGE = 1e-3
SMALL = 0.01
"""An error is a share of the derivative's largest size in time, or of this part of the state's."""


def tables(size: Size) -> list[Table]:
    """The ten parameters that differ between people, every state, every hour."""
    people = max(2, size.people // FOLD)
    few = min(people, 3 * size.checked)
    task = spec_problem.task()
    table = Table(
        f"Sensitivities of 16 states to {len(spec.IIV)} parameters: {people} people",
        ("method", "ms a person, states", "ms a person, all", "times states", "error"),
    )
    exact = _differences(task, few)
    for method in SHOWN:
        calls = {"states": run(task, people, method), "all": _call(task, people, method)}
        spent = in_turns(calls, size.rounds)
        states, both = (spent[name].cpu / people for name in ("states", "all"))
        goal = RATIO if method == "tsit5" else None  # the method that this problem is given
        table.add(
            method,
            Figure(1e3 * states),
            Figure(1e3 * both),
            Figure(both / states, at_most=goal),
            Figure(_error(task, _call(task, few, method)(), exact), ".1e", at_most=ERROR),
        )
    table.notes.append(
        f"error: of p dy/dp, over {few} people, as a share of its largest size in time or of "
        f"{SMALL:.0%} of the state's; against differences of vern7 at rtol {TIGHT:g}"
    )
    return [table]


def _call(
    task: Task,
    people: int,
    method: Method,
    names: Sequence[str] = spec.IIV,
    nudge: Array | float = 0.0,
    rtol: float = 1e-6,
) -> Callable[[], Solution]:
    table, events = task.parameters(people) * (1.0 + nudge), task.events(people)

    def call() -> Solution:
        return solve(
            task.problem,
            table,
            events,
            task.times,
            task.outputs,
            method=method,
            sensitivities=names,
            rtol=rtol,
            atol=task.atol * rtol / 1e-6,
            threads=1,
        )

    return call


def _differences(task: Task, people: int) -> Array:
    """p dy/dp by two central differences and Richardson's extrapolation: (people, T, y, p)."""
    found: list[Array] = []
    for name in spec.IIV:
        step = np.zeros(len(task.problem.parameters))
        parts: list[Array] = []
        for share in (1.0, 0.5):
            step[task.problem.parameters.index(name)] = share * NUDGE
            up, down = (
                _call(task, people, "vern7", (), sign * step, TIGHT)().values
                for sign in (1.0, -1.0)
            )
            parts.append((up - down) / (2 * share * NUDGE))
        found.append((4 * parts[1] - parts[0]) / 3)
    return np.stack(found, axis=-1)


def _error(task: Task, found: Solution, exact: Array) -> float:
    size = task.parameters(len(found.outcome))
    columns = [task.problem.parameters.index(name) for name in spec.IIV]
    scaled = found.sensitivities * size[:, None, None, columns]
    peak = np.abs(exact).max(axis=1, keepdims=True)
    least = SMALL * np.abs(found.values).max(axis=1, keepdims=True)[..., None]
    apart = np.abs(scaled - exact)[:, task.compared]
    return float(np.max(apart / np.maximum(peak, least)))
