"""Shares of variance: how much of the spread of a number comes from each thing that varies.

Variance-based indices in Saltelli's layout: two tables of chance A and B, and for each factor A
with that factor taken from B. `first` is the share of the variance that would go if the factor were
known; `total` the share in which it has any part, also together with others. A factor may be a
group of columns, and here a few are: columns that a small first sample shows to matter little are
told as one, so that nothing is left out and the many small ones do not cost the sample of the few
large ones. Estimates and intervals are SALib's, the sequence is Sobol's.

Nothing here knows what a factor is. Columns are numbers between 0 and 1, independent and uniform.
"""

# SALib has no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError, SolverError

__all__ = ["CONFIDENCE", "Index", "Indices", "indices"]

Array = NDArray[np.float64]
Function = Callable[[Array], Array]
"""From chance, (rows, columns), to a number for each row; nan where there is none."""

CONFIDENCE = 0.9
"""Share of intervals that hold the true index, as everywhere in a result."""
TOLD = 12
"""Factors of each kind that are told one by one; the rest of a kind is told as one."""
LEAST = 64
"""Lines of A; with fewer an interval says nothing."""

_SCREENED = (8, 64)  # lines of the first sample, fewest and most
_SCREEN_SHARE = 0.25  # of all rows at most
_TELLING = 1e-3  # share of the variance from which a factor is told alone
_NOTHING = 1e-6  # share of the variance; below it only the integrator's error is seen
_CHUNK = 8192  # rows that are made at a time
_RESAMPLES = 200
_EDGE = 2.0**-31  # the sequence may touch 0, where a normal quantile is infinite


@dataclass(frozen=True, slots=True)
class Index:
    """First and total share of the variance, each with the ends of its interval, 0 to 1."""

    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True)
class Indices:
    """What a sample showed.

    Attributes:
        values: the numbers of independent rows, from which spread and middle are read.
        rows: how many rows were computed in all.
        kinds: of all columns of a kind together, by its name.
        columns: of those that are told alone, by column.
        rest: of the others of a kind together, by its name; what is not there is none.
        silent: columns that change nothing.
        dropped: share of the lines that were left out, because a row had no number.
    """

    values: Array
    rows: int
    kinds: dict[str, Index]
    columns: dict[int, Index]
    rest: dict[str, Index]
    silent: tuple[int, ...]
    dropped: float


def indices(kinds: Sequence[str], function: Function, rows: int, seed: int) -> Indices:
    """Indices of a function of `len(kinds)` columns of chance, with at most `rows` rows.

    Raises:
        InputError: so few rows cannot tell so many factors apart.
        SolverError: too many rows have no number.
    """
    _salib()  # refused before the run and not after it
    names = tuple(dict.fromkeys(kinds))
    table = _Table(len(kinds), seed, function)
    screened = _screen(table, kinds, rows)
    told = _told(kinds, screened)
    rest = {
        kind: [c for c, one in enumerate(kinds) if one == kind and c not in told] for kind in names
    }
    rest = {kind: columns for kind, columns in rest.items() if columns}
    whole = {kind: [c for c, one in enumerate(kinds) if one == kind] for kind in names}
    groups = [[column] for column in told] + list(rest.values()) + list(whole.values())
    lines = _power((rows - table.made) // (len(groups) + 2))
    if lines < LEAST:
        needed = table.made + LEAST * (len(groups) + 2)
        raise InputError("people", rows, f"at least {needed} for {len(kinds)} factors")
    first, second, crossed = table.sample(lines, groups)
    known = np.isfinite(first) & np.isfinite(second) & np.isfinite(crossed).all(axis=0)
    if known.sum() < lines / 2:
        raise SolverError("the measure cannot be computed for too many of the people")
    found = _analyse(first[known], crossed[:, known], second[known], seed)
    alone, others = found[: len(told)], found[len(told) : len(told) + len(rest)]
    return Indices(
        values=np.concatenate([first[known], second[known]]),
        rows=table.made,
        kinds=dict(zip(names, found[len(told) + len(rest) :], strict=True)),
        columns=dict(zip(told, alone, strict=True)),
        rest=dict(zip(rest, others, strict=True)),
        silent=tuple(np.flatnonzero(screened < _NOTHING).tolist()),
        dropped=float(1.0 - known.mean()),
    )


class _Table:
    """Rows of chance, made and computed a piece at a time."""

    def __init__(self, columns: int, seed: int, function: Function) -> None:
        self.columns, self.seed, self.function = columns, seed, function
        self.made = 0

    def sample(self, lines: int, groups: Sequence[Sequence[int]]) -> tuple[Array, Array, Array]:
        """The function of A, of B, (lines,), and of A with each group from B, (groups, lines)."""
        from scipy.stats import qmc

        sequence = qmc.Sobol(2 * self.columns, scramble=True, rng=self.seed).random(lines)
        drawn = np.clip(sequence, _EDGE, 1.0 - _EDGE)
        a, b = drawn[:, : self.columns], drawn[:, self.columns :]
        found = np.empty((len(groups) + 2, lines))
        step = max(1, _CHUNK // len(found))
        for start in range(0, lines, step):
            part = slice(start, start + step)
            crossed = np.repeat(a[None, part], len(groups), axis=0)
            for place, group in enumerate(groups):
                crossed[place][:, list(group)] = b[part][:, list(group)]
            everybody = np.concatenate([a[None, part], crossed, b[None, part]])
            values = self.function(everybody.reshape(-1, self.columns))
            self.made += values.size
            found[:, part] = values.reshape(len(found), -1)
        return found[0], found[-1], found[1:-1]


def _screen(table: _Table, kinds: Sequence[str], rows: int) -> Array:
    """Total index of each column by a small sample; of few columns nothing needs to be known."""
    columns = len(kinds)
    if columns <= TOLD:
        return np.ones(columns)
    fewest, most = _SCREENED
    lines = min(most, max(fewest, _power(int(_SCREEN_SHARE * rows) // (columns + 2))))
    if lines * (columns + 2) > rows / 2:
        least = 2 * fewest * (columns + 2)
        raise InputError("people", rows, f"at least {least} for {columns} factors")
    first, _, crossed = table.sample(lines, [[column] for column in range(columns)])
    apart = (crossed - first) ** 2
    together = np.nanvar(first) if np.isfinite(first).any() else 0.0
    if not together > 0.0:
        return np.where((np.nan_to_num(apart) > 0.0).any(axis=1), 1.0, 0.0)
    return 0.5 * np.nanmean(np.where(np.isfinite(apart), apart, 0.0), axis=1) / together


def _told(kinds: Sequence[str], screened: Array) -> list[int]:
    """The columns that seem to matter most, a few of each kind."""
    found: list[int] = []
    for kind in dict.fromkeys(kinds):
        own = [c for c, one in enumerate(kinds) if one == kind and screened[c] >= _TELLING]
        found += sorted(own, key=lambda column: -screened[column])[:TOLD]
    return found


def _analyse(first: Array, crossed: Array, second: Array, seed: int) -> list[Index]:
    """Indices of each group, from its row of `crossed`."""
    if np.ptp(np.concatenate([first, second])) == 0.0:
        return [Index(0.0, 0.0, 0.0, 0.0, 0.0, 0.0) for _ in crossed]
    sobol = _salib()
    names = [str(place) for place in range(len(crossed))]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    rows = np.column_stack([first, *crossed, second]).ravel()
    found = sobol.analyze(
        problem,
        rows,
        calc_second_order=False,
        num_resamples=_RESAMPLES,
        conf_level=CONFIDENCE,
        seed=seed + 1,  # SALib takes 0 for none
    )
    columns = (found[key] for key in ("S1", "S1_conf", "ST", "ST_conf"))
    return [_index(*map(float, row)) for row in zip(*columns, strict=True)]


def _index(first: float, first_off: float, total: float, total_off: float) -> Index:
    ends = [first, first - first_off, first + first_off, total, total - total_off]
    return Index(*(min(max(end, 0.0), 1.0) for end in [*ends, total + total_off]))


def _salib() -> Any:
    """SALib's analysis; the one place that needs it. Raises InputError where it is missing."""
    try:
        from SALib.analyze import sobol
    except ImportError:
        raise InputError(
            "SALib", "nothing", "it to be installed: python3 -m pip install 'speciosa[explain]'"
        ) from None
    return cast("Any", sobol)


def _power(number: int) -> int:
    """The largest power of two that is not above a number; Sobol's sequence is even only then."""
    return 1 << (number.bit_length() - 1) if number > 0 else 0
