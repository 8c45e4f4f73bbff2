"""For a professional: one page about a case, to read in a minute, to print, or as PDF.

It rests on the whole run of a scenario, which is a job. As long as that runs, its place is taken by
how far it is; with htmx the page comes by itself, without it the browser asks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from speciosa.errors import InputError, SpeciosaError
from speciosa.report.asked import QUESTION, hour_of, last_taken, question_of, within
from speciosa.report.onepage import OnePage, onepage
from speciosa.report.onepage_html import body
from speciosa.report.onepage_pdf import PAPERS, pdf
from speciosa.safety import check
from speciosa.trial import Scenario
from speciosa.web.downloads import download
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.fields import Form
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


@dataclass(frozen=True)
class _Question:
    """What is asked of the page, and by key what is wrong in it, which counts as not said."""

    now: float | None
    text: str
    wrong: Mapping[str, InputError]


@router.get("/report")
def report(request: Request) -> Response:
    """The page, or how far its run is; without a scenario the form."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen, kept=_said(request))
    scenario, asked = seen.scenario, _asked(request, seen.scenario)
    if scenario is None or seen.more:
        return _form(request, seen, asked)
    jobs: Jobs = request.app.state.jobs
    task = whole(scenario, seen.pairs)
    job = jobs.of(task)
    if asked.wrong:
        # No run is begun for a question that has to be asked again; what there is stays.
        if job is None or job.found is None:
            return _shown(request, seen, asked)
    elif job is None or job.state != "cancelled" or not in_part(request):
        # What was ended is begun again by who asks for the page, and not by one that waits.
        job = jobs.start(task)
    if isinstance(job.error, SpeciosaError):
        return _shown(request, seen, asked, failed=str(job.error))
    if job.error is not None:
        raise job.error
    if job.found is None:
        return _shown(request, seen, asked, job=job)
    made = _made(request, scenario, job.found, asked)
    if made.emergency:
        pairs = _said(request)
        paper = address("/report.pdf", [*seen.pairs, *pairs])
        return stop(request, made.emergency, seen, lines=made.seen, kept=pairs, paper=paper)
    return _shown(request, seen, asked, body=body(made, level=2))


@router.get("/report.pdf")
async def report_pdf(request: Request) -> Response:
    """The same on paper, of `paper` a4 or letter. It waits for the run, for a while.

    Where breath stops in it, the sheet is the card; signs that were entered need no paper.
    """
    seen = read(request)
    there = address("/report", [*seen.pairs, *_said(request)])
    if card_of(seen):
        return RedirectResponse(there, 303)
    scenario = seen.needed()
    asked = _asked(request, scenario)
    for error in asked.wrong.values():
        raise error
    paper = request.query_params.get("paper") or "a4"
    if paper not in PAPERS:
        raise InputError("paper", paper, f"one of {', '.join(PAPERS)}")
    jobs: Jobs = request.app.state.jobs
    found = (await jobs.over(whole(scenario, seen.pairs))).found
    if found is None:
        return RedirectResponse(there, 303)
    file = await run_in_threadpool(_printed, request, scenario, found, asked, paper)
    return download(file, "speciosa-report.pdf", "application/pdf", shown=True)


def _printed(
    request: Request, scenario: Scenario, found: Done, asked: _Question, paper: str
) -> bytes:
    return pdf(_made(request, scenario, found, asked), paper)


def _made(request: Request, scenario: Scenario, found: Done, asked: _Question) -> OnePage:
    # Where breath stops the page is a card, with what the rules alone find.
    stops = found.breath_stops
    return onepage(
        found.plain,
        check(scenario, quick=stops),
        () if stops else found.open,
        now=asked.now,
        question=asked.text,
        appendix=request.query_params.get("appendix") == "1",
    )


def _asked(request: Request, scenario: Scenario | None) -> _Question:
    """The time of asking, and the question; of no scenario as far as they can be read alone."""
    now, text, wrong = None, QUESTION, dict[str, InputError]()
    given = request.query_params
    try:
        now = hour_of(given.get("now"), last_taken(scenario) if scenario else 0.0)
        if scenario is not None:
            within(now, scenario.output.until or 0.0)
    except InputError as error:
        now, wrong["now"] = None, error
    try:
        text = question_of(given.get("question"))
    except InputError as error:
        wrong["question"] = error
    return _Question(now, text, wrong)


def _said(request: Request) -> Pairs:
    """What the address says about the report itself, as it was written."""
    given = request.query_params
    return [(key, given[key]) for key in _ASKED if given.get(key, "").strip()]


def _form(request: Request, seen: Read, asked: _Question) -> Response:
    """The form of a scenario and of what is asked, with what is wrong in them."""
    status = 422 if seen.error or asked.wrong else 200
    form, said = form_of(seen), _said(request)
    # The question has fields of its own beside the form; the rest goes along unseen.
    rest = [pair for pair in said if pair[0] not in ("now", "question")]
    other = "&".join(filter(None, [form.other, urlencode(said)]))
    form = replace(form, hidden=(*form.hidden, *rest), other=other)
    return _page(request, "report.html", seen, asked, status=status, form=form)


def _shown(
    request: Request,
    seen: Read,
    asked: _Question,
    *,
    body: str | None = None,
    job: Job[Done] | None = None,
    failed: str = "",
) -> Response:
    """The page whole, or to htmx the part that changes.

    What was computed stays where only the question was wrong.
    """
    template = "reported.html" if in_part(request) else "report.html"
    status = 422 if asked.wrong or failed else 200
    return _page(request, template, seen, asked, status=status, body=body, job=job, failed=failed)


def _page(
    request: Request,
    template: str,
    seen: Read,
    asked: _Question,
    *,
    status: int,
    form: Form | None = None,
    body: str | None = None,
    job: Job[Done] | None = None,
    failed: str = "",
) -> Response:
    said = _said(request)
    pairs = [*seen.pairs, *said]
    return page(
        request,
        template,
        pairs=seen.pairs,
        status=status,
        form=form,
        body=body,
        job=job,
        failed=failed,
        wrong=asked.wrong,
        said={**dict.fromkeys(_ASKED, ""), **dict(said)},
        here_again=address("/report", pairs),
        pdf_at=address("/report.pdf", [pair for pair in pairs if pair[0] not in asked.wrong]),
    )
