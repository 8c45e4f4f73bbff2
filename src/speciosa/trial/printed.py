"""What a study would have printed of its people: its own statistic, of each simulated trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import Observation

__all__ = ["statistic_of"]

Array = NDArray[np.float64]

_OVER_PEOPLE: Mapping[str, Callable[[Array], Array]] = {
    "median": lambda v: np.nanmedian(v, axis=1),
    "mean": lambda v: np.nanmean(v, axis=1),
    "geometric_mean": lambda v: np.exp(np.nanmean(np.log(v), axis=1)),
    "single": lambda v: v[:, 0],
    "lowest_value": lambda v: np.nanmin(v, axis=1),
    "highest_value": lambda v: np.nanmax(v, axis=1),
}
_OVER_GROUPS: Mapping[str, tuple[str, Callable[[Array], Array]]] = {
    "highest_group_mean": ("mean", lambda g: np.max(g, axis=0)),
    "lowest_group_median": ("median", lambda g: np.min(g, axis=0)),
    "highest_group_median": ("median", lambda g: np.max(g, axis=0)),
}


def statistic_of(o: Observation, groups: Sequence[Array]) -> Array:
    """The statistic of each trial, (trials,); a plain one over several groups is of all people."""
    if o.statistic in _OVER_GROUPS:
        inner, outer = _OVER_GROUPS[o.statistic]
        return outer(np.stack([_over_people(inner, group) for group in groups]))
    together = np.concatenate(groups, axis=1)
    if o.statistic == "share":
        return np.nanmean(np.where(np.isnan(together), np.nan, together > (o.above or 0.0)), axis=1)
    return _over_people(o.statistic, together)


def _over_people(name: str, values: Array) -> Array:
    """A statistic of each trial over those who have a value; nan where nobody has."""
    some = ~np.isnan(values).all(axis=1)
    found = np.full(len(values), np.nan)
    found[some] = _OVER_PEOPLE[name](values[some])
    return found
