"""Many virtual people through one plan: how they differ, what we do not know, and both.

The run has two parts. In the first every record stands at its central value and people differ:
that is variability. In the second all uncertain records are drawn anew in each replicate, for all
people of it alike, and the same people are simulated again: the spread of the replicates' medians
is uncertainty, and all people of all replicates together show both.

Chance is keyed by name, so person 17 is the same person in every replicate and every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from speciosa.people.draws import Draws
from speciosa.product.content import central
from speciosa.trial.lanes import Ahead, Progress, blocks
from speciosa.trial.measures import Measure, measure_all
from speciosa.trial.parameters import chance, parameters
from speciosa.trial.plan import Plan
from speciosa.trial.result import Course, percentiles
from speciosa.trial.run import run

__all__ = ["Cohort", "cohort", "middle"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cohort:
    """What a cohort showed.

    Attributes:
        values: outputs of each person with central records, (people, times).
        nominal: measures of each person with central records.
        replicated: the same measures, (replicates, people) each; empty without replicates.
        courses: percentiles over time by kind of spread; empty unless asked for.
        failed: people of any replicate who could not be integrated.
        advice: what to change, for the first few of them.
    """

    values: dict[str, Array]
    nominal: list[Measure]
    replicated: list[Array]
    courses: dict[str, Course]
    failed: int
    advice: tuple[str, ...]


@dataclass
class _Kept:
    """What is kept of the replicates while they run."""

    measures: list[list[Array]] = field(default_factory=list["list[Array]"])
    courses: dict[str, list[Array]] = field(default_factory=dict[str, "list[Array]"])
    failed: int = 0
    advice: list[str] = field(default_factory=list[str])


def cohort(
    plan: Plan,
    outputs: Sequence[str],
    *,
    people: int,
    replicates: int,
    seed: int,
    series: bool,
    progress: Progress | None = None,
) -> Cohort:
    """Simulate `people` persons in `replicates` draws of what we do not know."""
    draws = Draws(seed)
    total = people * (1 + replicates)
    kept = _Kept()
    ahead = Ahead(progress, total)
    values = _simulate(plan, outputs, draws, people, replicates, None, kept, ahead)
    nominal = _measures(plan, values)
    for block in blocks(people, replicates):
        drawn = _simulate(plan, outputs, draws, people, replicates, block, kept, ahead)
        kept.measures.append([m.values.reshape(-1, people) for m in _measures(plan, drawn)])
        if series:
            for name, curves in drawn.items():
                kept.courses.setdefault(name, []).append(curves[:, plan.look.series])
    return Cohort(
        values=values,
        nominal=nominal,
        replicated=[np.concatenate(parts) for parts in zip(*kept.measures, strict=True)],
        courses=_courses(plan, values, kept, people) if series else {},
        failed=kept.failed,
        advice=tuple(kept.advice[:3]),
    )


def _simulate(
    plan: Plan,
    outputs: Sequence[str],
    draws: Draws,
    people: int,
    replicates: int,
    block: range | None,
    kept: _Kept,
    ahead: Ahead,
) -> dict[str, Array]:
    """Outputs of all people of some replicates, (replicates * people, times)."""

    luck = central if block is None else partial(_luck, draws, block, replicates)
    table = parameters(plan.model, plan.population, draws, people, block, replicates=replicates)
    ran = run(
        plan.model,
        table,
        plan.doses(luck, people),
        plan.look.times,
        outputs,
        start=plan.start,
        progress=ahead.step,
    )
    kept.failed += len(ran.failed)
    kept.advice += ran.advice.values()
    ahead.finish(len(table))
    return dict(ran.values)


def _luck(draws: Draws, block: range, replicates: int, name: str) -> Array:
    return chance(draws, name, block, replicates)


def _measures(plan: Plan, values: dict[str, Array]) -> list[Measure]:
    found: list[Measure] = []
    for name, curves in values.items():
        concentration = name.startswith(("plasma.", "unbound.", "brain."))
        lloq = plan.scenario.output.lloq if name.startswith("plasma.") else 0.0
        found += measure_all(
            name, plan.model.unit_of(name), curves, plan.look, lloq, concentration=concentration
        )
    return found


def _courses(plan: Plan, values: dict[str, Array], kept: _Kept, people: int) -> dict[str, Course]:
    found: dict[str, Course] = {}
    for name, curves in values.items():
        bands = {"variability": percentiles(curves[:, plan.look.series])}
        if name in kept.courses:
            drawn = np.concatenate(kept.courses[name])
            by_replicate = drawn.reshape(-1, people, drawn.shape[1])
            bands["uncertainty"] = percentiles(middle(by_replicate, axis=1))
            bands["both"] = percentiles(drawn)
        found[name] = Course(plan.model.unit_of(name), bands)
    return found


def middle(values: Array, axis: int) -> Array:
    """Median without those who have no value; nan where nobody has one."""
    empty = np.isnan(values).all(axis=axis)
    filled = np.where(np.expand_dims(empty, axis), 0.0, values)
    return np.where(empty, np.nan, np.nanmedian(filled, axis=axis))
