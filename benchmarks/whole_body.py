"""The whole body: every alkaloid of the example and what it does, after one dose and many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.measure import Size, in_turns, one_processor
from benchmarks.table import Figure, Table
from benchmarks.task import Array, Task, errors, run, truth
from speciosa import Scenario, simulate
from speciosa.engine import Events, reference
from speciosa.engine.solve import Method
from speciosa.people.draws import Draws
from speciosa.product.content import central
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import plan

__all__ = ["REGIMENS", "TEA", "tables", "task"]

TEA = Path(__file__).parents[1] / "examples" / "two-grams-of-tea.toml"
ATOL = 1e-6
"""nmol, and shares: far below what anybody could measure."""
DAYS = 14
REGIMENS: dict[str, dict[str, str | None]] = {
    "two grams of tea": {},
    f"three times a day for {DAYS} days": {
        "regimen__every": "8 h",
        "regimen__for": f"{DAYS} d",
        "output__until": f"{DAYS} d",
        "output__sampling": None,
    },
}
SHOWN: tuple[Method, ...] = ("tsit5", "rodas5p")
LSODA = "SciPy LSODA"
ROUNDS = 3
SHARE = 5
"""A fifth of the people is enough: their outputs after many doses fill much memory."""


def tables(size: Size) -> list[Table]:
    """One row for each regimen and solver, then what a run needs besides."""
    people = max(1, size.people // SHARE)
    table = Table(
        f"The whole body: {people} people with numbers of their own, rtol 1e-6, one thread",
        ("regimen", "solver", "ms a person", "times SciPy", "error", "of the peak", "steps"),
    )
    with one_processor():
        for name, changes in REGIMENS.items():
            _fill(table, name, task(changes), size, people)
        whole = _whole(size, people)
    return [table, whole]


def _whole(size: Size, people: int) -> Table:
    """Runs from the scenario to the table of measures, beside integration alone."""
    table = Table(
        f"`speciosa.simulate`: {people} people, each with central records and in one replicate",
        ("regimen", "outputs", "measures", "ms a person and replicate", "of which integration"),
    )
    for name, changes in REGIMENS.items():
        scenario = Scenario.load(TEA).replace(run__people=people, run__replicates=1, **changes)
        prepared, found = plan(scenario), simulate(scenario)
        given = replace(
            task(changes),
            outputs=tuple(prepared.model.outputs[name] for name in found.outputs),
            atol=prepared.model.tolerances,
        )
        calls = {
            "whole": lambda scenario=scenario: simulate(scenario),
            "alone": run(given, people, prepared.model.method),
        }
        spent = in_turns(calls, min(size.rounds, ROUNDS))
        table.add(
            name,
            len(found.outputs),
            len(found.measures),
            Figure(1e3 * spent["whole"].cpu / (2 * people)),
            Figure(1e3 * spent["alone"].cpu / people),
        )
    return table


def _fill(table: Table, name: str, given: Task, size: Size, people: int) -> None:
    exact = truth(given, size, people)
    table.notes.append(
        f"{name}: {len(given.problem.states)} states, {given.times.size} times, "
        f"{len(given.outputs)} outputs; {exact.said}"
    )
    ours = {method: run(given, people, method) for method in SHOWN}
    slow = in_turns({LSODA: lambda: given.scipy(1, 1e-6, given.atol, "LSODA")}, 1)[LSODA].cpu
    spent = in_turns(ours, min(size.rounds, ROUNDS))
    table.add(name, LSODA, Figure(1e3 * slow), Figure(1.0), "", "", "")
    for method, call in ours.items():
        found, each = call(), spent[method].cpu / people
        far = errors(given, found.values, exact.values)
        table.add(
            name,
            method,
            Figure(1e3 * each),
            Figure(slow / each),
            Figure(far.relative, ".1e"),
            Figure(far.peak, ".1e"),
            Figure(float(found.steps.mean()), ".0f"),
        )


def task(changes: dict[str, str | None] | None = None) -> Task:
    """The example with these changes, everybody with parameters of their own."""
    prepared = plan(Scenario.load(TEA).replace(**(changes or {})))
    problem, times = prepared.model.problem, prepared.look.times

    def events(people: int) -> Events:
        doses = prepared.doses(central, people)
        into = [problem.states.index(f"absorption.gut.{dose.drug}") for dose in doses]
        gaps = np.diff(doses[0].times)
        return Events.build(
            person=np.tile(np.arange(people), len(doses)),
            time=0.0,
            amount=np.concatenate([dose.nmol[:, 0] for dose in doses]),
            compartment=np.repeat(into, people),
            addl=gaps.size,
            ii=gaps[0] if gaps.size else 0.0,
        )

    def table(people: int) -> Array:
        return parameters(prepared.model, prepared.population, Draws(1), people, None)

    outputs = tuple(prepared.model.outputs.values())

    def scipy(people: int, rtol: float, atol: float | Array, method: reference.Method) -> Array:
        return reference.solve(
            problem,
            table(people),
            events(people),
            times,
            outputs,
            rtol=rtol,
            atol=atol,
            method=method,
        ).values

    return Task(
        problem=problem,
        parameters=table,
        events=events,
        times=times,
        compared=~np.isin(times, prepared.schedule.times),
        outputs=outputs,
        atol=ATOL,
        finest="rodas5p",
        scipy=scipy,
        checks=("LSODA", 1e-9),
    )
