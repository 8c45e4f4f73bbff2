"""What rests on a number or on a source: the way of a number followed forwards.

`evidence.cite` follows it back, from a run to its sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from speciosa.claims.bench import FACTS
from speciosa.claims.kept import kept
from speciosa.evidence import Record, observations, records, studies
from speciosa.evidence.fields import ID
from speciosa.model import VARIANTS
from speciosa.model.wiring import SYSTEMS
from speciosa.report.system import page_of
from speciosa.safety.facts import facts, title_of
from speciosa.safety.laws import laws
from speciosa.safety.numbers import numbers

__all__ = ["Item", "Use", "all_records", "item", "rests_on_source", "uses"]


@dataclass(frozen=True, slots=True)
class Item:
    """What an id stands for: `kind` is record, observation, study, fact, law or number.

    `said` is the item in a few words.
    """

    kind: str
    id: str
    said: str
    read: str


@dataclass(frozen=True, slots=True)
class Use:
    """Something that uses a record or an observation.

    `kind` is system, record, claim or variant; `id` is the word of the system or the id of the
    other; `said` is how it is used.
    """

    kind: str
    id: str
    said: str


@cache
def all_records() -> Mapping[str, Record]:
    """Every record by id; a fitted one stands in for a stored one of the same id."""
    return MappingProxyType({**records(), **records("fitted")})


def item(identity: str) -> Item | None:
    """What an id of evidence, of a fact or of a law stands for; None for what is none."""
    record = all_records().get(identity)
    if record is not None:
        return Item("record", identity, identity, record.read)
    return _others().get(identity)


@cache
def _others() -> Mapping[str, Item]:
    found = [
        *(Item("observation", one.id, one.id, one.read) for one in observations().values()),
        *(Item("study", one.id, one.title, one.read) for one in studies().values()),
        *(
            Item("fact", one.id, title_of(one), one.read)
            for name in FACTS
            for one in facts(name).values()
        ),
        *(
            Item("law", one.id, f"{one.name}, {one.about}: {one.status}", one.read)
            for one in laws().values()
        ),
        *(
            Item("number", one.id, f"{one.country}, {one.kind}: {one.number}", one.read)
            for one in numbers().values()
        ),
    ]
    return MappingProxyType({one.id: one for one in reversed(found)})


def uses(identity: str) -> tuple[Use, ...]:
    """What uses a record or an observation: parameters, other records, claims, variants."""
    return _uses().get(identity, ())


@cache
def _uses() -> Mapping[str, tuple[Use, ...]]:
    found: dict[str, dict[Use, None]] = {}
    for used, use in _all_uses():
        found.setdefault(used, {})[use] = None
    return MappingProxyType({key: tuple(held) for key, held in found.items()})


def _all_uses() -> Iterator[tuple[str, Use]]:
    for system in SYSTEMS:
        page = page_of(system)
        said = {row.name: row.doc for row in page.symbols}
        for number in page.numbers:
            name = number.parameter
            yield number.record.id, Use("system", system.word, f"{name}: {said[name]}")
    for variant in VARIANTS.values():
        for usual, other in variant.instead.items():
            yield usual, Use("variant", variant.name, f"another stands in: {variant.says}")
            yield other, Use("variant", variant.name, f"stands in: {variant.says}")
    for one in (*all_records().values(), *records().values()):
        for used in _named(one.by):
            yield used, Use("record", one.id, "follows from it")
        for used in one.data:
            yield used, Use("record", one.id, "was fitted to it")
        for used in one.supersedes:
            yield used, Use("record", one.id, "replaces it")
        for used in one.disputes:
            yield used, Use("record", one.id, "says otherwise")
    for claim in kept()["claims"]:
        for used in claim["records"]:
            yield used, Use("claim", claim["id"], claim["claim"])


def _named(formula: str) -> Iterable[str]:
    """The ids of records in a formula."""
    words = (match[0].rstrip(".") for match in re.finditer(ID, formula))
    return dict.fromkeys(word for word in words if word in all_records())


def rests_on_source(key: str) -> tuple[Item, ...]:
    """Everything that a source stands behind: records, studies, observations, facts, laws."""
    return _by_source().get(key, ())


@cache
def _by_source() -> Mapping[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = {}
    for record in all_records().values():
        found.setdefault(record.source, []).append(
            Item("record", record.id, record.id, record.read)
        )
    for study in studies().values():
        for key in dict.fromkeys((study.source, *study.also)):
            found.setdefault(key, []).append(_others()[study.id])
    for observation in observations().values():
        found.setdefault(observation.source, []).append(_others()[observation.id])
    for name in FACTS:
        for fact in facts(name).values():
            for key in fact.sources:
                found.setdefault(key, []).append(_others()[fact.id])
    for one in (*laws().values(), *numbers().values()):
        for key in one.sources:
            found.setdefault(key, []).append(_others()[one.id])
    return MappingProxyType({key: tuple(dict.fromkeys(held)) for key, held in found.items()})
