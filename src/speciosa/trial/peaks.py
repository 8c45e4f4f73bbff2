"""When an output is most, by person: twenty values, each the middle of one in twenty people.

With every record at its central value: how people differ. How far that may be off stands in the
table of measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.errors import InputError
from speciosa.trial.measures import Measure

__all__ = ["PARTS", "peaks_of", "quantiles"]

PARTS = 20
"""As many as a reader counts at a glance."""


def quantiles(values: ArrayLike) -> NDArray[np.float64]:
    """The middle of each twentieth of the people, in order.

    People without a value are left out. Raises InputError if nobody has one.
    """
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if known.size == 0:
        raise InputError("values", "none", "a value for at least one person")
    return np.quantile(known, (np.arange(PARTS) + 0.5) / PARTS)


def peaks_of(measures: Iterable[Measure]) -> Iterator[Mapping[str, Any]]:
    """Rows {output, window, unit, times} of those measures that say when an output is most."""
    for one in measures:
        if one.measure == "tmax" and np.isfinite(one.values).any():
            yield {
                "output": one.output,
                "window": one.window,
                "unit": one.unit,
                "times": [float(time) for time in quantiles(one.values)],
            }
