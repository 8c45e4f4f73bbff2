"""Which facts a scenario left open, and the ends that each may have."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from speciosa.errors import ScenarioError
from speciosa.evidence import find
from speciosa.inference.plausible import Open, plausible
from speciosa.product.pieces import PIECES
from speciosa.trial import Scenario
from speciosa.trial.words import KINDS

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


PER = {"g": "g", "mL": "mL", **PIECES}
"""What a content may be per, and the unit of a dose that goes with it."""


@pytest.mark.parametrize("per", PER)
@pytest.mark.parametrize("kind", KINDS)
def test_an_unstated_content_is_per_what_the_stated_one_is(kind: str, per: str) -> None:
    stated = {"hydroxymitragynine" if kind == "7-oh" else "mitragynine": f"40 mg/{per}"}
    product = {"kind": kind, "profile": stated} if kind == "7-oh" else {"kind": kind, **stated}
    scenario = Scenario(product=product, regimen={"dose": f"2 {PER[per]}"})
    contents = [one for key, one in facts(scenario).items() if key.startswith("product.")]
    assert [one.key for one in contents] == (
        [] if kind == "7-oh" else ["product.profile.hydroxymitragynine"]
    )
    for one in contents:
        low, high = (float(end.says.removesuffix(f" mg/{per}")) for end in one.ends)
        spread = find(["product/ratio/hydroxymitragynine"])["product/ratio/hydroxymitragynine"]
        assert low == pytest.approx(40.0 * spread.spread.p05, rel=0.01)
        assert high == pytest.approx(40.0 * spread.spread.p95, rel=0.01)


def test_a_content_that_no_leaf_could_hold_beside_the_stated_one_is_not_asked_for() -> None:
    scenario = Scenario(
        product={"kind": "leaf", "mitragynine": "99.9 mg/g"}, regimen=TEA["regimen"]
    )
    asked = facts(scenario)
    assert "product.profile.hydroxymitragynine" not in asked
    assert "person.experience" in asked


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """A product of any kind with its contents in any unit, a dose that goes with it, a person."""
    per, kind = draw(st.sampled_from([*PER])), draw(st.sampled_from(KINDS))
    amount = st.floats(0.001, 900.0).map(lambda value: f"{value:.3g} mg/{per}")
    content = amount | amount.map(lambda text: f"< {text}")
    product: dict[str, Any] = {"kind": kind}
    if draw(st.booleans()):
        product["mitragynine"] = draw(content)
    if draw(st.booleans()):
        product["profile"] = {"hydroxymitragynine": draw(content)}
    counted = ["g", "capsules", "tsp", "tbsp"] if per == "g" else [PER[per]]
    unit, count = draw(st.sampled_from(counted)), draw(st.integers(0, 30))
    who: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "sex": st.sampled_from(["female", "male"]),
                "age": st.sampled_from(["18 y", "60 y"]),
                "conditions": st.sampled_from([[], ["pregnant"], ["copd"]]),
                "experience": st.just({"dose": f"2 {unit}"}) | st.just("regular"),
            },
        )
    )
    regimen: dict[str, Any] = {"dose": f"{count} {unit}"}
    if draw(st.booleans()):
        regimen |= {"every": "8 h", "for": "2 d"}
    return {"product": product, "person": who, "regimen": regimen}


@settings(deadline=None)
@given(tables())
def test_every_end_of_every_fact_is_a_scenario_that_states_it(tables: dict[str, Any]) -> None:
    try:
        scenario = Scenario.from_dict(tables)
    except ScenarioError:
        reject()
    for one in plausible(scenario):
        for end in one.ends:
            again = Scenario.from_dict(end.scenario.filled())
            assert again.filled() == end.scenario.filled()
            assert one.key not in facts(again)
