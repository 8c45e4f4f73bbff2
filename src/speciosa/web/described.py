"""The app as OpenAPI: what every address takes and gives, for programs that ask it.

    app.openapi = partial(described, app)

What a scenario may say comes from its schema and from the labels of the form. A word is described
as a scenario file has it; an address is forgiven more than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from speciosa.product.alkaloids import KNOWN
from speciosa.report.onepage_pdf import PAPERS
from speciosa.report.rows import TABLES
from speciosa.trial.doses import Dose
from speciosa.trial.quantities import Measured, Word
from speciosa.web.answer import KINDS
from speciosa.web.form.labels import label_of
from speciosa.web.form.query import PLACED, PRIVATE
from speciosa.web.form.schema import Leaf, leaves

__all__ = ["described", "kind_of"]

_TEXT = {"type": "string"}
_SET = {"type": "string", "enum": ["1"]}
_FILE = {"type": "string", "format": "binary"}

_OWN: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "see": ("The output whose curve is shown, as pain.relief", _TEXT),
    "show": ("Kinds of spread", {"type": "array", "items": {"type": "string", "enum": [*KINDS]}}),
    "full": ("With all that takes longer", _SET),
    "now": ("Hours from the first dose to the time of asking, as 6 h", _TEXT),
    "question": ("What is asked of the professional", _TEXT),
    "appendix": ("With everything behind it", _SET),
    "paper": ("Size of the sheet", {"type": "string", "enum": [*PAPERS]}),
    "ways": ("Ways to compare in place of a second scenario", _TEXT),
    "table": ("A table in place of the curve", {"type": "string", "enum": [*TABLES]}),
    "here": ("For htmx, in place", _SET),
}
"""Keys of an address that say something else than a scenario does."""

_COMPARED = ("ways", "show", "full")
_REPORTED = ("now", "question", "appendix")
_TAKES: Mapping[str, tuple[str, ...]] = {
    "/": ("see", "show"),
    "/danger": ("full",),
    "/danger.json": ("full",),
    "/compare": _COMPARED,
    "/compare.json": _COMPARED,
    "/compare.csv": _COMPARED,
    "/report": _REPORTED,
    "/report.pdf": (*_REPORTED, "paper"),
    "/data.json": (),
    "/data.csv": ("see", "table"),
    "/scenario.toml": (),
    "/job/{name}": ("here", "see", "show"),
}
"""Addresses that hold a scenario, and what else each takes."""

_KINDS = {
    "json": ("application/json",),
    "csv": ("text/csv",),
    "toml": ("application/toml", "text/html"),  # in an emergency a page, with what to do
    "pdf": ("application/pdf",),
    "{ending}": ("text/plain", "application/x-bibtex", "application/vnd.citationstyles.csl+json"),
}
_PAGE = ("text/html",)
_ELSE = ("text/html", "text/plain", "application/json")
"""What is wrong is said as a page, or as the file that was asked for."""


def described(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        components = {one["name"]: one for one in _scenario()}
        for path, methods in made["paths"].items():
            for method, told in methods.items():
                _tell(path, method, told, [*components])
        made["components"] = {"parameters": components}
        app.openapi_schema = made
    return app.openapi_schema


def kind_of(path: str) -> tuple[str, ...]:
    """What is sent where nothing is wrong: a page, or the kind of file that a path ends in."""
    return _KINDS.get(path.rpartition("/")[2].rpartition(".")[2], _PAGE)


def _tell(path: str, method: str, told: dict[str, Any], scenario: list[str]) -> None:
    """Add to one operation what its code reads by hand, and what it sends."""
    if method == "get" and path in _TAKES:
        told.setdefault("parameters", []).extend(
            [
                *({"$ref": f"#/components/parameters/{name}"} for name in scenario),
                *(_parameter(name, *_OWN[name]) for name in _TAKES[path]),
            ]
        )
    if method == "post":
        told["requestBody"] = {"required": True, "content": _body(path)}
    told["responses"] = {
        "200": {"description": "What was asked for", "content": _content(kind_of(path))},
        "303": {"description": "Another address has it"},
        "default": {
            "description": "What is wrong, or what to do first",
            "content": _content(_ELSE),
        },
    }


def _content(kinds: tuple[str, ...]) -> dict[str, Any]:
    """What may be sent; of data in JSON no more is told than that it is JSON."""
    return {kind: {} if kind == "application/json" else {"schema": _TEXT} for kind in kinds}


def _body(path: str) -> dict[str, Any]:
    """What a form of ours sends."""
    fields = {"token": _TEXT}
    kind = "application/x-www-form-urlencoded"
    if path == "/open":
        fields |= {"file": _FILE, "paper": _FILE, "text": _TEXT}
        kind = "multipart/form-data"
    if path == "/job":
        fields |= {one["name"]: one["schema"] for one in _scenario() if "style" not in one}
    return {kind: {"schema": {"type": "object", "properties": fields, "required": ["token"]}}}


def _scenario() -> Iterator[dict[str, Any]]:
    """A parameter for each key of a scenario. What is personal never stands in an address."""
    for key, leaf in leaves().items():
        if key in PRIVATE or key == "product.certificate":
            continue
        if key.endswith(".*"):
            start = key.removesuffix("*")
            for name in KNOWN:
                yield _parameter(start + name, *_said(start + name, leaf))
        else:
            yield _parameter(_placed(key), *_said(key, leaf))
    paper = {"^product\\.certificate\\.": _TEXT}
    yield {
        **_parameter(
            "product.certificate",
            "A lab paper, as product.certificate.alkaloids.mitragynine=14 mg/g",
            {"type": "object", "patternProperties": paper, "additionalProperties": False},
        ),
        "style": "form",
        "explode": True,
    }


def _parameter(name: str, says: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": says, "schema": dict(schema)}


def _placed(key: str) -> str:
    """A key of a list with its first place in it."""
    for start in PLACED:
        if key.startswith(f"{start}."):
            return key.replace(start, f"{start}.0", 1)
    return key


def _said(key: str, leaf: Leaf) -> tuple[str, dict[str, Any]]:
    """What a key asks for, and its schema."""
    label = label_of(key)
    parts = [f"{label.asks}.", label.hint] if label else [key]
    if key != _placed(key):
        parts.append("Others have 1, 2 and so on in place of 0.")
    schema: dict[str, Any] = dict(_TEXT)
    if isinstance(leaf.reads, Word):
        schema["enum"] = [*leaf.reads.known]
    elif isinstance(leaf.reads, Measured | Dose):
        schema["examples"] = [leaf.reads.example]
    if leaf.many:
        schema = {"type": "array", "items": schema}
    elif leaf.default[0]:
        schema["default"] = leaf.default[0]
    return " ".join(filter(None, parts)), schema
