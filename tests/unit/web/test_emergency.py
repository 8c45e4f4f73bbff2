"""The page of an emergency, whatever was asked for."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from speciosa.errors import InputError
from speciosa.web.app import create_app

CLIENT = TestClient(create_app(["testserver"]))
BLUE = [("product.kind", "tea"), ("regimen.dose", "2 g"), ("person.signs", "blue lips")]


PATHS = ("/", "/danger", "/compare", "/report", "/scenario.toml")
UNFINISHED = (
    [BLUE[-1]],
    [BLUE[0], ("regimen.dose", "lots"), BLUE[-1]],
    [*BLUE, ("person.jurisdiction", "?!")],
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("pairs", UNFINISHED)
def test_help_does_not_wait_for_a_form_to_be_right(path: str, pairs: list[tuple[str, str]]) -> None:
    page = CLIENT.get(f"{path}?{urlencode(pairs)}")
    assert page.status_code == 200
    assert page.text.index("Give naloxone") < page.text.index("<form")


@pytest.mark.parametrize("path", ["/data.json", "/danger.json", "/compare.json"])
@pytest.mark.parametrize("pairs", UNFINISHED)
def test_data_waits_as_little(path: str, pairs: list[tuple[str, str]]) -> None:
    answer = CLIENT.get(f"{path}?{urlencode(pairs)}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/json"
    (told,) = answer.json().values()
    assert told.startswith("EMERGENCY")
    assert "Give naloxone" in told


@pytest.mark.parametrize("path", ["/data.csv", "/compare.csv"])
@pytest.mark.parametrize("pairs", UNFINISHED)
def test_in_place_of_a_table_there_are_words(path: str, pairs: list[tuple[str, str]]) -> None:
    answer = CLIENT.get(f"{path}?{urlencode(pairs)}")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("EMERGENCY")
    assert "Give naloxone" in answer.text


def test_no_error_of_any_page_comes_before_help() -> None:
    app = create_app(["testserver"])

    @app.get("/wrong")
    def wrong() -> None:  # pyright: ignore[reportUnusedFunction]  the app calls it
        raise InputError("see", "x", "y")

    client = TestClient(app)
    assert "Give naloxone" in client.get(f"/wrong?{urlencode(BLUE)}").text
    refused = client.get(f"/wrong?{urlencode(BLUE[:2])}")
    assert refused.status_code == 422
    assert "see: got" in refused.text


def test_data_of_a_whole_case_with_a_sign_tell_it_too() -> None:
    answer = CLIENT.get(f"/data.json?{urlencode(BLUE)}")
    assert answer.status_code == 422
    assert answer.json().keys() == {"emergency"}
    found = CLIENT.get(f"/danger.json?{urlencode(BLUE)}").json()
    assert found["card"] == answer.json()["emergency"]
    assert found["findings"][0]["severity"] == "emergency"


def test_numbers_are_of_the_place_that_was_entered_beside_what_is_wrong() -> None:
    pairs = [("person.age", "x"), BLUE[-1], ("person.jurisdiction", "TH")]
    assert 'href="tel:1669"' in CLIENT.get(f"/?{urlencode(pairs)}").text


@pytest.mark.parametrize("path", ["/danger", "/compare"])
def test_what_to_do_stands_alone(path: str) -> None:
    page = CLIENT.get(f"{path}?{urlencode(BLUE)}")
    assert page.status_code == 200
    assert page.text.index("Naloxone") < page.text.index("<form")
    assert "<nav" not in page.text
    assert "chart" not in page.text


def test_a_file_of_an_emergency_asks_again_on_a_page() -> None:
    page = CLIENT.get(f"/scenario.toml?{urlencode([*BLUE, ('person.age', 'x')])}").text
    assert "Give naloxone" in page
    assert 'action="/"' in page


def test_what_was_said_of_a_second_is_kept_but_for_its_signs() -> None:
    second = [("b.regimen.dose", "1 g"), ("b.person.signs", "blue lips")]
    page = CLIENT.get(f"/compare?{urlencode([*BLUE[:2], *second])}").text
    assert "Give naloxone" in page
    assert 'action="/compare"' in page
    assert 'name="b.regimen.dose" value="1 g"' in page
    assert "b.person.signs" not in page


def test_a_slip_of_a_pen_can_be_taken_back() -> None:
    page = CLIENT.get(f"/danger?{urlencode(BLUE)}").text
    assert "Nobody is in danger?" in page
    assert 'action="/danger"' in page
    assert 'value="2 g"' in page
