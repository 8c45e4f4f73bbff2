"""Observed against simulated: every comparable observation, with the same statistic simulated.

An observation is compared with what its own study would have printed had the model been its
people: the same number of them, the same samples, the same limit of quantification, the same
statistic (a median, a mean, the highest of several group means). What the model was fitted to and
what it has never seen are reported apart, and within each shape (when, how long, ratios) apart
from scale (how much), because studies differ four-fold in scale.

The naive baseline predicts each unseen observation by the nearest fitted one: the same measure of
the same drug after the nearest dose, scaled by dose where the measure is an exposure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import Observation, Study, observations, studies
from speciosa.model import forms
from speciosa.trial.measures import unit_of
from speciosa.trial.observed import molecule, to_measure
from speciosa.trial.trials import ArmTrials, run_trials

__all__ = ["SCALE", "Comparison", "Validation", "validate"]

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

SCALE = ("cmax", "auc_inf", "auc_last", "auc_24", "trough", "last", "vz_f", "cl_f")
"""Measures of how much; the others are of shape."""

BY_DOSE = ("cmax", "auc_inf", "auc_last", "auc_24", "trough", "last")
"""Measures that a dose scales."""

TRIALS = 60
SEED = 1
MISS = 2.0 / 0.1
"""Penalty of a 90 % interval per unit of distance from it (Gneiting and Raftery 2007)."""

_OVER_PEOPLE: Mapping[str, Callable[[Array], Array]] = {
    "median": lambda v: np.nanmedian(v, axis=1),
    "mean": lambda v: np.nanmean(v, axis=1),
    "geometric_mean": lambda v: np.exp(np.nanmean(np.log(v), axis=1)),
    "single": lambda v: v[:, 0],
    "lowest_value": lambda v: np.nanmin(v, axis=1),
    "highest_value": lambda v: np.nanmax(v, axis=1),
}
_OVER_GROUPS: Mapping[str, tuple[str, Callable[[Array], Array]]] = {
    "highest_group_mean": ("mean", lambda g: np.max(g, axis=0)),
    "lowest_group_median": ("median", lambda g: np.min(g, axis=0)),
    "highest_group_median": ("median", lambda g: np.max(g, axis=0)),
}


@dataclass(frozen=True)
class Comparison:
    """One observation beside its simulation; `fold` is simulated over observed."""

    observation: Observation
    unit: str
    observed: float
    simulated: float
    p05: float
    p95: float
    baseline: float | None

    @property
    def fold(self) -> float:
        """Simulated over observed."""
        return self.simulated / self.observed

    @property
    def inside(self) -> bool:
        """Whether the observed value lies in the simulated 90 % interval."""
        return self.p05 <= self.observed <= self.p95

    @property
    def interval_score(self) -> float:
        """Width of the 90 % interval on the log scale, plus a penalty for a value outside it."""
        low, high, y = math.log(self.p05), math.log(self.p95), math.log(self.observed)
        return high - low + MISS * (max(low - y, 0.0) + max(y - high, 0.0))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa validate --json` prints it."""
        o = self.observation
        return {
            "id": o.id,
            "output": o.output,
            "measure": o.measure,
            "window": o.window,
            "statistic": o.statistic,
            "arm": ", ".join(o.arms),
            "unit": self.unit,
            "observed": self.observed,
            "simulated": self.simulated,
            "p05": self.p05,
            "p95": self.p95,
            "fold": self.fold,
            "inside_90": self.inside,
            "baseline": self.baseline,
            "n": o.n,
            "study": o.study,
            "source": o.source,
            "where": o.where,
            "read": o.read,
            "use": o.use,
            "medicine": _is_medicine(o),
        }


@dataclass(frozen=True)
class Validation:
    """Every comparison, the groups they fall into, and what could not be compared."""

    comparisons: tuple[Comparison, ...]
    left_out: Mapping[str, str]
    trials: int
    seed: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa validate --json` prints it."""
        return {
            "groups": [_group(name, held) for name, held in self.groups()],
            "comparisons": [one.to_dict() for one in self.comparisons],
            "left_out": [{"id": i, "because": why} for i, why in self.left_out.items()],
            "trials": self.trials,
            "seed": self.seed,
        }

    def groups(self) -> Iterable[tuple[str, list[Comparison]]]:
        """Fitted and unseen, each as a whole and by shape and scale; empty ones are left out.

        Medicines were measured without kratom and say nothing of it; they are a group of their own.
        """
        for words, of_use in (
            ("fitted", self._of("fit", alone=False)),
            ("never seen", self._of("validate", alone=False)),
            ("medicines", self._of("validate", alone=True)),
        ):
            scale = [one for one in of_use if one.observation.measure in SCALE]
            shape = [one for one in of_use if one.observation.measure not in SCALE]
            for name, held in (
                (words, of_use),
                (f"{words}, shape", shape),
                (f"{words}, scale", scale),
            ):
                if held:
                    yield name, held

    def _of(self, use: str, *, alone: bool) -> list[Comparison]:
        """Comparisons of one use, of medicines alone or of all else."""
        return [
            one
            for one in self.comparisons
            if one.observation.use == use and _is_medicine(one.observation) == alone
        ]


def _is_medicine(observation: Observation) -> bool:
    """Whether a number is of a medicine, and not of what kratom holds or becomes."""
    return bool(forms(molecule(observation)))


def validate(
    trials: int = TRIALS, seed: int = SEED, progress: Progress | None = None
) -> Validation:
    """Simulate every arm with a comparable observation, and compare."""
    comparable, left_out = _comparable()
    wanted = [study for study in studies().values() if any(o.study == study.id for o in comparable)]
    found: list[Comparison] = []
    for done, study in enumerate(wanted):
        if progress is not None:
            progress(done, len(wanted))
        found += _compare(study, [o for o in comparable if o.study == study.id], trials, seed)
    if progress is not None:
        progress(len(wanted), len(wanted))
    baselines = _baselines(found)
    rows = (
        Comparison(c.observation, c.unit, c.observed, c.simulated, c.p05, c.p95, b)
        for c, b in zip(found, baselines, strict=True)
    )
    return Validation(tuple(rows), left_out, trials, seed)


def _comparable() -> tuple[list[Observation], dict[str, str]]:
    """Observations that may be compared; of those that may be but cannot, the reason."""
    found: list[Observation] = []
    left_out: dict[str, str] = {}
    for observation in observations().values():
        if observation.use == "none":
            continue
        if observation.comparable:
            found.append(observation)
        else:
            left_out[observation.id] = observation.because
    return found, left_out


def _compare(
    study: Study, of_study: Sequence[Observation], trials: int, seed: int
) -> Iterable[Comparison]:
    names = sorted({arm for o in of_study for arm in o.arms})
    ran: dict[str, ArmTrials] = {}
    for name in names:
        outputs = sorted({o.output for o in of_study if name in o.arms})
        ran[name] = run_trials(study, study.arm(name), outputs, trials=trials, seed=seed)
    for observation in of_study:
        groups = [ran[arm] for arm in observation.arms]
        key = (observation.output, observation.measure, observation.window)
        nominal = _statistic(observation.statistic, [g.nominal[key] for g in groups])
        uncertain = _statistic(observation.statistic, [g.uncertain[key] for g in groups])
        output_unit = groups[0].model.unit_of(observation.output)
        yield Comparison(
            observation,
            unit_of(observation.measure, output_unit),
            to_measure(observation, observation.value, output_unit),
            float(np.nanmedian(nominal)),
            float(np.nanpercentile(uncertain, 5.0)),
            float(np.nanpercentile(uncertain, 95.0)),
            None,
        )


def _statistic(name: str, groups: Sequence[Array]) -> Array:
    """The statistic of each trial, (trials,); a plain one over several groups is of all people."""
    if name in _OVER_GROUPS:
        inner, outer = _OVER_GROUPS[name]
        return outer(np.stack([_over_people(inner, group) for group in groups]))
    return _over_people(name, np.concatenate(groups, axis=1))


def _over_people(name: str, values: Array) -> Array:
    """A statistic of each trial over those who have a value; nan where nobody has."""
    some = ~np.isnan(values).all(axis=1)
    found = np.full(len(values), np.nan)
    found[some] = _OVER_PEOPLE[name](values[some])
    return found


def _baselines(found: Sequence[Comparison]) -> list[float | None]:
    fitted = [one for one in found if one.observation.use == "fit"]
    return [_baseline(one, fitted) if one.observation.use == "validate" else None for one in found]


def _baseline(one: Comparison, fitted: Sequence[Comparison]) -> float | None:
    o = one.observation
    dose = _dose(o)
    same = [
        other
        for other in fitted
        if (other.observation.output, other.observation.measure) == (o.output, o.measure)
    ]
    if not same:
        return None
    nearest = min(same, key=lambda other: abs(math.log(_dose(other.observation) / dose)))
    if o.measure not in BY_DOSE:
        return nearest.observed
    return nearest.observed * dose / _dose(nearest.observation)


def _dose(observation: Observation) -> float:
    """mg of mitragynine (or of the drug itself) in one dose; the middle of several arms."""
    study = studies()[observation.study]
    doses = [
        arm.mg.get("mitragynine") or arm.mg[molecule(observation)]
        for arm in map(study.arm, observation.arms)
    ]
    return float(np.exp(np.mean(np.log(doses))))


def _group(name: str, held: Sequence[Comparison]) -> dict[str, Any]:
    off = np.array([abs(math.log(one.fold)) for one in held])
    beside = [one for one in held if one.baseline]
    based = [abs(math.log((one.baseline or math.nan) / one.observed)) for one in beside]
    same = [abs(math.log(one.fold)) for one in beside]
    return {
        "group": name,
        "n": len(held),
        "gmfe": float(np.exp(off.mean())),
        "within_1_5": float(np.mean(off <= math.log(1.5))),
        "within_2": float(np.mean(off <= math.log(2.0))),
        "inside_90": float(np.mean([one.inside for one in held])),
        "interval_score": float(np.mean([one.interval_score for one in held])),
        "baseline_n": len(based),
        "baseline_gmfe": float(np.exp(np.mean(based))) if based else None,
        "gmfe_beside_baseline": float(np.exp(np.mean(same))) if same else None,
    }
