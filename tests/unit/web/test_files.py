"""A file is opened with a token alone and saved as the command line reads it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from speciosa.cli.app import main
from speciosa.safety.case import Case
from speciosa.trial import Scenario
from speciosa.web.app import create_app
from speciosa.web.form.query import address
from speciosa.web.form.read import read_pairs

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
    text = f'[person]\nnotes = "my sore back"\n{TEXT}'
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.status_code == 200
    assert "kept out of addresses" in answer.text
    assert 'href="/?product.kind=tea&amp;regimen.dose=2+g"' in answer.text
    assert "sore back" not in answer.text


PAPERS = sorted((EXAMPLES[0].parent / "certificates").iterdir())
NAMED = EXAMPLES[0].parent / "leaf-with-a-certificate.toml"
LEAF = '[product]\nkind = "leaf"\n{}\n[regimen]\ndose = "2 g"\n'


def send(client: TestClient, text: str, paper: bytes, name: str = "coa.csv") -> Response:
    files = {"file": ("a.toml", text.encode()), "paper": (name, paper)}
    return client.post("/open", data={"token": token(client), "text": ""}, files=files)


@pytest.mark.parametrize("file", PAPERS, ids=lambda file: file.suffix)
def test_a_lab_paper_comes_along_as_on_the_command_line(
    client: TestClient, file: Path, tmp_path: Path
) -> None:
    text = NAMED.read_text().replace("leaf-powder.csv", file.name)
    (tmp_path / "certificates").mkdir()
    (tmp_path / "certificates" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "a.toml").write_text(text)
    there = send(client, text, file.read_bytes(), f"C:\\papers\\{file.name}").headers["location"]

    found = read_pairs(parse_qsl(urlsplit(there).query))
    scenario = Scenario.load(tmp_path / "a.toml")
    assert found.scenario == scenario
    assert found.scenario is not None
    assert found.scenario.defaulted() == scenario.defaulted()
    main(["check", str(tmp_path / "a.toml"), "--quick", "--json", str(tmp_path / "found.json")])
    assert client.get(there.replace("/", "/danger.json", 1)).text == (
        (tmp_path / "found.json").read_text()
    )


@pytest.mark.slow
def test_a_run_with_a_lab_paper_is_that_of_the_command_line(
    client: TestClient, tmp_path: Path
) -> None:
    paper = PAPERS[0].read_bytes()
    text = LEAF.format('certificate = "coa.csv"')
    text += '[output]\nuntil = "6 h"\n[run]\npeople = 3\nreplicates = 1\n'
    (tmp_path / "coa.csv").write_bytes(paper)
    (tmp_path / "a.toml").write_text(text)
    there = send(client, text, paper).headers["location"]
    kept = tmp_path / "found.json"
    main(["simulate", str(tmp_path / "a.toml"), "--series", "--json", str(kept), "--quiet"])
    assert client.get(there.replace("/", "/data.json", 1)).text == kept.read_text()


def test_a_lab_paper_that_was_not_sent_is_asked_for(client: TestClient) -> None:
    text = LEAF.format('certificate = "a/paper.csv"')
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.status_code == 200
    assert "The lab paper a/paper.csv is a file of its own" in answer.text
    assert 'href="/?product.kind=leaf&amp;regimen.dose=2+g"' in answer.text
    kept = re.search(r"<textarea[^>]*>(.*)</textarea>", answer.text, re.DOTALL)
    assert kept is not None
    assert unescape(kept[1]) == text
    again = client.post(
        "/open",
        data={"token": token(client), "text": unescape(kept[1])},
        files={"file": ("", b""), "paper": ("paper.csv", b"mitragynine,14 mg/g\n")},
    )
    assert "product.certificate.alkaloids.mitragynine=14+mg" in again.headers["location"]


@pytest.mark.parametrize(
    ("named", "name", "paper", "says"),
    [
        ('certificate = "coa.csv"', "coa.csv", b"", "product.certificate (coa.csv): got"),
        ('certificate = "coa.csv"', "coa.csv", b"lead\n", "product.certificate (coa.csv), line 1"),
        ('certificate = "coa.csv"', "coa.pdf", b"%PDF", "a name that ends in .pdf"),
        ('certificate = "coa.csv"', "coa.json", b"{", "text that is not JSON at line 1"),
        ('certificate = "coa.csv"', "coa.csv", b"lead,much\n", "lead"),
        ('certificate = "coa.csv"', "coa.csv", b"\xff\xfe,1\n", "UTF-8"),
        ('certificate = {lead = "1 ppm"}', "coa.csv", b"lead,1 ppm\n", "one lab paper"),
    ],
)
def test_a_lab_paper_that_cannot_be_read_says_why_and_keeps_the_scenario(
    client: TestClient, named: str, name: str, paper: bytes, says: str
) -> None:
    answer = send(client, LEAF.format(named), paper, name)
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 1
    assert "product.certificate" in answer.text
    assert says in unescape(answer.text)
    assert LEAF.format(named) in unescape(answer.text)


def test_a_lab_paper_that_no_file_names_is_taken_too(client: TestClient) -> None:
    there = send(client, LEAF.format(""), b"mitragynine,14 mg/g\n").headers["location"]
    assert "product.certificate.alkaloids.mitragynine=14+mg" in there


@pytest.mark.parametrize("paper", [b"", b"lead,much\n"])
def test_an_emergency_comes_before_a_lab_paper_that_cannot_be_read(
    client: TestClient, paper: bytes
) -> None:
    signs = '[person]\nsigns = ["blue lips"]\n'
    answer = send(client, signs + LEAF.format('certificate = "coa.csv"'), paper)
    assert answer.status_code == 200
    assert answer.text.index("Give naloxone") < answer.text.index("<form")
    assert 'action="/"' in answer.text
    despair = '[person]\nnotes = "I want to die"\n'
    answer = send(client, despair + LEAF.format('certificate = "coa.csv"'), paper)
    assert "suicide" in answer.text


def test_notes_that_speak_of_suicide_come_before_all_else(client: TestClient) -> None:
    text = f'[person]\njurisdiction = "US"\nnotes = "I want to die"\n{TEXT}'
    answer = client.post("/open", data={"token": token(client), "text": text})
    assert answer.status_code == 200
    assert "location" not in answer.headers
    assert 'href="tel:988"' in answer.text
    assert 'name="regimen.dose"' in answer.text
    assert 'value="2 g"' in answer.text
    assert "I want to die" not in answer.text


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
