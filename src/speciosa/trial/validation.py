"""Observed against simulated: every comparable observation, with the same statistic simulated.

An observation is compared with what its own study would have printed had the model been its
people: the same number of them, the same samples, the same limit of quantification, the same
statistic (a median, a mean, a share, the highest of several group means). What the model was fitted
to and what it has never seen are reported apart, concentrations apart from effects, and within
concentrations shape (when, how long, ratios) apart from scale (how much), because studies differ
four-fold in scale.

Where a fold error says something (concentrations, times, ratios) it is given; where it says nothing
(millimetres of a pupil, points of a scale, shares of people) the difference is, over the standard
deviation between people. Only independent observations take part: one that follows from others of
its study, or repeats one, has `use: none`.

Beside each unseen concentration stands what a rule without a model says of it (`baselines`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import Observation, Study, observations, studies
from speciosa.model import forms
from speciosa.product.alkaloids import KNOWN
from speciosa.trial.arms import dose_form
from speciosa.trial.baselines import Pair, baselines
from speciosa.trial.observed import (
    is_additive,
    is_effect,
    is_kinetic,
    is_ratio,
    molecule,
    sd_of_share,
    to_measure,
    unit_of_measure,
)
from speciosa.trial.printed import statistic_of
from speciosa.trial.ratios import crossover
from speciosa.trial.scores import binomial_bounds, interval_score, log_interval_score
from speciosa.trial.trials import ArmTrials, key, run_trials

__all__ = ["SCALE", "Comparison", "Validation", "comparable", "validate"]

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

SCALE = ("cmax", "auc_inf", "auc_last", "auc_24", "trough", "last", "vz_f", "cl_f")
"""Measures of how much; the others are of shape."""

TRIALS = 60
VISITS = 20
"""Trials of an interaction, in which people are their own comparison and differ less."""
SEED = 1

_WORDS = {"fit": "fitted", "validate": "never seen"}


@dataclass(frozen=True)
class Comparison:
    """One observation beside its simulation.

    Attributes:
        observation: what a study printed.
        unit: of all numbers here.
        observed: the printed number in that unit.
        simulated: the middle of the virtual trials.
        p05: fifth percentile of the trials in which all that we do not know is drawn too.
        p95: their 95th percentile.
        baseline: what a rule without a model says, if there is one; of an interaction the static
            calculation.
        sd: standard deviation between people, for an observation with additive error.
        sd_from: whether it is `printed` by the study or `simulated`.
    """

    observation: Observation
    unit: str
    observed: float
    simulated: float
    p05: float
    p95: float
    baseline: float | None
    sd: float | None = None
    sd_from: str | None = None

    @property
    def fold(self) -> float | None:
        """Simulated over observed; none where both are not above 0."""
        if self.observed <= 0.0 or self.simulated <= 0.0:
            return None
        return self.simulated / self.observed

    @property
    def difference(self) -> float:
        """Simulated minus observed."""
        return self.simulated - self.observed

    @property
    def in_sd(self) -> float | None:
        """The difference in standard deviations between people; none where folds count."""
        return None if not self.sd else self.difference / self.sd

    @property
    def additive(self) -> bool:
        """Whether the difference counts and not the fold."""
        return is_additive(self.observation)

    @property
    def part(self) -> str:
        """What it is of: `levels` in blood, `effects`, or `interactions`."""
        if is_ratio(self.observation):
            return "interactions"
        return "effects" if is_effect(self.observation) else "levels"

    @property
    def inside(self) -> bool:
        """Whether the observed value lies in the simulated 90 % interval."""
        return self.p05 <= self.observed <= self.p95

    @property
    def interval_score(self) -> float:
        """Width of the 90 % interval and a penalty for a value outside it.

        On the scale of natural logarithms where folds count, else in standard deviations.
        """
        if self.additive:
            return interval_score(self.p05, self.p95, self.observed) / (self.sd or math.nan)
        return log_interval_score(self.p05, self.p95, self.observed)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa validate --json` prints it."""
        o = self.observation
        return {
            "id": o.id,
            "part": self.part,
            "output": o.output,
            "measure": o.measure,
            "window": o.window,
            "at": o.at,
            "above": o.above,
            "statistic": o.statistic,
            "arm": ", ".join(o.arms),
            "unit": self.unit,
            "observed": self.observed,
            "simulated": self.simulated,
            "p05": self.p05,
            "p95": self.p95,
            "error": "difference" if self.additive else "fold",
            "fold": self.fold,
            "difference": self.difference,
            "sd": self.sd,
            "sd_from": self.sd_from,
            "in_sd": self.in_sd,
            "inside_90": self.inside,
            "interval_score": _finite(self.interval_score),
            "baseline": self.baseline,
            "n": o.n,
            "study": o.study,
            "source": o.source,
            "where": o.where,
            "read": o.read,
            "use": o.use,
            "medicine": is_medicine(o),
            "kratom": is_of_kratom(o),
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
            "groups": self.summaries(),
            "comparisons": [one.to_dict() for one in self.comparisons],
            "left_out": [{"id": i, "because": why} for i, why in self.left_out.items()],
            "trials": self.trials,
            "seed": self.seed,
        }

    def summaries(self) -> list[dict[str, Any]]:
        """Each group summed up, as plain data."""
        return [_group(name, held) for name, held in self.groups()]

    def groups(self) -> Iterable[tuple[str, list[Comparison]]]:
        """Kinetics, fitted and unseen, each as a whole and by shape and scale; effects; ratios.

        Medicines were measured without kratom and say nothing of its kinetics; they are a group of
        their own. Empty groups are left out.
        """
        for words, kinetic in (
            ("fitted", self._kinetic("fit", medicine=False)),
            ("never seen", self._kinetic("validate", medicine=False)),
            ("medicines", self._kinetic("validate", medicine=True)),
        ):
            scale = [c for c in kinetic if c.observation.measure in SCALE]
            shape = [c for c in kinetic if c.observation.measure not in SCALE]
            parts = ((words, kinetic), (f"{words}, shape", shape), (f"{words}, scale", scale))
            yield from ((name, held) for name, held in parts if held)
        for use, words in _WORDS.items():
            of_use = [c for c in self.comparisons if c.observation.use == use]
            effects = [c for c in of_use if is_effect(c.observation)]
            if effects:
                yield f"effects, {words}", effects
        ratios = [c for c in self.comparisons if is_ratio(c.observation)]
        for use, words in _WORDS.items():
            of_use = [c for c in ratios if c.observation.use == use]
            areas = [c for c in of_use if c.observation.measure == "auc_ratio"]
            for name, held in (
                ("AUC", areas),
                ("AUC raised", [c for c in areas if c.observed >= 1.0]),
                ("AUC lowered", [c for c in areas if c.observed < 1.0]),
                ("Cmax", [c for c in of_use if c.observation.measure == "cmax_ratio"]),
            ):
                if held:
                    yield f"interactions, {words}, {name}", held

    def _kinetic(self, use: str, *, medicine: bool) -> list[Comparison]:
        """Comparisons of concentrations of one use, of medicines or of all else."""
        of_use = (c for c in self.comparisons if c.observation.use == use)
        kinetic = (c for c in of_use if is_kinetic(c.observation))
        return [c for c in kinetic if is_medicine(c.observation) == medicine]


def is_medicine(observation: Observation) -> bool:
    """Whether a concentration is of a medicine, and not of what kratom holds or becomes."""
    return is_kinetic(observation) and bool(forms(molecule(observation)))


def is_of_kratom(observation: Observation) -> bool:
    """Whether the people of an observation took kratom or one of its alkaloids."""
    arms = [studies()[observation.study].arm(name) for name in observation.arms]
    return any(a.product != "pure" or a.habit or set(a.mg) & set(KNOWN) for a in arms)


def validate(
    trials: int | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
    *,
    interactions: bool = False,
) -> Validation:
    """Simulate every arm with a comparable observation, and compare.

    With `interactions` the ratios of exposure with and without another drug, and nothing else;
    there are many, each with a model of its own, so they take minutes.
    """
    trials = trials or (VISITS if interactions else TRIALS)
    held, left_out = comparable(interactions=interactions)
    wanted = [study for study in studies().values() if any(o.study == study.id for o in held)]
    found: list[Comparison] = []
    for done, study in enumerate(wanted):
        if progress is not None:
            progress(done, len(wanted))
        of_study = [o for o in held if o.study == study.id]
        found += _compare(study, of_study, trials, seed)
    if progress is not None:
        progress(len(wanted), len(wanted))
    said = baselines([Pair(c.observation, c.observed) for c in found])
    rows = (c if b is None else replace(c, baseline=b) for c, b in zip(found, said, strict=True))
    return Validation(tuple(rows), left_out, trials, seed)


def comparable(*, interactions: bool) -> tuple[list[Observation], dict[str, str]]:
    """Observations that are compared; of those that may be but cannot, the reason."""
    found: list[Observation] = []
    left_out: dict[str, str] = {}
    for observation in observations().values():
        if observation.use == "none" or is_ratio(observation) != interactions:
            continue
        missing = _without_kinetics(observation) if interactions else ""
        if observation.comparable and not missing:
            found.append(observation)
        else:
            left_out[observation.id] = observation.because or missing
    return found, left_out


def _without_kinetics(o: Observation) -> str:
    """Drugs of an observation's arms that no record lets follow, as a reason; empty if none."""
    arms = [studies()[o.study].arm(name) for name in o.arms]
    taken = [(m.drug, m.route) for arm in arms for m in arm.medicines]
    taken += [(drug, arm.route) for arm in arms for drug in arm.mg if arm.product == "pure"]
    lacking = dict.fromkeys(drug for drug, route in taken if dose_form(drug, route) is None)
    return f"no kinetics of {' and '.join(lacking)} in the evidence" if lacking else ""


def _compare(
    study: Study, of_study: Sequence[Observation], trials: int, seed: int
) -> list[Comparison]:
    """Each observation of a study beside its simulation."""
    plain = [o for o in of_study if not is_ratio(o)]
    ran: dict[str, ArmTrials] = {}
    for name in sorted({arm for o in plain for arm in o.arms}):
        wanted = [o for o in plain if name in o.arms]
        ran[name] = run_trials(study, study.arm(name), wanted, trials=trials, seed=seed)
    found = [_compared(o, [ran[arm] for arm in o.arms]) for o in plain]
    for pair in dict.fromkeys(o.arms for o in of_study if is_ratio(o)):
        wanted = [o for o in of_study if is_ratio(o) and o.arms == pair]
        visits = crossover(study, pair, wanted, trials=trials, seed=seed)
        for o in wanted:
            one = _beside(o, visits.nominal[o.id], visits.uncertain[o.id], "1")
            found.append(replace(one, baseline=visits.static[o.id]))
    return found


def _compared(o: Observation, groups: Sequence[ArmTrials]) -> Comparison:
    nominal = statistic_of(o, [g.nominal[key(o)] for g in groups])
    uncertain = statistic_of(o, [g.uncertain[key(o)] for g in groups])
    output_unit = groups[0].model.unit_of(o.output)
    sd, sd_from = _between_people(o, groups, output_unit) if is_additive(o) else (None, None)
    return replace(_beside(o, nominal, uncertain, output_unit), sd=sd, sd_from=sd_from)


def _beside(o: Observation, nominal: Array, uncertain: Array, output_unit: str) -> Comparison:
    """An observation and what the trials gave; `output_unit` is that of its output."""
    return Comparison(
        o,
        unit_of_measure(o, output_unit),
        to_measure(o, o.value, output_unit),
        float(np.nanmedian(nominal)),
        float(np.nanpercentile(uncertain, 5.0)),
        float(np.nanpercentile(uncertain, 95.0)),
        None,
    )


def _between_people(
    o: Observation, groups: Sequence[ArmTrials], output_unit: str
) -> tuple[float | None, str | None]:
    """Standard deviation between people in the unit of the measure, and where it is from.

    Of a share it is that of one person's yes or no, at the observed share. Where a study prints
    none, people of the model stand in, with all that we do not know of them.
    """
    if o.statistic == "share":
        return sd_of_share(to_measure(o, o.value, output_unit), o.n), "printed"
    printed = o.spread.sd_people(o.n)
    if math.isfinite(printed):
        return abs(to_measure(o, printed, output_unit)), "printed"
    people = np.concatenate([g.uncertain[key(o)].ravel() for g in groups])
    simulated = float(np.nanstd(people))
    return (simulated, "simulated") if simulated > 0.0 else (None, None)


def _group(name: str, held: Sequence[Comparison]) -> dict[str, Any]:
    by_fold = [one for one in held if not one.additive and one.fold]
    off = np.array([abs(math.log(one.fold or math.nan)) for one in by_fold])
    apart = [abs(one.in_sd) for one in held if one.additive and one.in_sd is not None]
    beside = [one for one in by_fold if one.baseline]
    based = [abs(math.log((one.baseline or math.nan) / one.observed)) for one in beside]
    same = [abs(math.log(one.fold or math.nan)) for one in beside]
    inside = sum(one.inside for one in held)
    low, high = binomial_bounds(inside, len(held))
    return {
        "group": name,
        "n": len(held),
        "by_fold": len(by_fold),
        "gmfe": float(np.exp(off.mean())) if by_fold else None,
        "within_1_5": float(np.mean(off <= math.log(1.5))) if by_fold else None,
        "within_2": float(np.mean(off <= math.log(2.0))) if by_fold else None,
        "by_difference": len(apart),
        "off_sd": float(np.mean(apart)) if apart else None,
        "inside_90": inside / len(held),
        "inside_90_low": low,
        "inside_90_high": high,
        "interval_score": _mean(one.interval_score for one in held if not one.additive),
        "interval_score_sd": _mean(one.interval_score for one in held if one.additive),
        "baseline_n": len(based),
        "baseline_gmfe": float(np.exp(np.mean(based))) if based else None,
        "gmfe_beside_baseline": float(np.exp(np.mean(same))) if same else None,
    }


def _mean(scores: Iterable[float]) -> float | None:
    finite = [score for score in scores if math.isfinite(score)]
    return sum(finite) / len(finite) if finite else None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
