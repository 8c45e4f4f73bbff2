"""How people differ: from the spreads that studies print to the spread of parameters, and back.

To first order the variance between people of what a study prints is the sum of squared
sensitivities times the variances of the parameters. The variances are solved for, all alkaloids
together, without negative ones.

And back: a median over people is not what the person of the middle shows, because concentrations
bend in their parameters and samples miss peaks. `shift` simulates people to find by how much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from calibration.fit import ASSUMED_SD, Fit
from calibration.predict import Target
from calibration.priors import Prior
from speciosa.trial.observed import ASSUMED_N

Array = NDArray[np.float64]

VARIES: Mapping[str, str] = {
    "absorption/delivered": "how much of a dose is absorbed, alike for all alkaloids in it",
    "absorption/ka": "pace of absorption",
    "elimination/CL": "clearance, with what body weight does to it in the studies",
    "distribution/V1": "central volume, with what body weight does to it in the studies",
    "distribution/V2": "deep volume, with what body weight does to it in the studies",
}
"""Parameters that differ between people."""

WIDTH_OF_VARIANCE = 0.3
"""Prior: differences between people of about this log-scale size, before any data."""

PEOPLE = 400
SEED = 2


def differences(fit: Fit, x: Array) -> dict[str, tuple[float, float]]:
    """How much people differ: log-scale standard deviation and its own standard error, by kind."""
    kinds = list(VARIES)
    rows: list[Array] = []
    seen: list[float] = []
    weight: list[float] = []
    for target, slope in zip(fit.targets, fit.slopes(x), strict=True):
        o = target.observation
        sd = o.spread.sd_log_people(o.value, o.n)
        if not np.isfinite(sd):
            continue
        rows.append(np.array([_squared(target, slope, fit.priors, kind) for kind in kinds]))
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


def shift(fit: Fit, x: Array, people: Mapping[str, tuple[float, float]]) -> Array:
    """Log of the median over people, over what the person of the middle shows; (targets,)."""
    rng = np.random.default_rng(SEED)
    points = np.tile(x, (PEOPLE, 1))
    for column, prior in enumerate(fit.priors):
        for kind, (sd, _) in people.items():
            if prior.id.startswith(kind):
                points[:, column] += sd * rng.standard_normal(PEOPLE)
    # Whoever shows no half-life above the limit is not in a study's median either.
    return np.nanmedian(fit.middle(points), axis=0) - fit.middle(x[None, :])[0]


def _squared(target: Target, slope: Array, priors: Sequence[Prior], kind: str) -> float:
    """Sum of squared sensitivities of a target to the parameters of one kind."""
    if kind == "absorption/delivered":
        # The reference form has no fitted share, but people differ in it all the same; an
        # exposure is proportional to the share.
        return 1.0 if target.observation.measure in ("cmax", "auc_inf") else 0.0
    return float(sum(s**2 for s, p in zip(slope, priors, strict=True) if p.id.startswith(kind)))
