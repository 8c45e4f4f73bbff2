"""What to do in an emergency."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reading import grade
from speciosa.safety.case import Case
from speciosa.safety.emergencies import (
    breath_stops_finding,
    card,
    emergencies,
    emergency_findings,
    naloxone_steps,
)
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding
from speciosa.trial.words import SIGNS

TODAY = date(2026, 11, 25)
BREATH = ("slow breathing", "no breathing", "blue lips", "cannot be woken", "gurgling or snoring")


def case(*signs: str, company: tuple[str, ...] = (), **person: Any) -> Case:
    return Case.of(
        {
            "person": {"signs": list(signs), **person},
            "product": {"kind": "tea"},
            "regimen": {"dose": "2 g"},
            "with": [{"drug": drug} for drug in company],
        }
    )


def ids(found: Case) -> list[str]:
    return [one.id.partition("/")[2] for one in emergency_findings(found, TODAY)]


# ---- Texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", facts("emergency").values(), ids=lambda fact: fact.id)
def test_a_text_is_plain_and_says_to_call(fact: Finding) -> None:
    whole = f"{fact.title}. {fact.plain}"
    assert fact.severity == "emergency"
    assert grade(whole) <= 6, fact.id
    assert grade(". ".join(fact.watch)) <= 8, fact.id
    assert "{emergency}" in fact.plain


def test_naloxone_is_given_first_and_its_limits_come_after() -> None:
    plain = facts("emergency")["emergency/breathing"].plain
    order = ["Call {emergency}", "Give naloxone", "breath every 5", "2 to 3 minutes", "Stay"]
    places = [plain.index(word) for word in order]
    assert places == sorted(places)
    assert plain.index("wears off in 30 to 90 minutes") > places[-1]
    assert plain.index("alcohol, benzos or xylazine") > places[-1]
    assert plain.endswith("It does no harm there, so give it all the same.")


def test_the_steps_of_naloxone_name_the_number_of_the_place() -> None:
    steps = naloxone_steps(TODAY, "TH")
    assert steps.steps[0].startswith("Call 1669.")
    assert "again" in steps.steps[4]
    assert any("30 to 90 minutes" in limit for limit in steps.limits)
    for said in (*steps.steps, *steps.limits):
        assert grade(said) <= 8, said
    assert "{" not in "".join(naloxone_steps(TODAY).steps)


# ---- Signs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_is_an_emergency_by_itself(sign: str) -> None:
    (only,) = emergency_findings(case(sign), TODAY)
    assert only.severity == "emergency"
    assert "{" not in only.plain + only.because


def test_no_sign_is_none() -> None:
    assert ids(case()) == []
    assert card(case(), TODAY) == ""


@pytest.mark.parametrize("sign", BREATH)
@pytest.mark.parametrize("company", [(), ("alprazolam", "alcohol")], ids=["alone", "mixed"])
def test_bad_breath_is_told_with_or_without_other_drugs(
    sign: str, company: tuple[str, ...]
) -> None:
    assert ids(case(sign, company=company)) == ["breathing"]


def test_breathing_comes_before_all_others() -> None:
    assert ids(case(*SIGNS))[0] == "breathing"


def test_fever_with_stiff_or_jerking_muscles_is_serotonin_syndrome() -> None:
    assert ids(case("fever", "stiff muscles")) == ["serotonin"]
    assert ids(case("fever", "jerking muscles")) == ["serotonin"]


def test_serotonergic_company_makes_it_of_one_sign() -> None:
    assert ids(case("jerking muscles", company=("sertraline",))) == ["serotonin"]
    assert ids(case("fever", company=("midazolam",))) == ["fever-or-confusion"]


@pytest.mark.parametrize("sign", ["chest pain", "fainting", "palpitations"])
def test_the_heart(sign: str) -> None:
    assert ids(case(sign)) == ["heart"]


def test_the_liver_is_told_once_for_three_signs() -> None:
    assert ids(case("yellow skin or eyes", "dark urine", "itching")) == ["liver"]
    plain = next(emergency_findings(case("itching"), TODAY)).plain
    for said in ("blood test", "no dose is safe", "weeks 1 to 8"):
        assert said in plain


def test_withdrawal_is_another_with_alcohol_or_sedatives() -> None:
    assert ids(case("severe withdrawal")) == ["withdrawal"]
    for company in ("alcohol", "alprazolam", "phenibut"):
        assert ids(case("severe withdrawal", company=(company,))) == ["withdrawal-sedatives"]
    drinker = case("severe withdrawal", conditions=["alcohol use disorder"])
    assert ids(drinker) == ["withdrawal-sedatives"]


def aged(years: float) -> Case:
    """A case of somebody whom a scenario of a simulation may refuse."""
    plain = case().scenario
    assert plain.person is not None
    person = plain.person.model_copy(update={"age": years})
    return Case(plain.model_copy(update={"person": person}))


def test_any_product_in_a_child_is_an_emergency() -> None:
    assert ids(aged(4)) == ["child"]
    assert ids(aged(12)) == []
    (only,) = emergency_findings(case("child swallowed", jurisdiction="US-CA"), TODAY)
    assert "Call 1-800-222-1222" in only.plain
    assert "911" in only.plain


def test_people_are_as_young_as_the_youngest() -> None:
    whole = {"people": {}, "product": {"kind": "tea"}, "regimen": {"dose": "2 g"}}
    assert ids(Case.of(whole)) == []


def test_words_about_suicide_in_notes_are_heard() -> None:
    found = case(notes="Pain all night. I want to die.", jurisdiction="US")
    (only,) = emergency_findings(found, TODAY)
    assert only.id == "emergency/suicide"
    assert "talk to somebody now: 988" in only.plain


def test_an_unknown_medicine_hides_no_emergency() -> None:
    found = Case.of(
        {
            "person": {"signs": ["blue lips"]},
            "product": {"kind": "tea"},
            "regimen": {"dose": "2 g"},
            "with": [{"drug": "grandmother's drops"}],
        }
    )
    assert ids(found) == ["breathing"]


# ---- Card ----------------------------------------------------------------------------------------


def test_a_card_has_the_texts_the_steps_and_the_numbers() -> None:
    told = card(case("blue lips", jurisdiction="GB"), TODAY)
    assert told.startswith("EMERGENCY.")
    assert "Call 999 now" in told
    assert told.index("1. Call 999") < told.index("wears off") or "again" in told
    assert "crisis: 116 123, Samaritans" in told


def test_a_card_of_suicidal_thoughts_has_no_naloxone() -> None:
    assert "naloxone" not in card(case("suicidal thoughts"), TODAY).lower()


def test_a_number_brings_its_day_and_its_source() -> None:
    (only,) = emergency_findings(case("seizure", jurisdiction="TH"), TODAY)
    assert "1669, ambulance (check: last seen 24 Jun 2024)" in only.because
    assert "chiangmai-1669" in only.sources


def test_a_predicted_stop_of_breath_is_an_emergency() -> None:
    found = breath_stops_finding(TODAY, "US")
    assert (found.id, found.severity) == ("emergency/breath-stops", "emergency")
    assert "call 911 at once" in found.plain
    assert "local emergency number" in breath_stops_finding(TODAY).plain


def test_every_emergency_that_can_be_seen_is_listed_with_numbers_of_the_place() -> None:
    found = emergencies(TODAY, "US")
    assert found[0].id == "emergency/breathing"
    assert {one.id for one in found} == {*facts("emergency")} - {"emergency/breath-stops"}
    assert all("{" not in one.plain and "911" in one.plain for one in found)
