"""Slips that a form can ask about beside the field: pounds for kilograms, grams for milligrams.

Those of the product and its dose are findings too (`questions`). What is asked here of a weight or
of another medicine is asked of nobody who may be heavy or may need much: it is a question about
what was typed, and nothing is refused.

Assumed: adults weigh as a survey has it (`people/weight/...`), and a dose many times beyond or
below what labels give (`comedication/usual/dose/...`) has another unit than it was meant to have.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from speciosa.evidence import find, records
from speciosa.product.pieces import PIECES, SPOONS
from speciosa.safety.amounts import Amounts, number, span
from speciosa.safety.case import Case
from speciosa.safety.questions import questioned
from speciosa.trial.quantities import Amount, as_text
from speciosa.trial.tables import Medicine, Person
from speciosa.units import convert, unit

__all__ = ["Slip", "slips"]

_RARE = 2.33
"""Standard deviations of the logarithm beyond which one of a hundred adults is."""
_MANY = 30.0
"""Times the usual dose: about half the way, in factors, to the thousand that lies between units."""

_SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Slip:
    """A question about one entry: its key, and what is asked in plain words."""

    key: str
    asks: str


def slips(case: Case) -> tuple[Slip, ...]:
    """What was entered and may not be meant so, a question each."""
    return tuple(_slips(case))


def _slips(case: Case) -> Iterator[Slip]:
    yield from _weight(case)
    for key, finding in questioned(case):
        plain = finding.plain.replace(f"{key} = ", "")
        yield Slip(key, f"{finding.title.removesuffix('?')}? {plain}")
    yield from _spoons(case)
    for place, medicine in enumerate(case.scenario.medicines):
        yield from _medicine(f"with[{place}].dose", medicine)


def _spoons(case: Case) -> Iterator[Slip]:
    """Spoons of a product that comes in capsules."""
    scenario = case.scenario
    if scenario.product.kind != "capsule" or scenario.regimen.dose.unit not in SPOONS:
        return
    one = Amounts(scenario).weight(Amount(1.0, PIECES["capsule"]))
    held = f" One capsule holds {span(one)}." if one else ""
    yield Slip(
        "regimen.dose",
        f"Is a number of capsules meant? This is read as loose powder from a spoon.{held}",
    )


def _weight(case: Case) -> Iterator[Slip]:
    """A weight that few have in kilograms and many in pounds."""
    who = case.scenario.who
    one = isinstance(who, Person)
    given = who.weight if one else who.weight.median if who.weight else None
    if given is None:
        return
    in_pounds = convert(given, unit("lb"), unit("kg"))
    if _rarity(given) < _RARE or _rarity(in_pounds) < -_RARE or _rarity(in_pounds) > _RARE:
        return
    key = "person.weight" if one else "people.weight.median"
    yield Slip(
        key,
        f"Is this in pounds? Few people weigh {as_text(round(given))} kg, and "
        f"{as_text(round(given))} lb is {as_text(round(in_pounds))} kg.",
    )


def _rarity(kg: float) -> float:
    """How far a weight is from the middle one, in standard deviations, in the nearer sex."""
    ids = [f"people/weight/{sex}" for sex in _SEXES]
    held = find([*ids, "people/weight/sd_log"])
    spread = held["people/weight/sd_log"].value
    away = [math.log(kg / held[one].value) / spread for one in ids]
    return min(away, key=abs)


def _medicine(key: str, medicine: Medicine) -> Iterator[Slip]:
    """A dose that is far from what labels give."""
    identity = f"comedication/usual/dose/{medicine.drug}"
    if medicine.dose is None or medicine.dose.unit != "mg" or medicine.dose.value <= 0.0:
        return
    record = records("comedication").get(identity)
    if record is None:
        return
    usual = convert(record.value, record.unit, unit("mg"))
    given = medicine.dose.value
    if usual / _MANY < given < usual * _MANY:
        return
    yield Slip(
        key,
        f"Is the unit right? This is {number(given)} mg at once; a usual dose on a label is about "
        f"{number(usual)} mg.",
    )
