"""How good an interval is: how often it holds the truth, and what its width costs.

The interval score (Gneiting and Raftery 2007) is the width of an interval plus, for a value
outside, the distance to it times 2 over the share that the interval leaves outside. Its expectation
is smallest for the true quantiles: an interval that is needlessly wide costs as surely as one that
misses.
"""

from __future__ import annotations

import math

__all__ = ["OUTSIDE", "binomial_bounds", "interval_score", "log_interval_score"]

OUTSIDE = 0.1
"""The share that a 90 % interval leaves outside."""


def interval_score(low: float, high: float, value: float) -> float:
    """Score of a 90 % interval, in the unit of the value; smaller is better."""
    return high - low + 2.0 / OUTSIDE * (max(low - value, 0.0) + max(value - high, 0.0))


def log_interval_score(low: float, high: float, value: float) -> float:
    """Score of a 90 % interval on the scale of natural logarithms; nan if one is not above 0."""
    if min(low, high, value) <= 0.0:
        return math.nan
    return interval_score(math.log(low), math.log(high), math.log(value))


def binomial_bounds(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """Exact bounds of a share that was seen as `hits` out of `of` (Clopper and Pearson 1934)."""
    # SciPy brings no types of its own.
    from scipy.special import betaincinv  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

    tail = (1.0 - level) / 2.0
    low = 0.0 if hits == 0 else float(betaincinv(hits, of - hits + 1, tail))
    high = 1.0 if hits == of else float(betaincinv(hits + 1, of - hits, 1.0 - tail))
    return low, high
