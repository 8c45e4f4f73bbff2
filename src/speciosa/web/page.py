"""Pages: what every one of them has, and how a template becomes an answer.

A page is asked for with GET and says all in its address. Asked by htmx, only the part that changes
is sent, since the rest stands already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

import speciosa
from speciosa.report import findings, words
from speciosa.report.tables import POSTURE
from speciosa.web.form.query import Pairs, address

__all__ = ["PAGES", "STATIC", "Link", "in_part", "page"]


@dataclass(frozen=True)
class Link:
    """A page in the navigation; `carries` tells whether the scenario goes along."""

    path: str
    title: str
    carries: bool = True


PAGES = (
    Link("/", "What happens"),
    Link("/danger", "Is it dangerous"),
    Link("/compare", "Compare"),
    Link("/report", "For a professional"),
    Link("/claims", "Is it true", carries=False),
    Link("/inside", "Inside", carries=False),
    Link("/evidence", "Evidence", carries=False),
    Link("/about", "About", carries=False),
)

_PLACES = ("person.jurisdiction", "people.jurisdiction")

STATIC = files("speciosa.web") / "static"


def _environment() -> Any:  # Jinja leaves its filters and globals without types
    made: Any = Environment(
        loader=PackageLoader("speciosa.web"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {"number": words.number, "span": words.span}
    shown = {
        "version": speciosa.__version__,
        "pages": PAGES,
        "posture": POSTURE,
        "read": findings.READ,
        "little": findings.LITTLE,
    }
    made.filters.update(filters)
    made.globals.update(shown)
    return made


def in_part(request: Request) -> bool:
    """Whether htmx asks, which takes the part of a page that changes."""
    return request.headers.get("hx-request") == "true"


def _help(pairs: Pairs) -> str:
    """The address of what to do in an emergency, with the country that was entered."""
    places = [value.strip()[:2] for key, value in pairs if key in _PLACES and value.strip()]
    return address("/help", [("country", place) for place in places[:1]])


def _link(pairs: Pairs, path: str) -> str:
    """The address of a page that takes the scenario along."""
    return address(path, pairs)


_TEMPLATES = _environment()


def page(
    request: Request,
    template: str,
    *,
    pairs: Pairs = (),
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """A template as an answer.

    `pairs` are the keys and values of the scenario, which links to other pages take along. Every
    template also sees `here` (the path), `token` (for forms that change something), `partial`
    (whether htmx asks), `today`, `link(path)` and `help`, the address of what to do in an
    emergency.
    """
    shared: Mapping[str, Any] = {
        "here": request.url.path,
        "token": str(request.app.state.token),
        "partial": in_part(request),
        "today": date.today(),
        "pairs": pairs,
        "link": partial(_link, pairs),
        "help": _help(pairs),
    }
    text = _TEMPLATES.get_template(template).render({**shared, **context})
    return HTMLResponse(text, status)
