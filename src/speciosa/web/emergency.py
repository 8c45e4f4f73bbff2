"""The page of an emergency: what to do, whom to call, why it is there, and nothing else.

It takes the place of whatever was asked for, also where only a part of a page was; in place of
data it is one text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from fastapi import Request
from starlette.responses import Response

from speciosa.report.card import parts, sentences
from speciosa.report.stopped import SEEN
from speciosa.report.stopped import seen as saw
from speciosa.safety.check import check
from speciosa.safety.emergencies import breath_stops_card, card
from speciosa.safety.numbers import numbers_for
from speciosa.web.calls import calls
from speciosa.web.form.making import form_of
from speciosa.web.form.query import Pairs
from speciosa.web.form.read import Read
from speciosa.web.instead import instead
from speciosa.web.page import PAGES, page

__all__ = ["card_of", "stop", "stop_where_breath_stops"]

_WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}
"""Where htmx asked for a part, all of the page goes."""


def card_of(seen: Read) -> str:
    """The card of an emergency that was entered, whatever else is wrong; empty without one."""
    case = seen.case or seen.urgent
    return card(case, date.today()) if case else ""


def stop_where_breath_stops(
    request: Request,
    seen: Read,
    warnings: Sequence[str],
    second: Pairs = (),
    other: Read | None = None,
) -> Response:
    """The card in place of a result in which breath stops: what to do, and why it is there.

    How often breath was seen to stop and what the rules of the check find dangerous stand on it,
    of both where there is an `other` scenario.
    """
    today = date.today()
    told = breath_stops_card(today, _place(seen))
    cases = [one.case for one in (seen, other) if one is not None and one.case is not None]
    found = [check(case, today=today, quick=True).to_dict()["findings"] for case in cases]
    lines = saw(warnings, chain.from_iterable(found))
    return stop(request, told, seen, second=second, lines=lines)


def stop(
    request: Request,
    told: str,
    seen: Read,
    others: Sequence[str] = (),
    second: Pairs = (),
    lines: Sequence[str] = (),
    kept: Pairs = (),
    paper: str = "",
) -> Response:
    """The card, and the numbers of the place that was entered.

    `lines` say what a simulation and the check saw; of `others` found only titles, folded away.
    `kept` goes along in the form beside the scenario; `paper` is the address of the card as PDF.
    What was entered can be changed at the end of it, since some emergencies are slips of a pen. The
    form keeps what was said of a `second` scenario, but for its signs.
    """
    if text := instead(request, "emergency", told):
        return text
    head, found = parts(told)
    form = form_of(seen)
    along = [*kept, *(pair for pair in second if not pair[0].endswith(".signs"))]
    answer = page(
        request,
        "emergency.html",
        pairs=seen.pairs,
        head=head,
        parts=[one for one in found if one.heading != "Numbers"],
        sentences=sentences,
        calls=list(calls(numbers_for(_place(seen), date.today()))),
        saw=SEEN,
        lines=lines,
        paper=paper,
        others=others,
        form=replace(form, hidden=(*form.hidden, *along)),
        there=_asks_again(request.url.path, compared=bool(second)),
    )
    answer.headers.update(_WHOLE_PAGE)
    return answer


def _asks_again(path: str, *, compared: bool) -> str:
    """The page at which the form asks again; a run, a file or what was sent has none itself."""
    if compared:
        return "/compare"
    return path if path in {one.path for one in PAGES} else "/"


def _place(seen: Read) -> str | None:
    case = seen.case or seen.urgent
    return case.scenario.who.jurisdiction if case else None
