"""Slips that a form asks about: each has its key, and what people have is not asked about."""

from __future__ import annotations

from typing import Any

import pytest
from tests.advice import told
from tests.reading import grade

from speciosa.safety.case import Case
from speciosa.safety.slips import Slip, slips

LEAF = {"product": {"kind": "leaf"}, "regimen": {"dose": "3 g"}}


def asked(**tables: Any) -> tuple[Slip, ...]:
    return slips(Case.of({**LEAF, **tables}))


@pytest.mark.parametrize("weight", ["160 kg", "180 kg", "250 kg"])
def test_a_weight_that_may_be_pounds_is_asked_about(weight: str) -> None:
    (one,) = asked(person={"weight": weight})
    assert one.key == "person.weight"
    assert one.asks.startswith("Is this in pounds?")
    (many,) = asked(people={"weight": {"median": weight, "cv": 0.2}})
    assert many.key == "people.weight.median"


def test_spoons_of_what_comes_in_capsules_are_asked_about() -> None:
    spoons = {"regimen": {"dose": "1 tsp"}}
    (one,) = asked(product={"kind": "capsule"}, **spoons)
    assert one.key == "regimen.dose"
    assert one.asks.endswith("One capsule holds about 0.55 g (0.51 to 0.59).")
    assert grade(one.asks) <= 8
    assert not told(one.asks)
    assert asked(product={"kind": "leaf"}, **spoons) == ()
    assert asked(product={"kind": "capsule"}, regimen={"dose": "4 capsules"}) == ()


@pytest.mark.parametrize("weight", ["45 kg", "70 kg", "120 kg", "154 lb", "320 lb"])
def test_a_weight_that_people_have_is_not(weight: str) -> None:
    assert asked(person={"weight": weight}) == ()
    assert asked(people={}) == ()


@pytest.mark.parametrize(
    ("drug", "dose", "questions"),
    [
        ("alprazolam", "1 g", 1),
        ("alprazolam", "1 ug", 1),
        ("alprazolam", "1 mg", 0),
        ("metoprolol", "100 g", 1),
        ("metoprolol", "100 mg", 0),
        ("alcohol", "0 mg", 0),
        ("caffeine", "80 mg", 0),
    ],
)
def test_the_unit_of_a_medicine(drug: str, dose: str, questions: int) -> None:
    found = asked(**{"with": [{"drug": "ketoconazole"}, {"drug": drug, "dose": dose}]})
    assert [one.key for one in found] == ["with[1].dose"] * questions


def test_questions_of_a_check_come_with_their_key_and_without_it_in_the_text() -> None:
    (one,) = asked(regimen={"dose": "37 g"})
    assert one.key == "regimen.dose"
    assert "'37 g' weighs about 37 g" in one.asks
    assert "regimen.dose" not in one.asks
    assert one.asks.startswith("Is this amount a slip? ")


def test_what_is_asked_is_easy_to_read_and_tells_nobody_what_to_take() -> None:
    found = asked(person={"weight": "180 kg"}, **{"with": [{"drug": "alprazolam", "dose": "1 g"}]})
    for one in found:
        assert grade(one.asks) <= 8
        assert told(one.asks) == []
