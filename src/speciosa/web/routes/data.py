"""The numbers behind a page: the whole run as JSON, and each of its pictures and tables as CSV."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from speciosa.errors import InputError
from speciosa.report.curve import curve_csv
from speciosa.report.files import json_text
from speciosa.report.named import run_file
from speciosa.report.rows import TABLES, table_csv
from speciosa.web.answer import look_of
from speciosa.web.downloads import download
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.read import read
from speciosa.web.jobs import Jobs
from speciosa.web.whole import whole

__all__ = ["router"]

router = APIRouter()


@router.get("/data.json")
async def data_json(request: Request) -> Response:
    """The object that `speciosa simulate --json --series` prints, to the last digit."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen)
    jobs: Jobs = request.app.state.jobs
    job = await jobs.over(whole(seen.needed(), seen.pairs))
    if job.found is None:
        return RedirectResponse(job.address, 303)
    plain = job.found.plain
    return download(json_text(plain), run_file(plain, "json"), "application/json", shown=True)


@router.get("/data.csv")
async def data_csv(request: Request) -> Response:
    """The `table` asked for, of the same run; without one the curve that `see` names."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen)
    scenario = seen.needed()
    table = request.query_params.get("table", "")
    if table and table not in TABLES:
        raise InputError("table", table, f"one of {', '.join(TABLES)}, or none for a curve")
    look = look_of(request, scenario)
    jobs: Jobs = request.app.state.jobs
    job = await jobs.over(whole(scenario, seen.pairs))
    if job.found is None:
        return RedirectResponse(job.address, 303)
    plain = job.found.plain
    text = table_csv(plain, table) if table else curve_csv(plain, look.see)
    name = run_file(plain, "csv", table or look.see)
    return download(text, name, "text/csv; charset=utf-8", shown=True)
