"""Every link on every page leads somewhere; words of code become words of a page."""

from __future__ import annotations

from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from starlette.testclient import TestClient

from html_pages import held
from speciosa.evidence import observations, sources
from speciosa.report.uses import all_records
from speciosa.web.app import create_app
from speciosa.web.links import evidence_path, path_to, prose, use_path
from speciosa.web.routes import claims

STARTS = (
    *("/claims", "/inside", "/evidence", "/about", "/evidence?words=tanna&read=verified"),
    *("/", "/help", "/danger", "/danger?product.kind=leaf&regimen.dose=3+g", "/open"),
)
ELSEWHERE = ("/report", "/compare", "/danger.json", "/scenario.toml")
"""Pages with tests of their own, of which each link here has another scenario."""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(claims, "_drawings", lambda one: ())
    return TestClient(create_app(["testserver"]))


def test_no_link_is_broken(client: TestClient) -> None:
    numbers = {
        path_to(kind, one)
        for kind, ids in (
            ("record", all_records()),
            ("observation", observations()),
            ("source", sources()),
        )
        for one in ids
    }
    seen: dict[str, str] = {one: "" for one in STARTS}
    waiting = list(seen)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code == 200, f"{address} on {seen[address]}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = held(answer.text)
        for link in page.links:
            whole, anchor = urldefrag(link)
            if urlsplit(whole).scheme or whole.partition("?")[0] in ELSEWHERE:
                continue
            if not whole:
                assert anchor in page.ids, f"#{anchor} on {address}"
            elif whole not in seen and whole.partition("?")[0] not in numbers:
                if "&at=" in whole or "?at=" in whole:
                    continue
                seen[whole] = address
                waiting.append(whole)
    assert len(seen) > 300


def test_words_of_code_become_words_of_a_page() -> None:
    found = str(prose("A `name`\nof <b> [tanna-2022, jagla-2014], [1, 2] and [no-such]."))
    assert "<code>name</code> of &lt;b&gt;" in found
    assert '[<a href="/evidence/source/tanna-2022">tanna-2022</a>, <a href' in found
    assert "[1, 2] and [no-such]." in found


def test_what_has_no_page_has_no_path() -> None:
    assert evidence_path("law/US") == ""
    assert evidence_path("no/such") == ""
    assert use_path("variant", "herg-sensitive") == ""
    assert use_path("system", "opioid") == "/inside/opioid"
    assert unquote(use_path("record", "pain/spinal")) == "/evidence/record/pain/spinal"
