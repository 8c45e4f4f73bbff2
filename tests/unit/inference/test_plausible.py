"""Which facts a scenario left open, and the ends that each may have."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.evidence import find
from speciosa.inference.plausible import Open, plausible
from speciosa.trial import Scenario

TEA: dict[str, Any] = {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}}
STATED: dict[str, Any] = {
    "person.experience": "naive",
    "person.cyp2d6": "normal",
    "person.weight": "70 kg",
    "person.age": "40 y",
    "person.sex": "male",
    "person.conditions": ["copd"],
    "product.mitragynine": "14 mg/g",
    "product.profile.hydroxymitragynine": "< 0.1 mg/g",
}


def facts(scenario: Scenario) -> dict[str, Open]:
    return {one.key: one for one in plausible(scenario)}


@pytest.mark.parametrize("key", STATED)
def test_a_fact_is_asked_for_until_it_is_stated(key: str) -> None:
    scenario = Scenario.from_dict(TEA)
    assert key in facts(scenario)
    asked = facts(scenario.replace(**{key: STATED[key]}))
    assert list(asked) == [one for one in facts(scenario) if one != key]


def test_where_all_is_stated_nothing_is_asked() -> None:
    assert facts(Scenario.from_dict(TEA).replace(**STATED)) == {}


@pytest.mark.parametrize("word", ["person", "people"])
def test_each_end_states_its_fact_and_nothing_else(word: str) -> None:
    scenario = Scenario.from_dict({**TEA, word: {"jurisdiction": "US"}})
    for key, one in facts(scenario).items():
        assert key.startswith(("product.", f"{word}."))
        for end in one.ends:
            assert end.scenario.replace(**{key: None}).filled() == scenario.filled()
            assert key not in facts(end.scenario)
        assert one.ends[0].says != one.ends[1].says


def test_contents_are_ends_of_the_record_that_is_drawn_from() -> None:
    first, second = facts(Scenario.from_dict(TEA))["product.mitragynine"].ends
    spread = find(["product/mitragynine/tea"])["product/mitragynine/tea"].spread
    assert (first.says, second.says) == (f"{spread.p05:.3g} mg/g", f"{spread.p95:.3g} mg/g")


def test_what_is_in_proportion_follows_what_was_stated() -> None:
    poor, rich = (
        facts(Scenario.from_dict(TEA).replace(product__mitragynine=text))
        for text in ("5 mg/g", "50 mg/g")
    )
    key = "product.profile.hydroxymitragynine"
    for weak, strong in zip(poor[key].ends, rich[key].ends, strict=True):
        ratio = float(strong.says.split()[0]) / float(weak.says.split()[0])
        assert ratio == pytest.approx(10.0, rel=0.02)


def test_a_product_of_7_oh_is_asked_for_its_own_content_alone() -> None:
    asked = facts(Scenario(product={"kind": "7-oh"}, regimen={"dose": "1 g"}))
    assert [key for key in asked if key.startswith("product.")] == [
        "product.profile.hydroxymitragynine"
    ]


def test_a_certificate_is_not_asked_again() -> None:
    paper = {"mitragynine": "15 mg/g"}
    scenario = Scenario(
        product={"kind": "leaf", "certificate": {"results": paper}}, regimen={"dose": "2 g"}
    )
    assert not [key for key in facts(scenario) if key.startswith("product.")]


def test_spoons_and_capsules_are_weighed_in_every_dose() -> None:
    scenario = Scenario(
        product={"kind": "capsule", "mitragynine": "14 mg/g"},
        person={"experience": {"dose": "2 capsules"}},
        regimen={
            "dose": "4 capsules",
            "every": "8 h",
            "for": "2 d",
            "steps": [{"from": "1 d", "dose": "6 capsules"}],
        },
    )
    for end, grams in zip(facts(scenario)["regimen.dose"].ends, (0.505, 0.595), strict=True):
        held = end.scenario.filled()
        doses = (
            held["regimen"]["dose"],
            held["regimen"]["steps"][0]["dose"],
            held["person"]["experience"]["dose"],
        )
        weighed = [float(dose.removesuffix(" g")) for dose in doses]
        assert weighed == pytest.approx([4 * grams, 6 * grams, 2 * grams])
        assert end.says == f"{grams:g} g"
    assert "regimen.dose" not in facts(Scenario.from_dict(TEA))


def test_weights_are_those_of_the_sex_that_was_stated() -> None:
    def ends(**person: str) -> list[float]:
        asked = facts(Scenario.from_dict({**TEA, "person": person}))["person.weight"]
        return [float(end.says.removesuffix(" kg")) for end in asked.ends]

    women, men, either = ends(sex="female"), ends(sex="male"), ends()
    held = find(["people/weight/female", "people/weight/male"])
    for name, (low, high) in (("female", women), ("male", men)):
        assert low < held[f"people/weight/{name}"].value < high
    assert women[0] <= either[0] < men[0]
    assert women[1] < either[1] <= men[1]


def test_nobody_is_used_to_no_dose() -> None:
    scenario = Scenario.from_dict({**TEA, "regimen": {"dose": "0 g"}})
    assert "person.experience" not in facts(scenario)
