"""The naive baseline: what a rule without a model says of a concentration that nobody fitted.

It predicts each unseen observation by the nearest fitted one: the same measure of the same drug
after the nearest dose, scaled by dose where the measure is an exposure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from speciosa.evidence import Observation, studies
from speciosa.trial.observed import is_kinetic, molecule
from speciosa.trial.trials import weight_in

__all__ = ["Pair", "baselines"]

BY_DOSE = ("cmax", "auc_inf", "auc_last", "auc_24", "trough", "last")
"""Measures that a dose scales."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An observation, and its value in the unit of the measure that is simulated."""

    observation: Observation
    observed: float


def baselines(found: Sequence[Pair]) -> list[float | None]:
    """What the rule says of each unseen concentration, in the unit it was observed in, or None."""
    fitted = [c for c in found if c.observation.use == "fit" and is_kinetic(c.observation)]
    fitted += _volumes(fitted)
    return [
        _baseline(c, fitted)
        if c.observation.use == "validate" and is_kinetic(c.observation)
        else None
        for c in found
    ]


def _volumes(fitted: Sequence[Pair]) -> list[Pair]:
    """Volumes (L/kg) that follow from a fitted area and half-life of one arm.

    They are no observations of their own, but a rule without a model may use what is known.
    """
    made: list[Pair] = []
    for area in fitted:
        for slope in fitted:
            a, s = area.observation, slope.observation
            same = (a.study, a.arms, a.output, a.window) == (s.study, s.arms, s.output, s.window)
            if same and (a.measure, s.measure) == ("auc_inf", "half_life"):
                weight = weight_in(studies()[a.study])
                litres = 1e3 * _dose(a) * slope.observed / (math.log(2.0) * area.observed)
                value = litres / weight
                of = replace(a, measure="vz_f")
                made.append(Pair(of, value))
    return made


def _baseline(one: Pair, fitted: Sequence[Pair]) -> float | None:
    o = one.observation
    same = [
        other
        for other in fitted
        if (other.observation.output, other.observation.measure) == (o.output, o.measure)
    ]
    if not same:
        return None
    dose = _dose(o)
    nearest = min(same, key=lambda other: abs(math.log(_dose(other.observation) / dose)))
    if o.measure not in BY_DOSE:
        return nearest.observed
    return nearest.observed * dose / _dose(nearest.observation)


def _dose(observation: Observation) -> float:
    """mg of mitragynine (or of the drug itself) in one dose; the middle of several arms."""
    study = studies()[observation.study]
    drug = molecule(observation)
    doses = [
        arm.mg.get("mitragynine")
        or arm.mg.get(drug)
        or next(medicine.mg for medicine in arm.medicines if medicine.drug == drug)
        for arm in map(study.arm, observation.arms)
    ]
    return float(np.exp(np.mean(np.log(doses))))
