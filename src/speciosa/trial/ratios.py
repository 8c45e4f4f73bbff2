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
from speciosa.trial.arms import ArmPlan, nanomoles, plan_arm
from speciosa.trial.measures import measure_all
from speciosa.trial.observed import ASSUMED_N, RATIOS, molecule
from speciosa.trial.parameters import parameters
from speciosa.trial.run import run
from speciosa.trial.static import Cause, static_ratio
from speciosa.trial.trials import population

__all__ = ["Crossover", "crossover"]

Array = NDArray[np.float64]

_SWALLOWED = "oral"
_MG_PER_L = 1e-3
"""A level of 1 ng/mL."""


@dataclass(frozen=True)
class Crossover:
    """The statistic of each trial, (trials,), by the observation's id.

    In `nominal` every record stands at its central value, in `uncertain` each trial draws them.
    `static` is what the static calculation says of an area, None of all else.
    """

    nominal: Mapping[str, Array]
    uncertain: Mapping[str, Array]
    static: Mapping[str, float | None]
    failed: int


def crossover(
    study: Study,
    pair: Sequence[str],
    wanted: Sequence[Observation],
    *,
    trials: int,
    seed: int,
    variants: Sequence[str] = (),
) -> Crossover:
    """Run two arms of a study on the same people, `trials` times with central and drawn records.

    `pair` names the arm with and the arm without, `wanted` the ratios of these two. Raises
    EvidenceError for a medicine whose kinetics no record holds.
    """
    arms = [study.arm(name) for name in pair]
    plans = [plan_arm(study, arm) for arm in arms]
    substances = {s.name: s for plan in plans for s in plan.substances}
    causes = _causes(*arms)
    outputs = sorted({o.output for o in wanted} | {f"plasma.{cause}" for cause in causes})
    model = Model.build(substances.values(), variants, outputs=outputs)
    table = _people(study, arms[0], model, trials, seed)
    measured: list[dict[tuple[str, str, str], Array]] = []
    failed = 0
    for plan in plans:
        found, lost = _measures(study, plan, model, table, outputs)
        measured.append(found)
        failed += lost
    acting = [
        Cause(
            substances[cause],
            _nanomolar(cause, float(np.nanmedian(measured[0][f"plasma.{cause}", "cmax", "all"]))),
            max(float(d.nmol.max()) for d in plans[0].doses if d.drug == cause),
        )
        for cause in causes
    ]
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
    static = {o.id: _static(o, arms[0], acting) for o in wanted}
    return Crossover(parts[0], parts[1], static, failed)


def _causes(taken: Arm, without: Arm) -> list[str]:
    """Drugs of the first arm that the second does not get."""
    before = {m.drug for m in without.medicines} | {drug for drug, mg in without.mg.items() if mg}
    after = [m.drug for m in taken.medicines] + [drug for drug, mg in taken.mg.items() if mg]
    return [drug for drug in dict.fromkeys(after) if drug not in before]


def _static(o: Observation, arm: Arm, acting: Sequence[Cause]) -> float | None:
    """What the static calculation says of the area of a drug of an arm."""
    if o.measure != "auc_ratio":
        return None
    victim = molecule(o)
    routes = {m.route for m in arm.medicines if m.drug == victim}
    return static_ratio(victim, acting, swallowed=(routes or {arm.route}) == {_SWALLOWED})


def _nanomolar(drug: str, level: float) -> float:
    """ng/mL as nmol/L."""
    return nanomoles(drug, level * _MG_PER_L)


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
    study: Study, plan: ArmPlan, model: Model, table: Array, outputs: Sequence[str]
) -> tuple[dict[tuple[str, str, str], Array], int]:
    """Measures of everybody by output, measure and window, and how many failed."""
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
