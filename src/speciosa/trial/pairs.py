"""Regimens compared within the same people: each of them takes every regimen, in another life.

Chance is keyed by name, so person 17 is the same person under every regimen, with the same luck in
all that we do not know. What is compared is a person with themselves: a difference that nobody has
is none, however wide people are apart.

Only what the comparison needs is built and kept (`daily.py`). People run in chunks, so memory does
not grow with people times days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

import speciosa
from speciosa.engine.choice import in_use
from speciosa.errors import InputError, SolverError
from speciosa.evidence import Record, find
from speciosa.people.draws import REPLICATE, Draws
from speciosa.product.content import central
from speciosa.trial.cautions import cautions
from speciosa.trial.cohort import ADVICE, Cohort
from speciosa.trial.crowd import Replicates, Room
from speciosa.trial.daily import DAY, MEASURES, OUTPUTS, Daily, Grid, grid, scale
from speciosa.trial.lanes import Ahead, Progress, blocks
from speciosa.trial.paired import HOWS, Pairs, rows_of
from speciosa.trial.parameters import chance, parameters
from speciosa.trial.plan import Plan, memory, plan
from speciosa.trial.regimens import (
    Arm,
    as_written,
    break_arms,
    same_people,
    taper_arms,
)
from speciosa.trial.result import Course
from speciosa.trial.run import How, Ran, run
from speciosa.trial.scenario import Scenario
from speciosa.trial.simulation import assumed, records_of

__all__ = ["compare"]

Array = NDArray[np.float64]

LANES = 1000
"""People integrated side by side."""
EXACT = 64 * 2**20
"""Bytes of numbers that are kept for exact percentiles; beyond that they are counted."""
ERROR = 0.002
"""Of a percentile relative to itself, where numbers are counted."""
RTOL = 1e-3
"""Months of doses, of which days are told: a step may err more than where peaks are looked at."""
LONGEST = 1095
"""Days that people are followed at most."""

_RECOVERED = "regimen/recovered"
_SCALE = ("regimen/withdrawal/mild", "regimen/withdrawal/moderate", "regimen/withdrawal/severe")

WEAKNESSES = (
    "No taper of kratom was ever studied, nor breaks or a titration: what follows is what the "
    "model makes of single doses, of animals and of other opioids.",
    "The withdrawal score is fitted to one night without kratom in ten people; how it grows from "
    "there is assumed. People who stopped recall 13.5 points on average, with a wide spread.",
    "How fast tolerance comes and goes was set by eye to animals. Days are read with wide bounds.",
)
RETURN = (
    "After a stop, a taper or a break the old dose is dangerous: the body is no longer used to it. "
    "Nothing below says that any dose is safe again."
)


def compare(
    scenario: Scenario,
    others: Mapping[str, Scenario] | None = None,
    *,
    name: str = "first",
    taper: bool = False,
    breaks: bool = False,
    people: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Pairs:
    """Compare regimens in the same people.

    Args:
        scenario: who takes what; the regimen that others are held against, or what to come from.
        others: other regimens of the same people, by name; beside `taper`, other tapers.
        name: of the first scenario.
        taper: compare ways to stop: abrupt, 10 % a week, 5 % a week, 10 % a month, and the
            scenario's own steps if they end at nothing.
        breaks: compare every day, two days off in seven, and one strain after the other.
        people: how many, in place of `[run] people`.
        replicates: draws of what we do not know, in place of `[run] replicates`.
        seed: the seed of all chance, in place of `[run] seed`.
        progress: called with (people done, people) now and then.

    Raises:
        InputError: there is nothing to come down from, people differ between scenarios, or a number
            is out of range.
        SolverError: nobody could be simulated.
    """
    arms = _arms(scenario, others or {}, name, taper, breaks)
    for key in same_people(arms):
        wanted = f"the people of {arms[0].name}, since regimens are compared in the same people"
        raise InputError(key, "other people", wanted)
    changes = {"people": people, "replicates": replicates, "seed": seed}
    asked = {f"run.{key}": value for key, value in changes.items() if value is not None}
    run_as = (scenario.replace(**asked) if asked else scenario).run
    days = _length(arms, taper=taper, breaks=breaks)
    comparing = _Comparing(arms, days, run_as.people, run_as.replicates)
    comparing.all(Draws(run_as.seed), progress)
    return comparing.found(run_as.seed)


def _arms(
    scenario: Scenario, others: Mapping[str, Scenario], name: str, taper: bool, breaks: bool
) -> tuple[Arm, ...]:
    if taper and breaks:
        raise InputError(
            "breaks", breaks, "no such option beside taper, which gives the product up"
        )
    if taper:
        return taper_arms(scenario, others)
    arms = break_arms(scenario) if breaks else (as_written(name, scenario),)
    arms = (*arms, *(as_written(of, other) for of, other in others.items()))
    if len(arms) < 2:
        raise InputError("others", 0, "at least one other scenario, taper or breaks")
    if len({arm.name for arm in arms}) < len(arms):
        raise InputError("others", ", ".join(arm.name for arm in arms), "a name for each, once")
    return arms


def _length(arms: Sequence[Arm], *, taper: bool, breaks: bool) -> int:
    """Days that every arm is looked at.

    A taper is followed until what it left is gone, breaks for as long as they last, and scenarios
    as they say themselves.
    """
    if taper or breaks:
        rest = memory() if taper else 0.0
        ends = [(arm.scenario.regimen.duration or 0.0) - arm.since + rest for arm in arms]
    else:
        ends = [arm.scenario.output.until or 0.0 for arm in arms]
    return min(LONGEST, max(1, int(np.ceil(max(ends) / DAY))))


class _Comparing:
    """Runs all arms for chunks of people, and gathers what stays."""

    def __init__(self, arms: Sequence[Arm], days: int, people: int, replicates: int) -> None:
        self.arms, self.days = tuple(arms), days
        self.people, self.replicates = people, replicates
        self.plans = [_plan(arm, days) for arm in arms]
        self.grids = [_grid(arm, plan, days) for arm, plan in zip(arms, self.plans, strict=True)]
        room = Room((len(arms), len(HOWS), len(MEASURES)), EXACT, ERROR)
        shown = Room((len(arms), days, len(OUTPUTS)), EXACT, ERROR)
        self.central, self.drawn = room.of(people), Replicates(people, replicates, room)
        self.curves, self.draws = shown.of(people), Replicates(people, replicates, shown)
        self.values = np.full((len(arms), people, len(MEASURES)), np.nan)
        self.failed = 0
        self.advice: list[str] = []

    def all(self, draws: Draws, progress: Progress | None) -> None:
        """Everybody with central records, and then in each replicate."""
        ahead = Ahead(progress, self.people * (1 + self.replicates) * len(self.arms))
        for block in (None, *blocks(self.people, self.replicates, LANES)):
            for first in range(0, self.people, LANES):
                count = min(LANES, self.people - first)
                self._chunk(draws, block, first, count, ahead)
        if np.isnan(self.values[:, :, 0]).all():
            raise SolverError("nobody could be simulated: " + " ".join(self.advice))

    def found(self, seed: int) -> Pairs:
        """What was gathered."""
        first = self.plans[0]
        used = _used(self.plans)
        told = {"variability": self.central.bands(), **self.drawn.bands()}
        courses = {"variability": self.curves.bands(), **self.draws.bands()}
        units = {name: first.model.unit_of(name) for name in OUTPUTS}
        names = [arm.name for arm in self.arms]
        return Pairs(
            arms=self.arms,
            model_version=speciosa.__version__,
            model_hash={name: one.model.hash for name, one in zip(names, self.plans, strict=True)},
            method=in_use(first.model.method),
            seed=seed,
            people=self.people,
            replicates=self.replicates,
            failed=self.failed,
            rows=tuple(rows_of(names, told)),
            days=np.arange(1.0, self.days + 1.0),
            courses={
                arm: {
                    output: Course(
                        units[output],
                        {
                            kind: {key: held[place, :, at] for key, held in band.items()}
                            for kind, band in courses.items()
                        },
                    )
                    for at, output in enumerate(OUTPUTS)
                }
                for place, arm in enumerate(names)
            },
            values={
                arm: dict(zip(MEASURES, self.values[place].T, strict=True))
                for place, arm in enumerate(names)
            },
            scale=scale(),
            evidence=used,
            warnings=tuple(self._warnings(used)),
            assumptions=(*first.scenario.defaulted(), *assumed(used)),
        )

    def _chunk(
        self, draws: Draws, block: range | None, first: int, count: int, ahead: Ahead
    ) -> None:
        """Some people in some replicates, or with central records, under every regimen."""
        rows = count * len(block or range(1))
        numbers = np.empty((rows, len(self.arms), len(HOWS), len(MEASURES)))
        days = np.empty((rows, len(self.arms), self.days, len(OUTPUTS)))
        lost = np.zeros(rows, dtype=bool)
        for place, (one, seen) in enumerate(zip(self.plans, self.grids, strict=True)):
            keep = Daily(seen, self._recovered(draws, block, count))
            ran = self._run(one, seen, draws, block, first, count, keep, ahead)
            lost[ran.failed] = True
            self._note(ran, first, count)
            numbers[:, place, 0], days[:, place] = keep.numbers, keep.days
        # Who could not be computed under one regimen is compared under none.
        numbers[lost], days[lost] = np.nan, np.nan
        self.failed += int(lost.sum())
        base = numbers[:, :1, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            numbers[:, :, 1] = numbers[:, :, 0] - base
            numbers[:, :, 2] = numbers[:, :, 0] / base
        if block is None:
            self.central.take(first, numbers)
            self.curves.take(first, days)
            self.values[:, first : first + count] = numbers[:, :, 0].transpose(1, 0, 2)
            return
        for at, replicate in enumerate(block):
            part = slice(at * count, (at + 1) * count)
            self.drawn.take(replicate, first, numbers[part])
            self.draws.take(replicate, first, days[part])

    def _run(
        self,
        plan: Plan,
        grid: Grid,
        draws: Draws,
        block: range | None,
        first: int,
        count: int,
        keep: Daily,
        ahead: Ahead,
    ) -> Ran:
        luck = central if block is None else partial(_luck, draws, block, self.replicates)
        table = parameters(
            plan.model,
            plan.population,
            draws,
            count,
            block,
            replicates=self.replicates,
            first=first,
        )
        ran = run(
            plan.model,
            table,
            plan.doses(luck, count),
            grid.times,
            OUTPUTS,
            start=plan.start,
            keep=keep,
            progress=ahead.step,
            how=How(plan.model.method, RTOL),
        )
        ahead.finish(len(table))
        return ran

    def _recovered(self, draws: Draws, block: range | None, count: int) -> Array:
        """The tolerance that counts as none, for everybody of a chunk."""
        record = find([_RECOVERED])[_RECOVERED]
        if block is None:
            return np.full(count, record.value)
        luck = draws.stratified(REPLICATE, _RECOVERED, self.replicates)[block.start : block.stop]
        return np.repeat(record.spread.quantile(luck), count)

    def _note(self, ran: Ran, first: int, count: int) -> None:
        for row in sorted(ran.advice)[: ADVICE - len(self.advice)]:
            self.advice.append(
                ran.advice[row].replace(f"person {row}", f"person {first + row % count}", 1)
            )

    def _warnings(self, used: Sequence[Record]) -> Iterator[str]:
        """What is weak, first; then what is so in any run of the first scenario."""
        yield from WEAKNESSES
        if any(_lowers(arm) for arm in self.arms):
            yield RETURN
        yield from cautions(self.plans[0], used, self._cohort())
        if self.drawn.error:
            yield (
                "There are so many numbers that percentiles are counted in narrow ranges; days "
                "that do not come while people are watched are left out of them."
            )

    def _cohort(self) -> Cohort:
        """What cautions look at; breath is not followed here."""
        return Cohort(
            values={},
            names=(),
            nominal=[],
            replicated=[],
            spread={},
            spread_error=0.0,
            courses={},
            error=0.0,
            computed=self.people,
            failed=self.failed,
            advice=tuple(self.advice),
        )


def _plan(arm: Arm, days: int) -> Plan:
    """The plan of an arm, followed for as long as all arms are."""
    until = arm.since + DAY * days
    return plan(arm.scenario.replace(**{"output.until": f"{until:g} h"}), (), OUTPUTS)


def _grid(arm: Arm, plan: Plan, days: int) -> Grid:
    return grid(plan.schedule.times, arm.since, days)


def _luck(draws: Draws, block: range, replicates: int, name: str) -> Array:
    return chance(draws, name, block, replicates)


def _lowers(arm: Arm) -> bool:
    """Whether less is taken at some time than before."""
    habit, regimen = arm.scenario.who.experience, arm.scenario.regimen
    sizes = [regimen.dose.value, *(step.dose.value for step in regimen.steps)]
    if habit is not None and habit.dose is not None:
        sizes = [habit.dose.value, *sizes]
    return any(
        later < most for most, later in zip(np.maximum.accumulate(sizes), sizes, strict=True)
    )


def _used(plans: Sequence[Plan]) -> tuple[Record, ...]:
    """Every record that a comparison rests on, each once."""
    held: dict[str, Record] = {}
    for one in plans:
        for record in (*records_of(one), *find([_RECOVERED, *_SCALE]).values()):
            held.setdefault(record.id, record)
    return tuple(held.values())
