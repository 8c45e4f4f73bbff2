"""For a professional: one page about a case, to read in a minute, to print, or as PDF.

It rests on the whole run of a scenario, which is a job. As long as that runs, its place is taken by
how far it is; with htmx the page comes by itself, without it the browser asks again.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from speciosa.errors import InputError
from speciosa.report.onepage import OnePage, hour_of, onepage, question_of, within
from speciosa.report.onepage_html import body
from speciosa.report.onepage_pdf import PAPERS, pdf
from speciosa.safety import check
from speciosa.trial import Scenario
from speciosa.web.emergency import card_of, stop, stop_where_breath_stops
from speciosa.web.form.making import form_of
from speciosa.web.form.query import Pairs, address
from speciosa.web.form.read import Read, read
from speciosa.web.jobs import Job, Jobs
from speciosa.web.page import in_part, page
from speciosa.web.whole import Done, whole

__all__ = ["router"]

router = APIRouter()

_ASKED = ("now", "question", "appendix", "paper")
"""Keys of an address that are about the report and not of a scenario."""


@router.get("/report")
def report(request: Request) -> Response:
    """The page, or how far its run is; without a scenario the form."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen)
    scenario = seen.scenario
    if scenario is None:
        return _form(request, seen)
    try:
        _asked(request, scenario)
    except InputError as error:
        return _shown(request, seen, wrong=error, status=422)
    jobs: Jobs = request.app.state.jobs
    task = whole(scenario, seen.pairs)
    job = jobs.of(task)
    # What was ended is begun again by who asks for the page, and not by one that waits.
    if job is None or job.state != "cancelled" or not in_part(request):
        job = jobs.start(task)
    if job.error is not None:
        raise job.error
    if job.found is None:
        return _shown(request, seen, job=job)
    if job.found.breath_stops:
        return stop_where_breath_stops(request, seen, job.found.plain["warnings"])
    made = _made(request, scenario, job.found)
    if made.emergency:
        return stop(request, made.emergency, seen)
    return _shown(request, seen, body=body(made, level=2))


@router.get("/report.pdf")
async def report_pdf(request: Request) -> Response:
    """The same on paper, of `paper` a4 or letter. It waits for the run, for a while."""
    seen = read(request)
    there = address("/report", [*seen.pairs, *_said(request)])
    if card_of(seen):
        return RedirectResponse(there, 303)
    scenario = seen.needed()
    _asked(request, scenario)
    paper = request.query_params.get("paper") or "a4"
    if paper not in PAPERS:
        raise InputError("paper", paper, f"one of {', '.join(PAPERS)}")
    jobs: Jobs = request.app.state.jobs
    found = (await jobs.over(whole(scenario, seen.pairs))).found
    if found is None or found.breath_stops:
        return RedirectResponse(there, 303)
    file = await run_in_threadpool(_printed, request, scenario, found, paper)
    kept = {"content-disposition": 'inline; filename="speciosa-report.pdf"'}
    return Response(file, media_type="application/pdf", headers=kept)


def _printed(request: Request, scenario: Scenario, found: Done, paper: str) -> bytes:
    return pdf(_made(request, scenario, found), paper)


def _made(request: Request, scenario: Scenario, found: Done) -> OnePage:
    hour, question = _asked(request, scenario)
    return onepage(
        found.plain,
        check(scenario),
        found.open,
        now=hour,
        question=question,
        appendix=request.query_params.get("appendix") == "1",
    )


def _asked(request: Request, scenario: Scenario) -> tuple[float | None, str]:
    """The time of asking, and the question. Raises InputError."""
    hour = hour_of(request.query_params.get("now"))
    within(hour, scenario.output.until or 0.0)
    return hour, question_of(request.query_params.get("question"))


def _said(request: Request) -> Pairs:
    """What the address says about the report itself, as it was written."""
    given = request.query_params
    return [(key, given[key]) for key in _ASKED if given.get(key, "").strip()]


def _form(request: Request, seen: Read) -> Response:
    """The form of a scenario, with what is wrong in it."""
    status = 422 if seen.error else 200
    return page(
        request,
        "report.html",
        pairs=seen.pairs,
        status=status,
        form=form_of(seen),
        body=None,
        job=None,
        wrong=None,
        said={},
        here_again="",
        pdf_at="",
    )


def _shown(
    request: Request,
    seen: Read,
    *,
    body: str | None = None,
    job: Job[Done] | None = None,
    wrong: InputError | None = None,
    status: int = 200,
) -> Response:
    """The page whole, or to htmx the part that changes."""
    part = in_part(request)
    pairs = [*seen.pairs, *_said(request)]
    return page(
        request,
        "reported.html" if part else "report.html",
        pairs=seen.pairs,
        status=status,
        form=None,
        body=body,
        job=job,
        wrong=wrong,
        said={**dict.fromkeys(_ASKED, ""), **dict(_said(request))},
        here_again=address("/report", pairs),
        pdf_at=address("/report.pdf", pairs),
    )
