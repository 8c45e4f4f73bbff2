"""Nothing that the model is judged by stands behind one of its numbers.

A record may follow from a study in three ways: it cites it, it names it, or it follows from another
record that does. Where a study has a ratio that validates, no record of its drugs may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from speciosa.evidence import Observation, Record, observations, records, studies
from speciosa.product.medicines import medicines

SYSTEMS = {"absorption", "distribution", "metabolism", "elimination", "substance", "variability"}
"""Systems whose records the model binds to decide how much of a drug there is."""

COLLECTIONS = {"osp-ddi-table", "dmd-table-44840", "storelli-2019"}
"""Sources that list ratios of many studies; what follows from one of them is told by its pair."""

BEFORE = "of people before any other drug"
HARMLESS = {
    "variability/elimination/CL/alfentanil": f"saari-2006-alfentanil: {BEFORE}",
    "metabolism/Emax/rifampicin.P-gp": (
        "greiner-1999: how much P-gp biopsies of the gut hold, and not how much digoxin blood does"
    ),
    "metabolism/Emax/rifampicin.gut_P-gp": "greiner-1999: as in the liver",
}
"""Records that come from a study whose ratio validates, and why that does not flatter the model."""

NAMED_ONLY = {
    "metabolism/Ki/cimetidine.CYP3A4/osp-cimetidine": "a number that is kept beside the one bound",
}
"""Records that name another drug, but not because of an interaction of the two in people."""


@cache
def validating() -> tuple[Observation, ...]:
    return tuple(
        o
        for o in observations().values()
        if o.use == "validate" and o.measure.endswith("_ratio") and len(o.arms) == 2
    )


def pair(o: Observation) -> tuple[str, str]:
    """The victim and the drug that the second visit lacks; kratom where that is no medicine."""
    over, under = (studies()[o.study].arm(name) for name in o.arms)
    before = {m.drug for m in under.medicines}
    after = [m.drug for m in over.medicines if m.drug not in before]
    return o.output.rpartition(".")[2], (after or ["kratom"])[0]


def bound() -> list[Record]:
    """Records that a model may bind: all but those that only are kept."""
    return [r for r in records().values() if r.system in SYSTEMS]


def behind(record: Record) -> Iterator[Record]:
    """A record and all that it follows from by its `by` and its `data`."""
    held, seen, left = records(), set[str](), [record]
    while left:
        one = left.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        yield one
        named = re.findall(r"[a-z]\w+/[\w\-./]*[\w\-]", basis(one))
        left += [held[name] for name in named if name in held]


def basis(record: Record) -> str:
    """All that a record says of where its number is from, and not what it compares or passes by."""
    taken = record.by.partition("; not ")[0]
    return " ".join([record.source, record.where, taken, record.because, *record.data])


def drugs_of(record: Record) -> set[str]:
    return set(re.split(r"[/.]", record.id)) & {*medicines(), "mitragynine"}


def mentions(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def test_no_record_is_from_a_study_with_a_ratio_that_validates() -> None:
    found: set[str] = set()
    for o in validating():
        study = studies()[o.study]
        keys = {study.id, study.source, *study.also, o.source} - COLLECTIONS
        taken = {*pair(o)}
        for record in bound():
            if taken & drugs_of(record) and any(
                mentions(basis(one), key) for one in behind(record) for key in keys
            ):
                found.add(record.id)
    assert found == set(HARMLESS)


def test_no_record_is_from_a_pair_that_validates() -> None:
    judged = {pair(o) for o in validating()}
    found = {
        record.id
        for record in bound()
        for one in behind(record)
        for mine in drugs_of(record)
        for other in medicines()
        if ({(mine, other), (other, mine)} & judged) and mentions(basis(one), other)
    }
    assert found == set(NAMED_ONLY)


def test_no_pair_is_fitted_or_derived_from_in_one_study_and_validates_in_another() -> None:
    spent = {
        pair(o)
        for o in observations().values()
        if len(o.arms) == 2 and (o.use == "fit" or (o.use == "none" and "derived" in o.because))
    }
    assert {o.id for o in validating() if pair(o) in spent} == set()


@pytest.mark.parametrize("identity", [*HARMLESS, *NAMED_ONLY])
def test_exceptions_are_records(identity: str) -> None:
    assert identity in records()


def test_what_a_wall_takes_by_studies_with_grapefruit_is_not_judged_by_grapefruit() -> None:
    victims = {
        r.id.split("/")[2].split(".")[0]
        for r in bound()
        if r.id.startswith("metabolism/wall/") and "comedication/Fg/" in r.by
    }
    assert {"felodipine", "simvastatin", "buspirone", "nifedipine", "triazolam"} <= victims
    assert not {pair(o) for o in validating()} & {(v, "grapefruit juice") for v in victims}
