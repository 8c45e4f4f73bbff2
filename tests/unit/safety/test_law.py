"""What the law may mean for a case."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from reading import grade
from speciosa.errors import EvidenceError
from speciosa.safety.case import Case
from speciosa.safety.finding import Finding
from speciosa.safety.law import jurisdictions, law_findings, standing
from speciosa.safety.laws import CAPS, LEVELS, STATUSES, Law, laws, of_code, read_laws

TODAY = date(2026, 11, 25)
LEAF: dict[str, Any] = {"kind": "leaf"}


def case(place: str | None, product: dict[str, Any] = LEAF, **person: Any) -> Case:
    who = {**person, **({"jurisdiction": place} if place else {})}
    return Case.of({"person": who, "product": product, "regimen": {"dose": "2 g"}})


def told(place: str | None, product: dict[str, Any] = LEAF, **person: Any) -> dict[str, Finding]:
    found = list(law_findings(case(place, product, **person), TODAY))
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}


# ---- Every record --------------------------------------------------------------------------------


@pytest.mark.parametrize("law", laws().values(), ids=lambda law: law.id)
def test_a_record_is_whole(law: Law) -> None:
    assert law.status in STATUSES
    assert law.level in LEVELS
    assert date(2009, 1, 1) < law.as_of < TODAY
    assert set(law.caps) <= set(CAPS)
    assert not law.replaced_by or laws()[law.replaced_by].code == law.code
    assert law.read != "recalled" or law.uncertain
    if law.level == "state":
        assert law.code.startswith("US-")
    if law.level == "town":
        assert law.code.count("/") == 1


@pytest.mark.parametrize("place", jurisdictions())
def test_every_place_is_told_in_plain_words_with_its_day(place: str) -> None:
    known = told(place)
    own = [known[law.id] for law in of_code(place) if law.about == "kratom"]
    assert own
    for one in known.values():
        plain = one.plain
        assert grade(plain) <= 8, plain
        assert "legal" not in plain.replace("illegal", "").lower()
        assert "allowed" not in plain
        assert one.area == "law"
        assert one.certainty in ("moderate", "low", "very low")
    for one in own:
        assert "last checked on" in one.plain
        assert f"{one.as_of.year}" in one.plain


def test_the_states_and_the_countries_are_there() -> None:
    assert len([place for place in jurisdictions() if place.startswith("US-")]) >= 51
    assert len([place for place in jurisdictions() if len(place) == 2]) >= 55
    assert "UN" not in jurisdictions()


# ---- Places --------------------------------------------------------------------------------------


def test_a_ban_is_a_warning_and_the_country_follows() -> None:
    found = told("US-AL")
    assert found["law/US-AL"].severity == "warning"
    assert "banned in Alabama" in found["law/US-AL"].plain
    assert "no list of banned drugs in the United States" in found["law/US"].plain
    assert "allowed" not in " ".join(one.plain for one in found.values())


def test_a_town_comes_before_its_state_and_the_state_before_the_country() -> None:
    assert [*told("US-CA/San Diego")][:3] == ["law/US-CA/San-Diego", "law/US-CA", "law/US"]


def test_the_towns_of_a_state_are_named() -> None:
    assert "San Diego (banned)" in told("US-CA")["law/US-CA/towns"].plain
    assert "law/US-AL/towns" not in told("US-AL")


def test_no_place_is_one_note() -> None:
    (only,) = told(None).values()
    assert (only.id, only.severity) == ("law/no-place", "note")
    assert "was not checked" in only.plain


def test_an_unknown_state_says_so_and_tells_the_country() -> None:
    found = told("US-ZZ")
    assert [*found][:2] == ["law/unknown", "law/US"]
    assert "Nothing is known here of the law of US-ZZ" in found["law/unknown"].plain


def test_an_unknown_country_is_no_leave() -> None:
    (only,) = told("GR").values()
    assert only.severity == "caution"
    assert "does not mean it is allowed" in only.plain
    assert "Known codes that look like it: " in only.plain
    assert "GB (United Kingdom)" in only.plain
    (other,) = told("ZZ").values()
    assert "Known codes that look like it: CZ" in other.plain


def test_standing_is_of_kratom_as_such_and_the_newest() -> None:
    tennessee, leaf = standing("US-TN"), standing("US")
    assert tennessee is not None
    assert (tennessee.status, tennessee.uncertain) == ("banned", True)
    assert leaf is not None
    assert leaf.status == "not scheduled"
    assert standing("ZZ") is None


# ---- Age of the record ---------------------------------------------------------------------------


def test_a_record_older_than_ninety_days_says_that_it_may_have_changed() -> None:
    law = standing("US-AL")
    assert law is not None
    young = law.as_of + timedelta(days=90)
    (fresh, *_) = law_findings(case("US-AL"), young)
    (old, *_) = law_findings(case("US-AL"), young + timedelta(days=1))
    assert "may have changed" not in fresh.plain
    assert "last checked on 1 Aug 2025, more than 90 days ago; it may have changed" in old.plain


def test_only_what_was_read_in_the_law_and_is_new_is_moderately_sure() -> None:
    rhode = standing("US-RI")
    assert rhode is not None
    (new, *_) = law_findings(case("US-RI"), rhode.as_of)
    (old, *_) = law_findings(case("US-RI"), TODAY)
    assert (new.certainty, old.certainty) == ("moderate", "low")
    assert told("JP")["law/JP"].certainty == "very low"
    assert "from memory" in told("JP")["law/JP"].plain


def test_what_was_read_elsewhere_or_is_not_certain_is_shown_as_such() -> None:
    assert "The law itself was not read" in told("US-AL")["law/US-AL"].plain
    assert "It is not certain" in told("US-KS")["law/US-KS"].plain


# ---- Person and product --------------------------------------------------------------------------


def test_somebody_younger_than_the_law_wants_is_warned() -> None:
    young = told("US-KY", age=20)["law/US-KY"]
    assert young.severity == "warning"
    assert "The person here is under 21" in young.plain
    assert told("US-KY", age=21)["law/US-KY"].severity == "note"


def test_people_are_as_young_as_the_youngest() -> None:
    whole = {
        "people": {"age": {"low": 18, "high": 60}, "jurisdiction": "US-KY"},
        "product": LEAF,
        "regimen": {"dose": "2 g"},
    }
    (first, *_) = law_findings(Case.of(whole), TODAY)
    assert first.severity == "warning"


def leaf_with(seven: str) -> dict[str, Any]:
    return {"kind": "leaf", "mitragynine": "14 mg/g", "profile": {"hydroxymitragynine": seven}}


def test_a_share_above_the_cap_is_told_with_its_number() -> None:
    over = told("US-TX", leaf_with("1 mg/g"))["law/US-TX/7-oh-rule"]
    assert over.severity == "warning"
    (share,) = over.estimates
    assert share.value == pytest.approx(1 / 15)
    assert "law/US-TX/7-oh-rule" not in told("US-TX", leaf_with("0.1 mg/g"))


def test_less_than_could_be_measured_breaks_no_cap_and_keeps_it_only_if_the_limit_does() -> None:
    assert "law/US-TX/7-oh-rule" not in told("US-TX", leaf_with("< 0.1 mg/g"))
    unsure = told("US-TX", leaf_with("< 1 mg/g"))["law/US-TX/7-oh-rule"]
    assert (unsure.severity, unsure.estimates) == ("note", ())
    assert "not compared" in unsure.plain


def test_milligrams_in_a_piece_are_not_held_against_a_cap_on_a_gram() -> None:
    tablets = {
        "kind": "extract",
        "mitragynine": "50 mg/tablet",
        "profile": {"hydroxymitragynine": "2 mg/tablet"},
    }
    dosed = {"product": tablets, "regimen": {"dose": "1 tablet"}}
    rules = {
        one.id: one
        for one in law_findings(Case.of({"person": {"jurisdiction": "US-FL"}, **dosed}), TODAY)
    }
    florida = next(
        one for key, one in rules.items() if key.startswith("law/US-FL") and one.estimates
    )
    assert [one.of for one in florida.estimates] == ["mitragynine per 7-OH"]
    grams = told("US-FL", leaf_with("2 mg/g"))
    assert "7-OH content" in {one.of for each in grams.values() for one in each.estimates}


def test_pseudoindoxyl_that_was_looked_for_and_not_seen_is_not_said_to_be_there() -> None:
    product = {"kind": "extract", "profile": {"pseudoindoxyl": "< 0.1 mg/g"}}
    assert "law/US/pseudoindoxyl" not in told("US-WA", product)


def test_a_content_that_is_not_stated_is_not_compared() -> None:
    note = told("US-TX")["law/US-TX/7-oh-rule"]
    assert note.severity == "note"
    assert "not compared" in note.plain


def test_seven_oh_products_are_a_class_of_their_own() -> None:
    banned = told("US-LA", {"kind": "7-oh"})["law/US-LA/7-oh-rule"]
    assert (banned.severity, "7-OH products are banned" in banned.plain) == ("warning", True)
    federal = told("US-WA", {"kind": "7-oh"})
    assert federal["law/US/7-oh"].severity == "warning"
    assert "It may be in force by now" in federal["law/US/7-oh"].plain
    assert federal["law/US/pseudoindoxyl"].severity == "caution"


def test_pseudoindoxyl_that_is_stated_is_a_warning() -> None:
    product = {"kind": "extract", "profile": {"pseudoindoxyl": "5 mg/g"}}
    assert told("US-WA", product)["law/US/pseudoindoxyl"].severity == "warning"
    assert "law/US/pseudoindoxyl" not in told("US-WA")


def test_the_planned_federal_limit_is_compared_by_content_and_ratio() -> None:
    over = told("US-WA", leaf_with("1.2 mg/g"))["law/US/7-oh"]
    assert "would be over" in over.plain
    assert {one.of for one in over.estimates} == {"7-OH content", "mitragynine per 7-OH"}


# ---- Broken records ------------------------------------------------------------------------------

WHOLE = """
- id: law/US-TX
  code: US-TX
  name: Texas
  level: state
  status: regulated
  as_of: 2023-11-21
  sources: [texas-444]
  where: statute
  read: verified
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("status: regulated", "status: legal"), "expected one of banned, controlled"),
        (("as_of: 2023-11-21", "as_of: last year"), "expected a day"),
        (("[texas-444]", "[nobody]"), "expected the key of a source"),
        (("id: law/US-TX", "id: law/US-OK"), "expected an id that begins with law/"),
        (("read: verified", "read: verified\n  seven_oh: {share: a lot}"), "a finite number"),
        (("read: verified", "read: verified\n  age: 18"), "age: got 18"),
    ],
)
def test_a_wrong_record_gets_one_message(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    path = tmp_path / "law.yaml"
    path.write_text(WHOLE)
    assert [*read_laws(path)] == ["law/US-TX"]
    path.write_text(WHOLE.replace(*change))
    with pytest.raises(EvidenceError) as caught:
        read_laws(path)
    assert message in str(caught.value)


def test_a_record_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "law.yaml"
    path.write_text(WHOLE + WHOLE)
    with pytest.raises(EvidenceError, match="no other record"):
        read_laws(path)
