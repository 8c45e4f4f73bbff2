"""About: what this is and is not."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.report.about import LICENCE, ages, citation, counts, versions
from speciosa.report.validated import groups, validated
from speciosa.web.downloads import CITATIONS, download
from speciosa.web.page import page

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
        ages=ages(date.today()),
        counts=counts(),
        versions=versions(),
        citation=citation("text"),
        licence=LICENCE,
    )


@router.get("/about/cite.{ending}")
def cite(ending: str) -> Response:
    """How to cite the program, as a file."""
    if ending not in CITATIONS:
        raise HTTPException(404)
    form, kind = CITATIONS[ending]
    return download(citation(form), f"speciosa.{ending}", kind)
