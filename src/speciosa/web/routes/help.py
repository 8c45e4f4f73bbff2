"""Help: what to do in an emergency, and whom to call in each country."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from speciosa.report.card import sentences
from speciosa.safety.emergencies import emergencies, naloxone_steps
from speciosa.safety.numbers import countries, numbers_for
from speciosa.web.calls import calls
from speciosa.web.page import page

__all__ = ["router"]

router = APIRouter()

_BREATH = "emergency/breathing"


@router.get("/help")
def help_page(request: Request, country: str = "") -> Response:
    """Breath first, since it is what kills soonest; then all others."""
    today, code = date.today(), country.strip().upper()[:2]
    place = code if code in countries() else None
    found = {one.id: one for one in emergencies(today, place)}
    breath = found.pop(_BREATH)
    return page(
        request,
        "help.html",
        country=place or "",
        countries=countries(),
        unknown=bool(code) and place is None,
        breath=breath,
        naloxone=naloxone_steps(today, place),
        others=list(found.values()),
        sentences=sentences,
        calls=list(calls(numbers_for(place, today))),
    )
