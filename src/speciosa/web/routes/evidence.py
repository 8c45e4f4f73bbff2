"""Evidence: every number with its source, found by words, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.evidence import Observation, Record, observations, sources, studies
from speciosa.evidence.cite import Cited, rests_on
from speciosa.report import search as found_by
from speciosa.report import words as say
from speciosa.report.uses import Item, all_records, item, rests_on_source, uses
from speciosa.web.downloads import CITATIONS, citation
from speciosa.web.links import evidence_path, path_to, use_path
from speciosa.web.page import page

__all__ = ["PAGE", "router"]

router = APIRouter()

PAGE = 50
"""Entries on a page."""

_MOST = 10_000


@router.get("/evidence")
def evidence(
    request: Request,
    words: str = "",
    kind: str = "",
    system: str = "",
    status: str = "",
    read: str = "",
    at: str = "1",
) -> Response:
    """What holds all words and is of what is named, a page at a time."""
    chosen = {"words": words, "kind": kind, "system": system, "status": status, "read": read}
    found = found_by.search(**chosen)
    pages = max(1, -(-len(found) // PAGE))
    place = min(max(int(at), 1), pages) if at.isdecimal() and int(at) < _MOST else 1
    said = [(key, value) for key, value in chosen.items() if value]

    def to(**more: str | int) -> str:
        return "/evidence?" + urlencode([*said, *more.items()])

    return page(
        request,
        "evidence.html",
        chosen=chosen,
        found=found[(place - 1) * PAGE : place * PAGE],
        total=len(found),
        counts=found_by.counted(found),
        place=place,
        last=pages,
        to=to,
        filters={
            "kind": ("Kind", found_by.KINDS),
            "system": ("About", found_by.systems()),
            "status": ("How it came about", found_by.STATUSES),
            "read": ("How it was read", found_by.READS),
        },
        say=say,
        path_to=path_to,
    )


@router.get("/evidence/cite.{ending}")
def cite(ending: str, of: str = "") -> Response:
    """The sources of a record or an observation, or a source by its key, as a bibliography."""
    if ending not in CITATIONS:
        raise HTTPException(404)
    return citation(_cited(of), of.replace("/", "-"), ending)


@router.get("/evidence/record/{identity:path}")
def record(request: Request, identity: str) -> Response:
    """Everything of a record."""
    if identity not in all_records():
        raise HTTPException(404)
    one = all_records()[identity]
    return page(
        request,
        "record.html",
        one=one,
        rows=tuple(_of_record(one)),
        uses=uses(identity),
        sources=rests_on([one]),
        cite=urlencode({"of": identity}),
        amount=found_by.amount,
        use_path=use_path,
    )


@router.get("/evidence/observation/{identity:path}")
def observation(request: Request, identity: str) -> Response:
    """Everything of an observation, and the study that printed it."""
    if identity not in observations():
        raise HTTPException(404)
    one = observations()[identity]
    return page(
        request,
        "observation.html",
        one=one,
        study=studies()[one.study],
        rows=tuple(_of_observation(one)),
        uses=uses(identity),
        sources=rests_on([identity]),
        cite=urlencode({"of": identity}),
        say=say,
        amount=found_by.amount,
        use_path=use_path,
    )


@router.get("/evidence/source/{key}")
def source(request: Request, key: str) -> Response:
    """A source, and everything that rests on it."""
    if key not in sources():
        raise HTTPException(404)
    held = rests_on_source(key)
    return page(
        request,
        "source.html",
        one=sources()[key],
        held=_by_kind(held),
        cite=urlencode({"of": key}),
        say=say,
        evidence_path=evidence_path,
    )


def _by_kind(held: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for one in held:
        found.setdefault(one.kind, []).append(one)
    return found


def _cited(of: str) -> tuple[Cited, ...]:
    if of in sources():
        held = rests_on(
            one.id for one in rests_on_source(of) if one.kind in ("record", "observation", "study")
        )
        own = [one for one in held if one.source.key == of]
        return tuple(own) or (Cited(sources()[of]),)
    if item(of) is None or not evidence_path(of):
        raise HTTPException(404)
    return rests_on([of])


def _of_record(one: Record) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What is told of it: a name, words, and ids that have pages of their own."""
    spread = one.spread
    if spread.kind == "exact":
        yield "How far it may be off", f"exact: {spread.because}" if spread.because else "exact", ()
    else:
        ends = say.span(spread.p05, spread.p95)
        unit = "" if one.unit_text == "1" else f" {one.unit_text}"
        why = f" {spread.because}" if spread.because else ""
        yield "How far it may be off", f"9 in 10 chance: {ends}{unit} ({spread.kind}).{why}", ()
    yield "How it came about", say.STATUS[one.status], ()
    yield "How it was read", say.READ[one.read], ()
    yield "Where in the source", one.where, ()
    if one.by:
        yield "By", one.by, ()
    if one.because:
        yield "Because", one.because, ()
    if one.range:
        yield "May lie between", f"{say.number(one.range[0])} and {say.number(one.range[1])}", ()
    if one.data:
        yield "Fitted to", one.run, one.data
    for key, held in one.conditions.items():
        yield key.replace("_", " ").capitalize(), str(held), ()
    if one.note:
        yield "Note", one.note, ()
    if one.supersedes:
        yield "Replaces", "", one.supersedes
    if one.disputes:
        yield "Says otherwise than", "", one.disputes


def _of_observation(one: Observation) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "What", f"{say.measure(one.measure)} of {say.output_title(one.output)}", ()
    yield "Statistic", one.statistic.replace("_", " "), ()
    if one.at is not None:
        yield "At", f"{say.number(one.at)} h", ()
    if one.above is not None:
        yield "Share above", say.number(one.above), ()
    yield "Printed beside it", str(one.spread), ()
    yield "People", "not printed" if one.n is None else str(one.n), ()
    yield "Arms", ", ".join(one.arms), ()
    yield (
        "What it may serve",
        {
            "fit": "to fit the model",
            "validate": "to check the model, which has never seen it",
            "none": "neither to fit nor to check",
        }[one.use],
        (),
    )
    if one.because:
        yield "Because", one.because, ()
    yield "How it was read", say.READ[one.read], ()
    yield "Where in the source", one.where, ()
    if one.by:
        yield "Follows from", one.by, ()
    if one.repeats:
        yield "Says again", "", (one.repeats,)
    if one.disputes:
        yield "Says otherwise than", "", one.disputes
    if one.note:
        yield "Note", one.note, ()
