"""Draws from the posterior: many chains side by side, proposals from their own differences.

Differential-evolution Monte Carlo (ter Braak 2006): a chain moves along the difference of two other
chains, so that scale and direction of steps come from the posterior itself. All chains are
integrated side by side. Given the few parameters that all drugs share, the drugs do not depend on
each other, so the parameters of each drug are accepted or refused by its own observations alone.
Chains start from the Laplace approximation, widened. A chain that started where it finds no way in
is moved while the chains still settle (outlier chains, as in DREAM, Vrugt 2009).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CHAINS = 128
STEPS = 140
SETTLING = (20, 40, 60)
"""Steps after which chains that lag far behind the others are moved to one that does not."""

KEPT = (100, 120, 140)
"""Steps after which the chains are kept. Neighbours still resemble each other: the draws are worth
about as many independent ones as there are chains."""

WIDER = 1.2
JITTER = 1e-3
SHARED_EVERY = 2
"""What all drugs share is well known and moves seldom; it costs as much as all drugs together."""

LONG_STEP_EVERY = 10
"""Now and then a whole difference is taken, so that chains can change modes."""


@dataclass(frozen=True)
class Block:
    """Parameters that move together, and the observations that depend on them."""

    parameters: NDArray[np.intp]
    targets: NDArray[np.intp]


def sample(
    residuals: Callable[[Array], tuple[Array, Array]],
    centre: Array,
    covariance: Array,
    blocks: Sequence[Block],
    shared: Block,
    seed: int,
    report: Callable[[int, int], None],
) -> tuple[Array, float]:
    """Draws (draws, parameters), and the share of proposals that were accepted.

    `residuals` takes points (n, parameters) and gives squared residuals of the observations
    (n, targets) and of the priors (n, parameters); a prediction that is no number counts as
    impossible.
    """
    rng = np.random.default_rng(seed)
    x = rng.multivariate_normal(centre, WIDER**2 * covariance, size=CHAINS)
    cost = _costs(residuals, x)
    kept: list[Array] = []
    accepted = tried = 0
    for step in range(1, STEPS + 1):
        groups = [list(blocks), [shared]] if step % SHARED_EVERY == 0 else [list(blocks)]
        for group in groups:
            fresh = x.copy()
            for block in group:
                fresh[:, block.parameters] += _moves(x[:, block.parameters], rng, step)
            new = _costs(residuals, fresh)
            for block in group:
                # A chain that starts where nothing is possible moves as soon as it can.
                with np.errstate(invalid="ignore"):
                    gain = _of(cost, block) - _of(new, block)
                taken = np.log(rng.random(CHAINS)) < 0.5 * gain
                x[np.ix_(taken, block.parameters)] = fresh[np.ix_(taken, block.parameters)]
                accepted, tried = accepted + int(taken.sum()), tried + CHAINS
            # The shared block changes every observation, so all costs are those of the new point.
            cost = _merged(cost, new, x, fresh, group)
        if step in SETTLING:
            _settle(x, cost, rng)
        report(step, STEPS)
        if step in KEPT:
            kept.append(x.copy())
    return np.concatenate(kept), accepted / tried


def _settle(x: Array, cost: tuple[Array, Array], rng: np.random.Generator) -> None:
    """Move every outlier chain onto one of the better half; in place.

    An outlier costs more than the upper quartile by twice the distance between quartiles.
    """
    total = cost[0].sum(axis=1) + cost[1].sum(axis=1)
    low, middle, high = np.quantile(total, [0.25, 0.5, 0.75])
    lost = np.flatnonzero(~(total <= high + 2.0 * (high - low)))
    onto = rng.choice(np.flatnonzero(total <= middle), size=len(lost))
    for part in (x, *cost):
        part[lost] = part[onto]


def _costs(residuals: Callable[[Array], tuple[Array, Array]], x: Array) -> tuple[Array, Array]:
    observed, prior = residuals(x)
    return np.where(np.isfinite(observed), observed, np.inf), prior


def _of(cost: tuple[Array, Array], block: Block) -> Array:
    """Twice the negative log posterior, as far as it depends on the block; (chains,)."""
    return cost[0][:, block.targets].sum(axis=1) + cost[1][:, block.parameters].sum(axis=1)


def _merged(
    old: tuple[Array, Array],
    new: tuple[Array, Array],
    x: Array,
    fresh: Array,
    group: Sequence[Block],
) -> tuple[Array, Array]:
    """Costs of the chains after each block of the group was accepted or refused."""
    observed, prior = old[0].copy(), old[1].copy()
    for block in group:
        moved = (x[:, block.parameters] == fresh[:, block.parameters]).all(axis=1)
        observed[np.ix_(moved, block.targets)] = new[0][np.ix_(moved, block.targets)]
        prior[np.ix_(moved, block.parameters)] = new[1][np.ix_(moved, block.parameters)]
    return observed, prior


def _moves(x: Array, rng: np.random.Generator, step: int) -> Array:
    """Steps along differences of two other chains each, and a little beside them."""
    chains, size = x.shape
    own = np.arange(chains)
    a = (own + rng.integers(1, chains, chains)) % chains
    b = (own + rng.integers(1, chains, chains)) % chains
    scale = 1.0 if step % LONG_STEP_EVERY == 0 else 2.38 / np.sqrt(2.0 * size)
    return scale * (x[a] - x[b]) + JITTER * rng.standard_normal((chains, size))
