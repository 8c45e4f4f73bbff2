"""What drives the spread of a result: how far people differ, how far we do not know, and which.

One output and one measure of a scenario, of many people who each live in a replicate of their own,
so that all chance varies at once. The variance is shared out by `variance`. What the two kinds of
chance do only together (a gain that nobody knows makes the differences of people wider) is told
apart from both.

Assumed: everything varies independently, as in every run.
Left out: what is not known to be unknown: effects without equations, and the shape of equations;
`simulate --variants all` tells of those choices that have a name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import speciosa
from speciosa.errors import InputError
from speciosa.inference.factors import Factor, factor
from speciosa.inference.rows import asked, known_measures, measured
from speciosa.inference.variance import CONFIDENCE, Index, Indices, indices
from speciosa.people.draws import PERSON, REPLICATE
from speciosa.trial.plan import Plan, plan
from speciosa.trial.scenario import Scenario
from speciosa.trial.signs import refuse_emergency
from speciosa.trial.simulation import outputs_of, variants_of
from speciosa.trial.telling import is_concentration, telling

__all__ = ["FEWEST", "PEOPLE", "Driver", "Explanation", "explain", "usual_people"]

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

PEOPLE = 150_000
"""People who are simulated of one dose: an index is then known to a few per cent of the variance.

Many doses take long, so of them fewer people are simulated (`usual_people`).
"""
FEWEST = 20_000
"""Of however many doses; with fewer people intervals say little."""
SMALL = 0.02
"""Share of the variance below which a factor is not worth a sentence."""
_WORDS = {PERSON: "variability", REPLICATE: "uncertainty"}
_NOISE = 1e-6
"""Spread, of the size of a measure, below which only the integrator's error is seen."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A factor and its shares of the variance."""

    factor: Factor
    index: Index


@dataclass(frozen=True)
class Explanation:
    """What drives the spread of one measure of one output.

    Attributes:
        logarithm: whether the variance is that of the logarithm, as for concentrations, whose
            factors multiply; an effect is taken as it is.
        middle: p05, median and p95 of the measure, of everybody.
        people_differ, we_do_not_know: what each kind of chance does by itself and with the other.
        only_together: share of the variance that needs both kinds, and that neither has alone.
        drivers: factors that are told one by one, the largest of all first.
        others: the rest of a kind, together.
        counted: factors of each kind; `silent` of all of them change nothing.
    """

    scenario: Scenario
    model_version: str
    model_hash: str
    variants: tuple[str, ...]
    output: str
    measure: str
    window: str
    unit: str
    logarithm: bool
    seed: int
    people: int
    middle: dict[str, float]
    people_differ: Index
    we_do_not_know: Index
    only_together: float
    drivers: tuple[Driver, ...]
    others: dict[str, Index]
    counted: dict[str, int]
    silent: int
    warnings: tuple[str, ...]

    def of(self, kind: str) -> tuple[Driver, ...]:
        """Drivers of one kind, variability or uncertainty, the largest first."""
        return tuple(one for one in self.drivers if one.factor.kind == kind)

    @property
    def varies(self) -> bool:
        """Whether the measure has any spread at all."""
        return self.people_differ.total > 0.0 or self.we_do_not_know.total > 0.0

    def narrow(self, most: int = 3) -> tuple[dict[str, Any], ...]:
        """Which measurements would narrow the answer most: the largest of what we do not know.

        `takes_away` is the share of the variance from not knowing that would go.
        """
        unknown = self.we_do_not_know.total
        worth = [one for one in self.of("uncertainty") if one.index.total >= SMALL]
        return tuple(
            {
                "id": one.factor.id,
                "title": one.factor.title,
                "takes_away": min(one.index.first / unknown, 1.0),
                "status": one.factor.status,
                "read": one.factor.read,
                "source": one.factor.source,
                "would": one.factor.would,
            }
            for one in worth[:most]
        )

    def to_dict(self) -> dict[str, Any]:
        """The object that `speciosa explain --json` prints; shares are of the variance."""
        return {
            "scenario": self.scenario.filled(),
            "model": {
                "version": self.model_version,
                "hash": self.model_hash,
                "variants": list(self.variants),
            },
            "output": self.output,
            "measure": self.measure,
            "window": self.window,
            "unit": self.unit,
            "logarithm": self.logarithm,
            "seed": self.seed,
            "people": self.people,
            "confidence": CONFIDENCE,
            "spread": dict(self.middle),
            "shares": {
                "variability": asdict(self.people_differ),
                "uncertainty": asdict(self.we_do_not_know),
                "only_together": self.only_together,
            },
            "factors": [_plain(one) for one in self.drivers],
            "others": {kind: asdict(index) for kind, index in self.others.items()},
            "counted": {**self.counted, "change_nothing": self.silent},
            "narrow": [dict(row) for row in self.narrow()],
            "warnings": list(self.warnings),
        }


def explain(
    scenario: Scenario,
    output: str,
    measure: str | None = None,
    window: str | None = None,
    people: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """What drives the spread of a measure of an output.

    Args:
        scenario: who takes what, when. Its `[run]` says which seed and variants.
        output: the name of an output, such as `pain.relief`.
        measure: such as `max` or `auc_inf`; without one what tells most: `cmax` of a concentration,
            `max` of an effect, and `min` of one that falls, as breathing and the pupil do.
        window: `first`, `last` or `all`; without one `all`, or the last if there is no such.
        people: how many people to simulate at most, all in all; without it 150,000 of one dose, and
            fewer the more doses there are.
        seed: the seed of all chance, in place of `[run] seed`.
        progress: called with (people done, people) now and then.

    Raises:
        InputError: an output, a measure or a number is wrong, or SALib is missing.
        EmergencyError: the scenario gives a sign of an emergency.
        SolverError: the measure could not be computed of too many.
    """
    refuse_emergency(scenario)
    prepared = plan(scenario, variants_of(scenario.run.variants))
    outputs_of([output], prepared)
    measure, window = _measure(prepared, output, measure, window)
    seed = scenario.run.seed if seed is None else seed
    keys = asked(prepared)
    people = usual_people(prepared) if people is None else people
    logarithm = is_concentration(output)
    done = 0

    def values(cube: Array) -> Array:
        nonlocal done
        columns = {key: cube[:, place] for place, key in enumerate(keys)}
        found = measured(prepared, output, measure, window, columns, len(cube))
        done += len(cube)
        if progress is not None:
            progress(min(done, people), people)
        if not logarithm:
            return found
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(found)
        return np.where(np.isfinite(logs), logs, np.nan)

    found = indices([_WORDS[kind] for kind, _ in keys], values, people, seed)
    unit = _unit(prepared, output, measure)
    varies = _varies(found.values, unit, logarithm)
    columns = found.columns if varies else {}
    kinds = found.kinds if varies else {}
    drivers = [Driver(factor(prepared, keys[c]), one) for c, one in columns.items()]
    nothing = Index(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    differ = kinds.get("variability", nothing)
    unknown = kinds.get("uncertainty", nothing)
    varies = bool(differ.total or unknown.total)
    return Explanation(
        scenario=scenario,
        model_version=speciosa.__version__,
        model_hash=prepared.model.hash,
        variants=prepared.model.variants,
        output=output,
        measure=measure,
        window=window,
        unit=unit,
        logarithm=logarithm,
        seed=seed,
        people=found.rows,
        middle=_middle(np.exp(found.values) if logarithm else found.values),
        people_differ=differ,
        we_do_not_know=unknown,
        only_together=max(0.0, 1.0 - differ.first - unknown.first) if varies else 0.0,
        drivers=tuple(sorted(drivers, key=lambda one: -one.index.total)),
        others=found.rest if varies else {},
        counted={word: sum(kind == key for key, _ in keys) for kind, word in _WORDS.items()},
        silent=len(found.silent) if varies else len(keys),
        warnings=tuple(_warnings(found)),
    )


def usual_people(prepared: Plan) -> int:
    """How many people to simulate, by how many doses each takes; the same on any machine."""
    doses = len(prepared.habit.times) + len(prepared.schedule.times)
    doses += sum(len(schedule.times) for _, schedule in prepared.medicines)
    return max(FEWEST, min(PEOPLE, PEOPLE * 6 // (5 + doses)))


def _measure(
    prepared: Plan, output: str, measure: str | None, window: str | None
) -> tuple[str, str]:
    """A measure and a window that the output has. Raises InputError."""
    known = known_measures(prepared, output)
    names = list(dict.fromkeys(name for name, _ in known))
    measure = measure or telling(output)
    if measure not in names:
        raise InputError("measure", measure, f"of {output} one of {', '.join(names)}")
    windows = [one for name, one in known if name == measure]
    window = window or ("all" if "all" in windows else windows[-1])
    if window not in windows:
        raise InputError("window", window, f"for {measure} one of {', '.join(windows)}")
    return measure, window


def _varies(values: Array, unit: str, logarithm: bool) -> bool:
    """Whether values differ by more than the integrator's error, of their size or of a share."""
    size = 1.0 if logarithm else float(np.max(np.abs(values)))
    return float(np.ptp(values)) > _NOISE * (max(size, 1.0) if unit == "1" else size)


def _unit(prepared: Plan, output: str, measure: str) -> str:
    from speciosa.trial.measures import unit_of

    return unit_of(measure, prepared.model.unit_of(output))


def _middle(values: Array) -> dict[str, float]:
    p05, median, p95 = np.percentile(values, [5.0, 50.0, 95.0])
    return {"median": float(median), "p05": float(p05), "p95": float(p95)}


def _warnings(found: Indices) -> list[str]:
    if not found.dropped:
        return []
    return [
        f"{100 * found.dropped:.2g} % of the sample were left out, because the measure could not "
        "be computed of somebody in it; the shares hold for the rest."
    ]


def _plain(one: Driver) -> dict[str, Any]:
    held = asdict(one.factor)
    return {**held, "records": list(one.factor.records), **asdict(one.index)}
