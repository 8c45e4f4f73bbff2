"""What happens: who takes what, and what is then likely; the first page.

A first look at a few people is made at once, whenever anything in the form changes. The whole run,
with what we do not know, is a job; once it is done its numbers take the place of the first ones.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from speciosa.errors import InputError
from speciosa.web.answer import Look, context, first_look, look_of
from speciosa.web.emergency import card_of, stop, stop_where_breath_stops
from speciosa.web.form.making import form_of
from speciosa.web.form.query import address
from speciosa.web.form.read import Read, read
from speciosa.web.jobs import Job, Jobs
from speciosa.web.page import in_part, page
from speciosa.web.whole import Done, whole

__all__ = ["answer", "router"]

router = APIRouter()


@router.get("/")
def happens(request: Request) -> Response:
    """The form, and with a scenario in the address what happens. Asked by htmx, only the latter."""
    seen = read(request)
    if told := card_of(seen):
        return stop(request, told, seen)
    if seen.scenario is None:
        return _unread(request, seen)
    jobs: Jobs = request.app.state.jobs
    job = jobs.of(whole(seen.scenario, seen.pairs))
    found = job.found if job is not None else None
    return answer(request, seen, found or first_look(seen.scenario), job)


def answer(request: Request, seen: Read, found: Done, job: Job[Done] | None) -> Response:
    """The page of a result, or the part that htmx asks for; a card where breath stops."""
    scenario = seen.scenario
    assert scenario is not None  # there is a result of it
    if found.breath_stops:
        return stop_where_breath_stops(request, seen, found.plain["warnings"])
    try:
        look = look_of(request, scenario)
    except InputError as error:
        return _unread(request, seen, str(error))
    part, form = in_part(request), form_of(seen)
    shown = page(
        request,
        "result.html" if part else "happens.html",
        pairs=seen.pairs,
        form=form,
        heard=[one for one in form.all() if one.understood or one.question],
        task=whole(scenario, seen.pairs),
        job=job,
        **context(found, scenario, look, seen.pairs),
    )
    if part:
        # The address follows what is shown; a step back leads to the page before, not to a letter.
        shown.headers["HX-Replace-Url"] = address("/", [*seen.pairs, *_said(request, look)])
    return shown


def _said(request: Request, look: Look) -> list[tuple[str, str]]:
    """What is to be seen, as far as the address said it."""
    return [pair for pair in look.pairs if pair[0] in request.query_params]


def _unread(request: Request, seen: Read, why: str = "") -> Response:
    """The form as it was sent, with what is wrong; to htmx only that."""
    wrong = bool(why or seen.error)
    part = in_part(request)
    form = form_of(seen)
    return page(
        request,
        "unread.html" if part else "happens.html",
        pairs=seen.pairs,
        status=422 if wrong else 200,
        form=form,
        why=why or form.error,
        look=None,
    )
