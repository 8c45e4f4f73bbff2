"""Inside: each body system, and how they are wired."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.language.mathml import as_mathml
from speciosa.language.render import as_latex
from speciosa.model.wiring import SYSTEMS
from speciosa.report import wires
from speciosa.report.files import json_text
from speciosa.report.system import page_of, paragraphs
from speciosa.web.downloads import download
from speciosa.web.links import path_to, prose
from speciosa.web.page import page
from speciosa.web.svg import inline

__all__ = ["router"]

router = APIRouter()

_BY_WORD = {system.word: system for system in SYSTEMS}


@router.get("/inside")
def inside(request: Request) -> Response:
    """All systems, and what each gives to which."""
    return page(
        request,
        "inside.html",
        layers=wires.LAYERS,
        first=_first_words(),
        prose=prose,
        wires=wires.wires(),
        drawings=_whole(),
    )


@router.get("/inside/{word}.json")
def data(word: str) -> Response:
    """A system as plain data, as `speciosa show --json` prints it."""
    text = json_text(page_of(_system(word)).to_dict())
    return download(text, f"{word}.json", "application/json")


@router.get("/inside/{word}")
def system(request: Request, word: str) -> Response:
    """What a system says, its equations, its numbers, and what arrives and leaves."""
    one = _system(word)
    return page(
        request,
        "system.html",
        path_to=path_to,
        prose=prose,
        word=word,
        **_shown(word),
        **_wires(one),
    )


def _system(word: str) -> Any:
    if word not in _BY_WORD:
        raise HTTPException(404)
    return _BY_WORD[word]


@lru_cache(maxsize=32)
def _shown(word: str) -> dict[str, Any]:
    one = _BY_WORD[word]
    found = page_of(one)
    said, assumed, left_out = paragraphs(found.about)
    latex = as_latex(one)
    return {
        "system": found,
        "said": said,
        "assumed": assumed,
        "left_out": left_out,
        "mathml": as_mathml(latex) if latex else "",
        "docs": {row.name: row.doc for row in found.symbols},
        "states": [row for row in found.symbols if row.kind == "state"],
        "drawing": inline(wires.drawing(one), "wires"),
        "drawn": wires.description(one),
    }


def _wires(one: Any) -> dict[str, Any]:
    return {"came": wires.arriving(one), "left": wires.leaving(one)}


@lru_cache(maxsize=1)
def _whole() -> tuple[str, str]:
    return (
        inline(wires.body_chart(), "wide", "wide"),
        inline(wires.body_chart("narrow"), "narrow", "narrow"),
    )


@lru_cache(maxsize=1)
def _first_words() -> dict[str, str]:
    """What each system is, in the first line of its file."""
    return {one.word: paragraphs(page_of(one).about)[0][0] for one in SYSTEMS}
