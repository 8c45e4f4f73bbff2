"""The app as OpenAPI: what every address takes and gives, for programs that ask it.

    app.openapi = partial(described, app)

What a scenario may say comes from its schema and from the labels of the form. A word is described
as a scenario file has it; an address is forgiven more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from speciosa.product.alkaloids import KNOWN
from speciosa.report.onepage_pdf import PAPERS
from speciosa.report.rows import TABLES
from speciosa.trial.doses import Dose
from speciosa.trial.quantities import Measured, Word
from speciosa.web.answer import KINDS
from speciosa.web.comparison import WAYS
from speciosa.web.form.labels import label_of
from speciosa.web.form.query import PLACED, PRIVATE
from speciosa.web.form.schema import Leaf, leaves
from speciosa.web.form.second import PREFIX

__all__ = ["described", "kind_of"]

_TEXT = {"type": "string"}
_SET = {"type": "string", "enum": ["1"]}
_FILE = {"type": "string", "format": "binary"}


def _parameter(name: str, says: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": says, "schema": dict(schema)}


def _every(name: str, says: str, start: str) -> dict[str, Any]:
    """A parameter for all keys that begin so."""
    keys = {f"^{re.escape(start)}": _TEXT}
    schema = {"type": "object", "patternProperties": keys, "additionalProperties": False}
    return {**_parameter(name, says, schema), "style": "form", "explode": True}


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [word for word in words if word]}


_SEE = _parameter("see", "The output whose curve is shown, as pain.relief", _TEXT)
_SPREAD = _parameter("show", "Kinds of spread", {"type": "array", "items": _one_of(KINDS)})
_FULL = _parameter("full", "With all that takes longer", _SET)
_COMPARED = (
    _every("second", "What is not the same in the second scenario, as b.regimen.dose=6 g", PREFIX),
    _parameter("ways", "Ways to compare in place of a second scenario", _one_of(WAYS)),
    _parameter("show", "The output whose curves are drawn, as pain.relief", _TEXT),
    _FULL,
)
_REPORTED = (
    _parameter("now", "When it is asked: 6 h after the first dose, or 2 h ago", _TEXT),
    _parameter("question", "What is asked of the professional", _TEXT),
    _parameter("appendix", "With everything behind it", _SET),
)
_TAKES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "/": (_SEE, _SPREAD),
    "/danger": (_FULL,),
    "/danger.json": (_FULL,),
    "/compare": _COMPARED,
    "/compare.json": _COMPARED,
    "/compare.csv": _COMPARED,
    "/report": _REPORTED,
    "/report.pdf": (*_REPORTED, _parameter("paper", "Size of the sheet", _one_of(PAPERS))),
    "/data.json": (),
    "/data.csv": (_SEE, _parameter("table", "A table in place of the curve", _one_of(TABLES))),
    "/scenario.toml": (),
    "/job/{name}": (_SEE, _SPREAD, _parameter("here", "For htmx, in place", _SET)),
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
                *(dict(one) for one in _TAKES[path]),
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
        taken = [*_scenario(), *_COMPARED]
        fields |= {one["name"]: one["schema"] for one in taken if "style" not in one}
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
    says = "A lab paper, as product.certificate.alkaloids.mitragynine=14 mg/g"
    yield _every("product.certificate", says, "product.certificate.")


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
