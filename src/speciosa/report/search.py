"""Evidence found by words: records, observations and sources that hold every one of them.

Words are looked for in ids, titles, authors, conditions, notes and places, and for a record also in
what the parameter that it stands behind is called. Case and signs between words do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from speciosa.evidence import Observation, Record, Source, observations, sources, studies
from speciosa.evidence.cite import OBSERVED
from speciosa.evidence.record import READ, STATUS
from speciosa.report import words as say
from speciosa.report.uses import all_records, rests_on_source, uses

__all__ = [
    "KINDS",
    "READS",
    "STATUSES",
    "Entry",
    "amount",
    "counted",
    "entries",
    "search",
    "systems",
]

KINDS = ("record", "observation", "source")
STATUSES = (*STATUS, OBSERVED)
READS = READ


@dataclass(frozen=True, slots=True)
class Entry:
    """One that can be found.

    Attributes:
        kind: one of `KINDS`.
        id: of the record or the observation, or the key of the source.
        said: what it is, in a line.
        value: the number with its unit; empty for a source.
        systems: first words of what it is of.
        status: how numbers came about; those of a source are of all that rest on it.
        read: how they were read.
        text: where words are looked for.
    """

    kind: str
    id: str
    said: str
    value: str
    systems: frozenset[str]
    status: frozenset[str]
    read: frozenset[str]
    text: str


@cache
def entries() -> tuple[Entry, ...]:
    """All of them, in the order of `KINDS`."""
    return tuple(_all())


def systems() -> tuple[str, ...]:
    """Words that an entry can be of."""
    return tuple(sorted({word for one in entries() for word in one.systems}))


def search(
    words: str = "", kind: str = "", system: str = "", status: str = "", read: str = ""
) -> tuple[Entry, ...]:
    """What holds every word and is of what is named; those that hold them in their name first."""
    wanted = words.casefold().split()
    found = [
        one
        for one in entries()
        if (not kind or one.kind == kind)
        and (not system or system in one.systems)
        and (not status or status in one.status)
        and (not read or read in one.read)
        and all(word in one.text for word in wanted)
    ]
    if wanted:
        found.sort(key=lambda one: not all(word in one.id.casefold() for word in wanted))
    return tuple(found)


def _all() -> Iterator[Entry]:
    known = sources()
    cited = {key: _of_source(source) for key, source in known.items()}
    for _, record in sorted(all_records().items()):
        yield _record(record, cited[record.source])
    for _, observation in sorted(observations().items()):
        yield _observation(observation, cited[observation.source])
    for _, source in sorted(known.items()):
        yield _source(source, cited[source.key])


def _record(one: Record, cited: str) -> Entry:
    named = [use.said.partition(": ")[2] for use in uses(one.id) if use.kind == "system"]
    held = (
        *(one.id, cited, one.where, one.because, one.by, one.note, one.run, one.status, one.read),
        *named,
        *map(str, (part for pair in one.conditions.items() for part in pair)),
    )
    return Entry(
        kind="record",
        id=one.id,
        said=named[0] if named else str(one.conditions.get("method", "")),
        value=amount(one.value, one.unit_text),
        systems=frozenset({one.system}),
        status=frozenset({one.status}),
        read=frozenset({one.read}),
        text=_text(held),
    )


def _observation(one: Observation, cited: str) -> Entry:
    study = studies()[one.study]
    said = f"{one.statistic.replace('_', ' ')} of {one.measure} of {one.output}, {study.title}"
    held = (one.id, said, cited, one.where, one.note, one.because, study.population, *one.arms)
    return Entry(
        kind="observation",
        id=one.id,
        said=said,
        value=amount(one.value, one.unit_text),
        systems=frozenset({one.output.partition(".")[0]}),
        status=frozenset({OBSERVED}),
        read=frozenset({one.read}),
        text=_text(held),
    )


def _source(one: Source, cited: str) -> Entry:
    numbers = rests_on_source(one.key)
    of = [all_records()[item.id] for item in numbers if item.kind == "record"]
    seen = [observations()[item.id] for item in numbers if item.kind == "observation"]
    return Entry(
        kind="source",
        id=one.key,
        said=", ".join(part for part in (one.title, one.year) if part),
        value="",
        systems=frozenset(
            [*(record.system for record in of), *(o.output.partition(".")[0] for o in seen)]
        ),
        status=frozenset([*(record.status for record in of), *((OBSERVED,) if seen else ())]),
        read=frozenset(item.read for item in numbers),
        text=cited,
    )


def _of_source(one: Source) -> str:
    return _text((one.key, *one.fields.values()))


def _text(parts: Sequence[str]) -> str:
    return " ".join(part for part in parts if part).casefold()


def amount(value: float, unit: str) -> str:
    """A number with its unit, as a person would say it."""
    return say.number(value) if unit == "1" else f"{say.number(value)} {unit}"


def counted(found: Sequence[Entry]) -> Mapping[str, int]:
    """How many there are of each kind."""
    return {kind: sum(one.kind == kind for one in found) for kind in KINDS}
