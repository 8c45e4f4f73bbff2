from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding, ordered
from speciosa.safety.persons import fact_of, person_findings
from speciosa.trial.words import CONDITIONS

TODAY = date(2026, 11, 25)


def said(**tables: Any) -> dict[str, Finding]:
    given: dict[str, Any] = {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}, **tables}
    found = ordered(person_findings(Case.of(given), TODAY))
    return {one.id.removeprefix("person/"): one for one in found}


def person(**keys: Any) -> dict[str, Finding]:
    return said(person=keys)


def test_of_a_healthy_adult_who_takes_it_once_nothing_is_said() -> None:
    assert not person()


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_is_answered_with_signs_sources_and_a_day(condition: str) -> None:
    (found,) = person(conditions=[condition]).values()
    assert found.id == f"person/{fact_of(condition)}"
    assert found.watch
    assert found.sources
    assert found.as_of <= TODAY


def test_pregnancy_tells_of_the_newborn_and_of_not_stopping_alone() -> None:
    found = person(conditions=["pregnancy"])["pregnancy"]
    assert found.severity == "danger"
    assert "Stopping all at once alone can harm" in found.plain
    assert [sign for sign in found.watch if sign.startswith("in the newborn")]
    assert "all at once" not in " ".join(found.watch)


def test_breast_feeding_says_that_nobody_measured_milk() -> None:
    found = person(conditions=["breastfeeding"])["breastfeeding"]
    assert "Nobody has measured" in found.plain
    assert found.certainty == "very low"


@pytest.mark.parametrize(
    ("age", "told"),
    [(9, {"under-16"}), (16, {"under-18"}), (17.9, {"under-18"}), (18, set()), (65, {"age-65"})],
)
def test_age_speaks_at_both_ends(age: float, told: set[str]) -> None:
    assert set(person(age=age)) == told


def test_of_many_people_the_youngest_and_the_oldest_count() -> None:
    found = said(people={"age": {"low": "17 y", "high": "80 y"}})
    assert set(found) == {"under-18", "age-65"}
    assert not said(people={})  # 18 to 65 y, by default


def test_an_older_person_with_several_medicines_is_warned_of_the_sum() -> None:
    company = [{"drug": "metoprolol"}, {"drug": "a pill from a friend"}]
    found = said(person={"age": 70}, **{"with": company})
    assert found["older-several-medicines"].severity == "warning"
    assert "older-several-medicines" not in said(person={"age": 40}, **{"with": company})


@pytest.mark.parametrize("drug", ["methadone", "buprenorphine", "naltrexone"])
def test_a_treatment_is_not_to_be_stopped_for_kratom(drug: str) -> None:
    found = said(**{"with": [{"drug": drug}]})["opioid-treatment"]
    assert "should not be stopped" in found.plain


def test_low_cyp2d6_is_the_least_of_it_and_the_least_sure() -> None:
    found = person(cyp2d6="poor")["low-cyp2d6"]
    assert (found.severity, found.certainty) == ("note", "very low")
    assert "low-cyp2d6" in said(people={"cyp2d6": {"poor": 0.07, "normal": 0.93}})
    assert not person(cyp2d6="intermediate")


def test_little_felt_is_no_proof_of_being_fit_to_drive() -> None:
    found = person(conditions=["driving"])["driving"]
    assert "Feeling fine is no proof" in found.plain


def test_the_gravest_of_a_person_comes_first() -> None:
    found = person(conditions=["diabetes", "falls", "epilepsy", "pregnancy"])
    assert [*found] == ["pregnancy", "epilepsy", "falls", "diabetes"]


def test_every_fact_of_a_person_is_reached_by_a_rule() -> None:
    by_rule = {
        "under-16", "under-18", "age-65", "older-several-medicines", "opioid-treatment",
        "low-cyp2d6", "nothing-special",
    }  # fmt: skip
    told = {key.removeprefix("person/") for key in facts("person")}
    assert told == by_rule | {fact_of(condition) for condition in CONDITIONS}
