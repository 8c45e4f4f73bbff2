"""Who should not, or only with care: what is said of the person in a case, whatever they take.

What is said is in `facts/person.yaml`; here stands when. A condition has the fact of its name. Ages
are those of the oldest or youngest of the people.

Left out: signs of an emergency, which stop everything else, and what is said of a product or of how
often it is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding
from speciosa.trial.tables import Person

__all__ = ["fact_of", "nothing_special", "person_findings"]

_CHILD = 16.0
_ADULT = 18.0
_OLDER = 65.0
_SEVERAL = 2
"""Medicines beside kratom that make several, in an older person."""
_TREATMENTS = frozenset({"methadone", "buprenorphine", "naltrexone"})


def person_findings(case: Case, today: date) -> Iterator[Finding]:
    """What this person should know before anything else is looked at."""
    del today  # facts carry the day on which they were checked; none of these changes by itself
    for name in dict.fromkeys(_which(case)):
        yield facts("person")[f"person/{name}"]


def nothing_special() -> Finding:
    """What is said where nothing else is graver than a note, so that silence is no comfort."""
    return facts("person")["person/nothing-special"]


def fact_of(condition: str) -> str:
    """The last word of the id of the fact that a condition has."""
    return condition.replace(" ", "-")


def _which(case: Case) -> Iterator[str]:
    who = case.scenario.who
    named = {one.drug for one in case.scenario.medicines}
    yield from _ages(case)
    if named & _TREATMENTS:
        yield "opioid-treatment"
    yield from map(fact_of, who.conditions)
    if who.cyp2d6 == "poor" if isinstance(who, Person) else who.cyp2d6.poor > 0:
        yield "low-cyp2d6"


def _ages(case: Case) -> Iterator[str]:
    youngest, oldest = _youngest_and_oldest(case)
    if youngest < _CHILD:
        yield "under-16"
    elif youngest < _ADULT:
        yield "under-18"
    if oldest >= _OLDER:
        yield "age-65"
        if len({one.drug for one in case.scenario.medicines}) + len(case.unknown) >= _SEVERAL:
            yield "older-several-medicines"


def _youngest_and_oldest(case: Case) -> tuple[float, float]:
    """Of many people the oldest are just below the end of the range."""
    who = case.scenario.who
    if isinstance(who, Person):
        return who.age, who.age
    return who.age.low, who.age.high if who.age.high > _OLDER else who.age.low
