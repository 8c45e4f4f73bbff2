"""Whole runs: to start one, to see how far it is, to end it.

What was entered goes along in the address of a run, so that it can be started again when the server
has forgotten it.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from speciosa.errors import EmergencyError
from speciosa.web.form.query import Pairs, address, said
from speciosa.web.form.read import Read, read, read_pairs
from speciosa.web.jobs import Job, Jobs
from speciosa.web.page import in_part, page
from speciosa.web.routes.happens import answer

__all__ = ["router"]

router = APIRouter()


@router.post("/job")
async def start(request: Request) -> Response:
    """Start the whole run of a scenario, or join the one there is."""
    form = await _sent(request)
    seen = read_pairs([(key, value) for key, value in form.multi_items() if isinstance(value, str)])
    jobs: Jobs = request.app.state.jobs
    job = jobs.start(seen.needed(), seen.pairs, asked=not in_part(request))
    return _box(request, job) if in_part(request) else _to(job)


@router.get("/job/{name}")
def job(request: Request, name: str) -> Response:
    """How far a run is. Once it is done its result is shown, where htmx asks in place."""
    jobs: Jobs = request.app.state.jobs
    held = jobs.get(name)
    if held is None:
        return _forgotten(request, read(request))
    held.watch()
    if isinstance(held.error, EmergencyError):
        raise held.error
    if held.found is None:
        return _box(request, held)
    if "here" in request.query_params:
        seen = replace(read_pairs(held.pairs), scenario=held.scenario)
        shown = answer(request, seen, held.found, held)
        shown.headers.setdefault("HX-Retarget", "#result")
        shown.headers.setdefault("HX-Reswap", "innerHTML")
        return shown
    there = address("/", held.pairs)
    if in_part(request):
        return Response(headers={"HX-Redirect": there})
    return RedirectResponse(there, 303)


@router.post("/job/{name}/cancel")
async def cancel(request: Request, name: str) -> Response:
    """End a run."""
    await _sent(request)
    jobs: Jobs = request.app.state.jobs
    held = jobs.get(name)
    if held is None:
        return _forgotten(request, Read(()))
    held.cancel()
    return _box(request, held) if in_part(request) else _to(held)


async def _sent(request: Request) -> FormData:
    """What a form of our own sent; anything else is refused."""
    form = await request.form()
    if not request.app.state.token.fits(form.get("token")):
        raise HTTPException(403)
    return form


def _to(job: Job) -> Response:
    return RedirectResponse(_address(job.id, job.pairs), 303)


def _address(name: str, pairs: Pairs) -> str:
    return address(f"/job/{name}", said(pairs))


def _box(request: Request, job: Job) -> Response:
    part = in_part(request)
    here = "here" in request.query_params or request.method == "POST"
    return page(
        request,
        "progress.html" if part else "job.html",
        pairs=job.pairs,
        job=job,
        alone=not (part and here),
    )


def _forgotten(request: Request, seen: Read) -> Response:
    """A run that the server does not know, or no longer."""
    return page(
        request,
        "progress.html" if in_part(request) else "job.html",
        pairs=seen.pairs,
        status=404,
        job=None,
        alone=True,
    )
