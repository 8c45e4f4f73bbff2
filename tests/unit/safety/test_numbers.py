"""Whom to call."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from speciosa.errors import EvidenceError
from speciosa.safety.numbers import KINDS, Number, countries, numbers, numbers_for, read_numbers

TODAY = date(2026, 11, 25)
COUNTRIES = "US CA GB IE AU NZ DE FR TH MY ID FI SE NL ES IT CH AT IN JP".split()  # noqa: SIM905 - one line, not twenty


@pytest.mark.parametrize("one", numbers().values(), ids=lambda one: one.id)
def test_a_number_can_be_dialled_and_has_a_source(one: Number) -> None:
    assert re.match(r"\d", one.number)
    assert one.sources
    assert one.as_of is None or one.as_of <= TODAY
    assert one.read != "recalled" or one.sources == ("numbers-recalled",)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_has_an_ambulance_and_a_crisis_line(country: str) -> None:
    known = numbers_for(country, TODAY).known
    assert {"emergency", "crisis"} <= set(known)


def test_a_state_has_the_numbers_of_its_country() -> None:
    assert numbers_for("US-CA/San Diego", TODAY).call("poison") == "1-800-222-1222"


def test_every_country_with_a_number_has_a_name_and_they_stand_in_order() -> None:
    names = [*countries().values()]
    assert names == sorted(names)
    assert {one.country for one in numbers().values()} <= {*countries()}
    assert countries()["TH"] == "Thailand"


def test_112_holds_in_the_whole_union_and_not_beyond() -> None:
    for country in ("NL", "GR", "PL", "IE"):
        assert numbers_for(country, TODAY).call("emergency") == "112"
    assert numbers_for("AT", TODAY).call("emergency") == "144"  # its own comes first
    assert "local" in numbers_for("BR", TODAY).call("emergency")


@pytest.mark.parametrize("code", [None, "ZZ"])
def test_where_nothing_is_known_there_are_words(code: str | None) -> None:
    nowhere = numbers_for(code, TODAY)
    assert "112 in the EU, 911 in the US and Canada" in nowhere.call("emergency")
    assert all(nowhere.call(kind) for kind in KINDS)
    assert len(nowhere.lines()) == len(KINDS)


def test_old_undated_and_recalled_numbers_are_shown_with_check() -> None:
    thailand = numbers()["numbers/TH/emergency"]
    assert "check: last seen 24 Jun 2024" in thailand.said(TODAY)
    assert "check" not in thailand.said(date(2025, 6, 24))
    assert "check: the page had no date" in numbers()["numbers/FI/crisis"].said(TODAY)
    assert "check: from memory" in numbers()["numbers/IN/poison"].said(TODAY)
    assert "(check it)" in numbers_for("IN", TODAY).call("poison")


def test_a_doubt_never_stands_before_an_ambulance_or_a_crisis_line() -> None:
    for country in COUNTRIES:
        call = numbers_for(country, TODAY)
        assert "check" not in call.call("emergency") + call.call("crisis")


WHOLE = """
- id: numbers/US/poison
  country: US
  kind: poison
  number: 1-800-222-1222
  name: Poison Help
  as_of: 2026-11-01
  sources: [poison-help-hrsa]
  where: head
  read: verified
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("kind: poison", "kind: pizza"), "expected one of emergency, poison, crisis, companion"),
        (("number: 1-800-222-1222", "number: 911"), "a telephone number in quotation marks"),
        (("id: numbers/US/poison", "id: numbers/US/crisis"), "expected numbers/US/poison, once"),
    ],
)
def test_a_wrong_number_gets_one_message(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    path = tmp_path / "numbers.yaml"
    path.write_text(WHOLE)
    assert [*read_numbers(path)] == ["numbers/US/poison"]
    path.write_text(WHOLE.replace(*change))
    with pytest.raises(EvidenceError) as caught:
        read_numbers(path)
    assert message in str(caught.value)
