"""Whatever is sent, the answer is a page or a refusal, never a fault, and the server goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from speciosa.trial.words import CONDITIONS, KINDS, PAINS, SIGNS
from speciosa.web.app import create_app

HOST = "testserver"
APP = create_app([HOST])
ROUTES = sorted(APP.openapi()["paths"])

# Many short words, which the formatter would give a line each.
KEYS = (
    "product.kind", "product.mitragynine", "product.strain", "product.profile.x", "regimen.dose",
    "regimen.every", "regimen.for", "regimen.steps.0.from", "regimen.steps.0.dose", "person.age",
    "person.weight", "person.sex", "person.pain", "person.conditions", "person.signs",
    "person.experience", "person.experience.dose", "people.age.low", "with.0.drug", "with.0.dose",
    "with.99999999999.at", "output.until", "run.people", "run.seed", "run.variants", "show", "q",
    "page", "system", "verdict", "country", "a.regimen.dose", "b.regimen.dose", "output", "full",
)  # fmt: skip
VALUES = (
    "3 g", "0 g", "-1 g", "1e309 g", "nan", "inf", "leaf", "7-oh", "1 tablet", "regular", "naive",
    "8 h", "1 y", "35 y", "'", "<script>", "../..", "%00", "{{7*7}}", "\u202e", "ß" * 40,
)  # fmt: skip
WORDS = st.sampled_from((*VALUES, *KINDS, *PAINS, *SIGNS, *CONDITIONS[:3])) | st.text(max_size=30)
# Nothing that can be computed: what may be long runs is asked of nobody here.
QUERIES = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=20), WORDS, max_size=6)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(APP, raise_server_exceptions=False) as held:
        yield held


def path_of(route: str, part: str) -> str:
    return re.sub(r"\{[^}]*\}", lambda _: part or "x", route)


def look(client: TestClient, method: str, path: str, query: dict[str, str]) -> None:
    if query.get("product.kind") in KINDS and "regimen.dose" in query:
        query = {**query, "person.age": "no age"}
    answer = client.request(method, path, params=query, follow_redirects=False)
    assert answer.status_code < 500, (method, path, query, answer.text[:500])
    assert "Traceback" not in answer.text
    # A browser reads nothing as a page that does not say so: `nosniff` goes with every answer.
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "<script>" not in answer.text.replace('<script src="/static/', "")


@pytest.mark.parametrize("route", ROUTES)
@given(query=QUERIES, part=st.sampled_from(VALUES))
@settings(max_examples=15)
def test_any_query_is_answered(
    client: TestClient, route: str, query: dict[str, str], part: str
) -> None:
    look(client, "GET", path_of(route, part.replace("/", "_")), query)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"])
def test_any_method_is_answered(client: TestClient, method: str) -> None:
    for route in ROUTES:
        assert client.request(method, path_of(route, "x")).status_code < 500


# The rest of ten thousand follows what the app says of itself: `test_described.py`.
@pytest.mark.slow
@given(route=st.sampled_from(ROUTES), query=QUERIES, part=WORDS)
@settings(max_examples=8_000)
def test_eight_thousand_of_them(
    client: TestClient, route: str, query: dict[str, str], part: str
) -> None:
    kept = re.sub(r"[^\w .\-]", "_", part) or "x"
    look(client, "GET", path_of(route, kept), query)
