"""What the law may mean for a case: where it is banned, from what age, what a product may hold.

True: nothing but what a record says, with its day; a ban that is weakly known is told all the same.
Assumed: the law of a town adds to that of its state, and that of a state to that of its country.
Left out: what a court would say. No finding says that anything is allowed; the most is that no ban
was found by a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from speciosa.safety.case import Case
from speciosa.safety.finding import Finding
from speciosa.safety.law_product import product_findings
from speciosa.safety.law_words import (
    age_sentence,
    because,
    certainty,
    freshness,
    seen,
    status_sentence,
    why,
)
from speciosa.safety.laws import Law, jurisdictions, laws, of_code
from speciosa.trial.tables import People, Person

__all__ = ["jurisdictions", "law_findings", "standing"]

_SEVERITY = {
    "banned": "warning",
    "controlled": "warning",
    "sale banned": "caution",
    "prescription only": "caution",
    "not authorised": "caution",
    "unclear": "caution",
}
"""Of a status; a note otherwise. It is the law that is at risk here and not the body."""

_UNKNOWN = "law/unknown"
_GENERAL = ("stateline-2025", "country-lists")
"""Lists that show how much the law differs."""


def standing(code: str) -> Law | None:
    """What is known of kratom as such in a place, by its code; None if nothing is."""
    return next((law for law in of_code(code) if law.about == "kratom"), None)


def law_findings(case: Case, today: date) -> Iterator[Finding]:
    """What the law of the person's place says, from the town up to the country."""
    code = case.scenario.who.jurisdiction
    if code is None:
        yield _general("law/no-place", "The law was not checked", _NO_PLACE, today, "note")
        return
    held = [place for place in _places(code) if of_code(place)]
    if code not in held:
        yield _unknown(code, held, today)
    for place in held:
        for law in of_code(place):
            if law.about == "kratom":
                yield _finding(law, case, today)
            yield from product_findings(law, case, today)
    if local := _towns(code, today):
        yield local


def _places(code: str) -> Iterator[str]:
    """A town, its state and its country; whichever the code names."""
    state = code.partition("/")[0]
    yield from dict.fromkeys((code, state, state.partition("-")[0]))


def _finding(law: Law, case: Case, today: date) -> Finding:
    age = _lowest_age(case.scenario.who)
    below = law.min_age is not None and age < law.min_age
    severity = _SEVERITY.get(law.status, "note")
    if below:
        severity = "warning"
    said = [status_sentence(law), age_sentence(law, below), freshness(law, today)]
    return Finding(
        id=law.id,
        severity=severity,
        title=f"Law: {law.name} ({law.status}, {seen(law, today)})",
        plain=" ".join(part for part in said if part),
        why=why(law),
        certainty=certainty(law, today),
        because=because(law, today),
        watch=(),
        sources=law.sources,
        as_of=law.as_of,
        read=law.read,
    )


def _lowest_age(who: Person | People) -> float:
    return who.age.low if isinstance(who, People) else who.age


def _towns(code: str, today: date) -> Finding | None:
    """Rules of towns that are known inside the state or country named, as one note."""
    within = code + "/"
    inside = [
        law
        for law in laws().values()
        if law.level == "town" and not law.replaced_by and law.code.startswith(within)
    ]
    if not inside:
        return None
    named = ", ".join(f"{law.name} ({law.status})" for law in inside)
    oldest = min(inside, key=lambda law: law.as_of)
    return Finding(
        id=f"law/{code}/towns",
        severity="note",
        title="Law: towns and counties",
        plain=(
            f"Some places here have rules of their own: {named}. There may be more. "
            + freshness(oldest, today)
        ),
        why="Towns and counties can be stricter than their state.",
        certainty="very low",
        because=because(oldest, today),
        watch=(),
        sources=tuple(dict.fromkeys(key for law in inside for key in law.sources)),
        as_of=oldest.as_of,
        read=oldest.read,
    )


_NO_PLACE = (
    "The law on kratom differs from place to place. In some it is a crime to have it. No place is "
    "given, so the law was not checked."
)


def _unknown(code: str, held: list[str], today: date) -> Finding:
    """Nothing is known of a place; what is next to it is named."""
    if held:
        known = f"What is known of {held[0]} follows."
    else:
        known = f"Known codes that look like it: {', '.join(_alike(code))}."
    said = f"Nothing is known here of the law of {code}. That does not mean it is allowed. {known}"
    return _general(_UNKNOWN, "The law here is not known", said, today, "caution")


def _alike(code: str) -> list[str]:
    """A few countries whose codes share a letter with one that is not known, or just the first."""
    known = [law for law in laws().values() if law.level == "country" and law.about == "kratom"]
    current = [law for law in known if not law.replaced_by]
    alike = [law for law in current if law.code[0] == code[0] or law.code[1] == code[1]]
    return [f"{law.code} ({law.name})" for law in (alike or current)[:3]]


def _general(identity: str, title: str, plain: str, today: date, severity: str) -> Finding:
    """A finding about the records themselves, and no place."""
    return Finding(
        id=identity,
        severity=severity,
        title=title,
        plain=plain,
        why="Bans, limits of age and rules on products are a matter of states and of countries.",
        certainty="very low",
        because="There is no record to look up.",
        watch=(),
        sources=_GENERAL,
        as_of=today,
        read="secondary",
    )
