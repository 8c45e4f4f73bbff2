"""What a run rests on, as a bibliography: BibTeX, CSL-JSON or text, each saying how it was read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from speciosa.errors import EvidenceError
from speciosa.evidence.fields import ID
from speciosa.evidence.load import find, observations, source, studies, systems
from speciosa.evidence.record import READ, Record, Source

__all__ = ["FORMS", "Cited", "as_bibtex", "as_csl", "as_text", "cite", "rests_on"]


@dataclass(slots=True)
class Cited:
    """A source, and the ids of what rests on it by how they were read."""

    source: Source
    read: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def how(self) -> str:
        """How it was read, the best way first: `read: verified (2), recalled (1)`."""
        counts = [f"{way} ({len(self.read[way])})" for way in READ if way in self.read]
        return "read: " + ", ".join(counts)


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
            keys, read = _observed(identity)
        else:
            keys, read = (record.source,), record.read
            waiting += [*_named(record.by), *record.data]
        for key in keys:
            cited = found.setdefault(key, Cited(source(key)))
            cited.read.setdefault(read, []).append(identity)
    return tuple(found[key] for key in sorted(found))


def as_bibtex(cited: Iterable[Cited]) -> str:
    """A BibTeX file; `annote` says how each source was read."""
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
    """One source a paragraph: reference, how it was read, and what rests on it."""
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


def _observed(identity: str) -> tuple[tuple[str, ...], str]:
    """Keys of an observation or a study, and how it was read."""
    observation = observations().get(identity)
    study = studies().get(observation.study if observation else identity)
    if study is None:
        raise EvidenceError("evidence", identity, "the id of a record, an observation or a study")
    if observation is not None:
        return (*dict.fromkeys((observation.source, *study.also)),), observation.read
    return (study.source, *study.also), study.read


def _named(formula: str) -> list[str]:
    """The ids of records in a formula."""
    words = (match[0].rstrip(".") for match in re.finditer(ID, formula))
    return [word for word in words if word.split("/", 1)[0] in systems()]


_CSL_KINDS = {"article": "article-journal", "techreport": "report", "misc": "webpage"}
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


def _csl(entry: Cited) -> dict[str, object]:
    fields = entry.source.fields
    plain: dict[str, object] = {
        "id": entry.source.key,
        "type": _CSL_KINDS.get(entry.source.kind, "document"),
    }
    plain |= {csl: fields[bib] for bib, csl in _CSL_FIELDS.items() if bib in fields}
    if entry.source.authors:
        plain["author"] = [_csl_name(name) for name in entry.source.authors if name != "others"]
    if entry.source.year:
        plain["issued"] = {"date-parts": [[int(entry.source.year)]]}
    plain["note"] = "; ".join(part for part in (fields.get("note", ""), entry.how) if part)
    return plain


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _text(entry: Cited) -> str:
    fields = entry.source.fields
    authors = [name for name in entry.source.authors if name != "others"]
    many = len(authors) > 3 or "others" in entry.source.authors
    who = f"{authors[0]}, et al." if authors and many else "; ".join(authors)
    where = fields.get("journal", "")
    if "volume" in fields:
        where += f" {fields['volume']}"
    if "pages" in fields:
        where += f":{fields['pages'].replace('--', '-')}"
    link = f"doi:{fields['doi']}" if "doi" in fields else fields.get("url", "")
    dated = f"({entry.source.year})" if entry.source.year else ""
    parts = [" ".join(filter(None, (who, dated))), entry.source.title, where, link]
    lines = [". ".join(part.rstrip(".") for part in parts if part) + f". [{entry.source.key}]"]
    ids = sorted(identity for held in entry.read.values() for identity in held)
    lines.append(f"    {entry.how}; for {', '.join(ids)}")
    if "note" in fields:
        lines.append(f"    {fields['note']}")
    return "\n".join(lines) + "\n"
