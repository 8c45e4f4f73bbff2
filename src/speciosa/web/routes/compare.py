"""Compare: two scenarios, ways to stop or days off, in the same virtual people.

It is never said which to choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from speciosa.errors import InputError
from speciosa.report import words
from speciosa.report.beside import beside_answer, beside_blocks
from speciosa.report.beside_chart import beside_chart, curves_of
from speciosa.report.chart import Chart
from speciosa.report.fan import PERCENTILES
from speciosa.report.figures import Width
from speciosa.report.files import json_text
from speciosa.report.findings import taken
from speciosa.report.happens import first
from speciosa.report.named import compared_file
from speciosa.report.pairs import (
    CURVES,
    EXPLAINED,
    NO_RELIEF,
    Block,
    blocks,
    run_line,
    unrelieved,
)
from speciosa.report.rows import SPREAD, csv_text
from speciosa.report.tables import evidence_sentence
from speciosa.report.tapers import arms_chart
from speciosa.safety.regimens import TALK
from speciosa.web.comparison import NAMES, WAYS, Asked, Compared, asked_of, comparing
from speciosa.web.downloads import download
from speciosa.web.emergency import stop, stop_where_breath_stops
from speciosa.web.form.fields import Form
from speciosa.web.form.making import form_of
from speciosa.web.form.second import ALONE
from speciosa.web.jobs import Job, Jobs
from speciosa.web.page import in_part, page
from speciosa.web.svg import inline
from speciosa.web.waiting import box

__all__ = ["answer", "router"]

router = APIRouter()

_COLUMNS = ("arm", "how", "output", "measure", "unit", "kind", *SPREAD)


@dataclass(frozen=True, slots=True)
class Section:
    """A table: what it is of, and a block for each measure."""

    title: str
    blocks: tuple[Block, ...]


@router.get("/compare")
def compare_page(request: Request) -> Response:
    """Questions, and once there are two, what the same people live through under each.

    That takes a while, so it is a job, and how far it is stands in its place until it is done.
    Asked by htmx, only what was found is sent, or how far it is.
    """
    asked = asked_of(request.query_params.multi_items())
    if told := asked.emergency:
        return stop(request, told, asked.first, second=asked.own)
    if not asked.ready:
        return _page(request, asked)
    jobs: Jobs = request.app.state.jobs
    job = jobs.start(comparing(asked))
    if job.error is not None:
        raise job.error
    if job.found is not None:
        return answer(request, asked, job.found)
    if in_part(request):
        # What was found before stays to be read until more is found.
        headers = {**_address(asked), "HX-Retarget": "#many", "HX-Reswap": "innerHTML"}
        return box(request, job.task, job, asked.first.pairs, headers=headers)
    return _page(request, asked, job)


def answer(request: Request, asked: Asked, found: Compared) -> Response:
    """What was found, on its page or to htmx alone; a card where breath stops."""
    if found.breath_stops:
        return _stopped(request, asked, found)
    if not in_part(request):
        return _page(request, asked, found=found)
    shown = page(
        request,
        "compared.html",
        pairs=asked.first.pairs,
        asked=asked,
        talk=TALK,
        **_shown(asked, found),
    )
    shown.headers.update({**_address(asked), "HX-Retarget": "#compared", "HX-Reswap": "outerHTML"})
    return shown


def _stopped(request: Request, asked: Asked, found: Compared) -> Response:
    first, other = asked.first, asked.second.read
    return stop_where_breath_stops(request, first, found.warnings, asked.own, other)


def _address(asked: Asked) -> Mapping[str, str]:
    """Of what is shown, so that it can be reloaded."""
    return {"HX-Replace-Url": asked.to("/compare")}


def _page(
    request: Request, asked: Asked, job: Job[Compared] | None = None, found: Compared | None = None
) -> Response:
    return page(
        request,
        "compare.html",
        pairs=asked.first.pairs,
        status=422 if asked.error else 200,
        asked=asked,
        form=_form(asked),
        ways=WAYS,
        drop_company=ALONE,
        names=NAMES,
        said=taken(asked.first.scenario.filled()) if asked.first.scenario else "",
        company=any(key.startswith("with.") for key, _ in asked.first.pairs),
        talk=TALK,
        task=job.task if job else None,
        job=job,
        **(_shown(asked, found) if found else {"found": None}),
    )


@router.get("/compare.json")
async def compare_data(request: Request) -> Response:
    """As data: `days` is what `speciosa compare --json --series` prints, `hours` what is beside."""
    found = await _computed(request)
    if isinstance(found, Response):
        return found
    table = {"days": found.days, "hours": found.hours}
    name = compared_file(found.days, "json")
    return download(json_text(table), name, "application/json", shown=True)


@router.get("/compare.csv")
async def compare_rows(request: Request) -> Response:
    """As a table: the measures, or with `show` the curves of that output, a line for each time."""
    found = await _computed(request)
    if isinstance(found, Response):
        return found
    output = request.query_params.get("show", "")
    text = _curves(found, output) if output else _measures(found)
    name = compared_file(found.days, "csv", output)
    return download(text, name, "text/csv; charset=utf-8", shown=True)


def _measures(found: Compared) -> str:
    hours = found.hours["measures"] if found.hours else ()
    days = ({"output": None, **row} for row in found.days["measures"])  # its name says it all
    return csv_text(_COLUMNS, (*hours, *days))


def _curves(found: Compared, output: str) -> str:
    """The curves that are drawn: by the hour, or by the day where the drawing is.

    Of two scenarios also their difference within each person, the second less the first.
    """
    if found.hours:
        known, series = curves_of(found.hours), found.hours["series"]
        times, rows = series["times"], series["outputs"]
        time = "day" if series["unit"] == "d" else "time"
    else:
        known, series = CURVES, found.days["series"]
        times, rows = series["days"], [{"how": "value", **row} for row in series["arms"]]
        time = "day"
    if output not in known:
        raise InputError("show", output, f"one of {', '.join(known)}")
    points = (
        {**row, time: at, **{name: row[name][place] for name in PERCENTILES}}
        for row in rows
        if row["output"] == output
        for place, at in enumerate(times)
    )
    return csv_text(("arm", "how", "output", "unit", "kind", time, *PERCENTILES), points)


async def _computed(request: Request) -> Compared | Response:
    """What was found, or what stands in its place: what to do, or how far its job is.

    Raises InputError where there is nothing to compare.
    """
    asked = asked_of(request.query_params.multi_items())
    if told := asked.emergency:
        return stop(request, told, asked.first, second=asked.own)
    if not asked.ready:
        wanted = "what differs in a second scenario, or ways=taper or ways=breaks"
        raise asked.error or InputError("b", None, wanted)
    jobs: Jobs = request.app.state.jobs
    job = await jobs.over(comparing(asked))
    found = job.found
    if found is None:
        return RedirectResponse(job.address, 303)
    if found.breath_stops:
        return _stopped(request, asked, found)
    return found


def _form(asked: Asked) -> Form:
    """The questions about the first, which keep what was said of the second."""
    form = form_of(asked.first)
    return replace(form, hidden=(*form.hidden, *asked.own))


def _shown(asked: Asked, found: Compared) -> Mapping[str, Any]:
    """All that the page shows of what was found."""
    days, hours = found.days, found.hours
    outputs = curves_of(hours) if hours else list(CURVES)
    usual = first(days["arms"][0]["scenario"]) if hours else CURVES[0]
    usual = usual if usual in outputs else outputs[0]
    show = asked.show if asked.show in outputs else usual
    return {
        "found": found,
        "arms": [
            (arm["name"], taken(arm["scenario"]) if hours else arm["says"]) for arm in days["arms"]
        ],
        "run": run_line(hours or days),
        "days": len(days["series"]["days"]),
        "warnings": list(dict.fromkeys([*(hours["warnings"] if hours else ()), *days["warnings"]])),
        "hidden": [words.output_title(one) for one in hours["hidden"]] if hours else [],
        "outputs": {one: words.output_title(one) for one in outputs},
        "show": show,
        "answer": beside_answer(hours, show) if hours else "",
        "wide": _drawn(found, show, "wide"),
        "narrow": _drawn(found, show, "narrow"),
        "sections": list(_sections(found)),
        "explained": EXPLAINED,
        "left_out": NO_RELIEF if unrelieved(days) else "",
        "kinds": words.KINDS,
        "dangers": days["dangers"],
        "sources": days["sources_differ"],
        "evidence": evidence_sentence((hours or days)["evidence"]),
    }


def _drawn(found: Compared, output: str, width: Width) -> str:
    chart: Chart = (
        beside_chart(found.hours, output, width=width)
        if found.hours
        else arms_chart(found.days, output, width=width)
    )
    return inline(chart, f"curves-{width}", width)


def _sections(found: Compared) -> Iterator[Section]:
    """Numbers by arm, and then how they differ from the first within each person."""
    against = f"against {found.days['arms'][0]['name']}, within each person"
    if found.hours:
        yield Section("Hour by hour", tuple(beside_blocks(found.hours, "value")))
        yield Section(f"Hour by hour, {against}", tuple(beside_blocks(found.hours, "difference")))
    yield Section("Day by day", tuple(blocks(found.days, "value")))
    yield Section(f"Day by day, {against}", tuple(blocks(found.days, "difference")))
