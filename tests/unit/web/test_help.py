"""What to do in an emergency: a page that needs nothing but itself."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from reading import grade, text_of
from speciosa.safety.emergencies import emergencies, naloxone_steps
from speciosa.safety.numbers import countries, numbers_for
from speciosa.web.app import create_app

CLIENT = TestClient(create_app(["testserver"]))


def page_of(country: str = "") -> str:
    page = CLIENT.get("/help", params={"country": country} if country else {})
    assert page.status_code == 200
    return page.text


def test_breath_comes_first_and_every_emergency_is_there() -> None:
    page = page_of("US")
    assert "Call 911. Say that" in page
    places = [page.index(step) for step in naloxone_steps(date.today(), "US").steps]
    assert places == sorted(places)
    for one in emergencies(date.today(), "US"):
        assert one.title in page


@pytest.mark.parametrize("country", [*countries()])
def test_numbers_of_each_country_can_be_dialled(country: str) -> None:
    page = page_of(country)
    said = text_of(page)
    for line in numbers_for(country, date.today()).lines():
        assert line in said
    for dialled in re.findall(r'href="tel:([^"]*)"', page):
        assert re.fullmatch(r"\+?\d{2,15}", dialled)


def test_a_country_may_be_written_in_small_letters_and_one_that_is_not_known_says_so() -> None:
    assert "Whom to call in Thailand" in page_of("th")
    assert "We have no numbers of that country" in page_of("QQ")


def test_it_works_without_a_country() -> None:
    page = page_of()
    assert "your local emergency number" in page
    assert 'href="tel:' not in page


def test_the_strip_leads_here_from_every_page_with_the_country() -> None:
    page = CLIENT.get("/danger", params={"person.jurisdiction": "TH"})
    assert 'href="/help?country=TH"' in page.text


def test_words_of_the_page_itself_are_plain() -> None:
    own = (
        "A number can change. Each has the day on which it was last seen; check those that say so."
    )
    assert own[:60] in page_of()
    assert grade(own) <= 6
