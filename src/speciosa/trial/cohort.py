"""Many virtual people through one plan: how they differ, what we do not know, and both.

The run has two parts. In the first every record stands at its central value and people differ:
that is variability. In the second all uncertain records are drawn anew in each replicate, for all
people of it alike, and the same people are simulated again: the spread of the replicates' medians
is uncertainty, and all people of all replicates together show both.

Chance is keyed by name, so person 17 is the same person in every replicate and every run.

People run in chunks, and of a person only measures stay: memory does not grow with people times
output times. The size of a chunk changes nobody, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.codegen import machine
from speciosa.people.draws import Draws
from speciosa.product.content import central
from speciosa.trial.courses import Courses
from speciosa.trial.lanes import Ahead, Progress, blocks
from speciosa.trial.measures import Measure
from speciosa.trial.parameters import chance, parameters
from speciosa.trial.plan import Plan
from speciosa.trial.reduced import Reduced
from speciosa.trial.result import Course
from speciosa.trial.run import Ran, run

__all__ = ["SHOWN", "Cohort", "cohort"]

Array = NDArray[np.float64]

LANES = 8192
"""People who are made ready and integrated at once; more would only take memory."""
VALUES = 2**23
"""Values of curves that are held at a time, where curves of everybody are wanted (64 MiB)."""
SHOWN = 2000
"""People of whom curves are kept; the first of them in a larger cohort."""
ADVICE = 3
"""How many who failed are told of one by one."""


@dataclass(frozen=True)
class Cohort:
    """What a cohort showed.

    Attributes:
        values: outputs of the first `SHOWN` people with central records, (people, times), at the
            times of the series.
        nominal: measures of each person with central records.
        replicated: the same measures, (replicates, people) each; empty without replicates.
        courses: percentiles over time by kind of spread; empty unless asked for.
        error: the relative error of these percentiles, 0 where they are exact.
        computed: people with central records who could be integrated.
        failed: people of any replicate who could not be integrated.
        advice: what to change, for the first few of them.
    """

    values: dict[str, Array]
    nominal: list[Measure]
    replicated: list[Array]
    courses: dict[str, Course]
    error: float
    computed: int
    failed: int
    advice: tuple[str, ...]


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
    progress: Progress | None = None,
) -> Cohort:
    """Simulate `people` persons in `replicates` draws of what we do not know."""
    draws = Draws(seed)
    kept = _Kept(plan, outputs, people, replicates, series)
    ahead = Ahead(progress, people * (1 + replicates))
    everybody = series or not machine.available()
    for chunk in _chunks(people, replicates, _lanes(plan, outputs, everybody)):
        keeper = Reduced(plan, outputs, kept.curves_of(chunk))
        ran = _simulate(plan, outputs, draws, replicates, chunk, ahead, keeper)
        kept.take(chunk, ran, keeper)
    units = {name: plan.model.unit_of(name) for name in outputs}
    return Cohort(
        values=kept.values,
        nominal=kept.nominal,
        replicated=kept.replicated if replicates else [],
        courses=kept.courses.found(units) if kept.courses else {},
        error=kept.courses.error if kept.courses else 0.0,
        computed=people - kept.failed_centrally,
        failed=kept.failed,
        advice=tuple(kept.advice),
    )


class _Kept:
    """What is kept of the chunks while they run."""

    def __init__(
        self, plan: Plan, outputs: Sequence[str], people: int, replicates: int, series: bool
    ) -> None:
        self.plan, self.people, self.replicates = plan, people, replicates
        self.series = plan.look.series
        shape = (min(people, SHOWN), self.series.size)
        self.values = {name: np.full(shape, np.nan) for name in outputs}
        self.nominal: list[Measure] = []
        self.replicated: list[Array] = []
        self.courses = (
            Courses(people, replicates, self.series.size, len(outputs)) if series else None
        )
        self.failed = self.failed_centrally = 0
        self.advice: list[str] = []

    def curves_of(self, chunk: _Chunk) -> int:
        """Of how many people of a chunk the curves are wanted."""
        if self.courses:
            return chunk.count * len(chunk.block or range(1))
        return max(0, SHOWN - chunk.first) if chunk.block is None else 0

    def take(self, chunk: _Chunk, ran: Ran, found: Reduced) -> None:
        """Add a chunk to what stays of all."""
        self._count(chunk, ran)
        if not self.nominal:
            self._prepare(found.measures)
        people = slice(chunk.first, chunk.first + chunk.count)
        if chunk.block is None:
            for place, curves in enumerate(self.values.values()):
                shown = curves[people]
                shown[:] = found.curves[: len(shown), :, place]
        for replicate, part in chunk.parts:
            measured = zip(self.nominal, self.replicated, found.measures, strict=True)
            for one, all_of, new in measured:
                own = one.values if chunk.block is None else all_of[replicate]
                own[people] = new.values[part]
            if self.courses and chunk.block is None:
                self.courses.central(chunk.first, found.curves[part])
            elif self.courses:
                self.courses.drawn(replicate, chunk.first, found.curves[part])

    def _prepare(self, found: Sequence[Measure]) -> None:
        """Room for the measures, which are known by name after the first chunk."""
        for one in found:
            values = np.full(self.people, np.nan)
            self.nominal.append(Measure(one.output, one.measure, one.window, one.unit, values))
            self.replicated.append(np.full((self.replicates, self.people), np.nan))

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
