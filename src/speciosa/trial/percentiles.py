"""Percentiles over people, and the few digits in which numbers of very many people are kept.

Of a large cohort a number takes 4 bytes, not 8. That holds seven digits, one more than integration
gets right, so what is read of it is told with seven: 2.1 and not 2.0999999.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DIGITS", "PERCENTILES", "Few", "percentiles", "told"]

Array = NDArray[np.float64]
Few = NDArray[np.float32]
"""Numbers as they are kept of many people."""

DIGITS = 7
PERCENTILES: Mapping[str, float] = MappingProxyType(
    {
        "p05": 5.0,
        "p25": 25.0,
        "median": 50.0,
        "p75": 75.0,
        "p95": 95.0,
    }
)


def percentiles(values: NDArray[Any], axis: int = 0) -> dict[str, Array]:
    """The five percentiles along an axis; people without a value are left out.

    A percentile lies on the straight line between two neighbours in order, as in NumPy. Where
    nobody has a value it is nan.
    """
    ordered = np.sort(values, axis=axis)  # who has no value comes last
    known = np.sum(~np.isnan(ordered), axis=axis, keepdims=True)
    found: dict[str, Array] = {}
    for name, percent in PERCENTILES.items():
        rank = np.maximum(percent / 100.0 * (known - 1), 0.0)
        below = np.floor(rank).astype(np.intp)
        above = np.ceil(rank).astype(np.intp)
        low, high = (
            np.take_along_axis(ordered, place, axis).astype(np.float64) for place in (below, above)
        )
        # Of two equal ones none is needed, and infinite less infinite is no number.
        with np.errstate(invalid="ignore"):
            inside = np.where(high > low, low + (rank - below) * (high - low), low)
        found[name] = np.squeeze(inside, axis)
    return found


def told(values: NDArray[Any]) -> Array:
    """Numbers with `DIGITS` digits, of those that were kept in 4 bytes."""
    plain = np.asarray(values, dtype=np.float64)
    size = np.abs(plain)
    some = np.isfinite(size) & (size > 0.0)
    ahead = np.floor(np.log10(np.where(some, size, 1.0)))
    # A power of ten below one is no exact number; to divide by its inverse is.
    up = 10.0 ** np.maximum(DIGITS - 1 - ahead, 0.0)
    down = 10.0 ** np.maximum(ahead - (DIGITS - 1), 0.0)
    return np.where(some, np.round(plain * up / down) / up * down, plain)
