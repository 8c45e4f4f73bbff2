"""Who may ask the server, how much, and what goes out with every answer."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from speciosa.web.app import create_app
from speciosa.web.guard import LARGEST_BODY, LONGEST_QUERY, Token

HOST = "127.0.0.1:8321"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app([HOST, "localhost:8321"])
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as held:
        yield held


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "", "[::1]:8321"])
def test_a_name_that_was_pointed_here_is_not_answered(client: TestClient, host: str) -> None:
    answer = client.get("/about", headers={"host": host})
    assert answer.status_code == 421
    assert "kratom" not in answer.text


@pytest.mark.parametrize("host", [HOST, "localhost:8321"])
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_page_sends_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/open", headers=headers, data={"x": "y"}).status_code == 403


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/open", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    assert client.get(f"/about?{'x' * (LONGEST_QUERY + 1)}").status_code == 414


def test_a_body_that_hides_its_length_ends_at_the_limit(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 1024 + 10):
            yield b"x" * 1024

    answer = client.post("/open", content=endless())
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    answer = client.post("/open", headers={"content-length": length})
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../../../../etc/passwd",
        "/static/x/..%2f..%2fpage.py",
        "/static/x/%2e%2e/%2e%2e/pyproject.toml",
        "/static/x/base.html",
        "/static//style.css",
        "/../pyproject.toml",
    ],
)
def test_no_path_leads_out_of_the_static_files(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "[project]" not in answer.text


@pytest.mark.parametrize("path", ["/about", "/nowhere", "/static/1/style.css", "/openapi.json"])
def test_every_answer_allows_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_pages_are_not_kept_and_static_files_are(client: TestClient) -> None:
    assert client.get("/about").headers["cache-control"] == "no-store"
    assert "immutable" in client.get("/static/1/style.css").headers["cache-control"]


def test_a_fault_shows_no_trace_of_code() -> None:
    app = create_app([HOST])

    @app.get("/broken")
    def broken() -> None:  # pyright: ignore[reportUnusedFunction]  the app calls it
        raise RuntimeError("secret")

    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as client:
        answer = client.get("/broken")
        assert answer.status_code == 500
        assert "a fault of ours" in answer.text
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert client.get("/about").status_code == 200, "the server goes on"


def test_fifty_at_once_are_all_answered(client: TestClient) -> None:
    with ThreadPoolExecutor(50) as many:
        found = list(many.map(lambda _: client.get("/about").status_code, range(200)))
    assert found == [200] * 200


def test_a_token_fits_itself_alone() -> None:
    token, other = Token(), Token()
    assert token.fits(str(token))
    assert not token.fits(str(other))
    assert not token.fits("")
    assert not token.fits(None)
    assert not token.fits("ü")
