"""Chains on posteriors whose moments are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from calibration.posterior import CHAINS, KEPT, STEPS, Block, sample

Array = np.ndarray

WHOLE = Block(np.array([0, 1]), np.array([0]))


def quiet(step: int, of: int) -> None:
    """Nobody watches."""


# Two drugs, each with a parameter of its own, and one that they share; everything is linear, so the
# posterior is normal with a covariance in closed form.
PRIOR_SD = np.array([1.0, 2.0, 0.5])
SLOPES = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, -1.0], [0.0, 2.0, 0.0]])
OBSERVED = np.array([1.0, 0.5, -1.0])
ERROR = np.array([0.3, 0.2, 1.0])
PRECISION = np.diag(PRIOR_SD**-2) + SLOPES.T @ np.diag(ERROR**-2) @ SLOPES
COVARIANCE = np.linalg.inv(PRECISION)
MEAN = COVARIANCE @ SLOPES.T @ (OBSERVED / ERROR**2)
DRUGS = [Block(np.array([0]), np.array([0])), Block(np.array([1]), np.array([1, 2]))]
SHARED = Block(np.array([2]), np.array([0, 1, 2]))


def normal(x: Array) -> tuple[Array, Array]:
    return ((x @ SLOPES.T - OBSERVED) / ERROR) ** 2, (x / PRIOR_SD) ** 2


def test_a_normal_posterior_comes_back_block_by_block() -> None:
    draws, accepted = sample(normal, MEAN, COVARIANCE, DRUGS, SHARED, 1, quiet)
    sd = np.sqrt(np.diag(COVARIANCE))
    # 512 draws of 128 chains: a mean is known to about 0.06 standard deviations, a spread to 5 %.
    assert (np.abs(draws.mean(axis=0) - MEAN) < 0.25 * sd).all()
    assert draws.std(axis=0) == pytest.approx(sd, rel=0.2)
    assert np.corrcoef(draws.T) == pytest.approx(COVARIANCE / np.outer(sd, sd), abs=0.15)
    assert 0.1 < accepted < 0.9


def test_a_start_in_the_wrong_place_and_of_the_wrong_size_is_forgotten() -> None:
    sd = np.sqrt(np.diag(COVARIANCE))
    begun = MEAN + 2.0 * sd
    draws, _ = sample(normal, begun, np.diag((0.5 * sd) ** 2), DRUGS, SHARED, 2, quiet)
    assert (np.abs(draws.mean(axis=0) - MEAN) < 0.3 * sd).all()
    assert draws.std(axis=0) == pytest.approx(sd, rel=0.25)


def banana(x: Array) -> tuple[Array, Array]:
    """The first parameter is standard normal; the second lies around its square, by a half."""
    bend = ((x[:, 1] - x[:, 0] ** 2) / 0.5) ** 2
    return bend[:, None], np.stack([x[:, 0] ** 2, np.zeros(len(x))], axis=1)


def test_a_bent_posterior_comes_back_where_the_normal_approximation_fails() -> None:
    # The best normal approximation at the mode (0, 0) puts the second parameter at 0 +- 0.5; truly
    # its mean is 1 and its variance 2 + 0.25, and it hangs on the square of the first.
    laplace = np.diag([1.0, 0.25])
    draws, _ = sample(banana, np.zeros(2), laplace, [], WHOLE, 1, quiet)
    first, second = draws.T
    assert first.mean() == pytest.approx(0.0, abs=0.25)
    assert first.var() == pytest.approx(1.0, rel=0.3)
    assert second.mean() == pytest.approx(1.0, abs=0.3)
    assert second.var() == pytest.approx(2.25, rel=0.5)
    assert np.var(second - first**2) == pytest.approx(0.25, rel=0.25)


def test_what_gives_no_prediction_is_impossible() -> None:
    def half(x: Array) -> tuple[Array, Array]:
        return np.where(x > 0.0, 0.0, np.nan), x**2

    one = Block(np.array([0]), np.array([0]))
    draws, _ = sample(half, np.array([0.5]), np.eye(1), [], one, 1, quiet)
    # Half of the chains start where nothing is possible.
    assert (draws > 0.0).all()
    assert draws.mean() == pytest.approx(math.sqrt(2.0 / math.pi), rel=0.15)


def test_the_same_seed_is_the_same_draws() -> None:
    one, again, other = (
        sample(normal, MEAN, COVARIANCE, DRUGS, SHARED, seed, quiet)[0] for seed in (1, 1, 2)
    )
    assert (one == again).all()
    assert not (one == other).any()


def test_chains_are_kept_a_few_times_and_every_step_is_told() -> None:
    told: list[tuple[int, int]] = []
    draws, _ = sample(normal, MEAN, COVARIANCE, DRUGS, SHARED, 1, lambda *step: told.append(step))
    assert draws.shape == (CHAINS * len(KEPT), 3)
    assert told == [(step, STEPS) for step in range(1, STEPS + 1)]
