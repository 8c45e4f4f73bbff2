"""A scenario opened from a file, and saved to one: the same TOML as the command line reads."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

import speciosa
from speciosa.errors import EmergencyError, ScenarioError
from speciosa.trial.complaints import Said
from speciosa.trial.writing import toml
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.making import form_of
from speciosa.web.form.opened import opened
from speciosa.web.form.query import address
from speciosa.web.form.read import read
from speciosa.web.guard import LONGEST_QUERY
from speciosa.web.page import page

__all__ = ["router"]

router = APIRouter()


@router.get("/open")
def choose(request: Request) -> Response:
    """Where a file is chosen, or its text pasted."""
    return page(request, "open.html", text="", error="", left=(), onward="")


@router.post("/open")
async def take(request: Request) -> Response:
    """The scenario of a file, as an address. What could not go along is told first."""
    async with request.form(max_files=1, max_fields=4) as form:
        if not request.app.state.token.fits(form.get("token")):
            raise HTTPException(403)
        file, text = form.get("file"), form.get("text")
        data = await file.read() if isinstance(file, UploadFile) else b""
    pasted = text if isinstance(text, str) else ""
    try:
        found = opened(data or _bytes(pasted))
        onward = address("/", found.pairs)
        if len(onward) > LONGEST_QUERY:
            got = Said(f"{len(onward)} letters")
            raise ScenarioError("the file", got, f"at most {LONGEST_QUERY}, to fit in an address")
    except ScenarioError as error:
        return page(
            request, "open.html", status=422, text=pasted, error=str(error), left=(), onward=""
        )
    if found.despair:
        raise EmergencyError(("suicidal thoughts",))
    if found.left:
        return page(request, "open.html", text="", error="", left=found.left, onward=onward)
    return RedirectResponse(onward, 303)


@router.get("/scenario.toml")
def save(request: Request) -> Response:
    """The scenario of the address as a file; what was not said is left to its default."""
    held = read(request)
    if held.case is None:
        if told := card_of(held):
            return stop(request, told, held)
        return page(request, "refused.html", status=422, pairs=held.pairs, form=form_of(held))
    head = f"# Saved by Speciosa {speciosa.__version__}. Not advice to take anything.\n\n"
    named = {"content-disposition": 'attachment; filename="scenario.toml"'}
    return Response(f"{head}{toml(held.tables)}", media_type="application/toml", headers=named)


def _bytes(text: str) -> bytes:
    """Text as a file holds it; half a letter, which no file can hold, is a question mark."""
    return text.encode("utf-8", "replace")
