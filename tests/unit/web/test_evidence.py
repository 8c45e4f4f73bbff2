"""Every number has its page, and is found by words."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from html_pages import held
from speciosa.claims.kept import of_claim
from speciosa.evidence import observations, sources
from speciosa.model.wiring import SYSTEMS
from speciosa.report.search import entries, search, systems
from speciosa.report.uses import all_records
from speciosa.web.app import create_app
from speciosa.web.downloads import CITATIONS
from speciosa.web.links import path_to
from speciosa.web.page import PAGES
from speciosa.web.routes import evidence
from speciosa.web.routes.evidence import PAGE

EVERY = {"record": all_records(), "observation": observations(), "source": sources()}
RECORD = "opioid/mu/Ki/mitragynine"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(["testserver"]))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The page of every record, observation and source, asked without a server in between."""
    app = create_app(["testserver"])
    found: dict[str, str] = {}
    for kind, ids in EVERY.items():
        for identity in ids:
            path = path_to(kind, identity)
            scope = {"type": "http", "method": "GET", "path": path, "app": app}
            request = Request({**scope, "headers": [], "query_string": b""})
            answer: Response = getattr(evidence, kind)(request, identity)
            assert answer.status_code == 200
            found[path] = bytes(answer.body).decode()
    return found


def test_every_one_has_a_page_and_every_link_of_it_leads_somewhere(pages: dict[str, str]) -> None:
    known = {*pages, *(one.path for one in PAGES), "/help", "#main", "/"}
    known |= {f"/inside/{one.word}" for one in SYSTEMS}
    known |= {f"/claims/{one}" for one in of_claim()}
    for path, text in pages.items():
        assert text.count("<h1>") == 1
        for link in map(unescape, re.findall(r'<a [^>]*href="([^"]*)"', text)):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "http"), (path, link)
            elif parts.path.startswith("/evidence/cite."):
                (of,) = parse_qs(parts.query)["of"]
                assert any(of in ids for ids in EVERY.values()), (path, link)
                assert parts.path.rpartition(".")[2] in CITATIONS
            else:
                assert (parts.path or link) in known, (path, link)


def test_a_page_is_whole(pages: dict[str, str]) -> None:
    for text in [*pages.values()][::25]:
        found = held(text)
        assert found.headings[0] == 1
        assert len(set(found.ids)) == len(found.ids)


def test_a_page_is_served_at_its_address(client: TestClient) -> None:
    for kind, ids in EVERY.items():
        for identity in [*ids][::97]:
            assert client.get(path_to(kind, identity)).status_code == 200


def test_a_record_says_what_it_is_worth_and_what_rests_on_it(client: TestClient) -> None:
    text = client.get(path_to("record", RECORD)).text
    record = all_records()[RECORD]
    assert f"/evidence/source/{record.source}" in text
    assert '<a href="/inside/opioid">opioid</a>' in text
    assert 'href="/claims/' in text
    assert record.where in unescape(text)


def test_what_was_assumed_says_so_first(pages: dict[str, str]) -> None:
    for identity, record in all_records().items():
        said = "Nobody has measured this." in pages[path_to("record", identity)]
        assert said == (record.status == "assumed")


@pytest.mark.parametrize("ending", CITATIONS)
def test_a_source_is_cited_as_a_file(client: TestClient, ending: str) -> None:
    found = client.get(f"/evidence/cite.{ending}", params={"of": "tanna-2022"})
    assert found.status_code == 200
    assert "attachment" in found.headers["content-disposition"]
    assert "10.3390/pharmaceutics14030620" in found.text
    if ending == "json":
        assert json.loads(found.text)[0]["id"] == "tanna-2022"


def test_every_source_can_be_cited(client: TestClient) -> None:
    for key in [*sources()][::40]:
        assert key in client.get("/evidence/cite.bib", params={"of": key}).text
    assert RECORD in str(all_records())
    assert client.get("/evidence/cite.bib", params={"of": RECORD}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/evidence/record/no/such",
        "/evidence/observation/no",
        "/evidence/source/no",
        "/evidence/record/../../etc/passwd",
        "/evidence/cite.exe?of=tanna-2022",
        "/evidence/cite.bib?of=nothing",
        "/evidence/cite.bib",
    ],
)
def test_what_there_is_not_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_all_words_must_match_and_an_id_comes_first() -> None:
    found = search("naloxone brain")
    assert found
    assert all("naloxone" in one.text and "brain" in one.text for one in found)
    assert search(RECORD)[0].id == RECORD
    assert search("Tanna 2022 MIDAZOLAM") == search("tanna 2022 midazolam")
    assert not search("nosuchwordanywhere")


def test_a_filter_keeps_what_it_names() -> None:
    assert len(entries()) == sum(map(len, EVERY.values()))
    for system in systems():
        assert search(system=system)
    assumed = search(kind="record", status="assumed", read="recalled")
    assert {one.id for one in assumed} == {
        one.id for one in all_records().values() if one.status == "assumed"
    }


def test_a_search_is_in_the_address_and_goes_page_by_page(client: TestClient) -> None:
    found = search("mitragynine", "record")
    first = client.get("/evidence?words=mitragynine&kind=record")
    assert first.text.count("<strong>") >= PAGE
    assert 'value="mitragynine"' in first.text
    assert "/evidence?words=mitragynine&amp;kind=record&amp;at=2" in first.text
    shown: list[str] = []
    for place in range(1, -(-len(found) // PAGE) + 1):
        text = client.get(f"/evidence?words=mitragynine&kind=record&at={place}").text
        shown += [link for link in held(text).links if link.startswith("/evidence/record/")]
    assert shown == [path_to("record", one.id) for one in found]


@pytest.mark.parametrize("at", ["0", "-1", "999999", "x", "", "²"])
def test_a_place_that_there_is_not_is_the_nearest(client: TestClient, at: str) -> None:
    assert client.get("/evidence", params={"at": at}).status_code == 200


def test_what_is_searched_for_is_shown_as_text(client: TestClient) -> None:
    text = client.get("/evidence", params={"words": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text
