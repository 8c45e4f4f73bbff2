"""Keeps percentiles over people, at each time and output, from counts in logarithmic buckets.

A value is not kept; the bucket that it falls into counts it. Counts add up to the same whatever
the order, so the percentiles are the same bits for any order of chunks. The idea is that of
DDSketch (Masson, Rim and Lee, PVLDB 12 (2019) 2195-2205, doi:10.14778/3352063.3352135). Here a
bucket is what the sign, the exponent and the first bits of the mantissa of a number say: each
doubling is cut into equal parts. That costs a shift and no logarithm, and means the same on every
machine.

Guaranteed: an ordered value is told to within `relative_error` of itself, so a percentile, which
lies on the straight line between two neighbours in order (as in `numpy.percentile`), to within that
share of the larger of the two in size. Percentiles 0 and 100 are exact, and so is what all share.
A value closer to zero than `zero` counts as zero, one beyond 1e26 times that as 1e26 times that.

Memory: a page of counts for each doubling in which a time and output has any value; with the usual
relative error of 0.005 a page is 512 bytes. Levels of people within a factor of 1000 of each other
take ten pages, so 700 times of ten outputs 35 MB; 88 doublings either side of zero are the bound.
It does not grow with the number of people (up to 4e9).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.outcome import Outcome
from speciosa.engine.save.keeper import Floats, Int8s
from speciosa.errors import InputError

__all__ = ["Percentiles"]

MANTISSA = 52
DOUBLINGS = 88
"""How many doublings from `zero` up are told apart."""
AT_ONCE = 1 << 17
"""Values counted at once: the arrays stay in the cache, and memory small."""
_ZERO, _OTHER = DOUBLINGS, 2 * DOUBLINGS + 1
"""The columns of zero and of what is not finite; below zero's are those of negative values."""
_EXPONENTS, _BIAS, _SPECIAL = 2048, 1023, 2047


class Percentiles:
    """Percentiles over people at each time and output.

    With times of each person's own, a person's first time meets the first of the others, and so on.

    Args:
        percent: which, from 0 to 100.
        relative_error: how far a value may be from its place in the buckets, as a share of itself.
        zero: a size that no one can tell from zero.

    Attributes:
        values: (len(percent), T, outputs), after `end`; nan where nobody has a value.
        counted: (T, outputs) people who have a value there.
        left_out: people who failed.

    Raises:
        InputError: an argument is out of range.
    """

    def __init__(
        self, percent: Sequence[float], relative_error: float = 0.005, zero: float = 1e-12
    ) -> None:
        for one in percent:
            if not 0.0 <= one <= 100.0:
                raise InputError("percent", one, "a number from 0 to 100")
        if not 1e-4 <= relative_error <= 0.2:
            raise InputError("relative_error", relative_error, "a share from 0.0001 to 0.2")
        if not 1e-100 <= zero <= 1e100:
            raise InputError("zero", zero, "a number from 1e-100 to 1e100")
        self.percent, self.relative_error, self.zero = tuple(percent), relative_error, zero
        # Of a bucket [a, b) the value 2 a b / (a + b) is no further than (b - a) / (b + a) from all
        # others; widest is the first of a doubling, where b = a (1 + 2 ** -bits).
        self._bits = math.ceil(math.log2((1.0 - relative_error) / (2.0 * relative_error)))
        self._least = math.frexp(zero)[1] - 1
        self._columns = _columns(self._least)
        edges = 1.0 + np.arange((1 << self._bits) + 1) / (1 << self._bits)
        self._middles = 2.0 * edges[:-1] * edges[1:] / (edges[:-1] + edges[1:])
        self._lock = Lock()
        self._clear(0, 0)

    @property
    def nbytes(self) -> int:
        """Memory held by the counts."""
        return self._pages.nbytes + self._counts.nbytes + self._low.nbytes + self._high.nbytes

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        self._clear(times.shape[-1], len(outputs))

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """See `Keeper`."""
        ok = outcome == Outcome.OK
        with self._lock:
            self.left_out += len(ok) - int(ok.sum())
        whole = values if ok.all() else values[ok]
        cells = self._low.size
        size = max(1, AT_ONCE // max(1, cells))
        for start in range(0, len(whole) if cells else 0, size):
            some = np.ascontiguousarray(whole[start : start + size])
            self._count(some.reshape(-1, cells))

    def _count(self, values: Floats) -> None:
        """Count people who did not fail, (people, cells)."""
        # The sum makes one zero of the two; which of them were the least would depend on the order.
        finite = np.where(np.isfinite(values), values, np.nan) + 0.0
        low, high = np.fmin.reduce(finite, axis=0), np.fmax.reduce(finite, axis=0)
        key = (values.view(np.uint64) >> np.uint64(MANTISSA - self._bits)).view(np.int64)
        cells = np.arange(values.shape[1], dtype=np.int64) * (_OTHER + 1)
        place: NDArray[np.int64] = np.take(self._columns, key >> self._bits) + cells
        key &= (1 << self._bits) - 1
        with self._lock:
            np.fmin(self._low, low, out=self._low)
            np.fmax(self._high, high, out=self._high)
            page = self._paged(place)
            page <<= self._bits
            page |= key
            np.add.at(self._counts, page.ravel(), np.uint32(1))

    def stop(self) -> None:
        """See `Keeper`."""

    def end(self) -> None:
        """See `Keeper`."""
        found = np.full((len(self.percent), self._low.size), np.nan)
        counted = np.zeros(self._low.size, dtype=np.int64)
        for cell in range(self._low.size):
            values, counts = self._histogram(cell)
            upto = np.cumsum(counts, dtype=np.int64)
            if not upto.size or not upto[-1]:
                continue
            counted[cell] = upto[-1]
            values = np.clip(values, self._low[cell], self._high[cell])
            found[:, cell] = _read(values, upto, self.percent)
            found[np.array(self.percent) == 0.0, cell] = self._low[cell]
            found[np.array(self.percent) == 100.0, cell] = self._high[cell]
        self.values = found.reshape(-1, *self._shape)
        self.counted = counted.reshape(self._shape)

    def _clear(self, times: int, outputs: int) -> None:
        cells = times * outputs
        self._shape = (times, outputs)
        self.left_out = 0
        self.counted = np.zeros(self._shape, dtype=np.int64)
        self.values = np.full((len(self.percent), *self._shape), np.nan)
        self._low, self._high = np.full(cells, np.nan), np.full(cells, np.nan)
        self._pages = np.full(cells * (_OTHER + 1), -1, dtype=np.int32)
        self._used = 0
        self._counts = np.zeros(0, dtype=np.uint32)

    def _paged(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """The page of each place; a place that has none yet gets one."""
        page = self._pages[place]
        if (page < 0).any():
            new = np.unique(place[page < 0])
            self._pages[new] = np.arange(self._used, self._used + new.size)
            self._used += new.size
            if self._used << self._bits > self._counts.size:
                # A quarter more than needed, so that few chunks copy what was counted.
                room = np.zeros((self._used + self._used // 4) << self._bits, dtype=np.uint32)
                room[: self._counts.size] = self._counts
                self._counts = room
            page = self._pages[place]
        return page.astype(np.int64)

    def _histogram(self, cell: int) -> tuple[Floats, NDArray[np.uint32]]:
        """What the buckets of a cell stand for, rising, and their counts."""
        row = self._pages[cell * (_OTHER + 1) : (cell + 1) * (_OTHER + 1) - 1]
        values: list[Floats] = [np.empty(0)]
        counts: list[NDArray[np.uint32]] = [np.empty(0, dtype=np.uint32)]
        for column in np.flatnonzero(row >= 0):
            kept = self._counts[row[column] << self._bits : (row[column] + 1) << self._bits]
            if column == _ZERO:
                values.append(np.zeros(1))
                counts.append(kept.sum(keepdims=True, dtype=np.uint32))
                continue
            sizes = np.ldexp(self._middles, self._least + abs(int(column) - _ZERO) - 1)
            values.append(sizes if column > _ZERO else -sizes[::-1])
            counts.append(kept if column > _ZERO else kept[::-1])
        return np.concatenate(values), np.concatenate(counts)


def _columns(least: int) -> NDArray[np.int64]:
    """For each sign and exponent of a number, its column: they rise as the numbers do."""
    exponent = np.arange(_EXPONENTS)
    size = np.clip(exponent - _BIAS - least + 1, 0, DOUBLINGS)
    columns = np.concatenate([_ZERO + size, _ZERO - size])
    columns[[_SPECIAL, _EXPONENTS + _SPECIAL]] = _OTHER
    return columns.astype(np.int64)


def _read(values: Floats, upto: NDArray[np.int64], percent: Sequence[float]) -> Floats:
    """Percentiles of values that rise, of which `upto` counts those up to each."""
    rank = np.array(percent) / 100.0 * (upto[-1] - 1)
    below = np.floor(rank)
    lower = values[np.searchsorted(upto, below, side="right")]
    upper = values[np.searchsorted(upto, np.ceil(rank), side="right")]
    return lower + (rank - below) * (upper - lower)
