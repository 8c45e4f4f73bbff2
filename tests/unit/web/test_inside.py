"""Inside: each system with its equations, numbers and wires, from what is run."""

from __future__ import annotations

from html import unescape

import pytest
from starlette.testclient import TestClient

from html_pages import held
from speciosa.language import System
from speciosa.model.wiring import SYSTEMS
from speciosa.report.system import page_of
from speciosa.report.wires import wires
from speciosa.web.app import create_app


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(["testserver"]))


def test_all_systems_and_every_wire_stand_there(client: TestClient) -> None:
    text = client.get("/inside").text
    page = held(text)
    assert {f"/inside/{one.word}" for one in SYSTEMS} <= set(page.links)
    rows = text.partition('id="wires"')[2]
    for (start, end), names in wires().items():
        assert f'{start}</a></td><td><a href="/inside/{end}">{end}</a></td>' in rows
        assert ", ".join(names) in rows


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.word)
def test_a_system_tells_all_that_it_is(client: TestClient, system: type[System]) -> None:
    found = client.get(f"/inside/{system.word}")
    assert found.status_code == 200
    page, text = held(found.text), unescape(found.text)
    shown = page_of(system)
    for number in shown.numbers:
        assert f"/evidence/record/{number.record.id}" in page.links
        assert f"/evidence/source/{number.record.source}" in page.links
    for row in shown.symbols:
        assert row.doc in text
    for record in shown.known:
        assert f"/evidence/record/{record.id}" in page.links
    for one in shown.compartments:
        assert one.doc in text
    assert shown.equations.strip() in text
    assert ("<math" in found.text) == bool(shown.equations)
    assert "Left out." in text
    assert " style=" not in found.text
    assert len(set(page.ids)) == len(page.ids)


def test_a_system_is_data_too(client: TestClient) -> None:
    assert client.get("/inside/opioid.json").json()["system"] == "opioid"


@pytest.mark.parametrize("word", ["no", "no.json", "Opioid"])
def test_a_system_that_there_is_not_is_not_found(client: TestClient, word: str) -> None:
    assert client.get(f"/inside/{word}").status_code == 404
