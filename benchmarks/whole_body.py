"""The whole body after two grams of tea: every alkaloid of the example, and what it does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.compare import Task
from speciosa import Scenario
from speciosa.engine import Events
from speciosa.people.draws import Draws
from speciosa.product.content import central
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import plan

TEA = Path(__file__).parents[1] / "examples" / "two-grams-of-tea.toml"
ATOL = 1e-6
"""nmol, and shares: far below what anybody could measure."""


def task() -> Task:
    """One dose at time 0, everybody with parameters of their own."""
    prepared = plan(Scenario.load(TEA))
    problem = prepared.model.problem

    def events(people: int) -> Events:
        doses = prepared.doses(central, people)
        into = [problem.states.index(f"absorption.gut.{dose.drug}") for dose in doses]
        return Events.build(
            person=np.tile(np.arange(people), len(doses)),
            time=0.0,
            amount=np.concatenate([dose.nmol[:, 0] for dose in doses]),
            compartment=np.repeat(into, people),
        )

    def table(people: int) -> NDArray[np.float64]:
        return parameters(prepared.model, prepared.population, Draws(1), people, None)

    return Task(
        problem, table, events, prepared.look.times, tuple(prepared.model.outputs.values()), ATOL
    )
