"""About: what this is and is not."""

from __future__ import annotations

from datetime import date
from functools import cache

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.report import comparisons as said
from speciosa.report.about import LICENCE, ages, citation, counts, versions
from speciosa.report.against import against
from speciosa.report.validated import comparisons, fits_held, groups, validated
from speciosa.web.downloads import CITATIONS, download
from speciosa.web.links import path_to
from speciosa.web.page import page
from speciosa.web.svg import inline

__all__ = ["router"]

router = APIRouter()


@router.get("/about")
def about(request: Request) -> Response:
    """What the model can and cannot do, how it was checked, how to cite it."""
    return page(
        request,
        "about.html",
        groups=groups(),
        validated=validated(),
        fits=fits_held(),
        parts={part: _of_part(part) for part in said.PARTS},
        drawings={part: _drawings(part) for part in said.PARTS},
        said=said,
        path_to=path_to,
        ages=ages(date.today()),
        counts=counts(),
        versions=versions(),
        citation=citation("text"),
        licence=LICENCE,
    )


@router.get("/about/validation.csv")
def table() -> Response:
    """Every comparison of the model with people."""
    text = said.comparisons_csv(comparisons())
    return download(text, "speciosa-validation.csv", "text/csv; charset=utf-8")


@router.get("/about/cite.{ending}")
def cite(ending: str) -> Response:
    """How to cite the program, as a file."""
    if ending not in CITATIONS:
        raise HTTPException(404)
    form, kind = CITATIONS[ending]
    return download(citation(form), f"speciosa.{ending}", kind)


@cache
def _of_part(part: str) -> tuple[said.Row, ...]:
    """Comparisons of levels, of effects or of interactions; the furthest off first."""
    return tuple(said.furthest_first(row for row in comparisons() if row["part"] == part))


@cache
def _drawings(part: str) -> tuple[str, ...]:
    """For a page and for a phone."""
    rows = _of_part(part)
    return (
        inline(against(rows), f"{part}-wide", "wide"),
        inline(against(rows, "narrow"), f"{part}-narrow", "narrow"),
    )
