"""About: limits first, and what a lay person reads is plain."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from advice import told
from html_pages import held
from reading import grade
from speciosa.report.validated import groups
from speciosa.web.app import create_app

LAY = (
    "/about",
    "/claims",
    "/inside",
    "/evidence",
    "/evidence/record/pain/spinal",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(["testserver"]))


def test_limits_come_first(client: TestClient) -> None:
    text = client.get("/about").text
    order = ["What it cannot do", "What it is", "How it was checked", "Your data", "How to cite it"]
    places = [text.index(f">{one}</h2>") for one in order]
    assert places == sorted(places)
    for one in groups():
        assert f'<th scope="row">{one["group"]}</th>' in text


@pytest.mark.parametrize("ending", ["txt", "bib", "json"])
def test_it_can_be_cited(client: TestClient, ending: str) -> None:
    found = client.get(f"/about/cite.{ending}")
    assert found.status_code == 200
    assert "Speciosa" in found.text
    assert client.get("/about/cite.doc").status_code == 404


@pytest.mark.parametrize("address", LAY)
def test_what_lay_people_read_is_plain_and_no_advice(client: TestClient, address: str) -> None:
    lay = held(client.get(address).text).lay
    assert lay
    for text in lay:
        plain = " ".join(text.split())
        assert grade(plain) <= 8.0, (grade(plain), plain)
        assert not told(plain)
    assert grade(" ".join(" ".join(lay).split())) <= 6.5
