"""Is it true: all claims at once, each case whole, and nothing said beyond its certainty."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest
from starlette.testclient import TestClient

from html_pages import held
from speciosa.claims import claims
from speciosa.claims.kept import kept, of_claim
from speciosa.report.claim_chart import numbers
from speciosa.report.claims import verdict_kind
from speciosa.web.app import create_app
from speciosa.web.routes import claims as route

CLAIM = "seven-oh-most-potent"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    # Each figure takes half a second; that of one claim is drawn below.
    drawn = route._drawings
    monkeypatch.setattr(route, "_drawings", lambda one: drawn(one) if one == CLAIM else ())
    return TestClient(create_app(["testserver"]))


def test_all_are_there_at_once(client: TestClient) -> None:
    text = client.get("/claims").text
    links = held(text).links
    assert [one.removeprefix("/claims/") for one in links if one.startswith("/claims/")] == sorted(
        claims(),
        key=lambda one: [*dict.fromkeys(c.system for c in claims().values())].index(
            claims()[one].system
        ),
    )
    for one in of_claim().values():
        assert one["claim"] in unescape(text)
    assert f"Speciosa {kept()['version']}" in text


def test_each_has_its_case(client: TestClient) -> None:
    for identity, one in of_claim().items():
        found = client.get(f"/claims/{identity}")
        assert found.status_code == 200
        page = held(found.text)
        text = " ".join(unescape(found.text).split())
        assert page.headings[0] == 1
        for said in (one["claim"], one["plain"], one["certainty"]):
            assert " ".join(said.split()) in text
        for part in one["parts"]:
            assert part["that"] in text
            for reason in part["because"].split("; "):
                assert (
                    reason.removeprefix("simulated: ").removeprefix("the model is not heard: ")
                    in text
                )
            for step in part["certainty"]["steps"]:
                assert step["why"] in text


def test_a_case_has_its_figure_for_a_page_and_for_a_phone(client: TestClient) -> None:
    text = client.get(f"/claims/{CLAIM}").text
    assert text.count("<svg") == 2
    assert 'class="chart wide"' in text
    assert 'class="chart narrow"' in text
    assert " style=" not in text
    assert len(set(held(text).ids)) == len(held(text).ids)


def test_its_numbers_are_a_table(client: TestClient) -> None:
    found = client.get(f"/claims/{CLAIM}.csv")
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert len(rows) == len(numbers(of_claim()[CLAIM]))
    assert float(rows[0]["value"]) == numbers(of_claim()[CLAIM])[0]["value"]


def test_it_is_a_claim_review(client: TestClient) -> None:
    for identity, one in of_claim().items():
        (review,) = client.get(f"/claims/{identity}.json").json()["@graph"]
        assert review["@type"] == "ClaimReview"
        assert review["claimReviewed"] == one["claim"]
        assert review["reviewRating"]["alternateName"] == one["verdict"]


def test_its_sources_can_be_kept(client: TestClient) -> None:
    assert "@article{" in client.get(f"/claims/{CLAIM}/sources.bib").text
    assert client.get(f"/claims/{CLAIM}/sources.doc").status_code == 404


def test_filters_keep_what_they_name_and_stand_in_the_address(client: TestClient) -> None:
    def shown(**asked: str) -> list[str]:
        text = client.get("/claims", params=asked).text
        links = held(text).links
        return [one.removeprefix("/claims/") for one in links if one.startswith("/claims/")]

    for system in {one["system"] for one in of_claim().values()}:
        assert shown(system=system) == [
            key for key, one in of_claim().items() if one["system"] == system
        ]
    kinds = {verdict_kind(one) for one in of_claim().values()}
    assert sum(len(shown(verdict=kind)) for kind in kinds) == len(of_claim())
    assert shown(words="PAIN nerve") == ["relieves-nerve-pain"]
    assert shown(words="nosuchword") == []
    assert shown(verdict="nonsense") == []
    text = client.get("/claims", params={"verdict": "fails", "words": '"<b>'}).text
    assert '<option value="fails" selected>' in text
    assert "<b>" not in text


@pytest.mark.parametrize("name", ["no", "no.json", "no.csv", "no/sources.bib", "%2e%2e/about"])
def test_a_claim_that_there_is_not_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/claims/{name}").status_code == 404
