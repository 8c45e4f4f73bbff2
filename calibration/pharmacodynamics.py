"""Pharmacodynamics: what observations of effects in people say of the parameters behind them.

Weighted least squares, with the records as priors (`effects.yaml`): there are few observations, so
the priors decide much, and the note of each fitted record says how much. Kinetics stand at their
central, already fitted values. The posterior is normal on the scale of the fit around the most
probable point, with the curvature of the misfit there (Laplace); `bend` says how far that is wrong.

Left out: how people differ in the effects themselves; no study prints enough to tell.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from calibration.effects import Effects, believed, effects, read_effects
from calibration.written import fitted_record, write_fit
from speciosa.errors import EvidenceError
from speciosa.evidence.load import FITTED

Array = NDArray[np.float64]

STEP = 0.02
"""Step of the differences, on the scale of the fit: a crowd's median is not smooth below that."""

DRAWS = 384
PULL = 0.05
"""A parameter that moves an observation by a smaller share of its error does not rest on it."""

CHECKED = 32
SEED = 1


@dataclass(frozen=True)
class Found:
    """The fit of effects: the most probable point, draws around it, and how straight it all is.

    Attributes:
        fit: what was fitted.
        x: the most probable point on the scale of the fit.
        draws: draws from the posterior there, (draws, parameters).
        slopes: change of each target per unit of each parameter, in errors, (targets, parameters).
        bend: root mean square of what the straight line misses, in errors of the observations.
        run: the name that the records carry.
    """

    fit: Effects
    x: Array
    draws: Array
    slopes: Array
    bend: float
    run: str


def calibrate(*, write: bool) -> Found:
    """Fit the effects, print, and write records if asked to."""
    found = solve(effects(read_effects()))
    show(found)
    if write:
        _write(found)
    return found


def solve(fit: Effects) -> Found:
    """The most probable point and the posterior around it."""
    start = np.array([prior.start for prior in fit.priors])
    width = np.array([prior.width for prior in fit.priors])
    value = np.array([target.value for target in fit.targets])
    error = np.array([target.error for target in fit.targets])

    def residuals(x: Array) -> Array:
        misfit = (fit.predicted(x[None, :])[0] - value) / error
        return np.concatenate([misfit, (x - start) / width])

    def slopes(x: Array) -> Array:
        step = STEP * np.eye(len(x))
        both = fit.predicted(np.concatenate([x + step, x - step]))
        return (both[: len(x)] - both[len(x) :]).T / (2.0 * STEP) / error[:, None]

    def jacobian(x: Array) -> Array:
        return np.concatenate([slopes(x), np.diag(1.0 / width)])

    # The stubs of SciPy do not know that `jac` may be a function.
    best = least_squares(residuals, start, jac=jacobian, method="lm", xtol=1e-6)  # pyright: ignore[reportArgumentType]
    x = np.asarray(best.x, dtype=np.float64)
    at = slopes(x)
    whole = np.concatenate([at, np.diag(1.0 / width)])
    covariance = np.asarray(np.linalg.inv(whole.T @ whole), dtype=np.float64)
    draws = np.random.default_rng(SEED).multivariate_normal(x, covariance, size=DRAWS)
    some = draws[:CHECKED]
    straight = fit.predicted(x[None, :])[0] + (some - x) @ (at * error[:, None]).T
    bend = float(np.sqrt(np.mean(((fit.predicted(some) - straight) / error) ** 2)))
    return Found(fit, x, draws, at, bend, run_name(fit))


def run_name(fit: Effects) -> str:
    """The fit's name carries what went in: observations, designs, priors, equations, numbers."""
    data = [(t.observation.id, t.value, t.error) for t in fit.targets]
    designs = [
        (
            arm.model.problem.digest,
            [(r.id, r.value, r.unit_text) for r in arm.model.records],
            [(d.drug, d.times, d.nmol, d.route) for d in arm.plan.doses],
            arm.plan.look.times,
        )
        for arm in fit.arms
    ]
    beliefs = [(p.id, p.centre, p.width, p.scale) for p in fit.priors]
    with np.printoptions(threshold=sys.maxsize):
        content = repr((data, designs, beliefs))
    return "pharmacodynamics-" + hashlib.sha256(content.encode()).hexdigest()[:8]


def _write(found: Found) -> None:
    for prior in found.fit.priors:
        if believed(prior.id).id == prior.id:
            raise EvidenceError(
                f"records/{prior.id.split('/', 1)[0]}.yaml, id",
                prior.id,
                f"{prior.id}/prior, since {FITTED}.yaml will hold the fitted one",
            )
    sd = found.draws.std(axis=0)
    where = "fits/pharmacodynamics.csv, from the record that ends in /prior"
    held = [
        fitted_record(prior, float(x), float(s), _data(found, column), found.run, where)
        for column, (prior, x, s) in enumerate(zip(found.fit.priors, found.x, sd, strict=True))
    ]
    write_fit(found.run, held, found.fit.priors, found.draws)


def _data(found: Found, column: int) -> list[str]:
    """Observations that pull on a parameter; of all of them the strongest at least."""
    width = found.fit.priors[column].width
    pull = np.abs(found.slopes[:, column]) * width
    chosen = np.flatnonzero(pull >= min(PULL, pull.max()))
    return [found.fit.targets[i].observation.id for i in chosen]


def show(found: Found) -> None:
    """Print observed beside predicted, and each parameter beside its prior."""
    fit, predicted = found.fit, found.fit.predicted(found.x[None, :])[0]
    print(f"{'observation':56} {'observed':>10} {'predicted':>10} {'in errors':>10}")
    for target, p in zip(fit.targets, predicted, strict=True):
        off = (p - target.value) / target.error
        print(f"{target.observation.id:56} {target.value:10.4g} {p:10.4g} {off:10.2f}")
    print(f"\n{'parameter':40} {'prior':>10} {'estimate':>10} {'sd of prior':>12}")
    for prior, x, s in zip(fit.priors, found.x, found.draws.std(axis=0), strict=True):
        value = float(prior.from_scale(np.array(x)))
        print(f"{prior.id:40} {prior.centre:10.4g} {value:10.4g} {s / prior.width:12.0%}")
    print(f"\nwhat the straight line misses: {found.bend:.2f} errors of an observation")
