"""Is it dangerous: the check, gravest first; its rules at once, and its simulation after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from speciosa.report import met
from speciosa.report.files import json_text
from speciosa.report.findings import answer, basis, case_line, ending, numbers_said
from speciosa.report.stopped import named
from speciosa.report.stopped import seen as saw
from speciosa.safety.check import QUICK, Check, check
from speciosa.web.calls import calls
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.making import form_of
from speciosa.web.form.query import address
from speciosa.web.form.read import Read, read
from speciosa.web.page import in_part, page
from speciosa.web.rules import SIGNS

__all__ = ["router"]

router = APIRouter()

_WHOLE = ("full", "1")
"""In an address: with the simulation."""
_BRIEF = "note"
"""Of these the title alone stands open."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, and what is said of its numbers and of how sure it is."""

    finding: Mapping[str, Any]
    sign: str
    numbers: tuple[str, ...]
    sure: str
    checked: str
    brief: bool


@router.get("/danger")
def danger(request: Request) -> Response:
    """What is dangerous about a case. Asked by htmx, only what was found is sent."""
    seen = _read(request)
    if seen.case is None:
        if told := card_of(seen):
            return stop(request, told, seen)
        status = 422 if seen.error else 200
        return page(
            request,
            "danger.html",
            pairs=seen.pairs,
            status=status,
            form=form_of(seen),
            found=None,
        )
    whole = _whole(request)
    checked = check(seen.case, today=date.today(), quick=not whole)
    found = checked.to_dict()
    if checked.emergency or checked.card:
        return _stop(request, seen, checked)
    exposures = found["exposures"]
    asked = in_part(request)
    return page(
        request,
        "found.html" if asked else "danger.html",
        pairs=seen.pairs,
        form=form_of(seen),
        found=found,
        answer=answer(found),
        case=case_line(found),
        told=[_told(one) for one in found["findings"]],
        calls=list(calls(checked.numbers)),
        place=checked.case.scenario.who.jurisdiction,
        ending=[one for one in ending(found) if not one.startswith(("Numbers", "With a juris"))],
        waits=found["unsimulated"] == QUICK,
        tables=_tables(exposures) if exposures else (),
        whole=address("/danger", [*seen.pairs, _WHOLE]),
        data=address("/danger.json", [*seen.pairs, *([_WHOLE] if whole else [])]),
    )


@router.get("/danger.json")
def danger_data(request: Request) -> Response:
    """The same as data, as `speciosa check --json` prints it."""
    seen = _read(request)
    if seen.case is None:
        raise seen.missing
    found = check(seen.case, today=date.today(), quick=not _whole(request))
    return Response(json_text(found.to_dict()), media_type="application/json")


def _read(request: Request) -> Read:
    """What was entered; a medicine that nobody knows is a finding here and no error."""
    seen = read(request)
    return seen if seen.case is None else replace(seen, error=None)


def _whole(request: Request) -> bool:
    return _WHOLE in request.query_params.multi_items()


def _stop(request: Request, seen: Read, checked: Check) -> Response:
    """The card alone; of all else that was found the titles.

    Where breath stops in the simulation, dangers stand in the open, as beside any such card.
    """
    urgent = [one for one in checked.findings if one.severity == "emergency"]
    stops = checked.exposures is not None and checked.exposures.breath_stops
    lines = saw((), [one.to_dict() for one in checked.findings]) if stops else ()
    card = checked.card or "\n\n".join(
        ["EMERGENCY", *(f"{one.title}\n{one.plain}" for one in urgent)]
    )
    others = [named(one.to_dict()) for one in checked.findings if one not in urgent]
    others = [one for one in others if one not in lines]
    return stop(request, card, seen, others, lines=lines)


def _told(finding: Mapping[str, Any]) -> Told:
    sure, _, seen = basis(finding)
    said = tuple(numbers_said(finding, more=True))
    severity = finding["severity"]
    return Told(finding, SIGNS[severity], said, sure, seen, severity == _BRIEF)


def _tables(exposures: Mapping[str, Any]) -> Sequence[tuple[str, met.Lines, str]]:
    """What drugs do to each other over time: heading, lines, and what is said of them."""
    found = [
        (met.RATIOS, met.ratio_lines(exposures), met.EXPLAINED),
        (met.ENZYMES, met.enzyme_lines(exposures), ""),
    ]
    return [one for one in found if one[1][1]]
