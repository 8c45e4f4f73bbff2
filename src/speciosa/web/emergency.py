"""The page of an emergency: what to do, whom to call, and nothing else.

It takes the place of whatever was asked for, also where only a part of a page was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import Request
from starlette.responses import Response

from speciosa.report.card import parts, sentences
from speciosa.safety.numbers import numbers_for
from speciosa.web.calls import calls
from speciosa.web.form.fields import form_of
from speciosa.web.form.read import Read
from speciosa.web.page import page

__all__ = ["stop"]

_WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}
"""Where htmx asked for a part, all of the page goes."""


def stop(request: Request, card: str, seen: Read, others: Sequence[str] = ()) -> Response:
    """The card, and the numbers of the place that was entered; of `others` found only titles.

    What was entered can be changed at the end of it, since some emergencies are slips of a pen.
    """
    head, found = parts(card)
    place = seen.case.scenario.who.jurisdiction if seen.case else None
    answer = page(
        request,
        "emergency.html",
        pairs=seen.pairs,
        head=head,
        parts=[one for one in found if one.heading != "Numbers"],
        sentences=sentences,
        calls=list(calls(numbers_for(place, date.today()))),
        others=others,
        form=form_of(seen),
    )
    answer.headers.update(_WHOLE_PAGE)
    return answer
