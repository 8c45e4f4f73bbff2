from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from speciosa.product.medicines import Medicine, medicine, medicines
from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import SEVERITIES, Finding, ordered
from speciosa.safety.stacking import GROUPS, WORDS, mechanisms, slug, stacking_findings

TODAY = date(2026, 11, 25)
CLASSES = sorted({word for one in medicines().values() for word in one.classes} - GROUPS)
AWAITED = {
    "lithium",
    "loperamide",
    "medetomidine",
    "methylene-blue",
    "methylnaltrexone",
    "nitazenes",
    "xylazine",
}
"""Substances that have words of their own and are no medicine of the list yet."""


def told(*drugs: str, conditions: tuple[str, ...] = ()) -> list[Finding]:
    tables: dict[str, Any] = {
        "person": {"conditions": list(conditions)},
        "product": {"kind": "tea"},
        "regimen": {"dose": "2 g"},
        "with": [{"drug": drug} for drug in drugs],
    }
    return list(ordered(stacking_findings(Case.of(tables), TODAY)))


def ids(*drugs: str, conditions: tuple[str, ...] = ()) -> list[str]:
    found = told(*drugs, conditions=conditions)
    return [one.id.removeprefix("interaction/") for one in found]


def about(drug: str) -> Finding:
    (found,) = told(drug)
    return found


def fact_of(word: str) -> Finding:
    return facts("interaction")[f"interaction/class/{WORDS.get(word, slug(word))}"]


def test_kratom_alone_has_no_interaction() -> None:
    assert told() == []


@pytest.mark.parametrize("drug", medicines().values(), ids=lambda drug: drug.name)
def test_every_medicine_has_a_finding_with_reason_sources_and_a_day(drug: Medicine) -> None:
    found = about(drug.name)
    assert found.id == f"interaction/{slug(drug.name)}"
    assert drug.name.casefold() in (found.title + found.plain).casefold()
    assert "{" not in found.title + found.plain
    assert found.sources
    assert found.as_of <= TODAY
    assert found.estimates == ()
    for mechanism in mechanisms(drug.name):
        assert mechanism in found.why


@pytest.mark.parametrize("word", CLASSES)
def test_every_class_is_said_to_mean_something_or_to_mean_nothing(word: str) -> None:
    assert fact_of(word).plain


def test_words_of_its_own_are_of_a_medicine_that_can_be_named() -> None:
    own = {key.removeprefix("interaction/") for key in facts("interaction-drug")}
    assert own - {slug(name) for name in medicines()} <= AWAITED


def test_words_of_its_own_make_a_medicine_milder_only_knowingly() -> None:
    milder = set[str]()
    for name, drug in medicines().items():
        own = facts("interaction-drug").get(f"interaction/{slug(name)}")
        of_class = [fact_of(word) for word in drug.classes if word not in GROUPS]
        if own and any(
            SEVERITIES.index(one.severity) < SEVERITIES.index(own.severity) for one in of_class
        ):
            milder.add(name)
    # An antidote, two that stay in the gut, and a plant that hardly slows breathing.
    assert milder <= {"naloxone", "methylnaltrexone", "loperamide", "cannabis"}


def test_alprazolam_and_alcohol_come_together_before_each_alone() -> None:
    assert ids("alprazolam", "alcohol") == ["stacked-sedatives", "alprazolam", "alcohol"]
    first, *rest = told("alprazolam", "alcohol")
    assert {one.severity for one in (first, *rest)} == {"danger"}
    assert "alprazolam and alcohol" in first.plain


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("oxycodone", "diazepam", "stacked-sedatives"),
        ("gabapentin", "alcohol", "stacked-sedatives"),
        ("sertraline", "tramadol", "stacked-serotonergic"),
        ("phenelzine", "paroxetine", "stacked-maoi"),
        ("citalopram", "ondansetron", "stacked-qt"),
        ("bupropion", "tramadol", "stacked-seizure"),
        ("paracetamol", "alcohol", "stacked-liver"),
        ("cocaine", "caffeine", "stacked-blood-pressure"),
    ],
)
def test_two_that_do_the_same_harm_are_told_together(one: str, other: str, finding: str) -> None:
    assert finding in ids(one, other)
    assert finding not in ids(one)
    assert finding not in ids(other)


@pytest.mark.parametrize(
    ("drug", "condition", "finding"),
    [
        ("citalopram", "long qt", "stacked-qt"),
        ("methadone", "heart disease", "stacked-qt"),
        ("bupropion", "epilepsy", "stacked-seizure"),
        ("tramadol", "alcohol use disorder", "stacked-seizure"),
        ("paracetamol", "liver disease", "stacked-liver"),
        ("gabapentin", "copd", "breathing-condition"),
        ("oxycodone", "sleep apnoea", "breathing-condition"),
        ("cocaine", "high blood pressure", "stacked-blood-pressure"),
    ],
)
def test_one_and_a_condition_do_as_well(drug: str, condition: str, finding: str) -> None:
    assert finding in ids(drug, conditions=(condition,))
    assert finding not in ids(drug)
    assert finding not in ids("metoprolol", conditions=(condition,))


def test_an_maoi_with_another_is_told_once_and_as_the_graver() -> None:
    found = ids("phenelzine", "paroxetine")
    assert "stacked-maoi" in found
    assert "stacked-serotonergic" not in found


@pytest.mark.parametrize("drug", ["ketoconazole", "clarithromycin", "ritonavir", "verapamil"])
def test_a_block_of_cyp3a_has_no_sign_that_anybody_knows(drug: str) -> None:
    found = about(drug)
    assert "nobody can say if kratom will act more or less" in found.plain
    assert "In rats it acted more. In mice it acted less." in found.plain
    assert "sign of the net opioid effect in people is unknown" in found.why
    assert "each alkaloid is told apart" in found.why


@pytest.mark.parametrize(
    ("drug", "severity"),
    [
        ("fentanyl", "danger"),
        ("methadone", "danger"),
        ("quetiapine", "danger"),
        ("naltrexone", "danger"),
        ("phenelzine", "danger"),
        ("7-oh product", "danger"),
        ("paroxetine", "warning"),
        ("ketoconazole", "warning"),
        ("venlafaxine", "warning"),
        ("grapefruit juice", "caution"),
        ("warfarin", "caution"),
        ("metoprolol", "note"),
        ("naloxone", "caution"),
    ],
)
def test_severity_is_what_it_can_do_and_not_how_well_it_is_known(drug: str, severity: str) -> None:
    assert about(drug).severity == severity


def test_the_one_measured_pair_tells_what_was_measured() -> None:
    assert "about 4 in 10" in about("midazolam").plain
    assert "1.39 (90 % CI 1.23 to 1.57)" in about("midazolam").why
    assert "did not raise the level" in about("metoprolol").plain


def test_of_quetiapine_the_death_is_told_and_that_the_cause_is_not_proven() -> None:
    found = about("quetiapine")
    assert "found dead" in found.plain
    assert "not proven" in found.why
    assert found.certainty == "very low"


def test_a_medicine_of_two_dangers_tells_both() -> None:
    found = about("citalopram")
    assert "serotonin" in found.plain
    assert "dangerous heart rhythm" in found.plain
    assert {"brooks-2023", "leong-2021-review"} <= set(found.sources)
    assert {"fainting"} & {sign.split(",")[0] for sign in found.watch}


def test_treatment_is_not_to_be_stopped() -> None:
    for drug in ("methadone", "buprenorphine"):
        assert "stop" in about(drug).plain
        assert "saves lives" in about(drug).plain or "save lives" in about(drug).plain


def test_an_unknown_name_is_said_to_be_unknown_with_names_that_look_alike() -> None:
    (found,) = told("alprazolan")
    assert found.id == "interaction/unknown-alprazolan"
    assert found.severity == "warning"
    assert "That does not mean that it is safe" in found.plain
    assert "look alike here: alprazolam" in found.plain


def test_an_unknown_name_is_never_taken_for_another() -> None:
    (found,) = told("qqqqqq zzzz")
    assert "look alike" not in found.plain
    assert mechanisms("qqqqqq zzzz") == ()


@pytest.mark.parametrize("name", ["***", "  x  \n y ", "n" * 5000, "{drug}"])
def test_a_strange_name_is_shown_in_one_short_line(name: str) -> None:
    (found,) = told(name)
    assert len(found.title) < 100
    assert "\n" not in found.title + found.plain
    assert len(found.id) < 100


def test_other_findings_hold_beside_an_unknown_name() -> None:
    assert ids("diazepam", "alcohol", "moon dust")[:3] == [
        "stacked-sedatives",
        "diazepam",
        "alcohol",
    ]


def test_a_medicine_named_twice_is_told_once() -> None:
    assert ids("acetaminophen", "tylenol") == ["paracetamol"]


def test_mechanisms_are_those_of_all_classes_by_any_name() -> None:
    assert mechanisms("XANAX not here") == ()
    drug = medicine("Tylenol")
    assert drug is not None
    assert mechanisms("Tylenol") == mechanisms(drug.name)
    assert len(mechanisms("amiodarone")) >= 4


@pytest.mark.parametrize(
    ("name", "word"),
    [("st john's wort", "st-johns-wort"), ("7-OH product", "7-oh-product"), ("***", "nameless")],
)
def test_a_name_becomes_the_last_word_of_an_id(name: str, word: str) -> None:
    assert slug(name) == word
