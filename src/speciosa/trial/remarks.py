"""What the reader of a result should know about its scenario.

`defaulted` lists what was not said and so taken as usual; `remarks` lists what was said and has no
effect on a simulation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from speciosa.product.alkaloids import MODELLED
from speciosa.product.pieces import SPOONS
from speciosa.trial.checks import contents, last_dose
from speciosa.trial.defaults import DEFAULTS
from speciosa.trial.quantities import listed, time_text
from speciosa.trial.tables import Table, Tables

__all__ = ["defaulted", "remarks"]


def defaulted(scenario: Tables, filled: dict[str, Any]) -> Iterator[str]:
    """A line for each key of `filled` with a default that was not set: key, value, reason."""
    word = "people" if scenario.people else "person"
    yield from _unset(word, scenario.who, filled[word])
    if scenario.who.experience:
        habit = filled[word]["experience"]
        yield from _unset(f"{word}.experience", scenario.who.experience, habit)
    yield from _unset("regimen", scenario.regimen, filled["regimen"])
    for i, medicine in enumerate(scenario.medicines):
        yield from _unset(f"with[{i}]", medicine, filled["with"][i])
    yield from _unset("output", scenario.output, filled["output"])
    yield from _unset("run", scenario.run, filled["run"])


def remarks(scenario: Tables) -> tuple[str, ...]:
    """A sentence for each thing that was said and changes nothing."""
    return tuple(_remarks(scenario))


def _unset(word: str, table: Table, filled: dict[str, Any]) -> Iterator[str]:
    section = word.rpartition(".")[2].partition("[")[0]
    for name, field in type(table).model_fields.items():
        key = field.alias or name
        known = DEFAULTS.get(f"{section}.{key}") or DEFAULTS.get(f"person.{key}")
        if name not in table.model_fields_set and key in filled and known:
            yield f"{word}.{key} = {filled[key]}: {known.doc}"


def _remarks(scenario: Tables) -> Iterator[str]:
    word = "people" if scenario.people else "person"
    who = scenario.who
    if who.conditions:
        named = listed(who.conditions)
        yield f"{word}.conditions ({named}) are kept and shown; the model does not use them yet"
    if who.jurisdiction:
        yield f"{word}.jurisdiction ({who.jurisdiction}) is kept; a simulation does not use it"
    if scenario.product.strain:
        strain = scenario.product.strain
        yield f"product.strain ({strain}) changes nothing: such names do not tell what is inside"
    last_time, until = last_dose(scenario.regimen), scenario.output.until
    if until is not None and last_time >= until:
        yield (
            f"output.until ends before the regimen does; doses after {time_text(until)} are left "
            f"out (the last would be at {time_text(last_time)})"
        )
    dose = scenario.regimen.dose.unit
    if dose in SPOONS and scenario.product.kind not in ("leaf", "tea"):
        yield f"a {dose} of {scenario.product.kind} is taken to weigh what one of leaf powder does"
    silent = [name for name in contents(scenario.product) if name not in MODELLED]
    if silent:
        yield f"{listed(silent)}: nothing is known that could be simulated, so left out"
    for medicine in scenario.medicines:
        if medicine.dose is None:
            yield f"{medicine.drug} has no dose here, so it is not simulated"
