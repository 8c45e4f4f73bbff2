"""Where a dose can enter, by the name and by the number that a data file may write.

Each drug has two places, the gut and the blood. Numbers run by drug, so that 1 and 2 are gut and
blood of mitragynine, as depot and central of a usual control stream, and a drug that is added at
the end of `DRUGS` changes no number of those before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from speciosa.near import nearest
from speciosa.product.alkaloids import alkaloid
from speciosa.product.medicines import medicine

__all__ = ["COMPARTMENTS", "DRUGS", "Compartment", "find_compartment", "suggestion"]

DRUGS = (
    "mitragynine",
    "hydroxymitragynine",
    "speciociliatine",
    "speciogynine",
    "paynantheine",
    "mitraciliatine",
    "isopaynantheine",
    "morphine",
    "buprenorphine",
    "naloxone",
    "oxycodone",
    "tramadol",
    "fentanyl",
    "alcohol",
    "midazolam",
    "caffeine",
    "ketoconazole",
    "itraconazole",
    "voriconazole",
    "fluconazole",
    "clarithromycin",
    "erythromycin",
    "diltiazem",
    "verapamil",
    "ritonavir",
    "cobicistat",
    "rifampicin",
    "carbamazepine",
    "phenytoin",
    "efavirenz",
    "cimetidine",
    "triazolam",
    "alprazolam",
    "simvastatin",
    "alfentanil",
    "felodipine",
    "nifedipine",
    "buspirone",
    "quetiapine",
    "zolpidem",
    "quinidine",
    "paroxetine",
    "fluoxetine",
    "bupropion",
    "duloxetine",
    "diphenhydramine",
    "fluvoxamine",
    "hydrocodone",
    "codeine",
    "methadone",
    "naltrexone",
    "gabapentin",
    "pregabalin",
    "venlafaxine",
    "desvenlafaxine",
    "nortriptyline",
    "desipramine",
    "dextromethorphan",
    "risperidone",
    "metoprolol",
    "atomoxetine",
    "digoxin",
    "dabigatran",
    "warfarin",
    "omeprazole",
    "nalmefene",
    "clonidine",
    "lofexidine",
    "lithium",
)
"""Drugs that the evidence can follow; the order is that of the numbers and only ever grows."""

_PLACES = {
    "absorption.gut": "swallowed; other routes but a vein enter here too",
    "distribution.central": "into a vein",
}


@dataclass(frozen=True, slots=True)
class Compartment:
    """A place for doses: its number from 1, the name of its state, whose it is and what it is."""

    number: int
    name: str
    drug: str
    doc: str


COMPARTMENTS = tuple(
    Compartment(1 + len(_PLACES) * i + j, f"{place}.{drug}", drug, doc)
    for i, drug in enumerate(DRUGS)
    for j, (place, doc) in enumerate(_PLACES.items())
)
"""All of them, by number."""


def find_compartment(text: str) -> Compartment | None:
    """The compartment of a number, a name, or the end of a name that fits only one.

    A drug alone means its gut; names may be written in any case. None if nothing fits.
    """
    try:
        number = float(text)
    except ValueError:
        return _named(text)
    return next((one for one in COMPARTMENTS if one.number == number), None)


def suggestion(text: str) -> str:
    """What would have been right, with the nearest name if there is one."""
    ends = [one.name.split(".", 1)[1] for one in COMPARTMENTS]
    near = nearest(text, [*(one.name for one in COMPARTMENTS), *ends, *DRUGS])
    hint = f"; did you mean {near!r}?" if near else ""
    example = COMPARTMENTS[0].name
    return (
        f"a number from 1 to {len(COMPARTMENTS)} that `speciosa show absorption` prints, or a name "
        f"such as {example!r}{hint}"
    )


def _named(text: str) -> Compartment | None:
    wanted = text.casefold()
    fits = [one for one in COMPARTMENTS if f".{one.name}".casefold().endswith(f".{wanted}")]
    if len(fits) == 1:
        return fits[0]
    known = medicine(text)
    drug = alkaloid(text) or (known.name if known else None)
    return next((one for one in COMPARTMENTS if one.drug == drug), None)
