"""What a person of the middle would show in each study that may be fitted.

Assumed: kinetics are linear, so that curves of single doses add up to those of many. What
mitragynine does to the minor enzymes that clear it bends them by less than 0.2 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence.load import observations, studies
from speciosa.evidence.record import Observation, Record
from speciosa.model import Model
from speciosa.trial.arms import ArmPlan, plan_arm
from speciosa.trial.nca import analyse
from speciosa.trial.observed import is_kinetic, to_measure
from speciosa.trial.run import Dose, Ran, run

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Target:
    """One observation to be fitted, and where its prediction comes from."""

    observation: Observation
    arm: str
    value: float


@dataclass(frozen=True)
class FittedArm:
    """An arm with at least one observation that may be fitted."""

    model: Model
    plan: ArmPlan
    lloq: Mapping[str, float]
    targets: tuple[Target, ...]


def fitted_arms(given: Mapping[str, Record]) -> list[FittedArm]:
    """Every arm with concentrations that may be fitted, in a fixed order."""
    wanted = [o for o in observations().values() if o.use == "fit" and o.comparable]
    wanted = [o for o in wanted if is_kinetic(o)]
    arms: list[FittedArm] = []
    for study in studies().values():
        for arm in study.arms:
            here = [o for o in wanted if o.study == study.id and arm.id == o.arms[0]]
            if not here:
                continue
            plan = plan_arm(study, arm)
            wanted_here = sorted({o.output for o in here})
            model = Model.build(plan.substances, given=given, outputs=wanted_here)
            targets = tuple(
                Target(o, arm.id, to_measure(o, o.value, model.unit_of(o.output))) for o in here
            )
            arms.append(FittedArm(model, plan, study.lloq, targets))
    return arms


def predictions(arms: Sequence[FittedArm], ids: Sequence[str], values: Array) -> Array:
    """Predicted targets, (draws, targets), arm by arm, for `values` (draws, ids) of the fitted ids.

    The time of the peak is read from the parabola through the three highest points of the dense
    curve, so that the fit sees it move smoothly; the rest is read from the study's own samples.
    """
    curves = _curves(arms, ids, values)
    columns = [
        _statistic(arm, target, curve[target.observation.output])
        for arm, curve in zip(arms, curves, strict=True)
        for target in arm.targets
    ]
    return np.stack(columns, axis=1)


def _curves(arms: Sequence[FittedArm], ids: Sequence[str], values: Array) -> list[dict[str, Array]]:
    """For each arm its outputs, (draws, times), nan at times that no target looks at.

    Kinetics are linear: a repeated dose is a sum of shifted single ones, and twice the dose twice
    the curve. So arms of one product share one run of a single dose; a calibration runs a hundred
    thousand people, and would else spend its time on doses between those that it looks at.
    """
    shared: dict[tuple[object, ...], list[int]] = {}
    for number, arm in enumerate(arms):
        shared.setdefault(_product(arm), []).append(number)
    found: dict[int, dict[str, Array]] = {}
    for numbers in shared.values():
        group = [arms[number] for number in numbers]
        since = {number: _since_doses(arms[number]) for number in numbers}
        times = np.unique(np.concatenate([np.maximum(s, 0.0).ravel() for s in since.values()]))
        outputs = sorted({target.observation.output for arm in group for target in arm.targets})
        model = group[0].model
        ran = run(model, _parameters(model, ids, values), _once(group[0]), times, outputs)
        for number in numbers:
            found[number] = _superposed(arms[number], since[number], _size(group[0]), ran)
    return [found[number] for number in range(len(arms))]


def _superposed(arm: FittedArm, since: Array, size: float, ran: Ran) -> dict[str, Array]:
    """An arm's outputs from those of one dose of another size."""
    looked = _looked(arm)
    place = np.searchsorted(ran.times, np.maximum(since, 0.0))
    curves: dict[str, Array] = {}
    for name, curve in ran.values.items():
        shifted = np.where(since >= 0.0, curve[:, place], 0.0)
        curves[name] = np.full((len(curve), len(looked)), np.nan)
        curves[name][:, looked] = shifted.sum(axis=2) * (_size(arm) / size)
    return curves


def _product(arm: FittedArm) -> tuple[object, ...]:
    """What two arms have alike if their curves differ in size and number of doses alone."""
    ratios = tuple(round(float(d.nmol[0, 0]) / _size(arm), 9) for d in arm.plan.doses)
    return arm.plan.substances, ratios, arm.model.hash


def _size(arm: FittedArm) -> float:
    return max(float(dose.nmol[0, 0]) for dose in arm.plan.doses)


def _once(arm: FittedArm) -> list[Dose]:
    return [Dose(d.drug, d.times[:1], d.nmol[:, :1], d.route) for d in arm.plan.doses]


def _looked(arm: FittedArm) -> NDArray[np.bool_]:
    """Which of the arm's times a target looks at."""
    times = arm.plan.look.times
    looked = np.zeros(len(times), dtype=np.bool_)
    for target in arm.targets:
        span = arm.plan.look.window(target.observation.window)
        looked |= (times >= span.start) & (times <= span.end)
        looked[span.tail] = True
    return looked


def _since_doses(arm: FittedArm) -> Array:
    """Hours since each dose, (times looked at, doses)."""
    times, given = arm.plan.look.times[_looked(arm)], arm.plan.doses[0].times
    return np.round(times[:, None] - given, 9)


def _parameters(model: Model, ids: Sequence[str], values: Array) -> Array:
    """Parameters of a middle person for each draw, (draws, parameters)."""
    table = np.tile(_typical(model), (len(values), 1))
    for place, record in enumerate(model.records):
        if record.id in ids:
            table[:, place] = values[:, list(ids).index(record.id)]
    return table


def _typical(model: Model) -> Array:
    """Parameters of a person of the reference weight, with usual enzymes and without pain."""
    traits = {"person.weight": 70.0, "person.pain": 0.0}
    rest = [traits.get(name, 1.0) for name in model.problem.parameters[len(model.records) :]]
    return np.concatenate([model.central, rest])


def _statistic(arm: FittedArm, target: Target, curve: Array) -> Array:
    observation = target.observation
    window = arm.plan.look.window(observation.window)
    t = arm.plan.look.times
    if observation.measure == "tmax":
        inside = (t >= window.start) & (t <= min(window.end, window.start + 24.0))
        return _time_of_peak(t[inside] - window.start, curve[:, inside])
    lloq = arm.lloq.get(observation.output.removeprefix("plasma."), 0.0)
    samples = window.tail if observation.measure == "half_life" else window.samples
    found = analyse(t[samples] - window.start, curve[:, samples], lloq)
    return np.asarray(getattr(found, observation.measure), dtype=np.float64)


def _time_of_peak(t: Array, y: Array) -> Array:
    """Time of the vertex of the parabola through the highest point and its neighbours."""
    top = np.clip(np.argmax(y, axis=1), 1, len(t) - 2)
    rows = np.arange(len(y))
    a, b, c = t[top - 1], t[top], t[top + 1]
    fa, fb, fc = y[rows, top - 1], y[rows, top], y[rows, top + 1]
    left, right = (fb - fa) / (b - a), (fc - fb) / (c - b)
    bend = np.minimum((right - left) / (c - a), -1e-300)
    return np.clip((a + b) / 2.0 - left / (2.0 * bend), a, c)
