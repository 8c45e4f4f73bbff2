"""How far an answer swings with each fact that a scenario left open: what is worth asking first.

The same few people live through the scenario with one fact at either of its plausible ends, all
else the same, every record at its central value. Of each output that a report speaks of it is told
where the median person ends up: of levels, and of breath and wakefulness lost.

Withdrawal counts only where use is regular as it stands, that is where doses are repeated or there
was a habit before. After one dose of somebody who is not used to it there is none; that a regular
user would have some is no answer to what was asked, and would rank use before above all else.

One scale for all: the share of the run's own range. The range is that of nine of ten, of how people
differ and what nobody knows together; where an end lies beyond it, it is widened to hold that end,
so that a share is 0 to 1. Levels are held against it by their logarithm, since what moves them
multiplies; all else as it is. A fact stands where its largest share puts it: it says how much of
the spread on the page would go, at most, if the fact were known.

Assumed: as `plausible` assumes of the ends. Left out: facts that move an answer only together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import SolverError
from speciosa.inference.plausible import Open, plausible
from speciosa.people.draws import Draws
from speciosa.product.content import central
from speciosa.trial.cautions import breath_stops
from speciosa.trial.cohort import Cohort, cohort
from speciosa.trial.company import RISKS, withheld
from speciosa.trial.glance import levels, model_at_hand
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import Plan, plan
from speciosa.trial.scenario import Scenario
from speciosa.trial.signs import refuse_emergency
from speciosa.trial.simulation import variants_of
from speciosa.trial.telling import is_concentration, negligible, telling

__all__ = ["NOW", "PEOPLE", "Fact", "Swing", "missing"]

Array = NDArray[np.float64]

PEOPLE = 32
"""People of a run; fewer where the scenario asks for fewer. Both ends are of the same people."""
NOW = "now"
"""The fact that no scenario states: how long after the last dose it is asked."""

_BREATH = "breathing.drive"
_WITHDRAWAL = "dependence.score"
_DAY = 24.0
_NARROWEST = {**dict.fromkeys(RISKS, 0.05), _WITHDRAWAL: 1.0}
"""A range narrower than this counts as this wide: nobody would speak of a part of it."""


@dataclass(frozen=True, slots=True)
class Swing:
    """Where the median of an output's measure lies as it stands, and with the fact at its ends."""

    output: str
    measure: str
    unit: str
    middle: float
    ends: tuple[float, float]
    share: float


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that was not stated. `ends` are as a scenario writes them, but those of `NOW`.

    `swings` come largest first. `stops` names ends at which breath stops in somebody, and `failed`
    ends at which nobody could be simulated: of these no number is told, and nothing counts before
    them.
    """

    key: str
    ends: tuple[str, str]
    swings: tuple[Swing, ...] = ()
    stops: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The largest share of a range that it moves an output by; 0 if it moves nothing."""
        if self.stops or self.failed:
            return 1.0
        return max((one.share for one in self.swings), default=0.0)


def missing(scenario: Scenario, rows: Iterable[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """The facts that a scenario left open, those first that move its answers most.

    Args:
        scenario: as it was run.
        rows: the measures of that run (`Result.rows`), whose ranges are the scale.

    Nothing is told where breath stops in the scenario as it stands.

    Raises:
        EmergencyError: the scenario gives a sign of an emergency.
        SolverError: nobody could be simulated with the scenario as it stands.
    """
    refuse_emergency(scenario)
    ranges = _ranges(rows)
    hidden = withheld(scenario.filled())
    regular = (_WITHDRAWAL,) if _is_regular(scenario) else ()
    asked = dict.fromkeys((*levels(scenario), *RISKS, *regular))
    runs = _Runs([name for name in asked if name in ranges and name not in hidden])
    base = runs.of(scenario)
    if base.stops:
        return ()
    found = [
        _fact(one, base, [runs.tried(end.scenario) for end in one.ends], ranges)
        for one in plausible(scenario)
    ]
    found.append(_since(base, ranges))
    return tuple(sorted(found, key=lambda one: (not one.stops, not one.failed, -one.share)))


def _is_regular(scenario: Scenario) -> bool:
    """Whether use is regular as it stands: doses are repeated, or there was a habit before."""
    return scenario.regimen.every is not None or scenario.who.experience is not None


@dataclass(frozen=True)
class _Seen:
    """What the people of a run showed: the median of each output, and the same over time."""

    plan: Plan
    medians: Mapping[str, float]
    courses: Mapping[str, Array]
    stops: bool


class _Runs:
    """Runs of the same people; what enters the engine the same is run once."""

    def __init__(self, outputs: Sequence[str]) -> None:
        self._outputs = list(outputs)
        self._done: dict[tuple[object, ...], _Seen] = {}

    def of(self, scenario: Scenario) -> _Seen:
        """What is seen of a scenario. Raises SolverError where nobody could be simulated."""
        run = scenario.run
        watched = [*self._outputs, _BREATH]
        prepared = plan(scenario, variants_of(run.variants), watched, model_at_hand)
        people = min(run.people, PEOPLE)
        key = _enters(prepared, people)
        if key not in self._done:
            found = cohort(
                prepared, watched, people=people, replicates=0, seed=run.seed, series=True
            )
            if not found.computed:
                raise SolverError("nobody could be simulated: " + " ".join(found.advice))
            self._done[key] = _seen(prepared, found, self._outputs)
        return self._done[key]

    def tried(self, scenario: Scenario) -> _Seen | None:
        """The same; None where nobody could be simulated."""
        try:
            return self.of(scenario)
        except SolverError:
            return None


def _enters(prepared: Plan, people: int) -> tuple[object, ...]:
    """All that the engine is given: the people's numbers, and the doses."""
    draws = Draws(prepared.scenario.run.seed)
    table = parameters(prepared.model, prepared.population, draws, people, None)
    doses = [
        (one.drug, one.route, one.times.tobytes(), one.nmol.tobytes())
        for one in prepared.doses(central, 1)
    ]
    return prepared.model.hash, table.tobytes(), prepared.start, *doses


def _seen(prepared: Plan, found: Cohort, outputs: Sequence[str]) -> _Seen:
    medians = {
        one.output: float(np.nanmedian(one.values))
        for one in found.nominal
        if (one.measure, one.window) == (telling(one.output), "all") and one.output in outputs
    }
    courses = {name: found.courses[name].bands["variability"]["median"] for name in outputs}
    return _Seen(prepared, medians, courses, breath_stops(found))


def _ranges(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """The range of nine of ten of each output's measure: of both kinds of spread if at hand."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for row in rows:
        output, ends = row["output"], (row["p05"], row["p95"])
        if (row["measure"], row["window"]) == (telling(output), "all") and None not in ends:
            found.setdefault(output, {})[row["kind"]] = ends
    return {name: kinds.get("both") or kinds["variability"] for name, kinds in found.items()}


def _fact(
    one: Open, base: _Seen, seen: Sequence[_Seen | None], ranges: Mapping[str, tuple[float, float]]
) -> Fact:
    """A fact of a scenario, by what was seen at its ends."""
    first, second = one.ends
    says = (first.says, second.says)
    ends = list(zip(says, seen, strict=True))
    stops = tuple(word for word, there in ends if there is not None and there.stops)
    failed = tuple(word for word, there in ends if there is None)
    if stops or failed:
        return Fact(one.key, says, stops=stops, failed=failed)
    swings: list[Swing] = []
    for name, middle in base.medians.items():
        low, high = (there.medians[name] for there in seen if there is not None)
        swings.append(_swing(base.plan, name, telling(name), middle, (low, high), ranges))
    return Fact(one.key, says, _ordered(swings))


def _since(base: _Seen, ranges: Mapping[str, tuple[float, float]]) -> Fact:
    """How long ago the last dose was: of the day after it, from the highest median to the last."""
    look, doses = base.plan.look, base.plan.schedule.times
    times = look.times[look.series]
    start = doses[-1] if doses else 0.0
    day = (times >= start) & (times <= start + _DAY)
    swings: list[Swing] = []
    for name, course in base.courses.items():
        if name in RISKS or name == f"plasma.{base.plan.product.main}":
            there = course[day]
            most, last = float(np.nanmax(there)), float(there[-1])
            swings.append(_swing(base.plan, name, "at", most, (most, last), ranges))
    hours = float(times[day][-1]) - start
    return Fact(NOW, ("at its highest", f"{hours:.3g} h after the last dose"), _ordered(swings))


def _swing(
    prepared: Plan,
    output: str,
    measure: str,
    middle: float,
    ends: tuple[float, float],
    ranges: Mapping[str, tuple[float, float]],
) -> Swing:
    unit = prepared.model.unit_of(output)
    share = _share(output, unit, ends, ranges[output])
    return Swing(output, measure, unit, middle, ends, share)


def _share(output: str, unit: str, ends: tuple[float, float], span: tuple[float, float]) -> float:
    """How much of its range an output moves over, 0 to 1."""
    first, second = ends
    if negligible(second - first, unit, max(abs(first), abs(second))):
        return 0.0
    points = [*ends, *span]
    if is_concentration(output) and min(points) > 0.0:
        first, second, *_ = points = [math.log(point) for point in points]
    width = max(max(points) - min(points), _NARROWEST.get(output, 0.0))
    return abs(second - first) / width


def _ordered(swings: Iterable[Swing]) -> tuple[Swing, ...]:
    return tuple(sorted(swings, key=lambda one: -one.share))
