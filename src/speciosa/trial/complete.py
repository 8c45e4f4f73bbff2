"""Defaults that depend on the rest of a scenario, filled in so that a result can print them.

Filled in this way a key still counts as not set, so that a changed copy fills it in anew.
"""

from __future__ import annotations

from typing import TypeVar

from speciosa.trial.checks import dose_unit, last_dose
from speciosa.trial.defaults import AFTER_REGIMEN, AFTER_SINGLE_DOSE, default
from speciosa.trial.quantities import Amount
from speciosa.trial.tables import Medicine, Regimen, Table, Tables
from speciosa.units import convert, parse_quantity, unit

__all__ = ["complete", "lasting"]

AnyTable = TypeVar("AnyTable", bound=Table)
Plan = TypeVar("Plan", Regimen, Medicine)


def lasting(scenario: Tables) -> dict[str, object]:
    """The plans that repeat, each with its end; needed before anything is checked."""
    plans = tuple(_lasting(medicine) for medicine in scenario.medicines)
    return {"regimen": _lasting(scenario.regimen), "medicines": plans}


def complete(scenario: Tables) -> dict[str, object]:
    """The tables of a checked scenario that have more filled in, by the name of their field."""
    who, regimen = scenario.who, scenario.regimen
    if regimen.dose.value == 0:  # "0 g" before "2 capsules" is no capsules
        regimen = _filled(regimen, dose=Amount(0.0, dose_unit(scenario)))
    if who.experience and who.experience.dose is None:
        usual = _filled(who.experience, dose=regimen.dose)
        who = _filled(who, experience=usual)
    done: dict[str, object] = {"people" if scenario.people else "person": who, "regimen": regimen}
    if scenario.output.until is None:
        done["output"] = _filled(scenario.output, until=_until(scenario))
    return done


def _until(scenario: Tables) -> float:
    """How long to look when the scenario does not say, h."""
    regimen, medicines = scenario.regimen, scenario.medicines
    repeated = [last_dose(regimen) + regimen.every] if regimen.every else []
    repeated += [last_dose(m, m.at) + m.every for m in medicines if m.every]
    single = [0.0, *(m.at for m in medicines if m.dose and not m.every)]
    ends = [end + AFTER_REGIMEN for end in repeated]
    ends += [at + AFTER_SINGLE_DOSE for at in single if not repeated]
    return max([*ends, *(scenario.output.sampling or ())])


def _lasting(plan: Plan) -> Plan:
    """A plan that repeats, with its end."""
    if plan.every is None or plan.duration is not None:
        return plan
    week, given = parse_quantity(default("regimen.for"))
    return _filled(plan, duration=convert(week, given, unit("h")))


def _filled(table: AnyTable, **values: object) -> AnyTable:
    """A copy with more values, which still count as not set."""
    return type(table).model_construct(table.model_fields_set, **{**dict(table), **values})
