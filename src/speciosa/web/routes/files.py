"""A scenario opened from a file, and saved to one: the same TOML as the command line reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PureWindowsPath

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

import speciosa
from speciosa.errors import ScenarioError
from speciosa.trial.complaints import Said
from speciosa.trial.writing import toml
from speciosa.web.downloads import download
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.making import form_of
from speciosa.web.form.opened import Paper, opened
from speciosa.web.form.query import address
from speciosa.web.form.read import read, read_pairs
from speciosa.web.guard import LONGEST_QUERY
from speciosa.web.page import page

__all__ = ["router"]

router = APIRouter()


@router.get("/open")
def choose(request: Request) -> Response:
    """Where a file is chosen, or its text pasted."""
    return _shown(request)


@router.post("/open")
async def take(request: Request) -> Response:
    """The scenario of a file, as an address. What could not go along is told first."""
    async with request.form(max_files=2, max_fields=4) as form:
        if not request.app.state.token.fits(form.get("token")):
            raise HTTPException(403)
        file, paper = await _sent(form.get("file")), await _sent(form.get("paper"))
        text = form.get("text")
    pasted = text if isinstance(text, str) else ""
    data = file.data if file and file.data else _bytes(pasted)
    shown = data.decode("utf-8", "replace")
    try:
        found = opened(data, paper)
    except ScenarioError as error:
        return _shown(request, text=shown, error=str(error))
    seen = read_pairs(found.pairs)
    if told := card_of(read_pairs([*found.pairs, *found.signs])):
        return stop(request, told, seen)
    onward = address("/", found.pairs)
    error = found.error
    if len(onward) > LONGEST_QUERY:
        got = Said(f"{len(onward)} letters")
        error = ScenarioError("the file", got, f"at most {LONGEST_QUERY}, to fit in an address")
    if error is not None:
        return _shown(request, text=shown, error=str(error))
    if found.left:
        kept = shown if found.wants else ""
        return _shown(request, text=kept, left=found.left, wants=found.wants, onward=onward)
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
    return download(f"{head}{toml(held.tables)}", "scenario.toml", "application/toml")


async def _sent(held: object) -> Paper | None:
    """A file with its name, without the folders that some browsers put before it."""
    if not isinstance(held, UploadFile) or not held.filename:
        return None
    return Paper(PureWindowsPath(held.filename).name, await held.read())


def _shown(
    request: Request,
    *,
    text: str = "",
    error: str = "",
    left: Sequence[str] = (),
    wants: str = "",
    onward: str = "",
) -> Response:
    """The page with what was sent still in it, as far as a browser lets a page keep that."""
    status = 422 if error else 200
    return page(
        request,
        "open.html",
        status=status,
        text=text,
        error=error,
        left=left,
        wants=wants,
        onward=onward,
    )


def _bytes(text: str) -> bytes:
    """Text as a file holds it; half a letter, which no file can hold, is a question mark."""
    return text.encode("utf-8", "replace")
