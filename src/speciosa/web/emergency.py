"""The page of an emergency: what to do, whom to call, and nothing else.

It takes the place of whatever was asked for, also where only a part of a page was; in place of
data it is one text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import Request
from starlette.responses import Response

from speciosa.report.card import parts, sentences
from speciosa.safety.emergencies import breath_stops_card, card
from speciosa.safety.numbers import numbers_for
from speciosa.web.calls import calls
from speciosa.web.form.making import form_of
from speciosa.web.form.read import Read
from speciosa.web.instead import instead
from speciosa.web.page import page

__all__ = ["card_of", "stop", "stop_where_breath_stops"]

_WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}
"""Where htmx asked for a part, all of the page goes."""


def card_of(seen: Read) -> str:
    """The card of an emergency that was entered, whatever else is wrong; empty without one."""
    case = seen.case or seen.urgent
    return card(case, date.today()) if case else ""


def stop_where_breath_stops(request: Request, seen: Read, warnings: Sequence[str]) -> Response:
    """The card in place of a result in which breath stops, with the first of its warnings."""
    return stop(request, breath_stops_card(date.today(), _place(seen)), seen, warnings[:1])


def stop(request: Request, told: str, seen: Read, others: Sequence[str] = ()) -> Response:
    """The card, and the numbers of the place that was entered; of `others` found only titles.

    What was entered can be changed at the end of it, since some emergencies are slips of a pen.
    """
    if text := instead(request, "emergency", told):
        return text
    head, found = parts(told)
    answer = page(
        request,
        "emergency.html",
        pairs=seen.pairs,
        head=head,
        parts=[one for one in found if one.heading != "Numbers"],
        sentences=sentences,
        calls=list(calls(numbers_for(_place(seen), date.today()))),
        others=others,
        form=form_of(seen),
        # The form asks again here; where something was sent and not asked, on the first page.
        there=request.url.path if request.method == "GET" else "/",
    )
    answer.headers.update(_WHOLE_PAGE)
    return answer


def _place(seen: Read) -> str | None:
    case = seen.case or seen.urgent
    return case.scenario.who.jurisdiction if case else None
