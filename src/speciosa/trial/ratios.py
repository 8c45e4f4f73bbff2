"""Ratios of two visits: the same people with a medicine and without it.

Both arms run in one model and with the same draws, so a person who clears slowly does so at both
visits, and only what differs between the arms can show. After one dose the area is to infinity; in
a regimen it is that of the last dosing interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence.record import Arm, Observation, Study
from speciosa.model import Model
from speciosa.people.draws import Draws
from speciosa.trial.arms import ArmPlan, plan_arm
from speciosa.trial.measures import measure_all
from speciosa.trial.observed import ASSUMED_N, RATIOS
from speciosa.trial.parameters import parameters
from speciosa.trial.run import run
from speciosa.trial.trials import population

__all__ = ["Crossover", "crossover"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Crossover:
    """The statistic of each trial, (trials,), by the observation's id.

    In `nominal` every record stands at its central value, in `uncertain` each trial draws them.
    """

    nominal: Mapping[str, Array]
    uncertain: Mapping[str, Array]
    failed: int


def crossover(
    study: Study, pair: Sequence[str], wanted: Sequence[Observation], *, trials: int, seed: int
) -> Crossover:
    """Run two arms of a study on the same people, `trials` times with central and drawn records.

    `pair` names the arm with and the arm without, `wanted` the ratios of these two. Raises
    EvidenceError for a medicine whose kinetics no record holds.
    """
    arms = [study.arm(name) for name in pair]
    plans = [plan_arm(study, arm) for arm in arms]
    substances = {s.name: s for plan in plans for s in plan.substances}
    model = Model.build(substances.values(), outputs=sorted({o.output for o in wanted}))
    table = _people(study, arms[0], model, trials, seed)
    measured: list[dict[tuple[str, str, str], Array]] = []
    failed = 0
    for plan in plans:
        found, lost = _measures(study, plan, model, table, wanted)
        measured.append(found)
        failed += lost
    people = arms[0].n or ASSUMED_N
    half = people * trials
    first, second = (
        {o.id: _of(o, found, arm) for o in wanted}
        for found, arm in zip(measured, arms, strict=True)
    )
    parts = [
        {
            o.id: _statistic(o, first[o.id][part], second[o.id][part], (trials, people))
            for o in wanted
        }
        for part in (slice(None, half), slice(half, None))
    ]
    return Crossover(parts[0], parts[1], failed)


def _people(study: Study, arm: Arm, model: Model, trials: int, seed: int) -> Array:
    """Parameters of all people of all trials, first with central records and then with drawn."""
    n, who, draws = arm.n or ASSUMED_N, population(study, arm), Draws(seed)
    nominal = parameters(model, who, draws, n * trials, None)
    blocks = [
        parameters(model, who, draws, n, range(k, k + 1), replicates=trials, first=n * k)
        for k in range(trials)
    ]
    return np.concatenate([nominal, *blocks])


def _measures(
    study: Study, plan: ArmPlan, model: Model, table: Array, wanted: Sequence[Observation]
) -> tuple[dict[tuple[str, str, str], Array], int]:
    """Measures of everybody by output, measure and window, and how many failed."""
    outputs = sorted({o.output for o in wanted})
    doses = [dose for dose in plan.doses if dose.nmol.any()]
    ran = run(model, table, doses, plan.look.times, outputs, start=plan.start)
    found: dict[tuple[str, str, str], Array] = {}
    for name, curves in ran.values.items():
        lloq = study.lloq.get(name.rpartition(".")[2], 0.0)
        unit = model.unit_of(name)
        for m in measure_all(name, unit, curves, plan.look, lloq, concentration=True):
            found[m.output, m.measure, m.window] = m.values
    return found, len(ran.failed)


def _of(o: Observation, found: Mapping[tuple[str, str, str], Array], arm: Arm) -> Array:
    once, again = RATIOS[o.measure]
    return found[o.output, once if arm.number == 1 else again, "all" if arm.number == 1 else "last"]


def _statistic(o: Observation, over: Array, under: Array, shape: tuple[int, int]) -> Array:
    """The printed statistic of each trial: a ratio of means or of geometric means."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if o.statistic == "ratio_of_means":
            tops, bottoms = over.reshape(shape), under.reshape(shape)
            return np.nanmean(tops, axis=1) / np.nanmean(bottoms, axis=1)
        return np.exp(np.nanmean(np.log(over / under).reshape(shape), axis=1))
