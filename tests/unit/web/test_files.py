"""A file is opened with a token alone and saved as the command line reads it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from speciosa.safety.case import Case
from speciosa.trial import Scenario
from speciosa.web.app import create_app
from speciosa.web.form.query import address

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))
TEXT = '[product]\nkind = "tea"\n\n[regimen]\ndose = "2 g"\n'


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(["testserver"]), follow_redirects=False) as held:
        yield held


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/open").text)
    assert found is not None
    return found[1]


def test_a_file_becomes_an_address(client: TestClient) -> None:
    sent = {"file": ("a.toml", TEXT.encode())}
    answer = client.post("/open", data={"token": token(client), "text": ""}, files=sent)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?product.kind=tea&regimen.dose=2+g"


def test_text_does_as_well(client: TestClient) -> None:
    answer = client.post("/open", data={"token": token(client), "text": TEXT})
    assert answer.headers["location"] == "/?product.kind=tea&regimen.dose=2+g"


@pytest.mark.parametrize("word", ["", "0" * 64, "ß"])
def test_without_the_token_nothing_is_opened(client: TestClient, word: str) -> None:
    assert client.post("/open", data={"token": word, "text": TEXT}).status_code == 403


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind = leaf", "TOML"),
        ("", "empty"),
        ("people = 3", "a table, such as [product]"),
        ("[product]\ncertificate = 5", "certificate"),
        (f"[product]\nstrain = '{'x' * 17_000}'", "to fit in an address"),
    ],
)
def test_what_cannot_be_opened_says_why_and_keeps_the_text(
    client: TestClient, text: str, says: str
) -> None:
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.status_code == 422
    assert says in answer.text
    assert text.split("\n")[0].replace("'", "&#39;") in answer.text


def test_wrong_values_and_keys_go_to_the_form(client: TestClient) -> None:
    text = f'{TEXT}evry = "8 h"\n'
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.headers["location"].endswith("&regimen.evry=8+h")


def test_what_cannot_come_along_is_told_first(client: TestClient) -> None:
    text = '[person]\nnotes = "my sore back"\n[product]\nkind = "leaf"\n'
    text += 'certificate = "a/paper.csv"\n[regimen]\ndose = "2 g"\n'
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.status_code == 200
    assert "a/paper.csv" in answer.text
    assert "kept out of addresses" in answer.text
    assert 'href="/?product.kind=leaf&amp;regimen.dose=2+g"' in answer.text
    assert "sore back" not in answer.text


def test_notes_that_speak_of_suicide_come_before_all_else(client: TestClient) -> None:
    text = f'[person]\nnotes = "I want to die"\n{TEXT}'
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.status_code == 200
    assert "location" not in answer.headers
    assert "emergency" in answer.text
    assert "suicidal thoughts" in answer.text


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_saved_as_the_command_line_reads_it(
    client: TestClient, file: Path, tmp_path: Path
) -> None:
    scenario = Scenario.load(file)
    answer = client.get(address("/scenario.toml", scenario))
    assert answer.status_code == 200
    assert 'filename="scenario.toml"' in answer.headers["content-disposition"]
    saved = tmp_path / "scenario.toml"
    saved.write_bytes(answer.content)
    assert Scenario.load(saved) == scenario


def test_a_medicine_that_nobody_knows_is_saved_too(client: TestClient) -> None:
    query = {"product.kind": "tea", "regimen.dose": "2 grams", "with.0.drug": "foo"}
    text = client.get("/scenario.toml", params=query).text
    assert tomllib.loads(text)["regimen"] == {"dose": "2 g"}
    assert Case.of(tomllib.loads(text)).unknown == ("foo",)


def test_what_is_no_scenario_is_shown_as_a_form(client: TestClient) -> None:
    answer = client.get("/scenario.toml", params={"product.kind": "tea", "person.age": "abc"})
    assert answer.status_code == 422
    assert 'value="abc"' in answer.text
    assert client.get("/scenario.toml").status_code == 422
