"""Pharmacokinetics: the most probable parameters, their uncertainty, and how people differ.

1. The most probable parameters of a person of the middle (`fit.py`): weighted least squares of the
   logarithms of observed over predicted, with the priors of `priors.yaml` as further residuals. A
   mean is compared with that of the log-normal that has the study's own spread.
2. How people differ (`differences.py`), and with it by how much a median over people lies off the
   person of the middle; then the first step again with that.
3. Uncertainty: draws from the joint posterior (`posterior.py`).

Left out: study-to-study differences other than dose form and product, which two studies of
different dose forms cannot tell apart (`absorption/delivered/tea` carries both).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calibration.differences import VARIES, differences, shift
from calibration.fit import Fit, start
from calibration.predict import Target, fitted_arms
from calibration.priors import Prior, read_priors
from calibration.written import fitted_record, read_of, write_fit
from speciosa.evidence.record import Record
from speciosa.evidence.spread import Spread

Array = NDArray[np.float64]

KINETIC = ("absorption", "distribution", "elimination", "metabolism", "substance")
"""Systems whose records concentrations in blood depend on."""


@dataclass(frozen=True)
class Estimate:
    """The fit: parameters on its own scale, draws of them, and what it predicts.

    `draws` is (draws, parameters) from the posterior, on the scale of the fit too.
    """

    priors: tuple[Prior, ...]
    x: Array
    targets: tuple[Target, ...]
    predicted: Array
    sensitivity: Array
    draws: Array
    run: str


def calibrate(*, write: bool) -> Estimate:
    """Run the calibration, print it, and write its records if asked to."""
    priors = tuple(read_priors().values())
    fit = start(priors, fitted_arms({prior.id: prior.record() for prior in priors}))
    x = fit.most_probable()
    people = differences(fit, x)
    fit = replace(fit, shift=fit.shift + shift(fit, x, people))
    x = fit.most_probable(x)
    estimate = _estimate(fit, x)
    _print(estimate, people)
    if write:
        _write(estimate, people)
    return estimate


def _estimate(fit: Fit, x: Array) -> Estimate:
    predicted = fit.predicted(x[None, :])[0]
    slopes, draws = fit.slopes(x), fit.posterior(x)
    return Estimate(fit.priors, x, fit.targets, predicted, slopes, draws, run_name(fit))


def _write(estimate: Estimate, people: Mapping[str, tuple[float, float]]) -> None:
    run = estimate.run
    sd = estimate.draws.std(axis=0)
    held = [
        _record(prior, float(x), float(s), estimate, i, run)
        for i, (prior, x, s) in enumerate(zip(estimate.priors, estimate.x, sd, strict=True))
    ]
    held += [_variability(kind, *value, estimate, run) for kind, value in people.items()]
    write_fit(run, held, estimate.priors, estimate.draws)


def _record(prior: Prior, x: float, sd: float, estimate: Estimate, column: int, run: str) -> Record:
    pull = np.abs(estimate.sensitivity[:, column])
    data = [t.observation.id for t, p in zip(estimate.targets, pull, strict=True) if p > 0.05]
    where = "fits/pharmacokinetics.csv, from a prior in calibration/priors.yaml"
    return fitted_record(prior, x, sd, data, run, where)


def _variability(kind: str, sd: float, error: float, estimate: Estimate, run: str) -> Record:
    value = round(max(sd, 0.05), 3)
    data = [
        t.observation.id
        for t in estimate.targets
        if np.isfinite(t.observation.spread.sd_log_people(t.observation.value, t.observation.n))
    ]
    return Record(
        id=f"variability/{kind}",
        value=value,
        unit_text="1",
        spread=Spread("lognormal", value, gsd=round(float(np.exp(min(error / value, 0.7))), 3)),
        source="speciosa",
        where="fits/pharmacokinetics.csv, differences between people",
        read=read_of(data),
        status="fitted",
        conditions={"species": "human"},
        data=tuple(data),
        run=run,
        note=f"log-scale standard deviation between people: {VARIES[kind]}",
    )


def run_name(fit: Fit) -> str:
    """The fit's name carries what went in, so that another input is another run.

    That is the observations, how their studies looked, the priors, and the equations and kinetic
    numbers of the models that predict them.
    """
    data = [(t.observation.id, t.value) for t in fit.targets]
    studies = [
        (
            arm.model.problem.digest,
            [(r.id, r.value, r.unit_text, r.spread) for r in arm.model.records if _moves_blood(r)],
            sorted(arm.lloq.items()),
            arm.plan.look.times,
        )
        for arm in fit.arms
    ]
    beliefs = [(p.id, p.centre, p.width) for p in fit.priors]
    with np.printoptions(threshold=sys.maxsize):
        content = repr((data, studies, beliefs))
    return "pharmacokinetics-" + hashlib.sha256(content.encode()).hexdigest()[:8]


def _moves_blood(record: Record) -> bool:
    """Whether a concentration in blood can depend on a record; effects are fitted after it."""
    return record.system in KINETIC


def _print(estimate: Estimate, people: Mapping[str, tuple[float, float]]) -> None:
    print(f"{'observation':58} {'observed':>10} {'predicted':>10} {'fold':>6}")
    folds: list[float] = []
    for target, log_prediction in zip(estimate.targets, estimate.predicted, strict=True):
        predicted = float(np.exp(log_prediction))
        fold = max(predicted / target.value, target.value / predicted)
        folds.append(fold)
        print(f"{target.observation.id:58} {target.value:10.4g} {predicted:10.4g} {fold:6.2f}")
    print(
        f"\nwithin 1.5-fold {np.mean(np.array(folds) < 1.5):.0%}, "
        f"within 2-fold {np.mean(np.array(folds) < 2.0):.0%}\n"
    )
    sd = estimate.draws.std(axis=0)
    print(f"{'parameter':60} {'estimate':>10} {'sd (fit scale)':>14} {'of prior':>9}")
    for prior, x, s in zip(estimate.priors, estimate.x, sd, strict=True):
        value = float(prior.from_scale(np.array(x)))
        print(f"{prior.id:60} {value:10.4g} {s:14.3f} {s / prior.width:9.0%}")
    print("\ndifferences between people (log-scale standard deviation)")
    for kind, (value, error) in people.items():
        print(f"{kind:30} {value:.3f} (standard error {error:.3f})")
