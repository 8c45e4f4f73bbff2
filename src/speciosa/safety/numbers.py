"""Whom to call, by country: dated telephone numbers.

    - id: numbers/US/poison         # numbers, /, country, /, kind
      country: US                   # ISO 3166; EU for what holds in all of the European Union
      kind: poison                  # one of KINDS
      number: 1-800-222-1222        # as one dials it in that country
      name: Poison Help             # who answers
      hours: day and night          # may be missing
      also: [BE, GR]                # other countries where it holds; may be missing
      as_of: 2026-11-01             # the day that the source speaks of; missing if it does not say
      sources: [poison-help-hrsa]
      where: head of the page
      read: verified                # verified | secondary | recalled

True: a number older than a year, undated or from memory is shown with the word check. In the
sentence that says to call an ambulance or a crisis line it stands without it: a doubt there costs
time or heart. Its day, and the word, stand in the list of numbers all the same.
Left out: numbers for the deaf, of regions, and of countries that are not here.
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
from speciosa.safety.laws import laws

__all__ = ["KINDS", "Number", "Numbers", "countries", "numbers", "numbers_for", "read_numbers"]

KINDS = ("emergency", "poison", "crisis", "companion")
"""Ambulance; poison centre; suicide and crisis line; somebody on the line for who uses alone."""

OLD = 365
"""days; an older number is to be checked."""

_WITHOUT_LAW = {"EU": "European Union, other", "GR": "Greece", "MT": "Malta", "SI": "Slovenia"}
"""Names of places with a number and without a record of law, which names all others."""

_NO_DOUBT = ("emergency", "crisis")

_GENERIC = {
    "emergency": "your local emergency number (112 in the EU, 911 in the US and Canada)",
    "poison": "a poison centre or a hospital",
    "crisis": "a crisis line or your local emergency number",
    "companion": "somebody who can check on you",
}


@dataclass(frozen=True, slots=True)
class Number:
    """One number; keys as in the file."""

    id: str
    country: str
    kind: str
    number: str
    name: str
    hours: str
    also: tuple[str, ...]
    as_of: date | None
    sources: tuple[str, ...]
    where: str
    read: str

    def to_check(self, today: date) -> str:
        """Why it has to be checked before use; empty if it has not."""
        if self.read == "recalled":
            return "from memory"
        if self.as_of is None:
            return "the page had no date"
        if (today - self.as_of).days > OLD:
            return f"last seen {self.as_of.day} {self.as_of:%b %Y}"
        return ""

    def said(self, today: date) -> str:
        """The number, who answers, and whether to check it: "1367, Poison Center (check: ...)"."""
        hours = f", {self.hours}" if self.hours else ""
        doubt = self.to_check(today)
        seen = f"check: {doubt}" if doubt else f"as of {self.as_of:%d %b %Y}"
        return f"{self.number}, {self.name}{hours} ({seen})"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a country on a day; a kind that is not known has none."""

    country: str | None
    today: date
    known: Mapping[str, Number]

    def call(self, kind: str) -> str:
        """What to call, inside a sentence: a number, or in words where none is known."""
        found = self.known.get(kind)
        if found is None:
            return _GENERIC[kind]
        doubt = kind not in _NO_DOUBT and found.to_check(self.today)
        return f"{found.number} (check it)" if doubt else found.number

    def lines(self) -> tuple[str, ...]:
        """One line for each kind, as a list beside a card shows them."""
        return tuple(
            f"{kind}: {self.known[kind].said(self.today) if kind in self.known else _GENERIC[kind]}"
            for kind in KINDS
        )


@cache
def numbers() -> Mapping[str, Number]:
    """Every number, by id. Raises EvidenceError."""
    return MappingProxyType(read_numbers(HOME / "numbers.yaml"))


def countries() -> Mapping[str, str]:
    """Names of the countries with a number of their own or a shared one, by code, in order."""
    codes = {code for one in numbers().values() for code in (one.country, *one.also)}
    named = {one.code: one.name for one in laws().values() if one.level == "country"}
    found = {code: named.get(code) or _WITHOUT_LAW[code] for code in codes}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def numbers_for(code: str | None, today: date) -> Numbers:
    """The numbers of the country of a jurisdiction, such as US-CA; none for no jurisdiction."""
    country = None if code is None else code[:2]
    shared = {one.kind: one for one in numbers().values() if country in one.also}
    own = {one.kind: one for one in numbers().values() if one.country == country}
    known = shared | own
    return Numbers(country, today, MappingProxyType(known))


def read_numbers(path: Path) -> dict[str, Number]:
    """The numbers of a file, by id. Raises EvidenceError."""
    found: dict[str, Number] = {}
    for f in entries(path, "a telephone number"):
        one = _number(f)
        wanted = f"numbers/{one.country}/{one.kind}"
        if one.id != wanted or one.id in found:
            f.fail("id", one.id, f"{wanted}, once")
        found[one.id] = one
    return found


def _number(f: Fields) -> Number:
    one = Number(
        id=f.id("id"),
        country=f.text("country", "a code of ISO 3166, such as US"),
        kind=f.choice("kind", KINDS),
        number=f.text("number", "a telephone number in quotation marks"),
        name=f.text("name", "who answers"),
        hours=f.text_or_empty("hours", "when somebody answers, in words"),
        also=f.texts("also", "codes of ISO 3166"),
        as_of=checked_on(f) if f.has("as_of") else None,
        sources=cited(f),
        where=f.text("where", "the place in the source"),
        read=f.choice("read", READ),
    )
    f.done()
    return one
