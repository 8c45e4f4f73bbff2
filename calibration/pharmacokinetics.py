"""Pharmacokinetics: the most probable parameters, their uncertainty, and how people differ.

Three steps, each on the same predictions:

1. The most probable parameters of a person of the middle: weighted least squares of the logarithms
   of observed over predicted, with the priors of `priors.yaml` as further residuals. A mean of a
   skewed quantity is compared with the mean of the log-normal that has the study's own spread.
2. Their uncertainty: draws from the joint posterior (`posterior.py`), started from the Gauss-Newton
   (Laplace) covariance at that point.
3. Differences between people: the between-person variances that the studies print are, to first
   order, the squared sensitivities times the variances of the parameters; these are solved for,
   all alkaloids together, without negative ones.

Left out: study-to-study differences other than dose form and product, which two studies of
different dose forms cannot tell apart (`absorption/delivered/tea` carries both).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares, nnls

import speciosa
from calibration.posterior import Block, sample
from calibration.predict import FittedArm, Target, fitted_arms, predictions
from calibration.priors import Prior, read_priors
from speciosa.evidence.load import observations, write_records
from speciosa.evidence.record import READ, Observation, Record
from speciosa.evidence.spread import Spread
from speciosa.trial.observed import molecule

Array = NDArray[np.float64]

EVIDENCE = Path(speciosa.__file__).parent / "evidence"
STEP = 1e-4
"""Step of the differences that give sensitivities, on the scale of the fit."""

MEDIAN_FACTOR = 1.2533
"""Standard error of a median over that of a mean, of many normal values: the root of pi over 2."""

FLOOR = 0.05
"""Log-scale error that no number of people removes: the structure is a simplification."""

ASSUMED_N = 12
"""People in an arm whose number is not printed; the companion trial had about twelve."""

ASSUMED_SD = 0.4
"""Log-scale difference between people where a study prints no spread."""

SHARED = ("absorption/delivered/tea", "absorption/lag/extract")
"""Parameters that belong to a dose form, and so to every drug in it."""

SEED = 1

VARIES: Mapping[str, str] = {
    "absorption/delivered": "how much of a dose is absorbed, alike for all alkaloids in it",
    "absorption/ka": "pace of absorption",
    "elimination/CL": "clearance beyond weight and known enzymes",
    "distribution/V1": "central volume beyond weight",
    "distribution/V2": "deep volume beyond weight",
}
"""Parameters that differ between people."""

WIDTH_OF_VARIANCE = 0.3
"""Prior: differences between people of about this log-scale size, before any data."""


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


def calibrate(*, write: bool) -> Estimate:
    """Run the calibration, print it, and write its records if asked to."""
    priors = tuple(read_priors().values())
    arms = fitted_arms({prior.id: prior.record() for prior in priors})
    estimate = fit(priors, arms)
    people = differences(estimate)
    _print(estimate, people)
    if write:
        _write(estimate, people)
    return estimate


def fit(priors: Sequence[Prior], arms: Sequence[FittedArm]) -> Estimate:
    """The most probable parameters, and the Laplace approximation around them."""
    targets = tuple(target for arm in arms for target in arm.targets)
    observed = np.log([target.value for target in targets])
    error = np.array([standard_error(target.observation) for target in targets])
    shift = np.array([log_mean_over_median(target.observation) for target in targets])
    start = np.array([prior.start for prior in priors])
    width = np.array([prior.width for prior in priors])

    def predicted(points: Array) -> Array:
        """Log predictions, (points, targets)."""
        ids = [prior.id for prior in priors]
        values = np.stack([p.from_scale(points[:, i]) for i, p in enumerate(priors)], axis=1)
        columns = [predictions(arm, ids, values) for arm in arms]
        return np.log(np.concatenate(columns, axis=1)) + shift

    def residuals(x: Array) -> Array:
        return np.concatenate([(predicted(x[None, :])[0] - observed) / error, (x - start) / width])

    def jacobian(x: Array) -> Array:
        return np.concatenate([slopes(x) / error[:, None], np.diag(1.0 / width)])

    def slopes(x: Array) -> Array:
        """Central differences, all points integrated side by side: (targets, parameters)."""
        step = STEP * np.eye(len(x))
        both = predicted(np.concatenate([x + step, x - step]))
        return (both[: len(x)] - both[len(x) :]).T / (2.0 * STEP)

    # The stubs of SciPy do not know that `jac` may be a function.
    found = least_squares(residuals, start, jac=jacobian, method="lm", xtol=1e-8)  # pyright: ignore[reportArgumentType]
    j = jacobian(found.x)
    covariance: Array = np.asarray(np.linalg.inv(j.T @ j), dtype=np.float64)

    def squares(points: Array) -> tuple[Array, Array]:
        return ((predicted(points) - observed) / error) ** 2, ((points - start) / width) ** 2

    draws, accepted = sample(
        squares,
        found.x,
        covariance,
        *_blocks(priors, targets),
        SEED,
        lambda step, of: print(f"\rposterior: step {step} of {of}", end="", file=sys.stderr),
    )
    print(f"\n{len(draws)} draws, {accepted:.0%} of proposals accepted", file=sys.stderr)
    return Estimate(
        tuple(priors), found.x, targets, predicted(found.x[None, :])[0], slopes(found.x), draws
    )


def _blocks(priors: Sequence[Prior], targets: Sequence[Target]) -> tuple[list[Block], Block]:
    """One block a drug, mitragynine with what it becomes; and what all drugs share."""

    def drug(name: str) -> str:
        return "mitragynine" if "hydroxymitragynine" in name else name.rpartition("/")[2]

    shared = [i for i, prior in enumerate(priors) if prior.id in SHARED]
    of_target = [drug(molecule(target.observation)) for target in targets]
    blocks = [
        Block(
            np.array([i for i, p in enumerate(priors) if drug(p.id) == name and i not in shared]),
            np.array([i for i, other in enumerate(of_target) if other == name]),
        )
        for name in dict.fromkeys(of_target)
    ]
    return blocks, Block(np.array(shared), np.arange(len(targets)))


def differences(estimate: Estimate) -> dict[str, tuple[float, float]]:
    """How much people differ: log-scale standard deviation and its own standard error, by kind."""
    kinds = list(VARIES)
    rows: list[Array] = []
    seen: list[float] = []
    weight: list[float] = []
    for target, slope in zip(estimate.targets, estimate.sensitivity, strict=True):
        o = target.observation
        sd = o.spread.sd_log_people(o.value, o.n)
        if not np.isfinite(sd):
            continue
        rows.append(np.array([_squared(target, slope, estimate.priors, kind) for kind in kinds]))
        seen.append(sd**2)
        # The relative error of a variance of n values is about the root of 2 / (n - 1). It is
        # taken of a common size, not of the one that happened: else small ones would win.
        weight.append(np.sqrt(max((o.n or ASSUMED_N) - 1, 1) / 2.0) / ASSUMED_SD**2)
    w = np.array(weight)
    a = np.array(rows) * w[:, None]
    prior = np.eye(len(kinds)) / WIDTH_OF_VARIANCE**2
    whole = np.concatenate([a, prior])
    goal = np.concatenate([np.array(seen) * w, np.ones(len(kinds))])
    variances, _ = nnls(whole, goal)
    error = np.sqrt(np.diag(np.linalg.inv(whole.T @ whole)))
    sds = np.sqrt(variances)
    return {
        kind: (float(sd), float(e / (2.0 * max(sd, 0.05))))
        for kind, sd, e in zip(kinds, sds, error, strict=True)
    }


def _squared(target: Target, slope: Array, priors: Sequence[Prior], kind: str) -> float:
    """Sum of squared sensitivities of a target to the parameters of one kind."""
    if kind == "absorption/delivered":
        # The reference form has no fitted share, but people differ in it all the same; an
        # exposure is proportional to the share.
        return 1.0 if target.observation.measure in ("cmax", "auc_inf") else 0.0
    return float(sum(s**2 for s, p in zip(slope, priors, strict=True) if p.id.startswith(kind)))


def standard_error(observation: Observation) -> float:
    """Log-scale standard error of the observed statistic."""
    sd = observation.spread.sd_log_people(observation.value, observation.n)
    sd = sd if np.isfinite(sd) else ASSUMED_SD
    factor = MEDIAN_FACTOR if observation.statistic == "median" else 1.0
    return float(np.hypot(factor * sd / np.sqrt(observation.n or ASSUMED_N), FLOOR))


def log_mean_over_median(observation: Observation) -> float:
    """What a mean lies above the median of a log-normal quantity, on the log scale."""
    if observation.statistic != "mean":
        return 0.0
    sd = observation.spread.sd_log_people(observation.value, observation.n)
    return float(sd**2 / 2.0) if np.isfinite(sd) else 0.0


def _write(estimate: Estimate, people: Mapping[str, tuple[float, float]]) -> None:
    run = _run_name(estimate)
    sd = estimate.draws.std(axis=0)
    held = [
        _record(prior, float(x), float(s), estimate, i, run)
        for i, (prior, x, s) in enumerate(zip(estimate.priors, estimate.x, sd, strict=True))
    ]
    held += [_variability(kind, *value, estimate, run) for kind, value in people.items()]
    write_records(
        EVIDENCE / "records" / "fitted.yaml",
        held,
        "Written by `python -m calibration`; do not edit. Clearances and volumes are apparent,\n"
        "relative to a dose of extract.",
    )
    _write_draws(estimate, run)


def _write_draws(estimate: Estimate, run: str) -> None:
    """The posterior as a table, in the records' units; all at once or not at all."""
    path = EVIDENCE / "fits" / "pharmacokinetics.csv"
    path.parent.mkdir(exist_ok=True)
    columns = [prior.from_scale(estimate.draws[:, i]) for i, prior in enumerate(estimate.priors)]
    lines = [
        "# Draws from the joint posterior of the fitted records; do not edit.",
        f"# run: {run}",
        "# made_by: python -m calibration",
        ",".join(prior.id for prior in estimate.priors),
        *(",".join(f"{x:.4g}" for x in row) for row in np.stack(columns, axis=1)),
    ]
    fresh = path.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)


def _record(prior: Prior, x: float, sd: float, estimate: Estimate, column: int, run: str) -> Record:
    value = float(f"{float(prior.from_scale(np.array(x))):.4g}")
    pull = np.abs(estimate.sensitivity[:, column])
    data = [t.observation.id for t, p in zip(estimate.targets, pull, strict=True) if p > 0.05]
    share = sd / prior.width
    return Record(
        id=prior.id,
        value=value,
        unit_text=prior.unit,
        spread=prior.spread(value, sd),
        source="speciosa",
        where="fits/pharmacokinetics.csv, from a prior in calibration/priors.yaml",
        read=_read(data),
        status="fitted",
        conditions={"species": "human"},
        data=tuple(dict.fromkeys(data)),
        run=run,
        note=("the data hardly narrow the prior" if share > 0.7 else "narrowed by the data")
        + f" (to {share:.0%} of its width)",
    )


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
        where="fits/pharmacokinetics.csv, step 3",
        read=_read(data),
        status="fitted",
        conditions={"species": "human"},
        data=tuple(data),
        run=run,
        note=f"log-scale standard deviation between people: {VARIES[kind]}",
    )


def _read(data: Sequence[str]) -> str:
    """A fit is read no better than the least well read of its data."""
    held = observations()
    return max((held[identity].read for identity in data), key=READ.index, default="recalled")


def _run_name(estimate: Estimate) -> str:
    """The fit's name carries what went in, so that another input is another run."""
    data = [(t.observation.id, t.value) for t in estimate.targets]
    beliefs = [(p.id, p.centre, p.width) for p in estimate.priors]
    return "pharmacokinetics-" + hashlib.sha256(repr((data, beliefs)).encode()).hexdigest()[:8]


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
