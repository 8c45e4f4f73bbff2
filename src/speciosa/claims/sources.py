"""The sources behind a verdict: of records and observations, of facts and of laws."""

from __future__ import annotations

from collections.abc import Iterable

from speciosa.claims.bench import FACTS
from speciosa.evidence.cite import STATED, Cited, Number, rests_on
from speciosa.evidence.load import source
from speciosa.safety.facts import facts, title_of
from speciosa.safety.laws import laws

__all__ = ["cited"]


def cited(ids: Iterable[str]) -> tuple[Cited, ...]:
    """Every source that something rests on, in order of key, and what rests on it.

    `ids` are of records, observations, facts of the check and laws. Raises EvidenceError for one
    that is of none of them.
    """
    numbers: list[str] = []
    stated: dict[str, list[Number]] = {}
    for identity in ids:
        found = _stated(identity)
        if found is None:
            numbers.append(identity)
            continue
        keys, number = found
        for key in keys:
            stated.setdefault(key, []).append(number)
    held = {one.source.key: one for one in rests_on(numbers)}
    for key, said in stated.items():
        held.setdefault(key, Cited(source(key))).numbers.extend(said)
    return tuple(held[key] for key in sorted(held))


def _stated(identity: str) -> tuple[tuple[str, ...], Number] | None:
    """What a fact or a law rests on; None for what is neither."""
    if identity in laws():
        law = laws()[identity]
        return law.sources, Number(identity, STATED, law.where, law.read)
    for name in FACTS:
        if identity in facts(name):
            fact = facts(name)[identity]
            return fact.sources, Number(identity, STATED, title_of(fact), fact.read)
    return None
