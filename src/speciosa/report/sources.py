"""The bibliography of a run: every source behind its numbers, and which numbers came from each.

The records of a run say how each number was read, so a source that was only read about, or
remembered, says so here too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from speciosa.evidence import Record, Source, find, source
from speciosa.report import words

FORMS = ("text", "bibtex", "csl")

_CSL_KINDS: Mapping[str, str] = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "misc": "document",
    "phdthesis": "thesis",
    "techreport": "report",
}
_CSL_FIELDS: Mapping[str, str] = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "doi": "DOI",
    "url": "URL",
    "institution": "publisher",
    "note": "note",
}
_OTHERS = "others"


def bibliography(ids: Iterable[str]) -> list[tuple[Source, list[Record]]]:
    """The sources of these records, sorted by key, each with its records. Raises EvidenceError."""
    by_key: dict[str, list[Record]] = {}
    for record in find(ids).values():
        by_key.setdefault(record.source, []).append(record)
    return [(source(key), by_key[key]) for key in sorted(by_key)]


def table(ids: Iterable[str]) -> dict[str, Any]:
    """Plain data, as `speciosa cite --json` prints it."""
    return {
        "sources": [
            {
                "key": one.key,
                "kind": one.kind,
                **one.fields,
                "records": [{"id": r.id, "where": r.where, "read": r.read} for r in held],
            }
            for one, held in bibliography(ids)
        ]
    }


def written(ids: Iterable[str], form: str) -> str:
    """The bibliography in one of `FORMS`, with a newline at its end."""
    if form == "bibtex":
        return bibtex(ids)
    if form == "csl":
        return json.dumps(csl(ids), ensure_ascii=False, indent=2) + "\n"
    return text(ids)


def text(ids: Iterable[str]) -> str:
    """One source a paragraph, with how many numbers come from it and how they were read."""
    return "\n".join(_paragraph(one, held) for one, held in bibliography(ids))


def bibtex(ids: Iterable[str]) -> str:
    """BibTeX entries."""
    return "\n".join(_entry(one) for one, _ in bibliography(ids))


def csl(ids: Iterable[str]) -> list[dict[str, Any]]:
    """Items of CSL-JSON, for reference managers."""
    return [_item(one) for one, _ in bibliography(ids)]


def _paragraph(one: Source, held: list[Record]) -> str:
    fields = one.fields
    place = fields.get("journal") or fields.get("institution") or ""
    for name in ("volume", "pages"):
        place += f", {fields[name].replace('--', '-')}" if name in fields else ""
    link = f"doi:{fields['doi']}" if "doi" in fields else fields.get("url", "")
    parts = (_names(one), fields.get("year", ""), fields["title"], place, link)
    read = dict.fromkeys(words.READ[record.read] for record in held)
    said = f"{words.count(len(held), 'number')}: {'; '.join(read)}."
    return f"{'. '.join(part.rstrip('.') for part in parts if part)}.\n  {said}\n"


def _names(one: Source) -> str:
    """At most three authors, then et al."""
    known = [name for name in one.authors if name != _OTHERS]
    shown = known[:3]
    return ", ".join(shown) + (" et al." if shown and len(shown) < len(one.authors) else "")


def _entry(one: Source) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in one.fields.items())
    return f"@{one.kind}{{{one.key},\n{lines}}}\n"


def _item(one: Source) -> dict[str, Any]:
    item: dict[str, Any] = {"id": one.key, "type": _CSL_KINDS[one.kind]}
    item |= {csl: one.fields[name] for name, csl in _CSL_FIELDS.items() if name in one.fields}
    if "page" in item:
        item["page"] = item["page"].replace("--", "-")
    if one.authors:
        item["author"] = [_author(name) for name in one.authors]
    if re.fullmatch(r"\d{4}", one.year):
        item["issued"] = {"date-parts": [[int(one.year)]]}
    return item


def _author(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}
