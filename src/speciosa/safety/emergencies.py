"""Emergencies: signs entered, read in notes or predicted, and what to do about them.

True: a finding here is told whatever the grade of the evidence, and before all others.
Assumed: one sign is enough. A child is anybody under 12. In severe withdrawal any sedative named,
or an alcohol use disorder, makes it the kind that can bring seizures.
Left out: diagnosis. Two signs together choose a card; they do not say what somebody has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from speciosa.product.medicines import medicines
from speciosa.safety.case import Case
from speciosa.safety.facts import HOME, checked_on, cited, entries, facts
from speciosa.safety.finding import Finding
from speciosa.safety.numbers import Numbers, numbers_for
from speciosa.trial.signs import DESPAIR, signs
from speciosa.trial.tables import People

__all__ = [
    "CHILD",
    "NaloxoneCard",
    "breath_stops_card",
    "breath_stops_finding",
    "card",
    "emergencies",
    "emergency_findings",
    "naloxone_steps",
]

CHILD = 12.0
"""y; whoever is younger and has taken any is a child who swallowed some."""

_BREATHING = frozenset(
    {"slow breathing", "no breathing", "blue lips", "cannot be woken", "gurgling or snoring"}
)
_HEART = frozenset({"chest pain", "fainting", "palpitations"})
_MUSCLES = frozenset({"stiff muscles", "jerking muscles"})
_WITH_NALOXONE = ("emergency/breathing", "emergency/breath-stops", "emergency/child")
_PREDICTED = ("emergency/breath-stops",)
"""What a simulation alone can show."""
_LIVER = frozenset({"yellow skin or eyes", "dark urine", "itching"})


@dataclass(frozen=True, slots=True)
class NaloxoneCard:
    """Naloxone step by step, and after that its limits."""

    steps: tuple[str, ...]
    limits: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: date
    read: str


def emergency_findings(case: Case, today: date) -> Iterator[Finding]:
    """What to do about each emergency of a case, the most urgent first."""
    call = numbers_for(case.scenario.who.jurisdiction, today)
    for name in _cards(case):
        yield _filled(f"emergency/{name}", call)


def emergencies(today: date, jurisdiction: str | None = None) -> tuple[Finding, ...]:
    """Every emergency that can be seen in a person, with the numbers to call of a place.

    The most urgent come first, as they are written down.
    """
    call = numbers_for(jurisdiction, today)
    return tuple(_filled(one, call) for one in facts("emergency") if one not in _PREDICTED)


def breath_stops_finding(today: date, jurisdiction: str | None = None) -> Finding:
    """What to do when a simulation finds that breathing stops."""
    return _filled("emergency/breath-stops", numbers_for(jurisdiction, today))


def naloxone_steps(today: date, jurisdiction: str | None = None) -> NaloxoneCard:
    """What to do with naloxone, with the number to call of a place."""
    held, call = _naloxone(), numbers_for(jurisdiction, today)
    return replace(held, steps=tuple(_with_numbers(step, call) for step in held.steps))


def card(case: Case, today: date) -> str:
    """The emergencies of a case as plain text, with numbers to call; empty if there are none."""
    found = tuple(emergency_findings(case, today))
    if not found:
        return ""
    place = case.scenario.who.jurisdiction
    return _card("EMERGENCY. Nothing is simulated.", found, today, place)


def breath_stops_card(today: date, jurisdiction: str | None = None) -> str:
    """The card in place of the numbers of a simulation in which breath stops."""
    found = (breath_stops_finding(today, jurisdiction),)
    return _card("EMERGENCY, if somebody has taken this.", found, today, jurisdiction)


def _card(head: str, found: Sequence[Finding], today: date, place: str | None) -> str:
    parts = [head, *(f"{one.title}\n{_short(one)}" for one in found)]
    if any(one.id in _WITH_NALOXONE for one in found):
        held = naloxone_steps(today, place)
        steps = [f"{i}. {step}" for i, step in enumerate(held.steps, 1)]
        parts.append("\n".join(["Naloxone", *steps, *held.limits]))
    parts.append("\n".join(["Numbers", *numbers_for(place, today).lines()]))
    return "\n\n".join(parts) + "\n"


def _short(finding: Finding) -> str:
    """What a card says of an emergency; of breathing only whom to call, as the steps follow it."""
    if finding.id != "emergency/breathing":
        return finding.plain
    return finding.plain.partition(" Give naloxone")[0]


def _cards(case: Case) -> Iterator[str]:
    """Names of the facts that hold, the most urgent first."""
    given = frozenset(signs(case.scenario))
    if given & _BREATHING:
        yield "breathing"
    if "child swallowed" in given or _youngest(case) < CHILD:
        yield "child"
    if "seizure" in given:
        yield "seizure"
    yield from _hot_or_stiff(given, case)
    if given & _HEART:
        yield "heart"
    if DESPAIR in given:
        yield "suicide"
    if "severe withdrawal" in given:
        yield "withdrawal-sedatives" if _sedated(case) else "withdrawal"
    if given & _LIVER:
        yield "liver"


def _hot_or_stiff(given: frozenset[str], case: Case) -> Iterator[str]:
    """Fever with muscles, or any of these in serotonergic company; else one of them alone."""
    some = given & (_MUSCLES | {"fever", "confusion"})
    if some and (("fever" in some and some & _MUSCLES) or "serotonergic" in _classes(case)):
        yield "serotonin"
    elif some:
        yield "fever-or-confusion"


def _sedated(case: Case) -> bool:
    """Whether alcohol, a benzodiazepine or another sedative may have been stopped."""
    return "sedative" in _classes(case) or ("alcohol use disorder" in case.scenario.who.conditions)


def _classes(case: Case) -> frozenset[str]:
    """The classes of all medicines of a case."""
    known = medicines()
    return frozenset(one for m in case.scenario.medicines for one in known[m.drug].classes)


def _youngest(case: Case) -> float:
    who = case.scenario.who
    return who.age.low if isinstance(who, People) else who.age


def _filled(identity: str, call: Numbers) -> Finding:
    """A fact with the numbers of a place in it."""
    fact = facts("emergency")[identity]
    used = [one.said(call.today) for kind, one in call.known.items() if f"{{{kind}}}" in fact.plain]
    told = f" Numbers: {'; '.join(used)}." if used else ""
    return replace(
        fact,
        plain=_with_numbers(fact.plain, call),
        because=fact.because + told,
        sources=tuple(dict.fromkeys([*fact.sources, *_sources(fact.plain, call)])),
    )


def _sources(text: str, call: Numbers) -> Iterator[str]:
    """Sources of the numbers that a text names."""
    for kind, one in call.known.items():
        if f"{{{kind}}}" in text:
            yield from one.sources


def _with_numbers(text: str, call: Numbers) -> str:
    kinds = ("emergency", "poison", "crisis", "companion")
    return text.format(**{kind: call.call(kind) for kind in kinds})


@cache
def _naloxone() -> NaloxoneCard:
    """The steps as they are written down. Raises EvidenceError."""
    (f,) = entries(HOME / "naloxone.yaml", "the steps")
    f.id("id")
    found = NaloxoneCard(
        steps=f.texts("steps", "steps in plain words"),
        limits=f.texts("limits", "limits in plain words"),
        sources=cited(f),
        as_of=checked_on(f),
        read=f.choice("read", ("verified", "secondary", "recalled")),
    )
    f.done()
    return found
