"""What a run rests on, as a bibliography: BibTeX, CSL-JSON, text or plain data.

Each form says how many numbers rest on a source, how they came about, and how they were read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from speciosa.errors import EvidenceError
from speciosa.evidence.fields import ID
from speciosa.evidence.load import find, observations, source, studies, systems
from speciosa.evidence.record import STATUS, Record, Source

__all__ = [
    "FORMS",
    "HOW",
    "STATED",
    "Cited",
    "Number",
    "as_bibtex",
    "as_csl",
    "as_text",
    "cite",
    "rests_on",
    "unmarked",
]

HOW: Mapping[str, str] = MappingProxyType(
    {
        "verified": "read in the source itself",
        "secondary": "read in another text about the source",
        "recalled": "from memory and not yet checked",
    }
)
"""How a number was read, in words; the best way first."""

OBSERVED, STATED = "observed", "stated"
"""Stand beside the statuses of records, for what a study printed and what a document says."""


@dataclass(frozen=True, slots=True)
class Number:
    """A record or an observation that rests on a source: how it came about and was read."""

    id: str
    status: str
    where: str
    read: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, and what rests on it."""

    source: Source
    numbers: list[Number] = field(default_factory=list[Number])

    @property
    def how(self) -> str:
        """`Numbers: 3 measured; 2 read in the source itself, 1 from memory and not yet checked`."""
        status = Counter(number.status for number in self.numbers)
        read = Counter(HOW[number.read] for number in self.numbers)
        came = _counted(status, (OBSERVED, STATED, *STATUS))
        return f"Numbers: {came}; {_counted(read, HOW.values())}"

    def to_dict(self) -> dict[str, object]:
        """Plain data, as `speciosa cite --json` prints it."""
        return {
            "key": self.source.key,
            "kind": self.source.kind,
            **self.source.fields,
            "numbers": [
                {"id": n.id, "status": n.status, "where": n.where, "read": n.read}
                for n in sorted(self.numbers, key=lambda number: number.id)
            ],
        }


def rests_on(items: Iterable[str | Record]) -> tuple[Cited, ...]:
    """The sources of records (given, or by id), of observations and studies by id, in order of key.

    A derived record also rests on the records in its formula, a fitted one on what it was fitted
    to. Raises EvidenceError for an id that nothing has.
    """
    found: dict[str, Cited] = {}
    seen: set[str] = set()
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        identity = item if isinstance(item, str) else item.id
        if identity in seen:
            continue
        seen.add(identity)
        record = item if isinstance(item, Record) else _record(identity)
        if record is None:
            keys, number = _observed(identity)
        else:
            keys = (record.source,)
            number = Number(record.id, record.status, record.where, record.read)
            waiting += [*_named(record.by), *record.data]
        for key in keys:
            found.setdefault(key, Cited(source(key))).numbers.append(number)
    return tuple(found[key] for key in sorted(found))


def as_bibtex(cited: Iterable[Cited]) -> str:
    """A BibTeX file; `annote` says what rests on each source, and how it was read."""
    blocks: list[str] = []
    for entry in cited:
        fields = {**entry.source.fields, "annote": entry.how}
        lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
        blocks.append(f"@{entry.source.kind}{{{entry.source.key},\n{lines}}}\n")
    return "\n".join(blocks)


def as_csl(cited: Iterable[Cited]) -> str:
    """A CSL-JSON list, for reference managers."""
    return json.dumps([_csl(entry) for entry in cited], indent=2, ensure_ascii=False) + "\n"


def as_text(cited: Iterable[Cited]) -> str:
    """One source a paragraph: the reference, what rests on it, and how that was read."""
    return "\n".join(_text(entry) for entry in cited)


FORMS: Mapping[str, Callable[[Iterable[Cited]], str]] = MappingProxyType(
    {"bibtex": as_bibtex, "csl": as_csl, "text": as_text}
)


def cite(items: Iterable[str | Record], form: str = "text") -> str:
    """The bibliography of records, observations and studies. Raises EvidenceError."""
    if form not in FORMS:
        raise EvidenceError("form", form, "one of " + ", ".join(FORMS))
    return FORMS[form](rests_on(items))


def _record(identity: str) -> Record | None:
    """The record with this id, None if it is the id of something else."""
    word = identity.split("/", 1)[0]
    if word in studies() or (word not in systems() and "/" not in identity):
        return None
    return find([identity])[identity]


def _observed(identity: str) -> tuple[tuple[str, ...], Number]:
    """The sources of an observation or a study, by key, and what rests on them."""
    observation = observations().get(identity)
    study = studies().get(observation.study if observation else identity)
    if study is None:
        raise EvidenceError("evidence", identity, "the id of a record, an observation or a study")
    if observation is not None:
        number = Number(identity, OBSERVED, observation.where, observation.read)
        return (*dict.fromkeys((observation.source, *study.also)),), number
    return (study.source, *study.also), Number(identity, OBSERVED, study.where, study.read)


def _named(formula: str) -> list[str]:
    """The ids of records in a formula."""
    words = (match[0].rstrip(".") for match in re.finditer(ID, formula))
    return [word for word in words if word.split("/", 1)[0] in systems()]


def _counted(counts: Mapping[str, int], order: Iterable[str]) -> str:
    return ", ".join(f"{counts[key]} {key}" for key in order if key in counts)


_CSL_KINDS = {"article": "article-journal", "techreport": "report", "misc": "document"}
_CSL_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "doi": "DOI",
    "url": "URL",
    "institution": "publisher",
}
_LINKS = ("doi", "url")


def _csl(entry: Cited) -> dict[str, object]:
    fields = entry.source.fields
    plain: dict[str, object] = {
        "id": entry.source.key,
        "type": _CSL_KINDS.get(entry.source.kind, "document"),
    }
    plain |= {
        csl: fields[bib] if bib in _LINKS else unmarked(fields[bib])
        for bib, csl in _CSL_FIELDS.items()
        if bib in fields
    }
    if entry.source.authors:
        plain["author"] = [_csl_name(name) for name in _known(entry.source)]
    if re.fullmatch(r"\d{4}", entry.source.year):
        plain["issued"] = {"date-parts": [[int(entry.source.year)]]}
    plain["note"] = "; ".join(part for part in (fields.get("note", ""), entry.how) if part)
    return plain


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _text(entry: Cited) -> str:
    fields = entry.source.fields
    place = fields.get("journal") or fields.get("institution", "")
    for name in ("volume", "pages"):
        place += f", {fields[name]}" if name in fields else ""
    link = f"doi:{fields['doi']}" if "doi" in fields else fields.get("url", "")
    told = (_who(entry.source), entry.source.year, entry.source.title, place)
    parts = (*map(unmarked, told), link)
    lines = [". ".join(part.rstrip(".") for part in parts if part) + f". [{entry.source.key}]"]
    note = unmarked(fields.get("note", "")).rstrip(".")
    lines += [f"  {said}." for said in (entry.how, note) if said]
    return "\n".join(lines) + "\n"


def _who(one: Source) -> str:
    """At most three authors, then et al."""
    shown = _known(one)[:3]
    return ", ".join(shown) + (" et al." if shown and len(shown) < len(one.authors) else "")


def _known(one: Source) -> list[str]:
    """Authors by name, without `others`."""
    return [name for name in one.authors if name != "others"]


def unmarked(text: str) -> str:
    """Text without the marks of BibTeX: braces around names, two dashes, quotes, strokes."""
    for mark, said in (("--", "-"), ("{", ""), ("}", ""), ("``", '"'), ("''", '"')):
        text = text.replace(mark, said)
    return re.sub(r"\\([&%$#_])", r"\1", text)
