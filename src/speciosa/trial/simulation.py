"""From a scenario to a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import speciosa
from speciosa.errors import InputError, SolverError
from speciosa.evidence import Record, find
from speciosa.model import VARIANTS
from speciosa.trial.cautions import cautions
from speciosa.trial.cohort import Cohort, cohort
from speciosa.trial.courses import middle
from speciosa.trial.measures import Measure
from speciosa.trial.parameters import variabilities
from speciosa.trial.plan import Plan, plan
from speciosa.trial.result import Result, rows_of
from speciosa.trial.scenario import Scenario

__all__ = ["evidence", "simulate"]

Progress = Callable[[int, int], None]


def simulate(
    scenario: Scenario,
    people: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    variants: Sequence[str] = (),
    series: bool = False,
    outputs: Sequence[str] = (),
    progress: Progress | None = None,
) -> Result:
    """Simulate a scenario.

    Args:
        scenario: who takes what, when.
        people: how many people, in place of `[run] people`.
        replicates: how many draws of what we do not know, in place of `[run] replicates`.
        seed: the seed of all chance, in place of `[run] seed`.
        variants: names of alternatives of the model, or `all`; in place of `[run] variants`.
        series: whether to keep percentiles over time.
        outputs: names of outputs to keep; all but the unbound concentrations (`unbound.<drug>` in
            plasma and `brain.<drug>`, nmol/L) when none is named.
        progress: called with (people done, people) now and then.

    Raises:
        InputError: a variant or an output is unknown, or a number is out of range.
        SolverError: nobody could be simulated.
    """
    changes = {"people": people, "replicates": replicates, "seed": seed}
    given: dict[str, object] = {f"run.{k}": v for k, v in changes.items() if v is not None}
    if variants:
        given["run.variants"] = list(variants)
    if given:
        scenario = scenario.replace(**given)
    run = scenario.run
    prepared = plan(scenario, _named(run.variants))
    found = cohort(
        prepared,
        _outputs(outputs, prepared),
        people=run.people,
        replicates=run.replicates,
        seed=run.seed,
        series=series,
        progress=progress,
    )
    if not found.computed:
        raise SolverError("nobody could be simulated: " + " ".join(found.advice))
    return _result(prepared, found)


def evidence(scenario: Scenario) -> tuple[str, ...]:
    """Ids of every record that a run of the scenario rests on."""
    prepared = plan(scenario, _named(scenario.run.variants))
    return tuple(record.id for record in _used(prepared))


def _named(variants: Sequence[str]) -> tuple[str, ...]:
    """Variants by name; `all` stands for every one. Raises InputError."""
    names = tuple(VARIANTS) if "all" in variants else tuple(dict.fromkeys(variants))
    for name in names:
        if name not in VARIANTS:
            raise InputError("variants", name, f"all, or one of {', '.join(VARIANTS)}")
    replaced = [record for name in names for record in VARIANTS[name].instead]
    for record in replaced:
        if replaced.count(record) > 1:
            wanted = f"variants that go together; these replace {record} twice, so run each alone"
            raise InputError("variants", ", ".join(names), wanted)
    return names


def _outputs(asked: Sequence[str], prepared: Plan) -> list[str]:
    known = prepared.model.outputs
    for name in asked:
        if name not in known:
            raise InputError("outputs", name, f"one of {', '.join(known)}")
    return list(asked) or [n for n in known if not n.startswith(("unbound.", "brain."))]


def _result(prepared: Plan, found: Cohort) -> Result:
    scenario, model = prepared.scenario, prepared.model
    used = _used(prepared)
    return Result(
        scenario=scenario,
        model_version=speciosa.__version__,
        model_hash=model.hash,
        variants=model.variants,
        seed=scenario.run.seed,
        people=scenario.run.people,
        replicates=scenario.run.replicates,
        failed=found.failed,
        times=prepared.look.times[prepared.look.series],
        doses=prepared.schedule.times,
        units={name: model.unit_of(name) for name in found.values},
        values=found.values,
        measures=tuple(found.nominal),
        rows=tuple(_rows(found)),
        courses=found.courses,
        courses_error=found.error,
        evidence=used,
        warnings=(*cautions(prepared, used, found), *_counted(found)),
        assumptions=(*scenario.defaulted(), *_assumed(used)),
    )


def _counted(found: Cohort) -> Iterator[str]:
    """What to know of percentiles over time that are not exact."""
    if found.error:
        yield (
            "Percentiles over time are of so many curves that they are counted in narrow ranges: "
            f"each is right to within {100 * found.error:g} % of itself. Measures are exact."
        )


def _rows(found: Cohort) -> Iterator[Mapping[str, Any]]:
    """Measures by kind of spread: people, medians of replicates, people of all replicates."""
    kinds: dict[str, list[Measure]] = {"variability": found.nominal}
    if found.replicated:
        pairs = list(zip(found.nominal, found.replicated, strict=True))
        kinds["uncertainty"] = [_as(one, middle(all_of, axis=1)) for one, all_of in pairs]
        kinds["both"] = [_as(one, all_of.ravel()) for one, all_of in pairs]
    return iter(rows_of(kinds))


def _as(one: Measure, values: Any) -> Measure:
    return Measure(one.output, one.measure, one.window, one.unit, values)


def _used(prepared: Plan) -> tuple[Record, ...]:
    """Every record of a run, each once: of the model, of differences, of doses and of people."""
    held = list(prepared.model.records)
    held += variabilities(prepared.model).values()
    held += find(prepared.dosing_records).values()
    held += find(prepared.trait_records).values()
    return tuple({record.id: record for record in held}.values())


def _assumed(used: Sequence[Record]) -> Iterator[str]:
    for record in used:
        if record.status == "assumed":
            yield f"{record.id} = {record.value:g} {record.unit_text}: {record.because}"
