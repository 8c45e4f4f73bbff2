"""Long runs: to start one, to see how far it is, to end it.

What was entered goes along in the address of a run, so that it can be started again when the server
has forgotten it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from speciosa.errors import EmergencyError, InputError
from speciosa.web.comparison import Asked, Compared, asked_of, comparing
from speciosa.web.emergency import stop
from speciosa.web.form.query import Pairs
from speciosa.web.form.read import read_pairs
from speciosa.web.jobs import Job, Jobs, Task
from speciosa.web.page import in_part
from speciosa.web.routes import compare, happens
from speciosa.web.waiting import box
from speciosa.web.whole import Done, whole

__all__ = ["router"]

router = APIRouter()

_WAIT = 0.9
"""s that a page which watches waits for the end, so that a short run is seen as soon as it is over;
it asks again every second."""


@router.post("/job")
async def start(request: Request) -> Response:
    """Start the run of what a page holds, or join the one there is."""
    form = await _sent(request)
    pairs = [(key, value) for key, value in form.multi_items() if isinstance(value, str)]
    asked = asked_of(pairs)
    if told := asked.emergency:
        return stop(request, told, asked.first, second=asked.own)
    # A page starts a run by itself too, which nobody asked for.
    by_hand = not in_part(request) or form.get("by") == "hand"
    jobs: Jobs = request.app.state.jobs
    job = jobs.start(_task(asked), asked=by_hand)
    if not in_part(request):
        return RedirectResponse(job.address, 303)
    return await run_in_threadpool(_here, request, job)


@router.get("/job/{name}")
async def job(request: Request, name: str) -> Response:
    """How far a run is. Once it is done its result is shown, where htmx asks in place."""
    jobs: Jobs = request.app.state.jobs
    held = jobs.get(name)
    if held is None:
        return _forgotten(request, request.query_params.multi_items())
    held.watch(asked=not in_part(request))
    here = in_part(request) and "here" in request.query_params
    if in_part(request):
        await held.ended(_WAIT)
    if isinstance(held.error, EmergencyError):
        raise held.error
    if here:
        return await run_in_threadpool(_here, request, held)
    if held.found is None:
        return box(request, held.task, held, _scenario(held), alone=True)
    if in_part(request):
        return Response(headers={"HX-Redirect": held.task.home})
    return RedirectResponse(held.task.home, 303)


@router.post("/job/{name}/cancel")
async def cancel(request: Request, name: str) -> Response:
    """End a run."""
    await _sent(request)
    jobs: Jobs = request.app.state.jobs
    held = jobs.get(name)
    if held is None:
        return _forgotten(request, request.query_params.multi_items())
    held.cancel()
    if not in_part(request):
        return RedirectResponse(held.address, 303)
    return box(request, held.task, held, _scenario(held))


async def _sent(request: Request) -> FormData:
    """What a form of our own sent; anything else is refused."""
    form = await request.form()
    if not request.app.state.token.fits(form.get("token")):
        raise HTTPException(403)
    return form


def _task(asked: Asked) -> Task[Any]:
    """What a page with this in its address computes. Raises InputError."""
    if asked.error is not None:
        raise asked.error
    return comparing(asked) if asked.ready else whole(asked.first.needed(), asked.first.pairs)


def _scenario(job: Job[Any]) -> Pairs:
    """What other pages take along."""
    return asked_of(job.task.pairs).first.pairs


def _here(request: Request, job: Job[Any]) -> Response:
    """The result in the place of how far it was, or how far it is."""
    pairs = job.task.pairs
    match job.found:
        case Done():
            seen = replace(read_pairs(pairs), scenario=job.found.scenario)
            shown = happens.answer(request, seen, job.found, job)
            shown.headers.setdefault("HX-Retarget", "#result")
            shown.headers.setdefault("HX-Reswap", "innerHTML")
            return shown
        case Compared():
            show = request.query_params.get("show", "")
            return compare.answer(request, replace(asked_of(pairs), show=show), job.found)
        case _:
            return box(request, job.task, job, _scenario(job))


def _forgotten(request: Request, pairs: Pairs) -> Response:
    """A run that the server does not know, or no longer."""
    asked = asked_of(pairs)
    try:
        task = _task(asked)
    except InputError:
        task = None
    alone = "here" not in request.query_params
    return box(request, task, None, asked.first.pairs, alone=alone, status=404)
