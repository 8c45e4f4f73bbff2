"""What the law of a place says about kratom: dated records, read and looked up.

    - id: law/US-TX                 # law, /, the code of the place, and what else sets it apart
      code: US-TX                   # ISO 3166; a town as US-CA/San Diego; UN for all countries
      name: Texas
      level: state                  # one of LEVELS
      about: 7-OH                   # what it is about, if not kratom as such; may be missing
      status: regulated             # one of STATUSES; none of them is a plain "legal"
      min_age: 18                   # may be missing
      seven_oh: {share: 0.02}       # keys of CAPS, isolated, or banned; may be missing
      seven_oh_rule: ...            # the same in words
      effective: "2024-07-15"       # since when, in words; may be missing
      local: ...                    # what towns and counties have; may be missing
      uncertain: false              # whether sources disagree, or an outcome is not known
      as_of: 2023-11-21             # the day that the source speaks of
      sources: [texas-444]
      where: statute copy           # place in the source
      read: verified                # verified | secondary | recalled
      note: ...                     # may be missing
      replaced_by: law/US           # a later record; may be missing
      handover: [TX]                # handed-over entries that it holds; may be missing

Assumed: a record holds until another replaces it. That is a guess, so its age is told.
Left out: taxes, licences of sellers, workplaces, driving, and what courts make of all this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from speciosa.evidence.fields import Fields
from speciosa.evidence.record import READ
from speciosa.safety.facts import HOME, checked_on, cited, entries

__all__ = ["CAPS", "LEVELS", "STATUSES", "Law", "jurisdictions", "laws", "of_code", "read_laws"]

LEVELS = ("world", "country", "state", "town")
STATUSES = (
    "banned",
    "controlled",
    "sale banned",
    "prescription only",
    "not authorised",
    "regulated",
    "no ban found",
    "not scheduled",
    "proposed",
    "withdrawn",
    "watched",
    "unclear",
)
"""Hardest first; the last five say what was tried, looked at or is not known."""

CAPS = {
    "share": "of all alkaloids, as a share of 1",
    "per_unit": "mg per g or mL of product",
    "ratio": "mg of mitragynine per mg of 7-OH, at least",
    "per_container": "mg per container",
    "per_article": "mg per article",
    "weight_share": "of dry weight, as a share of 1",
}
"""What a rule on 7-OH can bound; the first three can be compared with a stated content."""


@dataclass(frozen=True, slots=True)
class Law:
    """One record; keys as in the file."""

    id: str
    code: str
    name: str
    level: str
    about: str
    status: str
    min_age: int | None
    caps: Mapping[str, float]
    bans_isolated: bool
    bans_seven_oh: bool
    seven_oh_rule: str
    effective: str
    local: str
    uncertain: bool
    as_of: date
    sources: tuple[str, ...]
    where: str
    read: str
    note: str
    replaced_by: str
    handover: tuple[str, ...]


@cache
def laws() -> Mapping[str, Law]:
    """Every record, by id, those that were replaced too. Raises EvidenceError."""
    return MappingProxyType(read_laws(HOME / "law.yaml"))


def jurisdictions() -> tuple[str, ...]:
    """Codes of all places of which something is known, in order."""
    return tuple(sorted({law.code for law in laws().values() if law.level != "world"}))


def of_code(code: str) -> tuple[Law, ...]:
    """The records of one place that hold, that about kratom as such first."""
    found = [law for law in laws().values() if law.code == code and not law.replaced_by]
    return tuple(sorted(found, key=lambda law: law.about != "kratom"))


def read_laws(path: Path) -> dict[str, Law]:
    """The records of a file, by id. Raises EvidenceError."""
    found: dict[str, Law] = {}
    for f in entries(path, "a record of law"):
        law = _law(f)
        if law.id in found:
            f.fail("id", law.id, "an id that no other record has")
        if not law.id.startswith(f"law/{law.code.replace(' ', '-')}"):
            f.fail("id", law.id, f"an id that begins with law/ and the code, {law.code}")
        found[law.id] = law
    return found


def _law(f: Fields) -> Law:
    caps, isolated, banned = _seven_oh(f)
    law = Law(
        id=f.id("id"),
        code=f.text("code", "a code of ISO 3166, such as US-CA"),
        name=f.text("name", "the name of the place"),
        level=f.choice("level", LEVELS),
        about=f.text_or_empty("about", "what it is about") or "kratom",
        status=f.choice("status", STATUSES),
        min_age=f.whole("min_age", "an age in whole years") if f.has("min_age") else None,
        caps=caps,
        bans_isolated=isolated,
        bans_seven_oh=banned,
        seven_oh_rule=f.text_or_empty("seven_oh_rule", "the rule in words"),
        effective=f.text_or_empty("effective", "since when, in words"),
        local=f.text_or_empty("local", "what towns and counties have, in words"),
        uncertain=f.flag("uncertain", default=False),
        as_of=checked_on(f),
        sources=cited(f),
        where=f.text("where", "the place in the source"),
        read=f.choice("read", READ),
        note=f.text_or_empty("note", "a remark"),
        replaced_by=f.text_or_empty("replaced_by", "the id of a later record"),
        handover=f.texts("handover", "ids"),
    )
    f.done()
    return law


def _seven_oh(f: Fields) -> tuple[Mapping[str, float], bool, bool]:
    """What a rule on 7-OH bounds, and whether it bans it when isolated, or altogether."""
    if not f.has("seven_oh"):
        return MappingProxyType({}), False, False
    part = f.part("seven_oh", "what the rule bounds, such as {share: 0.02}")
    caps = {name: part.number(name) for name in CAPS if part.has(name)}
    isolated = part.has("isolated") and part.choice("isolated", ("banned",)) == "banned"
    banned = part.flag("banned", default=False)
    part.done()
    return MappingProxyType(caps), isolated, banned
