"""The numbers behind a page: the whole run as JSON, and a curve as CSV."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from speciosa.report.curve import curve_csv
from speciosa.report.files import json_text
from speciosa.web.answer import look_of
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.query import address
from speciosa.web.form.read import read
from speciosa.web.jobs import LONGEST, Job, Jobs

__all__ = ["router"]

router = APIRouter()


@router.get("/data.json")
async def data_json(request: Request) -> Response:
    """The object that `speciosa simulate --json --series` prints, to the last digit."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen)
    jobs: Jobs = request.app.state.jobs
    job = await jobs.whole(seen.needed(), seen.pairs, LONGEST)
    if job.found is None:
        return _later(job)
    return _file(json_text(job.found.plain), "application/json", "speciosa.json")


@router.get("/data.csv")
async def data_csv(request: Request) -> Response:
    """The curve that `see` names, of the same run."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen)
    scenario = seen.needed()
    look = look_of(request, scenario)
    jobs: Jobs = request.app.state.jobs
    job = await jobs.whole(scenario, seen.pairs, LONGEST)
    if job.found is None:
        return _later(job)
    text = curve_csv(job.found.plain, look.see)
    return _file(text, "text/csv; charset=utf-8", f"{look.see}.csv")


def _later(job: Job) -> Response:
    return RedirectResponse(address(f"/job/{job.id}", job.pairs), 303)


def _file(text: str, kind: str, name: str) -> Response:
    return Response(
        text, media_type=kind, headers={"content-disposition": f'inline; filename="{name}"'}
    )
