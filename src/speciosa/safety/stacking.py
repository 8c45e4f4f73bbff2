"""Other medicines beside kratom: one finding for each, and more where they add up.

What a medicine does is said by its classes (`product/medicines.yaml`, `facts/interaction.yaml`) and
by words of its own where it needs them (`facts/interaction-drug.yaml`). Where a medicine has words
of its own they and their severity stand; its classes still give mechanisms, signs and sources.
Two medicines that do the same harm are told together first, as graver than each alone.

Left out: numbers. How far a level in blood may rise is another part's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from speciosa.evidence.record import READ
from speciosa.near import ones_near
from speciosa.product.medicines import Medicine, medicine, medicines
from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import CERTAINTIES, HARMS, SEVERITIES, Finding

__all__ = ["GROUPS", "WORDS", "mechanisms", "slug", "stacking_findings"]

WORDS: Mapping[str, str] = {
    "p-gp inhibitor": "minor-inhibitor",
    "cyp1a2 inhibitor": "minor-inhibitor",
    "cyp2c9 inhibitor": "minor-inhibitor",
    "cyp2c19 inhibitor": "minor-inhibitor",
    "cyp1a2 substrate": "minor-substrate",
    "cyp2b6 substrate": "minor-substrate",
    "cyp2c9 substrate": "minor-substrate",
    "cyp2c19 substrate": "minor-substrate",
    "ces1 substrate": "minor-substrate",
}
"""Classes that share a text; the text of another class has its own name."""

GROUPS = frozenset(
    {
        "acid suppressant",
        "antiarrhythmic", "antibiotic", "anticoagulant", "antidepressant", "antidiarrhoeal",
        "antiemetic", "antiepileptic", "antifungal", "antihistamine", "antipsychotic",
        "antiviral", "beta blocker", "calcium blocker", "immunosuppressant", "mood stabiliser",
        "p-gp inducer", "proton pump inhibitor", "statin", "tricyclic",
    }
)  # fmt: skip
"""Classes that say what a medicine is for, or what does nothing to kratom: no text of their own."""

_IMPLIED: Mapping[str, frozenset[str]] = {
    "benzodiazepine": frozenset({"sedative"}),
    "gabapentinoid": frozenset({"sedative"}),
    "muscle relaxant": frozenset({"sedative"}),
    "alpha2 agonist": frozenset({"sedative"}),
    "dissociative": frozenset({"sedative"}),
    "mao inhibitor": frozenset({"serotonergic", "sympathomimetic"}),
    "sympathomimetic": frozenset({"stimulant"}),
    "cyp3a inhibitor": frozenset({"gut cyp3a inhibitor"}),
}
"""A class whose text says already what those of others would."""

_SLOWING = frozenset(
    {
        "opioid agonist", "opioid partial agonist", "benzodiazepine", "sedative", "gabapentinoid",
        "muscle relaxant", "alpha2 agonist", "dissociative",
    }
)  # fmt: skip
_PRESSURE = frozenset({"sympathomimetic", "stimulant", "noradrenergic"})
_BREATH = frozenset({"sleep apnoea", "copd", "breathing disorder"})

_TOGETHER: Sequence[tuple[str, frozenset[str], frozenset[str]]] = (
    ("stacked-sedatives", _SLOWING, frozenset()),
    ("stacked-qt", frozenset({"qt"}), frozenset({"long qt", "heart disease"})),
    (
        "stacked-seizure",
        frozenset({"seizure threshold"}),
        frozenset({"epilepsy", "alcohol use disorder"}),
    ),
    ("stacked-serotonergic", frozenset({"serotonergic", "mao inhibitor"}), frozenset()),
    (
        "stacked-liver",
        frozenset({"hepatotoxic"}),
        frozenset({"liver disease", "alcohol use disorder"}),
    ),
    (
        "stacked-blood-pressure",
        _PRESSURE,
        frozenset({"heart disease", "high blood pressure"}),
    ),
)
"""A fact, the classes of which two medicines make it, and conditions with which one does."""

_TOLD = SEVERITIES.index("caution")
"""Classes this grave are told in plain words; milder ones only where nothing is graver."""
_NEAR = 3
_LONGEST = 60
"""Characters of an unknown name that are shown."""


def stacking_findings(case: Case, today: date) -> Iterator[Finding]:
    """What the company of kratom in this case is warned of: several together, each, and unknown."""
    del today  # facts carry the day on which they were checked; none of these changes by itself
    company = [medicines()[name] for name in dict.fromkeys(_named(case))]
    yield from _together(company, frozenset(case.scenario.who.conditions))
    for one in company:
        yield _alone(one)
    for name in dict.fromkeys(case.unknown):
        yield _unknown(name)


def mechanisms(drug: str) -> tuple[str, ...]:
    """How a medicine and kratom meet, in the words of the field; nothing of one not known here."""
    known = medicine(drug)
    if known is None:
        return ()
    return tuple(dict.fromkeys(one.why for one in _facts(known)))


def slug(name: str) -> str:
    """A name as the last word of an id: "St John's wort" is st-johns-wort."""
    bare = name.casefold().replace("'", "").replace("\u2019", "")
    return re.sub(r"[^\w]+", "-", bare).strip("-_") or "nameless"


def _named(case: Case) -> Iterator[str]:
    return (one.drug for one in case.scenario.medicines)


def _own(drug: Medicine) -> Finding | None:
    """What is said of a medicine itself, if it needs words of its own."""
    return facts("interaction-drug").get(f"interaction/{slug(drug.name)}")


@cache
def _by_class(word: str) -> Finding | None:
    """What is said of a class; None of one that means nothing for kratom."""
    return facts("interaction").get(f"interaction/class/{WORDS.get(word, slug(word))}")


def _facts(drug: Medicine) -> list[Finding]:
    """All that is said of a medicine: its own words, then its classes, gravest first, each once."""
    implied = {less for word in drug.classes for less in _IMPLIED.get(word, ())}
    found = [_by_class(word) for word in drug.classes if word not in implied]
    of_class = list({one.id: one for one in found if one}.values())
    of_class.sort(key=_gravity)
    own = _own(drug)
    return [*([own] if own else []), *of_class] or [facts("interaction")["interaction/class/none"]]


def _alone(drug: Medicine) -> Finding:
    """One medicine with kratom."""
    said = _facts(drug)
    first, own = said[0], _own(drug)
    told = [own] if own else [one for one in said if _rank(one) <= _TOLD] or said[:1]
    return _named_in(
        replace(
            first,
            id=f"interaction/{slug(drug.name)}",
            plain=" ".join(one.plain for one in told),
            why="; ".join(dict.fromkeys(one.why for one in said)),
            watch=_union(one.watch for one in said),
            sources=_union(one.sources for one in said),
            as_of=min(one.as_of for one in said),
            read=max((one.read for one in said), key=READ.index),
            harm=min((one.harm for one in told if _rank(one) == _rank(first)), key=HARMS.index),
        ),
        drug=drug.name,
    )


def _together(company: Sequence[Medicine], conditions: frozenset[str]) -> Iterator[Finding]:
    """What several medicines, or one and a condition, do that is worse than each alone."""
    slowing = _of(company, _SLOWING)
    if slowing and conditions & _BREATH:
        yield _several("breathing-condition", slowing)
    blocking = _of(company, frozenset({"mao inhibitor"}))
    raising = _of(company, frozenset({"serotonergic", "mao inhibitor"}))
    maoi = bool(blocking) and len(raising) > 1
    if maoi:
        yield _several("stacked-maoi", raising)
    for name, classes, beside in _TOGETHER:
        if name == "stacked-serotonergic" and maoi:
            continue  # said already, and more gravely
        found = _of(company, classes)
        if len(found) > 1 or (found and conditions & beside):
            yield _several(name, found)


def _of(company: Sequence[Medicine], classes: frozenset[str]) -> list[Medicine]:
    return [one for one in company if classes & set(one.classes)]


def _several(name: str, drugs: Sequence[Medicine]) -> Finding:
    names = [one.name for one in drugs]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return _named_in(facts("interaction")[f"interaction/{name}"], drugs=listed)


def _unknown(name: str) -> Finding:
    """A name that is no medicine known here: said to be so, and nothing is guessed."""
    name = " ".join(name.split())[:_LONGEST]
    fact = _named_in(facts("interaction")["interaction/unknown"], name=name)
    known = {alias: one.name for one in medicines().values() for alias in (one.name, *one.aliases)}
    near = list(dict.fromkeys(_both(one, known[one]) for one in ones_near(name, [*known], _NEAR)))
    hint = f" Names that look alike here: {', '.join(near)}." if near else ""
    return replace(fact, id=f"interaction/unknown-{slug(name)}", plain=fact.plain + hint)


def _named_in(fact: Finding, **names: str) -> Finding:
    """A fact with names in place of {drug}, {drugs} and {name}; {Drug} begins a sentence."""
    given = {**names, **{word.capitalize(): _capital(name) for word, name in names.items()}}

    def filled(text: str) -> str:
        for word, name in given.items():
            text = text.replace(f"{{{word}}}", name)
        return text[:1].upper() + text[1:]

    return replace(fact, title=filled(fact.title), plain=filled(fact.plain))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _rank(fact: Finding) -> int:
    return SEVERITIES.index(fact.severity)


def _gravity(fact: Finding) -> tuple[int, int, int]:
    return _rank(fact), HARMS.index(fact.harm), CERTAINTIES.index(fact.certainty)


def _union(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _both(alias: str, name: str) -> str:
    """A medicine by the name that looks alike and, if that is another, by its own."""
    return name if alias == name else f"{alias} ({name})"
