"""What a person of the middle would show in each study that may be fitted."""

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
from speciosa.trial.observed import to_measure
from speciosa.trial.run import Dose, run

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
    """Every arm with observations that may be fitted, in a fixed order."""
    wanted = [o for o in observations().values() if o.use == "fit" and o.comparable]
    arms: list[FittedArm] = []
    for study in studies().values():
        for arm in study.arms:
            here = [o for o in wanted if o.study == study.id and arm.id == o.arms[0]]
            if not here:
                continue
            plan = plan_arm(study, arm)
            model = Model.build(plan.substances, given=given)
            targets = tuple(
                Target(o, arm.id, to_measure(o, o.value, model.unit_of(o.output))) for o in here
            )
            arms.append(FittedArm(model, plan, study.lloq, targets))
    return arms


def predictions(arm: FittedArm, ids: Sequence[str], values: Array) -> Array:
    """Predicted targets of an arm, (draws, targets), for `values` (draws, ids) of the fitted ids.

    The time of the peak is read from the parabola through the three highest points of the dense
    curve, so that the fit sees it move smoothly; the rest is read from the study's own samples.
    """
    parameters = np.tile(_typical(arm.model), (len(values), 1))
    for place, record in enumerate(arm.model.records):
        if record.id in ids:
            parameters[:, place] = values[:, list(ids).index(record.id)]
    curves = _curves(arm, parameters)
    columns = [_statistic(arm, target, curves[target.observation.output]) for target in arm.targets]
    return np.stack(columns, axis=1)


def _curves(arm: FittedArm, parameters: Array) -> dict[str, Array]:
    """Outputs over the arm's times, (draws, times), nan at times that no target looks at.

    Kinetics are linear, so a repeated dose is a sum of shifted single ones; a calibration runs
    thousands of people and would else spend its time on doses between the ones it looks at.
    """
    times, given = arm.plan.look.times, arm.plan.doses[0].times
    windows = [arm.plan.look.window(t.observation.window) for t in arm.targets]
    looked = np.zeros(len(times), dtype=np.bool_)
    for window in windows:
        looked |= (times >= window.start) & (times <= window.end)
        looked[window.tail] = True
    since = np.round(times[looked][:, None] - given, 9)
    single, place = np.unique(np.maximum(since, 0.0), return_inverse=True)
    once = [Dose(d.drug, d.times[:1], d.nmol[:, :1], d.route) for d in arm.plan.doses]
    outputs = sorted({target.observation.output for target in arm.targets})
    ran = run(arm.model, parameters, once, single, outputs)
    found: dict[str, Array] = {}
    for name, curve in ran.values.items():
        shifted = np.where(since >= 0.0, curve[:, place.reshape(since.shape)], 0.0)
        found[name] = np.full((len(parameters), len(times)), np.nan)
        found[name][:, looked] = shifted.sum(axis=2)
    return found


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
