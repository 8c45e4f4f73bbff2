"""Compare: two scenarios, ways to stop or days off, in the same virtual people.

It is never said which to choose.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from speciosa.report import words
from speciosa.report.beside import beside_answer, beside_blocks, beside_chart, curves_of
from speciosa.report.chart import Chart
from speciosa.report.figures import Width
from speciosa.report.files import json_text
from speciosa.report.findings import taken
from speciosa.report.happens import first
from speciosa.report.pairs import CURVES, EXPLAINED, Block, blocks, run_line
from speciosa.report.tables import evidence_sentence
from speciosa.report.tapers import arms_chart
from speciosa.safety.regimens import TALK
from speciosa.web.comparison import NAMES, WAYS, Asked, Compared, asked_of, compared
from speciosa.web.emergency import stop
from speciosa.web.form.fields import Form
from speciosa.web.form.making import form_of
from speciosa.web.form.second import ALONE
from speciosa.web.page import in_part, page
from speciosa.web.svg import inline

__all__ = ["router"]

router = APIRouter()

_COLUMNS = (
    *("arm", "how", "output", "measure", "unit", "kind"),
    *("median", "p05", "p25", "p75", "p95"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A table: what it is of, and a block for each measure."""

    title: str
    blocks: tuple[Block, ...]


@router.get("/compare")
def compare_page(request: Request) -> Response:
    """Questions, and once there are two, what the same people live through under each.

    The answer takes a while, so the page comes first and asks for it (`go`). Asked by htmx, only
    what was found is sent.
    """
    asked = asked_of(request)
    if asked.emergency:
        return stop(request, asked.emergency, asked.first)
    found = compared(asked) if asked.ready and asked.go else None
    if found is not None and found.card:
        return stop(request, found.card, asked.first)
    partial = found is not None and in_part(request)
    return page(
        request,
        "compared.html" if partial else "compare.html",
        pairs=asked.first.pairs,
        status=422 if asked.error else 200,
        asked=asked,
        form=_form(asked),
        ways=WAYS,
        alone=ALONE,
        names=NAMES,
        said=taken(asked.first.scenario.filled()) if asked.first.scenario else "",
        company=any(key.startswith("with.") for key, _ in asked.first.pairs),
        talk=TALK,
        **(_shown(asked, found) if found else {"found": None}),
    )


@router.get("/compare.json")
def compare_data(request: Request) -> Response:
    """As data: `days` is what `speciosa compare --json --series` prints, `hours` what is beside."""
    asked = asked_of(request)
    found = _computed(asked)
    if isinstance(found, str):
        return Response(json_text({"error": found}), 422, media_type="application/json")
    table = {"days": found.days, "hours": found.hours}
    return Response(json_text(table), media_type="application/json")


@router.get("/compare.csv")
def compare_rows(request: Request) -> Response:
    """The measures as a table: one line for each arm, measure and kind of spread."""
    found = _computed(asked_of(request))
    if isinstance(found, str):
        return Response(f"{found}\n", 422, media_type="text/plain; charset=utf-8")
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(found.hours["measures"] if found.hours else ())
    writer.writerows(found.days["measures"])
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8")


def _computed(asked: Asked) -> Compared | str:
    """What was found, or why there is nothing."""
    if asked.emergency:
        return asked.emergency
    if not asked.ready:
        return str(asked.error) if asked.error else "There is nothing to compare."
    found = compared(asked)
    return found.card or found


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
