"""Many virtual people through one plan: how they differ, what we do not know, and both.

The run has two parts. In the first every record stands at its central value and people differ:
that is variability. In the second all uncertain records are drawn anew in each replicate, for all
people of it alike, and the same people are simulated again: the spread of the replicates' medians
is uncertainty, and all people of all replicates together show both.

Chance is keyed by name, so person 17 is the same person in every replicate and every run.

People run in chunks, and of a person only measures stay: with central records 4 bytes each, and of
the replicates no more than a budget holds. So memory grows neither with people times output times
nor with people times replicates. The size of a chunk changes nobody, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.codegen import machine
from speciosa.people.draws import Draws
from speciosa.product.content import central
from speciosa.trial.courses import Courses
from speciosa.trial.crowd import Bands, Kept, Replicates, Room
from speciosa.trial.lanes import Ahead, Progress, blocks
from speciosa.trial.measures import Measure, Name
from speciosa.trial.parameters import chance, parameters
from speciosa.trial.percentiles import Few
from speciosa.trial.plan import Plan
from speciosa.trial.reduced import Reduced
from speciosa.trial.result import Course
from speciosa.trial.run import Ran, run
from speciosa.trial.stops import LEAST_BREATH, STOPPED

__all__ = ["SHOWN", "Cohort", "Watch", "cohort"]

Array = NDArray[np.float64]

Watch = Callable[[int | None, int, Array], None]
"""Called with a replicate, the first of some of its people, and their curves at the times of the
series, (people, times, outputs); None is with central records."""

LANES = 4096
"""People who are made ready and integrated at once; more would only take memory."""
VALUES = 2**23
"""Values of curves that are held at a time, where curves of everybody are wanted (64 MiB)."""
SHOWN = 2000
"""People of whom curves are kept at most; the first of them in a larger cohort."""
CURVES = 2**23
"""Values of curves that are kept (64 MiB), so that long runs show fewer people."""
EXACT = 128 * 2**20
"""Bytes of the replicates' measures that are kept for exact percentiles."""
ERROR = 0.001
"""Of a percentile of measures relative to itself, where those of the replicates are counted."""
ADVICE = 3
"""How many who failed are told of one by one."""


@dataclass(frozen=True)
class Cohort:
    """What a cohort showed.

    Attributes:
        values: outputs of the first people with central records, (people, times), at the times of
            the series: of as many as `CURVES` holds, and of `SHOWN` at most.
        names: of the measures.
        nominal: measures of each person with central records.
        replicated: the same measures, (replicates, people) each; empty without replicates, and
            where they were counted.
        spread: percentiles of the measures by kind of spread, (measures,) each.
        spread_error: the relative error of those over replicates, 0 where they are exact.
        courses: percentiles over time by kind of spread; empty unless asked for.
        error: the relative error of these, 0 where they are exact.
        computed: people with central records who could be integrated.
        failed: people of any replicate who could not be integrated.
        advice: what to change, for the first few of them.
        stopped: people of each replicate whose breath stops, (replicates,); empty where breath is
            not followed.
    """

    values: dict[str, Array]
    names: Sequence[Name]
    nominal: list[Measure]
    replicated: list[Few]
    spread: Mapping[str, Bands]
    spread_error: float
    courses: dict[str, Course]
    error: float
    computed: int
    failed: int
    advice: tuple[str, ...]
    stopped: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True)
class _Chunk:
    """Some people, numbered from `first`, in some replicates; None is with central records."""

    first: int
    count: int
    block: range | None

    @property
    def parts(self) -> Iterator[tuple[int, slice]]:
        """Each replicate, and where its people are; all people of the first come first."""
        for place, replicate in enumerate(self.block or range(1)):
            yield replicate, slice(place * self.count, (place + 1) * self.count)


def cohort(
    plan: Plan,
    outputs: Sequence[str],
    *,
    people: int,
    replicates: int,
    seed: int,
    series: bool,
    watch: Watch | None = None,
    progress: Progress | None = None,
) -> Cohort:
    """Simulate `people` persons in `replicates` draws of what we do not know.

    With `series` percentiles over time are kept; `watch` is handed the curves of everybody.
    """
    draws = Draws(seed)
    kept = _Kept(plan, outputs, people, replicates, series, watch)
    ahead = Ahead(progress, people * (1 + replicates))
    everybody = kept.whole or not machine.available()
    for chunk in _chunks(people, replicates, _lanes(plan, outputs, everybody)):
        keeper = Reduced(plan, outputs, kept.room(chunk))
        ran = _simulate(plan, outputs, draws, replicates, chunk, ahead, keeper)
        kept.take(chunk, ran, keeper)
    units = {name: plan.model.unit_of(name) for name in outputs}
    return Cohort(
        values={name: kept.curves[:, :, place] for place, name in enumerate(outputs)},
        names=kept.names,
        nominal=kept.nominal,
        replicated=kept.replicated,
        spread=kept.spread(),
        spread_error=kept.drawn.error,
        courses=kept.courses.found(units) if kept.courses else {},
        error=kept.courses.error if kept.courses else 0.0,
        computed=people - kept.failed_centrally,
        failed=kept.failed,
        advice=tuple(kept.advice),
        stopped=kept.stopped,
    )


class _Kept:
    """What is kept of the chunks while they run."""

    def __init__(
        self,
        plan: Plan,
        outputs: Sequence[str],
        people: int,
        replicates: int,
        series: bool,
        watch: Watch | None,
    ) -> None:
        self.people, self.replicates, self.watch = people, replicates, watch
        times, wide = plan.look.series.size, len(outputs)
        shown = min(people, SHOWN, max(1, CURVES // max(1, times * wide)))
        self.curves = np.full((shown, times, wide), np.nan)
        self.names: Sequence[Name] = Reduced(plan, outputs).names
        self.numbers: Few = np.full((len(self.names), people), np.nan, dtype=np.float32)
        room = Room((len(self.names),), EXACT, ERROR)
        self.drawn = Replicates(people, replicates, room)
        self.courses = Courses(people, replicates, times, wide) if series else None
        self.breath = next((i for i, one in enumerate(self.names) if one[:3] == LEAST_BREATH), None)
        self.stopped = np.zeros(0 if self.breath is None else replicates, dtype=np.int64)
        self.failed = self.failed_centrally = 0
        self.advice: list[str] = []

    @property
    def whole(self) -> bool:
        """Whether curves of everybody are wanted, and not of the first alone."""
        return self.courses is not None or self.watch is not None

    @property
    def nominal(self) -> list[Measure]:
        """Measures with central records."""
        return [Measure(*name, held) for name, held in zip(self.names, self.numbers, strict=True)]

    @property
    def replicated(self) -> list[Few]:
        """Measures of the replicates, where they are kept."""
        if not self.replicates or not isinstance(self.drawn.all, Kept):
            return []
        shape = (self.replicates, self.people)
        return [held.reshape(shape) for held in self.drawn.all.values.T]

    def spread(self) -> dict[str, Bands]:
        """Percentiles of the measures by kind of spread."""
        return {"variability": Kept(self.numbers.T).bands(), **self.drawn.bands()}

    def room(self, chunk: _Chunk) -> Array:
        """Where curves of a chunk go: of everybody where they are wanted, or of the shown."""
        if self.whole:
            people = chunk.count * len(chunk.block or range(1))
            return np.empty((people, *self.curves.shape[1:]))
        return self._shown(chunk)

    def take(self, chunk: _Chunk, ran: Ran, found: Reduced) -> None:
        """Add a chunk to what stays of all."""
        self._count(chunk, ran)
        people = slice(chunk.first, chunk.first + chunk.count)
        if self.whole:
            shown = self._shown(chunk)
            shown[:] = found.curves[: len(shown)]
        if chunk.block is None:
            self.numbers[:, people] = found.numbers.T
        for replicate, part in chunk.parts:
            if chunk.block is not None:
                self.drawn.take(replicate, chunk.first, found.numbers[part])
                if self.breath is not None:
                    lowest = found.numbers[part][:, self.breath]
                    self.stopped[replicate] += int((lowest < STOPPED).sum())
            if self.courses and chunk.block is None:
                self.courses.central(chunk.first, found.curves[part])
            elif self.courses:
                self.courses.drawn(replicate, chunk.first, found.curves[part])
            if self.watch is not None:
                drawn = None if chunk.block is None else replicate
                self.watch(drawn, chunk.first, found.curves[part])

    def _shown(self, chunk: _Chunk) -> Array:
        """The curves that stay of people of a chunk."""
        first = chunk.first if chunk.block is None else len(self.curves)
        return self.curves[first : first + chunk.count]

    def _count(self, chunk: _Chunk, ran: Ran) -> None:
        """Who failed; told by their number among all people, whatever chunk they were in."""
        self.failed += len(ran.failed)
        if chunk.block is None:
            self.failed_centrally += len(ran.failed)
        for row in sorted(ran.advice)[: ADVICE - len(self.advice)]:
            number = chunk.first + row % chunk.count
            self.advice.append(ran.advice[row].replace(f"person {row}", f"person {number}", 1))


def _simulate(
    plan: Plan,
    outputs: Sequence[str],
    draws: Draws,
    replicates: int,
    chunk: _Chunk,
    ahead: Ahead,
    keep: Reduced,
) -> Ran:
    """Integrate all people of a chunk, replicate by replicate."""
    block, people = chunk.block, chunk.count
    luck = central if block is None else partial(_luck, draws, block, replicates)
    table = parameters(
        plan.model,
        plan.population,
        draws,
        people,
        block,
        replicates=replicates,
        first=chunk.first,
    )
    ran = run(
        plan.model,
        table,
        plan.doses(luck, people),
        plan.look.times,
        outputs,
        start=plan.start,
        keep=keep,
        progress=ahead.step,
    )
    ahead.finish(len(table))
    return ran


def _luck(draws: Draws, block: range, replicates: int, name: str) -> Array:
    return chance(draws, name, block, replicates)


def _lanes(plan: Plan, outputs: Sequence[str], everybody: bool) -> int:
    """People of a chunk, where curves of `everybody` are held or not."""
    if not everybody:
        return LANES
    return max(1, min(LANES, VALUES // (plan.look.times.size * max(1, len(outputs)))))


def _chunks(people: int, replicates: int, lanes: int) -> Iterator[_Chunk]:
    """Everybody with central records, then replicates in groups that fill the lanes."""
    starts = range(0, people, lanes)
    for block in (None, *blocks(people, replicates, lanes)):
        for first in starts:
            yield _Chunk(first, min(lanes, people - first), block)
