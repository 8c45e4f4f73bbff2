"""Bytes over a socket, right or wrong, whole or half: each is answered or let go, none ends it."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speciosa.web.serve import served

LONGEST_WAIT = 30.0  # s; nothing here waits so long where it goes as it should
SOON = 0.05  # s; who has not answered by then waits for more
METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "get", "", "🌿"])
TARGETS = st.sampled_from(["/", "/about", "/open", "/job", "*", "//", "http://x/", "/%", "/%00"])
VERSIONS = st.sampled_from(["HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/9.9", "", "x"])
NAMES = st.sampled_from(
    ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Origin"]
) | st.text(max_size=8)
VALUES = st.sampled_from(
    ["", "-1", "5", "99999999999", "chunked", "close", "h2c", "websocket", "100-continue", "null"]
) | st.text(max_size=20)
ENDS = st.sampled_from(["\r\n", "\n", "\r", ""])
BODIES = st.sampled_from([b"", b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n", b"\0" * 9])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as held:
        yield held


@pytest.fixture(autouse=True)
def goes_on(address: str) -> Iterator[None]:
    """Whatever was sent, the next who asks is answered."""
    yield
    with urlopen(f"{address}/about", timeout=LONGEST_WAIT) as answer:
        assert answer.status == 200


def connected(address: str) -> socket.socket:
    place = urlsplit(address)
    return socket.create_connection((place.hostname or "", place.port or 0), LONGEST_WAIT)


def talk(address: str, data: bytes, patience: float) -> bytes:
    """Send all of it, and read until the other side is done, or says nothing for a while."""
    got = b""
    with connected(address) as held:
        try:
            held.sendall(data)
            held.settimeout(patience)
            while part := held.recv(65536):
                got += part
        except (ConnectionError, TimeoutError):
            pass  # it hung up on what it did not want to read, or waits for more
    return got


def look(address: str, data: bytes, patience: float = LONGEST_WAIT) -> list[int]:
    """The status of every answer."""
    got = talk(address, data, patience)
    found = [int(one) for one in re.findall(rb"HTTP/1\.[01] (\d{3}) ", got)]
    assert found or got == b""
    assert all(status < 500 for status in found), (data, got[:500])
    assert b"Traceback" not in got
    return found


def request(host: str, *lines: str, method: str = "GET", target: str = "/about") -> bytes:
    head = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close"]
    return "\r\n".join([*head, *lines, "", ""]).encode()


@given(data=st.binary(max_size=3000))
@settings(max_examples=25)
def test_any_bytes(address: str, data: bytes) -> None:
    assert set(look(address, data + b"\r\n\r\n", SOON)) <= {400}


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """What looks like a request, with anything in it."""
    end = draw(ENDS)
    first = f"{draw(METHODS)} {draw(TARGETS)} {draw(VERSIONS)}"
    lines = [f"{name}: {value}" for name, value in draw(st.lists(st.tuples(NAMES, VALUES)))]
    text = "".join(f"{line}{end}" for line in [first, *lines, draw(st.sampled_from(["", "x"]))])
    return text.encode("utf-8", "replace") + draw(BODIES)


def to_us(data: bytes, address: str) -> bytes:
    """The same, sent to the name that the server goes by."""
    host = f"\r\nHost: {urlsplit(address).netloc}\r\n".encode()
    return data.replace(b"Host: ", b"X: ").replace(b"\r\n", host, 1)


@given(data=requests(), ours=st.booleans())
@settings(max_examples=50)
def test_what_looks_like_a_request(address: str, data: bytes, ours: bool) -> None:
    look(address, to_us(data, address) if ours else data, SOON)


@pytest.mark.slow
@given(data=requests(), ours=st.booleans())
@settings(max_examples=300)
def test_more_that_looks_like_a_request(address: str, data: bytes, ours: bool) -> None:
    look(address, to_us(data, address) if ours else data, SOON)


@pytest.mark.parametrize(
    "lines",
    [
        [f"X: {'x' * 1_000_000}"],
        [f"X-{n}: {'x' * 50}" for n in range(20_000)],
        [f"Cookie: {'a=b; ' * 200_000}"],
        [f"X{'x' * 1_000_000}: 1"],
    ],
    ids=["a long one", "many", "cookies", "a long name"],
)
def test_headers_without_end(address: str, lines: list[str]) -> None:
    assert 200 not in look(address, request(urlsplit(address).netloc, *lines))


def test_an_address_without_end(address: str) -> None:
    host = urlsplit(address).netloc
    assert 200 not in look(address, request(host, target=f"/about?{'x' * 1_000_000}"))
    assert 200 not in look(address, b"G" * 1_000_000)


def test_half_requests_keep_nobody_waiting(address: str) -> None:
    whole = request(urlsplit(address).netloc, "Content-Length: 9", method="POST", target="/open")
    with ExitStack() as held:
        for n in range(100):
            one = held.enter_context(connected(address))
            one.sendall(whole[: len(whole) * n // 100])
        with urlopen(f"{address}/about", timeout=LONGEST_WAIT) as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_a_body_that_is_cut_off_is_no_fault_of_ours(
    address: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    lines = ["Content-Length: 5000", f"Content-Type: {kind}"]
    for target in ("/open", "/job", "/job/x/cancel"):
        asked = request(urlsplit(address).netloc, *lines, method="POST", target=target)
        with connected(address) as held:
            held.sendall(asked)
            held.sendall(b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nab')
            held.shutdown(socket.SHUT_WR)
            held.recv(65536)
    assert "a fault" not in caplog.text


def test_a_slow_request_is_answered_and_others_meanwhile(address: str) -> None:
    data = request(urlsplit(address).netloc)

    def slowly() -> bytes:
        got = b""
        with connected(address) as held:
            for byte in data:
                held.sendall(bytes([byte]))
                time.sleep(0.01)
            while part := held.recv(65536):
                got += part
        return got

    with ThreadPoolExecutor(10) as many:
        waiting = [many.submit(slowly) for _ in range(10)]
        with urlopen(f"{address}/about", timeout=LONGEST_WAIT) as answer:
            assert answer.status == 200
        assert not all(one.done() for one in waiting)
        assert all(one.result().startswith(b"HTTP/1.1 200 ") for one in waiting)


def test_who_leaves_before_the_answer_takes_nothing_along(address: str) -> None:
    for _ in range(50):
        with connected(address) as held:
            held.sendall(request(urlsplit(address).netloc))


def test_one_connection_may_ask_again(address: str) -> None:
    host = urlsplit(address).netloc
    again = request(host).replace(b"close", b"keep-alive")
    assert look(address, again + again + request(host)) == [200, 200, 200]
    assert look(address, again + request("evil.example")) == [200, 421]
