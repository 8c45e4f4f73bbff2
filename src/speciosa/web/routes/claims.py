"""Is it true: popular claims with their verdicts, and each case whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.claims.grade import LEVELS
from speciosa.claims.kept import kept, of_claim
from speciosa.claims.review import claim_reviews
from speciosa.claims.sources import cited
from speciosa.report import claims as said
from speciosa.report.claim_chart import claim_chart, numbers
from speciosa.report.uses import item
from speciosa.web.downloads import citation, download
from speciosa.web.links import evidence_path
from speciosa.web.page import page
from speciosa.web.svg import inline

__all__ = ["router"]

router = APIRouter()

_Claim = Mapping[str, Any]


@router.get("/claims")
def claims(
    request: Request, words: str = "", system: str = "", verdict: str = "", certainty: str = ""
) -> Response:
    """All of them, or those that hold all words and are of what is named."""
    held = list(of_claim().values())
    found = [
        one
        for one in held
        if (not system or one["system"] == system)
        and (not verdict or said.verdict_kind(one) == verdict)
        and (not certainty or one["certainty"] == certainty)
        and all(word in _text(one) for word in words.casefold().split())
    ]
    groups: dict[str, list[_Claim]] = {}
    for one in found:
        groups.setdefault(one["system"], []).append(one)
    return page(
        request,
        "claims.html",
        found=found,
        groups=groups,
        all_of_them=held,
        open_ones=said.undecided(held),
        chosen={"words": words, "system": system, "verdict": verdict, "certainty": certainty},
        systems=list(dict.fromkeys(one["system"] for one in held)),
        verdicts=list(dict.fromkeys(map(said.verdict_kind, held))),
        levels=LEVELS[::-1],
        said=said,
        kept=kept(),
    )


@router.get("/claims/{identity}.json")
def review(identity: str) -> Response:
    """One as schema.org ClaimReview."""
    text = json.dumps(claim_reviews([_claim(identity)], date.today()), ensure_ascii=False, indent=1)
    return Response(text, media_type="application/ld+json")


@router.get("/claims/{identity}.csv")
def table(identity: str) -> Response:
    """The numbers behind its figure."""
    name = f"{identity}.csv"
    return download(said.points_csv(_claim(identity)), name, "text/csv; charset=utf-8")


@router.get("/claims/{identity}/sources.{ending}")
def sources(identity: str, ending: str) -> Response:
    """All that it rests on, as a bibliography."""
    return citation(cited(_claim(identity)["records"]), f"{identity}-sources", ending)


@router.get("/claims/{identity}")
def claim(request: Request, identity: str) -> Response:
    """The whole case: what decides each part, how sure that is, numbers and sources."""
    one = _claim(identity)
    return page(
        request,
        "claim.html",
        one=one,
        drawings=_drawings(identity),
        sources=cited(one["records"]),
        said=said,
        kept=kept(),
        item=item,
        evidence_path=evidence_path,
    )


def _claim(identity: str) -> _Claim:
    if identity not in of_claim():
        raise HTTPException(404)
    return of_claim()[identity]


@lru_cache(maxsize=128)
def _drawings(identity: str) -> tuple[str, ...]:
    """For a page and for a phone; none where no number decides."""
    one = of_claim()[identity]
    if not numbers(one):
        return ()
    return (
        inline(claim_chart(one), "wide", "wide"),
        inline(claim_chart(one, "narrow"), "narrow", "narrow"),
    )


def _text(one: _Claim) -> str:
    return " ".join((one["id"], one["claim"], one["plain"], one["system"])).casefold()
