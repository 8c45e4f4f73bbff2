"""About: what this is and is not."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from speciosa.web.page import page

__all__ = ["router"]

router = APIRouter()


@router.get("/about")
def about(request: Request) -> Response:
    """What the model can and cannot do, how it was checked, how to cite it."""
    return page(request, "about.html")
