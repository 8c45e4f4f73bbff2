"""What stands before every page: who may ask, how much, and what a browser may do with an answer.

The server is for the person at this computer. It answers to its own names alone, so that a page of
somebody else, whose name was pointed at this address, reads nothing (DNS rebinding). What changes
anything needs a token that only our own pages hold. Answers allow nothing from elsewhere.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGEST_BODY", "LONGEST_QUERY", "Guard", "Token"]

LARGEST_BODY = 256 * 1024
"""Bytes that may be sent; a scenario with its certificate has a few thousand."""
LONGEST_QUERY = 16 * 1024
"""Bytes of a query; a scenario with ten medicines has about a thousand."""

_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    # Not no-referrer: browsers then send our own forms with the origin "null".
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def _secret() -> bytes:
    return secrets.token_bytes(32)


@dataclass(frozen=True)
class Token:
    """A word that our own pages carry in their forms, new with every start of the server."""

    key: bytes = field(default_factory=_secret)

    def __str__(self) -> str:
        return hmac.new(self.key, b"speciosa", "sha256").hexdigest()

    def fits(self, word: object) -> bool:
        """Whether a form carried it."""
        return isinstance(word, str) and hmac.compare_digest(word.encode(), str(self).encode())


class Guard:
    """ASGI middleware; `hosts` are the names under which the server may be asked, with port."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the headers of every answer."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            status, why = refused
            await PlainTextResponse(f"{why}\n", status)(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive), _with_headers(send))

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self.hosts:
            return 421, "This server answers to its own address alone."
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            return 414, "The address is too long."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return 413, f"At most {LARGEST_BODY // 1024} kB may be sent."
        if scope["method"] not in ("GET", "HEAD") and not self._from_here(headers):
            return 403, "This was sent from another page."
        return None

    def _from_here(self, headers: Headers) -> bool:
        """Whether a browser says that our own page sent it; other programs say nothing."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc in self.hosts


def _limited(receive: Receive) -> Receive:
    """A body that says no length, or a wrong one, ends at the limit."""
    seen = 0

    async def read() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    return read


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return answer
