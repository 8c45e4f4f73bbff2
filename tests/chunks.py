"""People handed to a keeper as a solver does: in chunks, in any order, from several threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from hypothesis import strategies as st

from speciosa.engine import Outcome
from speciosa.engine.save import Floats, Int8s, Keeper

AnyKeeper = TypeVar("AnyKeeper", bound=Keeper)


@dataclass(frozen=True)
class Solved:
    """A solve as it would be in memory: values (people, T, outputs), nan for who failed."""

    times: Floats
    values: Floats
    outcome: Int8s

    @property
    def outputs(self) -> tuple[str, ...]:
        return tuple(f"output.{number}" for number in range(self.values.shape[2]))

    def into(
        self, keeper: AnyKeeper, sizes: Sequence[int] = (), seed: int = 0, threads: int = 1
    ) -> AnyKeeper:
        """Hand over chunks of these sizes, over and over, in an order by chance."""
        people = len(self.values)
        keeper.begin(people, self.times, self.outputs)
        firsts, first = list[tuple[int, int]](), 0
        while first < people:
            size = sizes[len(firsts) % len(sizes)] if sizes else people
            firsts.append((first, min(first + size, people)))
            first += size
        if sizes:
            np.random.default_rng(seed).shuffle(firsts)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda chunk: self._hand(keeper, *chunk), firsts))
        keeper.end()
        return keeper

    def _hand(self, keeper: Keeper, first: int, end: int) -> None:
        buffer = self.values[first:end].copy()
        keeper.take(first, buffer, self.outcome[first:end].copy())
        buffer[:] = -77.0  # a solver uses its buffer again


def solved(
    people: int, times: int, outputs: int, *, ragged: bool = False, failing: float = 0.2, seed: int
) -> Solved:
    """Values of both signs and many sizes, some of them zero; some people fail."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(people, times, outputs)) * 10.0 ** rng.integers(-6, 6, outputs)
    values[rng.random(values.shape) < 0.1] = 0.0
    values[rng.random(values.shape) < 0.1] = -0.0
    outcome = np.where(rng.random(people) < failing, Outcome.NOT_FINITE, Outcome.OK).astype(np.int8)
    t = np.cumsum(rng.random(times) + 0.01)
    if ragged:
        t = np.tile(t, (people, 1)) + rng.random((people, 1))
        t[np.arange(times) >= rng.integers(0, times + 1, (people, 1))] = np.nan
        values[np.isnan(t)] = np.nan
    values[outcome != Outcome.OK] = np.nan
    return Solved(t, values, outcome)


solves = st.builds(
    solved,
    people=st.integers(0, 30),
    times=st.integers(1, 12),
    outputs=st.integers(1, 3),
    ragged=st.booleans(),
    failing=st.sampled_from([0.0, 0.3, 1.0]),
    seed=st.integers(0, 2**32),
)
chunkings = st.fixed_dictionaries(
    {
        "sizes": st.lists(st.integers(1, 9), min_size=1, max_size=4),
        "seed": st.integers(0, 2**32),
        "threads": st.integers(1, 4),
    }
)
