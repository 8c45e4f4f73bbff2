"""From a scenario to a result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

import speciosa
from speciosa.engine.choice import in_use
from speciosa.errors import InputError, SolverError
from speciosa.evidence import Record, find
from speciosa.model import VARIANTS, unknown_output, unknown_variant
from speciosa.trial.alternatives import ALL, BASE, Alternatives
from speciosa.trial.cautions import cautions, stops_of
from speciosa.trial.cohort import Cohort, cohort
from speciosa.trial.covariates import Between
from speciosa.trial.data import Data
from speciosa.trial.parameters import variabilities
from speciosa.trial.plan import Plan, plan
from speciosa.trial.prediction import Prediction, predict, without_doses
from speciosa.trial.result import Result, rows_of
from speciosa.trial.scenario import Scenario
from speciosa.trial.shares import shares_of
from speciosa.trial.signs import refuse_emergency

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "assumed",
    "evidence",
    "outputs_of",
    "part",
    "records_of",
    "result_of",
    "simulate",
    "variants_of",
]

Progress = Callable[[int, int], None]

ONLY_WITH_BOUNDS = ("opioid.occupancy",)
"""Outputs that are told only together with what we do not know: Ki differ tenfold."""
FEWEST = 10
"""Draws of what we do not know that make bounds."""
FINE = (
    "unbound.",
    "brain.",
    "metabolism.",
    "monoamine.occupancy.",
    "opioid.kappa",
    "opioid.delta",
    "tolerance.",
)
"""How outputs begin that are looked at by name alone: they take time and memory of every run."""
COARSE = ("tolerance.level",)
"""And which of them are looked at nevertheless."""


def simulate(
    scenario: Scenario,
    people: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    variants: Sequence[str] = (),
    series: bool = False,
    outputs: Sequence[str] = (),
    progress: Progress | None = None,
    data: str | os.PathLike[str] | pd.DataFrame | None = None,
    covariates: Between = "nocb",
) -> Result:
    """Simulate a scenario, or the people of a data file.

    Args:
        scenario: who takes what, when.
        people: how many people, in place of `[run] people`.
        replicates: how many draws of what we do not know, in place of `[run] replicates`.
        seed: the seed of all chance, in place of `[run] seed`.
        variants: names of alternatives of the model that go into it together; or `all`, each by
            itself beside the model as it stands, and the result is that of the latter, with
            `alternatives`. In place of `[run] variants`.
        series: whether to keep percentiles over time.
        outputs: names of outputs to keep. When none is named, all but the finest: unbound
            concentrations (`unbound.<drug>` in plasma and `brain.<drug>`, nmol/L), what is bound
            at single receptors (`opioid.kappa`, `opioid.delta`, `monoamine.occupancy.<site>`), the
            activity of enzymes (`metabolism.activity.<enzyme>`) and the tolerance of single effects
            (`tolerance.<effect>`).
        progress: called with (people done, people) now and then.
        data: a CSV file or a pandas table of event records (docs/data.md), in place of people and
            regimen; `result.data_frame()` has a prediction for each observation.
        covariates: what columns of `data` that change do between two rows: take the next value
            (nocb), keep the last (locf), or follow a straight line (linear).

    Raises:
        InputError: a variant or an output is unknown, a number is out of range, or a row of `data`
            cannot be.
        EmergencyError: the scenario gives a sign of an emergency.
        SolverError: nobody could be simulated.
    """
    refuse_emergency(scenario)
    changes = {"people": people, "replicates": replicates, "seed": seed}
    given: dict[str, object] = {f"run.{k}": v for k, v in changes.items() if v is not None}
    if variants:
        given["run.variants"] = list(variants)
    if given:
        scenario = scenario.replace(**given)
    if data is not None:
        if people is not None:
            raise InputError("people", people, "none beside data, which brings its own")
        if series:
            raise InputError("series", series, "none beside data, whose rows say when to look")
        if covariates not in get_args(Between):
            raise InputError("covariates", covariates, f"one of {', '.join(get_args(Between))}")
        return _of_data(scenario, Data.read(data), outputs, covariates, progress)
    if _is_all(scenario.run.variants):
        return _each(scenario, series, outputs, progress)
    return _one(scenario, variants_of(scenario.run.variants), series, outputs, progress)


def _one(
    scenario: Scenario,
    variants: Sequence[str],
    series: bool,
    outputs: Sequence[str],
    progress: Progress | None,
) -> Result:
    """The result of one model."""
    run = scenario.run
    prepared = plan(scenario, variants, outputs)
    found = cohort(
        prepared,
        outputs_of(outputs, prepared),
        people=run.people,
        replicates=run.replicates,
        seed=run.seed,
        series=series,
        progress=progress,
    )
    if not found.computed:
        raise SolverError("nobody could be simulated: " + " ".join(found.advice))
    return result_of(prepared, found)


def _each(
    scenario: Scenario, series: bool, outputs: Sequence[str], progress: Progress | None
) -> Result:
    """The model as it stands and each variant by itself; one that changes nothing is not run."""
    models = {BASE: (), **{name: (name,) for name in VARIANTS}}
    hashes = {name: plan(scenario, one, outputs).model.hash for name, one in models.items()}
    runs = dict.fromkeys(hashes.values())
    done: dict[str, Result] = {}
    for name, one in models.items():
        if hashes[name] not in done:
            watch = part(progress, len(done), len(runs))
            keeps_series = series and name == BASE
            done[hashes[name]] = _one(scenario, one, keeps_series, outputs, watch)
    found = Alternatives.of({name: done[code] for name, code in hashes.items()})
    records = _once(record for one in done.values() for record in one.evidence)
    base = done[hashes[BASE]]
    said = (*scenario.defaulted(), *assumed(records))
    return replace(base, evidence=records, assumptions=said, alternatives=found)


def part(progress: Progress | None, before: int, runs: int) -> Progress | None:
    """Progress of one of several runs of equal size."""
    if progress is None:
        return None
    return lambda done, total: progress(before * total + done, runs * total)


def evidence(scenario: Scenario) -> tuple[str, ...]:
    """Ids of every record that a run of the scenario rests on."""
    variants = scenario.run.variants
    alone = [(), *((name,) for name in VARIANTS)] if _is_all(variants) else [variants_of(variants)]
    used = (record for one in alone for record in records_of(plan(scenario, one)))
    return tuple(record.id for record in _once(used))


def _is_all(variants: Sequence[str]) -> bool:
    """Whether each variant is to be run by itself. Raises InputError beside other names."""
    if ALL in variants and len(variants) > 1:
        raise InputError("variants", ", ".join(variants), f"{ALL} alone, or names")
    return ALL in variants


def variants_of(variants: Sequence[str]) -> tuple[str, ...]:
    """Variants that go into one model, by name. Raises InputError."""
    names = tuple(dict.fromkeys(variants))
    for name in names:
        if name == ALL:
            raise InputError("variants", name, "names: all are several models, and this is of one")
        if name not in VARIANTS:
            raise unknown_variant(name)
    replaced = [record for name in names for record in VARIANTS[name].instead]
    for record in replaced:
        if replaced.count(record) > 1:
            wanted = f"variants that go together; these replace {record} twice, so run each alone"
            raise InputError("variants", ", ".join(names), wanted)
    return names


def outputs_of(asked: Sequence[str], prepared: Plan) -> list[str]:
    """Outputs by name; without any, all but the finest. Raises InputError."""
    known = prepared.model.outputs
    for name in asked:
        if name not in known:
            raise unknown_output(name, [*known])
    return list(asked) or [name for name in known if name in COARSE or not name.startswith(FINE)]


def result_of(prepared: Plan, found: Cohort) -> Result:
    """What a cohort found, as a result."""
    scenario, model = prepared.scenario, prepared.model
    used = records_of(prepared)
    return Result(
        scenario=scenario,
        model_version=speciosa.__version__,
        model_hash=model.hash,
        variants=model.variants,
        method=in_use(model.method),
        seed=scenario.run.seed,
        people=scenario.run.people,
        replicates=scenario.run.replicates,
        failed=found.failed,
        times=prepared.look.times[prepared.look.series],
        doses=prepared.schedule.times,
        units={name: model.unit_of(name) for name in found.values},
        values=found.values,
        measures=tuple(found.nominal),
        rows=tuple(_told(rows_of(found.names, found.spread), scenario.run.replicates)),
        courses=found.courses,
        courses_error=found.error,
        evidence=used,
        warnings=(*cautions(prepared, used, found), *_counted(found)),
        assumptions=(*scenario.defaulted(), *assumed(used)),
        stops=stops_of(found),
        shares=tuple(shares_of(found, scenario.run.seed, scenario.run.replicates)),
    )


def _told(rows: Iterable[Mapping[str, Any]], draws: int) -> Iterator[Mapping[str, Any]]:
    """Rows less those that would show what is known only within wide bounds without its bounds."""
    for row in rows:
        bounded = row["kind"] != "variability" and draws >= FEWEST
        if bounded or row["output"] not in ONLY_WITH_BOUNDS:
            yield row


def _counted(found: Cohort) -> Iterator[str]:
    """What to know of percentiles that are not exact."""
    for what, error in (("over time", found.error), ("of all replicates", found.spread_error)):
        if error:
            yield (
                f"Percentiles {what} are of so many numbers that they are counted in narrow "
                f"ranges: each is right to within {100 * error:g} % of itself."
            )


def _of_data(
    scenario: Scenario,
    data: Data,
    outputs: Sequence[str],
    between: Between,
    progress: Progress | None,
) -> Result:
    """The result of a data file: no measures, a prediction for each observation."""
    scenario = scenario.replace(**{"run.people": len(data.ids), "output": None})
    run = scenario.run
    prepared = without_doses(plan(scenario, variants_of(run.variants), outputs))
    found = predict(
        prepared,
        data,
        outputs_of(outputs, prepared),
        between=between,
        replicates=run.replicates,
        seed=run.seed,
        progress=progress,
    )
    if all(np.isnan(central).all() for central in found.central.values()):
        raise SolverError("nobody could be simulated: " + " ".join(found.advice))
    used = _used_by(prepared, found)
    return Result(
        scenario=scenario,
        model_version=speciosa.__version__,
        model_hash=prepared.model.hash,
        variants=prepared.model.variants,
        method=in_use(prepared.model.method),
        seed=run.seed,
        people=len(data.ids),
        replicates=run.replicates,
        failed=found.failed,
        times=found.times,
        doses=(),
        units=found.units,
        values=found.values,
        measures=(),
        rows=(),
        courses={},
        courses_error=0.0,
        evidence=used,
        warnings=(*cautions(prepared, used, found, found.drugs), *found.remarks(prepared)),
        assumptions=(*_asked_of_people(scenario), *assumed(used)),
        data=found,
        stops=stops_of(found),
    )


def _asked_of_people(scenario: Scenario) -> Iterator[str]:
    """Defaults that count beside a data file: of who takes it and of what."""
    for line in scenario.defaulted():
        if not line.startswith(("output.", "regimen.", "with[")):
            yield line


def records_of(prepared: Plan) -> tuple[Record, ...]:
    """Every record of a run, each once: of the model, of differences, of doses and of people."""
    held = list(prepared.model.records)
    held += variabilities(prepared.model).values()
    return _once([*held, *find([*prepared.dosing_records, *prepared.trait_records]).values()])


def _used_by(prepared: Plan, found: Prediction) -> tuple[Record, ...]:
    """The same beside a data file: less what its covariates say, for everybody, themselves."""
    names = prepared.model.problem.parameters
    said = {names[index] for index in found.given.everybody()}
    spreads = variabilities(prepared.model)
    open_ = [p for p in prepared.model.flat.parameters if p.name not in said]
    by_name = dict(zip(names, prepared.model.records, strict=False))
    held = [by_name[p.name] for p in open_]
    held += [spreads[p.name] for p in open_ if p.name in spreads]
    traits = {
        "person.weight": "people/weight/",
        "person.pain": "people/pain/",
        "person.activity.CYP2D6": "people/cyp2d6/",
    }
    unasked = tuple(start for trait, start in traits.items() if trait in said)
    ids = [name for name in prepared.trait_records if not name.startswith(unasked)]
    ids += [f"substance/molar_mass/{drug}" for drug in found.drugs]
    return _once([*held, *find(ids).values()])


def _once(held: Iterable[Record]) -> tuple[Record, ...]:
    return tuple({record.id: record for record in held}.values())


def assumed(used: Sequence[Record]) -> Iterator[str]:
    """What nobody measured of these, with the reason for each."""
    for record in used:
        if record.status == "assumed":
            yield f"{record.id} = {record.value:g} {record.unit_text}: {record.because}"
