"""Drugs that add to an opioid's danger, and the outputs that would make such company look safer.

A weak opioid that takes the place of a strong one lowers what the strong one does to breath and
wakefulness. Outputs that hold this competition are not to be read in dangerous company:
`breathing.risk` and `arousal.risk`, which credit none of it, stand for them.

A dangerous drug may have no effect in the model, no dose, or no kinetics by its route. A simulation
then shows none of its danger, and no output about breath or wakefulness is to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from speciosa.evidence import records
from speciosa.product.medicines import medicines
from speciosa.trial.arms import dose_form

__all__ = ["NOT_IN_COMPANY", "RISKS", "dangerous", "uncounted", "unfelt", "withheld"]

_DANGEROUS = frozenset(
    {
        "opioid agonist",
        "opioid partial agonist",
        "sedative",
        "benzodiazepine",
        "gabapentinoid",
    }
)
"""Classes of medicines that slow breathing or wakefulness, and add to an opioid's effect."""

NOT_IN_COMPANY = (
    "breathing.drive",
    "breathing.co2",
    "breathing.depression",
    "arousal.sedation",
    "arousal.level",
)
"""Outputs in which a weak opioid is credited with the place that it takes from a strong one."""

RISKS = ("breathing.risk", "arousal.risk")
"""Outputs that stand for them, each drug by itself."""


def dangerous(drugs: Iterable[str]) -> list[str]:
    """Those of the drugs that slow breathing or wakefulness."""
    known = medicines()
    return [one for one in drugs if one in known and _DANGEROUS & set(known[one].classes)]


def unfelt(drugs: Iterable[str]) -> list[str]:
    """Dangerous drugs of which the model has no effect on breath and wakefulness."""
    effects = {*records("opioid"), *records("arousal")}
    return [
        drug
        for drug in dangerous(drugs)
        if not {f"opioid/mu/Ki/{drug}", f"arousal/gaba/EC50/{drug}"} & effects
    ]


def uncounted(company: Iterable[Mapping[str, Any]]) -> list[str]:
    """Dangerous drugs of a company, as a scenario has it, whose danger no simulation shows."""
    taken = list(company)
    silent = {*unfelt(one["drug"] for one in taken)}
    return list(
        dict.fromkeys(
            one["drug"]
            for one in taken
            if dangerous([one["drug"]])
            and (one["drug"] in silent or not one.get("dose") or not _enters(one))
        )
    )


def _enters(one: Mapping[str, Any]) -> bool:
    return dose_form(one["drug"], one.get("route") or "oral") is not None


def withheld(scenario: Mapping[str, Any]) -> tuple[str, ...]:
    """Outputs that are not shown of a scenario, given as a result has it, for its company."""
    company: Sequence[Mapping[str, Any]] = scenario.get("with") or ()
    if uncounted(company):
        return (*NOT_IN_COMPANY, *RISKS)
    return NOT_IN_COMPANY if dangerous(one["drug"] for one in company) else ()
