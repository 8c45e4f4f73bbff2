"""Two scenarios side by side, hour by hour: the same people live through both.

`compare` tells of regimens what builds up over days. This tells what single doses do too: levels
and effects, the highest or lowest of each person, and how they differ within that person.

    variability   people differ: every record at its central value
    uncertainty   how the median person moves between draws of what we do not know
    both          people of all draws together

True: chance is keyed by name, so person 17 is one person in both, with the same luck in all that we
do not know. Assumed: both are looked at for as long as the longer of the two. Curves are told at
moments that both share, or by days where there are many doses (`shared.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import speciosa
from speciosa.errors import InputError, SolverError
from speciosa.evidence import Record
from speciosa.trial.cautions import breath_stops, cautions
from speciosa.trial.cohort import Cohort, cohort
from speciosa.trial.company import withheld
from speciosa.trial.lanes import Progress
from speciosa.trial.percentiles import PERCENTILES, percentiles, told
from speciosa.trial.plan import Plan, plan
from speciosa.trial.quantities import time_text
from speciosa.trial.result import Course, plain
from speciosa.trial.scenario import Scenario
from speciosa.trial.shared import Curves, course_of, shared
from speciosa.trial.signs import refuse_emergency
from speciosa.trial.simulation import outputs_of, part, records_of
from speciosa.trial.telling import telling

__all__ = ["OUTPUTS", "Beside", "beside"]

Array = NDArray[np.float64]

OUTPUTS = (
    "plasma.mitragynine",
    "plasma.hydroxymitragynine",
    "breathing.risk",
    "breathing.drive",
    "arousal.risk",
    "arousal.sedation",
    "arousal.stimulation",
    "pain.relief",
    "gut.nausea",
    "heart.qt",
    "dependence.withdrawal",
)
"""What is followed, as far as a scenario has it; the last breath of a person stands behind it."""

MOST = 2**30
"""Bytes of curves that are kept of both, at most."""

_WINDOWS = ("all", "last")
"""Where a measure is read: over all of the time, or where that is not measured after the last."""


@dataclass(frozen=True)
class Beside:
    """What two scenarios showed in the same people; the second is held against the first.

    Attributes:
        scenarios: by name.
        rows: {arm, how, output, measure, unit, kind, median, p05, p25, p75, p95}; `how` is value,
            or difference from the first, within each person.
        times: of the curves, h; or days from the first on if they are `daily`.
        daily: whether curves are the highest of each day, or the lowest of what a drug lowers.
        doses: times of doses, h, by name.
        courses: percentiles over time, by name and output.
        apart: percentiles over time of the difference from the first within each person, by
            output.
        hidden: outputs that would make the company of either look safe, and are not in it.
        breath_stops: whether breath stops in either, by the rule of a single run: an emergency.
    """

    scenarios: Mapping[str, Scenario]
    model_hash: Mapping[str, str]
    seed: int
    people: int
    replicates: int
    failed: int
    rows: tuple[Mapping[str, Any], ...]
    times: Array
    daily: bool
    doses: Mapping[str, tuple[float, ...]]
    courses: Mapping[str, Mapping[str, Course]]
    apart: Mapping[str, Course]
    hidden: tuple[str, ...]
    evidence: tuple[Record, ...]
    warnings: tuple[str, ...]
    breath_stops: bool

    def to_dict(self, series: bool = False) -> dict[str, Any]:
        """Plain data; numbers that do not exist are None."""
        table: dict[str, Any] = {
            "arms": [
                {"name": name, "scenario": one.filled(), "hash": self.model_hash[name]}
                for name, one in self.scenarios.items()
            ],
            "model": {"version": speciosa.__version__},
            "seed": self.seed,
            "people": {"n": self.people, "replicates": self.replicates, "failed": self.failed},
            "measures": [dict(row) for row in self.rows],
            "hidden": list(self.hidden),
            "warnings": list(self.warnings),
            "evidence": [
                {"id": record.id, "status": record.status, "read": record.read}
                for record in self.evidence
            ],
        }
        if series:
            table["series"] = {
                "unit": "d" if self.daily else "h",
                "times": self.times.tolist(),
                "doses": {name: list(times) for name, times in self.doses.items()},
                "outputs": list(self._lines()),
            }
        return table

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Each curve: values by arm, and then what the second has more than the first."""
        *_, other = self.scenarios
        held = [(arm, "value", found) for arm, found in self.courses.items()]
        for arm, how, found in (*held, (other, "difference", self.apart)):
            for output, course in found.items():
                for kind, band in course.bands.items():
                    yield {
                        "arm": arm, "how": how, "output": output, "unit": course.unit,
                        "kind": kind, **{name: plain(band[name]) for name in PERCENTILES},
                    }  # fmt: skip


def beside(
    first: Scenario,
    other: Scenario,
    *,
    names: tuple[str, str] = ("first", "other"),
    people: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Beside:
    """Two scenarios in the same people.

    Args:
        first: what the other is held against.
        other: another product, dose or regimen of the same people.
        names: of the two.
        people: how many, in place of `[run] people` of the first.
        replicates: draws of what we do not know, in place of `[run] replicates`.
        seed: the seed of all chance, in place of `[run] seed`.
        progress: called with (people done, people) now and then.

    Raises:
        InputError: the people of the two are not the same, or they are too many to be kept.
        EmergencyError: one gives a sign of an emergency.
        SolverError: nobody could be simulated.
    """
    for one in (first, other):
        refuse_emergency(one)
    if first.who != other.who:
        key = "people" if other.people else "person"
        raise InputError(key, "other people", "the same people, since they take both")
    changes = {"people": people, "replicates": replicates, "seed": seed}
    given = {f"run.{key}": value for key, value in changes.items() if value is not None}
    run = (first.replace(**given) if given else first).run
    until = time_text(max(one.output.until or 0.0 for one in (first, other)))
    plans = [plan(one.replace(**{"output.until": until}), (), ()) for one in (first, other)]
    seen = _seen(plans, run.people, run.replicates)
    found = [
        cohort(
            one,
            curves.outputs,
            people=run.people,
            replicates=run.replicates,
            seed=run.seed,
            series=False,
            watch=curves.take,
            progress=part(progress, before, len(plans)),
        )
        for before, (one, curves) in enumerate(zip(plans, seen, strict=True))
    ]
    for one in found:
        if not one.computed:
            raise SolverError("nobody could be simulated: " + " ".join(one.advice))
        if not one.replicated:
            raise _too_many(run.people)
    arms = dict(zip(names, zip(plans, found, strict=True), strict=True))
    return _told(arms, dict(zip(names, seen, strict=True)), run.seed)


def _seen(plans: Sequence[Plan], people: int, replicates: int) -> list[Curves]:
    """Room for the curves of everybody in each. Raises InputError where that is too much."""
    own = [one.look.times[one.look.series] for one in plans]
    moments = shared(own, [_all_doses(one) for one in plans])
    outputs = [_followed(one) for one in plans]
    numbers = people * (1 + replicates) * moments.times.size * sum(map(len, outputs))
    if np.dtype(np.float32).itemsize * numbers > MOST:
        raise _too_many(people)
    return [
        Curves(moments, times, names, people, replicates)
        for times, names in zip(own, outputs, strict=True)
    ]


def _all_doses(one: Plan) -> list[float]:
    """Times of all doses, h: of the product, and of other medicines."""
    return [*one.schedule.times, *(t for _, table in one.medicines for t in table.times)]


def _too_many(people: int) -> InputError:
    wanted = "fewer people times replicates, since each is kept to be held against itself"
    return InputError("run.people", people, wanted)


def _followed(one: Plan) -> list[str]:
    return outputs_of([name for name in OUTPUTS if name in one.model.outputs], one)


def _told(held: Mapping[str, tuple[Plan, Cohort]], seen: Mapping[str, Curves], seed: int) -> Beside:
    plans = {name: one for name, (one, _) in held.items()}
    cohorts = [one for _, one in held.values()]
    hidden = {out for one in plans.values() for out in withheld(one.scenario.filled())}
    used = {record.id: record for one in plans.values() for record in records_of(one)}
    weak = [line for one, found in held.values() for line in cautions(one, records_of(one), found)]
    replicates, people = cohorts[0].replicated[0].shape
    first, other = seen
    moments = seen[first].moments
    return Beside(
        scenarios={name: one.scenario for name, one in plans.items()},
        model_hash={name: one.model.hash for name, one in plans.items()},
        seed=seed,
        people=people,
        replicates=replicates,
        failed=sum(one.failed for one in cohorts),
        rows=tuple(row for row in _rows(held) if row["output"] not in hidden),
        times=moments.times,
        daily=moments.daily,
        doses={name: one.schedule.times for name, one in plans.items()},
        courses={
            name: {
                out: Course(plans[name].model.unit_of(out), course_of(curves.of(out)))
                for out in curves.outputs
                if out not in hidden
            }
            for name, curves in seen.items()
        },
        apart={
            out: Course(
                plans[other].model.unit_of(out),
                course_of(seen[other].of(out) - seen[first].of(out)),
            )
            for out in seen[first].outputs
            if out in seen[other].outputs and out not in hidden
        },
        hidden=tuple(sorted(hidden)),
        evidence=tuple(used.values()),
        warnings=tuple(dict.fromkeys(weak)),
        breath_stops=any(breath_stops(one) for one in cohorts),
    )


def _rows(held: Mapping[str, tuple[Plan, Cohort]]) -> Iterator[dict[str, Any]]:
    """Values of each arm, and the difference of the second within each person."""
    first, other = held
    seen = {name: _numbers(found) for name, (_, found) in held.items()}
    for output in OUTPUTS:
        for arm in held:
            if output in seen[arm]:
                unit, central, drawn = seen[arm][output]
                yield from _spread(arm, "value", output, unit, central, drawn)
        if output in seen[first] and output in seen[other]:
            unit, *before = seen[first][output]
            _, *after = seen[other][output]
            central, drawn = (b - a for a, b in zip(before, after, strict=True))
            yield from _spread(other, "difference", output, unit, central, drawn)


def _numbers(found: Cohort) -> dict[str, tuple[str, Array, Array]]:
    """What tells most of each output: its unit, of each person, and of each in each draw."""
    chosen: dict[str, tuple[str, Array, Array]] = {}
    for window in _WINDOWS:
        for place, one in enumerate(found.nominal):
            if one.window == window and one.measure == telling(one.output):
                number = (one.unit, one.values, found.replicated[place].astype(np.float64))
                chosen.setdefault(one.output, number)
    return chosen


def _spread(
    arm: str, how: str, output: str, unit: str, central: Array, drawn: Array
) -> Iterator[dict[str, Any]]:
    """A row for each kind of spread in which somebody has a value."""
    kinds = {
        "variability": percentiles(central),
        "uncertainty": percentiles(percentiles(drawn, axis=1)["median"]),
        "both": percentiles(drawn.ravel()),
    }
    for kind, band in kinds.items():
        if not np.isnan(band["median"]):
            yield {
                "arm": arm, "how": how, "output": output, "measure": telling(output),
                "unit": unit, "kind": kind,
                **{name: float(told(band[name])) for name in PERCENTILES},
            }  # fmt: skip
