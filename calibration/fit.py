"""The fit itself: predictions against observations and priors, on the scale of logarithms."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from calibration.posterior import Block, sample
from calibration.predict import FittedArm, Target, predictions
from calibration.priors import Prior
from speciosa.evidence.record import Observation
from speciosa.trial.observed import ASSUMED_N, molecule

Array = NDArray[np.float64]

STEP = 1e-4
"""Step of the differences that give sensitivities, on the scale of the fit."""

MEDIAN_FACTOR = 1.2533
"""Standard error of a median over that of a mean, of many normal values: the root of pi over 2."""

FLOOR = 0.05
"""Log-scale error that no number of people removes: the structure is a simplification."""

ASSUMED_SD = 0.4
"""Log-scale difference between people where a study prints no spread."""

SHARED = ("absorption/delivered/tea", "absorption/lag/extract")
"""Parameters that belong to a dose form, and so to every drug in it."""

SEED = 1


@dataclass(frozen=True)
class Fit:
    """Priors and observations; `shift` is what a statistic of people lies above the middle person.

    Points are parameters on the scale of the fit, (points, parameters).
    """

    priors: tuple[Prior, ...]
    arms: tuple[FittedArm, ...]
    shift: Array

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every observation, arm by arm."""
        return tuple(target for arm in self.arms for target in arm.targets)

    def middle(self, points: Array) -> Array:
        """Log of what a person of the middle would show, (points, targets)."""
        ids = [prior.id for prior in self.priors]
        values = np.stack([p.from_scale(points[:, i]) for i, p in enumerate(self.priors)], axis=1)
        return np.log(predictions(self.arms, ids, values))

    def predicted(self, points: Array) -> Array:
        """Log predictions of the printed statistics, (points, targets)."""
        return self.middle(points) + self.shift

    def squares(self, points: Array) -> tuple[Array, Array]:
        """Squared residuals of observations (points, targets) and priors (points, parameters)."""
        misfit = (self.predicted(points) - self._observed) / self._error
        return misfit**2, ((points - self._start) / self._width) ** 2

    def slopes(self, x: Array) -> Array:
        """Central differences, all points integrated side by side: (targets, parameters)."""
        step = STEP * np.eye(len(x))
        both = self.middle(np.concatenate([x + step, x - step]))
        return (both[: len(x)] - both[len(x) :]).T / (2.0 * STEP)

    def most_probable(self, start: Array | None = None) -> Array:
        """The parameters with the highest posterior probability."""

        def residuals(x: Array) -> Array:
            misfit = (self.predicted(x[None, :])[0] - self._observed) / self._error
            return np.concatenate([misfit, (x - self._start) / self._width])

        first = self._start if start is None else start
        # The stubs of SciPy do not know that `jac` may be a function.
        found = least_squares(residuals, first, jac=self._jacobian, method="lm", xtol=1e-8)  # pyright: ignore[reportArgumentType]
        return np.asarray(found.x, dtype=np.float64)

    def posterior(self, x: Array) -> Array:
        """Draws of the parameters, (draws, parameters), from chains that start around `x`."""
        j = self._jacobian(x)
        draws, accepted = sample(
            self.squares,
            x,
            np.asarray(np.linalg.inv(j.T @ j), dtype=np.float64),
            *self._blocks(),
            SEED,
            lambda step, of: print(f"\rposterior: step {step} of {of}", end="", file=sys.stderr),
        )
        print(f"\n{len(draws)} draws, {accepted:.0%} of proposals accepted", file=sys.stderr)
        return draws

    def _jacobian(self, x: Array) -> Array:
        return np.concatenate([self.slopes(x) / self._error[:, None], np.diag(1.0 / self._width)])

    def _blocks(self) -> tuple[list[Block], Block]:
        """One block a drug, mitragynine with what it becomes; and what all drugs share."""
        shared = [i for i, prior in enumerate(self.priors) if prior.id in SHARED]
        of_target = [_drug(molecule(target.observation)) for target in self.targets]
        blocks = [
            Block(
                np.array([i for i, p in enumerate(self.priors) if _drug(p.id) == name]),
                np.array([i for i, other in enumerate(of_target) if other == name]),
            )
            for name in dict.fromkeys(of_target)
        ]
        return blocks, Block(np.array(shared), np.arange(len(self.targets)))

    @cached_property
    def _observed(self) -> Array:
        return np.log([target.value for target in self.targets])

    @cached_property
    def _error(self) -> Array:
        return np.array([standard_error(target.observation) for target in self.targets])

    @cached_property
    def _start(self) -> Array:
        return np.array([prior.start for prior in self.priors])

    @cached_property
    def _width(self) -> Array:
        return np.array([prior.width for prior in self.priors])


def start(priors: Sequence[Prior], arms: Sequence[FittedArm]) -> Fit:
    """A fit in which a mean lies above the median as in a log-normal of the study's own spread."""
    targets = [target for arm in arms for target in arm.targets]
    shift = np.array([log_mean_over_median(target.observation) for target in targets])
    return Fit(tuple(priors), tuple(arms), shift)


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


def _drug(name: str) -> str:
    """The block of a parameter or a molecule: its drug, or mitragynine for what that becomes."""
    return "mitragynine" if "hydroxymitragynine" in name else name.rpartition("/")[2]
