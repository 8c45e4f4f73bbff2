"""Effects in people: what is believed of them, and what a small crowd of people would show.

The prior of a parameter is its record: the value is the centre, and the spread, on the scale of the
fit, the width. So an assay or another drug in people speaks through the record, and the fit says
how far the observations move it.

An observation is predicted by a crowd that is the same for every point: the people of a virtual
trial at central kinetics, with the study's product, habit and times, and the study's own statistic.
A share of people is counted with a soft edge, so that a fit sees it move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.special import ndtr

from calibration.fit import ASSUMED_SD, FLOOR
from calibration.priors import Prior
from speciosa.errors import EvidenceError
from speciosa.evidence import Observation, Record, Study, observations, studies
from speciosa.evidence.load import records
from speciosa.evidence.spread import Z95
from speciosa.model import Model
from speciosa.people.draws import Draws
from speciosa.trial.arms import ArmPlan, plan_arm
from speciosa.trial.observed import ASSUMED_N, is_additive, is_effect, sd_of_share, to_measure
from speciosa.trial.parameters import parameters
from speciosa.trial.trials import key, population, watch

Array = NDArray[np.float64]

TABLE = Path(__file__).with_name("effects.yaml")

CROWD = 24
"""People who stand for those of a study. More would be finer than any observation of effects."""

SEED = 3

ADDITIVE_FLOOR = 0.1
"""Error of a difference that no number of people removes, in standard deviations of people."""

SOFT = 1.06
"""Silverman's factor: how soft the edge of a share is, for a crowd of a given spread and size."""


@dataclass(frozen=True)
class EffectTarget:
    """One observation to be fitted: its value and its error on its own scale.

    The scale is that of logarithms where folds count, else the unit of the measure.
    """

    observation: Observation
    value: float
    error: float


@dataclass(frozen=True)
class EffectArm:
    """An arm with effects that may be fitted, and the crowd that stands for its people."""

    study: Study
    plan: ArmPlan
    model: Model
    crowd: Array
    targets: tuple[EffectTarget, ...]

    def predicted(self, ids: Sequence[str], values: Array) -> Array:
        """Targets on their own scales, (points, targets), for `values` (points, ids)."""
        table = np.tile(self.crowd, (len(values), 1))
        for place, record in enumerate(self.model.records):
            if record.id in ids:
                factor = values[:, list(ids).index(record.id)] / record.value
                table[:, place] *= np.repeat(factor, len(self.crowd))
        wanted = [target.observation for target in self.targets]
        found, _ = watch(self.study, self.plan, self.model, table, wanted)
        people = (found[key(o)].reshape(len(values), len(self.crowd)) for o in wanted)
        return np.stack([statistic(o, v) for o, v in zip(wanted, people, strict=True)], axis=1)


@dataclass(frozen=True)
class Effects:
    """Priors, and the arms that they are fitted to."""

    priors: tuple[Prior, ...]
    arms: tuple[EffectArm, ...]

    @cached_property
    def targets(self) -> tuple[EffectTarget, ...]:
        """Every observation, arm by arm."""
        return tuple(target for arm in self.arms for target in arm.targets)

    def predicted(self, points: Array) -> Array:
        """Targets on their own scales, (points, targets); points are on the scale of the fit."""
        ids = [prior.id for prior in self.priors]
        values = np.stack([p.from_scale(points[:, i]) for i, p in enumerate(self.priors)], axis=1)
        return np.concatenate([arm.predicted(ids, values) for arm in self.arms], axis=1)


def read_effects(table: Path = TABLE) -> tuple[Prior, ...]:
    """The priors of the table. Raises EvidenceError for an id without record."""
    rows = cast("list[dict[str, object]]", yaml.safe_load(table.read_text(encoding="utf-8")))
    return tuple(
        prior_of(identity, believed(identity), str(row["scale"]), row.get("width"))
        for row in rows
        for identity in [str(row["id"])]
    )


def believed(identity: str) -> Record:
    """The record that is the prior of a parameter, never a fitted one."""
    held = records(identity.split("/", 1)[0])
    record = held.get(f"{identity}/prior") or held.get(identity)
    if record is None:
        raise EvidenceError(TABLE.name, identity, "the id of a record")
    return record


def prior_of(identity: str, record: Record, scale: str, width: object = None) -> Prior:
    """A record as a prior on the scale of a fit; half of its 90 % range is 1.645 widths."""
    prior = Prior(identity, record.value, 1.0, record.unit_text, scale)
    low, high = record.spread.p05, record.spread.p95
    if not 0.0 < low < high:
        raise EvidenceError(record.id, f"{low:g} to {high:g}", "a spread above 0, to be a prior")
    ends = prior.to_scale(np.array([low, high]))
    own = float(ends[1] - ends[0]) / (2.0 * Z95)
    chosen = own if width is None else float(cast("float", width))
    return Prior(identity, record.value, round(chosen, 4), record.unit_text, scale)


def effects(
    priors: Sequence[Prior],
    held: Iterable[Observation] | None = None,
    of: Mapping[str, Study] | None = None,
) -> Effects:
    """All arms with effects that may be fitted; other observations and studies for a test."""
    known = studies() if of is None else of
    every = observations().values() if held is None else held
    wanted = [o for o in every if o.use == "fit" and o.comparable and is_effect(o)]
    given = {prior.id: prior.record() for prior in priors}
    arms: list[EffectArm] = []
    for study in known.values():
        for arm in study.arms:
            here = [o for o in wanted if o.study == study.id and o.arms[0] == arm.id]
            if not here:
                continue
            plan = plan_arm(study, arm)
            outputs = sorted({o.output for o in here})
            model = Model.build(plan.substances, given=given, outputs=outputs)
            crowd = parameters(model, population(study, arm), Draws(SEED), CROWD, None)
            targets = tuple(target(o, model) for o in here)
            arms.append(EffectArm(study, plan, model, crowd, targets))
    return Effects(tuple(priors), tuple(arms))


def target(o: Observation, model: Model) -> EffectTarget:
    """An observation with its value and its standard error on its own scale."""
    unit = model.unit_of(o.output)
    value, n = to_measure(o, o.value, unit), o.n or ASSUMED_N
    if o.statistic == "share":
        sd = sd_of_share(value, o.n)
    elif is_additive(o):
        sd = abs(to_measure(o, o.spread.sd_people(o.n), unit))
    else:
        sd = o.spread.sd_log_people(o.value, o.n)
        sd = sd if np.isfinite(sd) else ASSUMED_SD
        return EffectTarget(o, float(np.log(value)), float(np.hypot(sd / np.sqrt(n), FLOOR)))
    return EffectTarget(o, value, float(np.hypot(sd / np.sqrt(n), ADDITIVE_FLOOR * sd)))


def statistic(o: Observation, people: Array) -> Array:
    """The statistic of a crowd for each point, on its own scale; `people` is (points, people)."""
    if o.statistic == "share":
        spread = people.std(axis=1, keepdims=True)
        edge = np.maximum(SOFT * spread * people.shape[1] ** -0.2, 1e-9)
        return np.asarray(ndtr((people - (o.above or 0.0)) / edge).mean(axis=1), dtype=np.float64)
    middle = {"mean": np.nanmean, "median": np.nanmedian}.get(o.statistic)
    if middle is None:
        raise EvidenceError(
            f"{o.id}, statistic", o.statistic, "mean, median or share, to be fitted"
        )
    found = np.asarray(middle(people, axis=1), dtype=np.float64)
    return found if is_additive(o) else np.log(found)
