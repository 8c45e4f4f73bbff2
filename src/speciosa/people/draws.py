"""Chance, keyed by name and not by order.

Every quantity of every person has a place of its own in a stream that belongs to the seed and the
quantity's name. So person 17 is the same person among 20 and among 2,000, whatever else is drawn
and in whatever order; with and without kratom is a comparison within one person.

A stream is Philox, a counter-based generator: its key is a hash of (seed, kind, quantity), its
counter the index. Two kinds are used: `person`, for how people differ, and
`replicate`, for what we do not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence.normal import normal_quantile

__all__ = ["PERSON", "REPLICATE", "Draws"]

PERSON = "person"
REPLICATE = "replicate"

_PER_COUNT = 4  # Philox makes four numbers at each count
_SHIFT = np.uint64(12)  # 52 bits, so that half a step from 0 and from 1 is exact


@dataclass(frozen=True, slots=True)
class Draws:
    """All chance of one seed; the same arguments give the same bits, on any machine."""

    seed: int

    def uniform(self, kind: str, quantity: str, count: int, start: int = 0) -> NDArray[np.float64]:
        """Numbers between 0 and 1, both excluded, for indices `start` to `start + count - 1`.

        Shape (count,). Element i depends on `start + i` alone, not on how many are asked for.
        """
        skipped = start % _PER_COUNT
        stream = np.random.Philox(key=self._key(kind, quantity), counter=start // _PER_COUNT)
        raw = stream.random_raw(skipped + count)[skipped:]
        return ((raw >> _SHIFT).astype(np.float64) + 0.5) * 2.0**-52

    def stratified(self, kind: str, quantity: str, count: int) -> NDArray[np.float64]:
        """Numbers between 0 and 1, one in each of `count` equal parts, in an order of chance.

        Over a few draws their middle and their ends are those of the distribution, which the same
        number of independent draws would miss by luck; different quantities stay independent.
        """
        raw = self.uniform(kind, quantity, 2 * count)
        place = np.argsort(np.argsort(raw[:count]))
        return (place + raw[count:]) / count

    def normal(self, kind: str, quantity: str, count: int, start: int = 0) -> NDArray[np.float64]:
        """Standard normal numbers by inverse cumulative distribution; shape (count,)."""
        return normal_quantile(self.uniform(kind, quantity, count, start))

    def _key(self, kind: str, quantity: str) -> int:
        """A key of 128 bits; the parts are kept apart by their lengths."""
        parts = (str(self.seed), kind, quantity)
        name = "".join(f"{len(part)}:{part}" for part in parts)
        return int.from_bytes(blake2b(name.encode(), digest_size=16).digest(), "little")
