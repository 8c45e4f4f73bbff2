"""Facts: what a finding says, written down with its sources and the day it was last checked.

A file of facts is a list of entries:

    - id: person/pregnancy            # area, /, what it is about: the id of the finding
      severity: danger                # one of SEVERITIES
      harm: breath                    # one of HARMS, what it can do within the hour; may be missing
      title: Pregnancy                # plain words
      plain: >-                       # plain words, reading grade 8 or below
        ...
      why: ...                        # mechanism or rule, in the words of the field
      certainty: low                  # high, moderate, low or very low, as GRADE has it
      because: ...                    # why so sure, or no surer
      watch: [slow breathing, ...]    # signs, in plain words; may be missing
      sources: [key, ...]             # of sources.bib
      as_of: 2026-11-25               # when it was last checked
      read: verified                  # verified | secondary | recalled
      handover: [...]                 # handed-over entries that it holds; may be missing

No fact tells anybody what to take. A test reads every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from speciosa.errors import EvidenceError
from speciosa.evidence.fields import Fields, as_list
from speciosa.evidence.load import source_keys
from speciosa.evidence.plain import read_plain
from speciosa.evidence.record import READ
from speciosa.safety.finding import AREAS, CERTAINTIES, HARMS, SEVERITIES, Finding

__all__ = ["HOME", "Fact", "checked_on", "cited", "entries", "facts", "read_facts", "title_of"]

HOME = Path(__file__).parent / "facts"


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a file of facts; `finding` is what it says."""

    finding: Finding
    handover: tuple[str, ...] = ()


@cache
def facts(name: str) -> Mapping[str, Finding]:
    """The findings of one file of facts, by id. Raises EvidenceError."""
    return MappingProxyType({key: one.finding for key, one in read_facts(HOME / name).items()})


def title_of(fact: Finding) -> str:
    """The title of a fact that speaks of no drug of a case: a class stands in for its name."""
    kind = fact.id.rpartition("/")[2].replace("-", " ")
    named = fact.title.replace("{Name}", "A drug")
    return named.replace("{drug}", f"a drug of the kind {kind}")


def read_facts(path: Path) -> dict[str, Fact]:
    """The entries of a file of facts, by id; `.yaml` may be left out. Raises EvidenceError."""
    found: dict[str, Fact] = {}
    for f in entries(path.with_suffix(".yaml"), "a fact"):
        fact = _fact(f)
        if fact.finding.id in found:
            f.fail("id", fact.finding.id, "an id that no other fact has")
        found[fact.finding.id] = fact
    return found


def entries(path: Path, what: str) -> list[Fields]:
    """The entries of a list in a file, each to be read key by key. Raises EvidenceError."""
    held = read_plain(path)
    items = as_list(held)
    if not items:
        raise EvidenceError(path.name, held, f"a list of entries, each {what}")
    return [Fields(f"{path.name}, entry {i}", item, what) for i, item in enumerate(items, 1)]


def checked_on(f: Fields, key: str = "as_of") -> date:
    """A day, written YYYY-MM-DD."""
    value = f.raw(key)
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        f.fail(key, value, "a day, such as 2026-11-25")


def cited(f: Fields) -> tuple[str, ...]:
    """Keys of sources, at least one, each in the bibliography."""
    keys = f.texts("sources", "keys of sources.bib")
    if not keys:
        f.fail("sources", f.raw("sources"), "at least one key of sources.bib")
    for key in keys:
        if key not in source_keys():
            f.fail("sources", key, "the key of a source in sources.bib")
    return keys


def _fact(f: Fields) -> Fact:
    identity = f.id("id")
    if identity.split("/", 1)[0] not in AREAS:
        f.fail("id", identity, "an id that begins with one of " + ", ".join(AREAS))
    finding = Finding(
        id=identity,
        severity=f.choice("severity", SEVERITIES),
        title=f.text("title", "what it is about, in a few words"),
        plain=f.text("plain", "what it means, in plain words"),
        why=f.text("why", "the mechanism or the rule, in words"),
        certainty=f.choice("certainty", CERTAINTIES),
        because=f.text("because", "why so sure, or no surer"),
        watch=f.texts("watch", "signs in plain words"),
        sources=cited(f),
        as_of=checked_on(f),
        read=f.choice("read", READ),
        harm=f.choice("harm", HARMS) if f.has("harm") else "",
    )
    handover = f.texts("handover", "ids")
    f.done()
    return Fact(finding, handover)
