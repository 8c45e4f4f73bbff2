"""Benches on which a record says something else, or one that does not exist is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE, Bench
from speciosa.claims.claim import claims
from speciosa.claims.judging import all_cases, judge
from speciosa.claims.verdict import Verdict
from speciosa.evidence import Record, find

__all__ = ["exactly", "invented", "seen", "verdict"]


def exactly(identity: str, value: float) -> dict[str, Record]:
    """The record with another value, and no doubt about it."""
    held = find([identity])[identity]
    spread = replace(held.spread, kind="exact", centre=value)
    return {identity: replace(held, value=value, spread=spread)}


def invented(identity: str, like: str, value: float, **conditions: object) -> dict[str, Record]:
    """A record that nobody has measured, made from another one, with other conditions."""
    held = exactly(like, value)[like]
    return {identity: replace(held, id=identity, conditions={**held.conditions, **conditions})}


def verdict(claim: str, instead: Mapping[str, Record] | None = None) -> Verdict:
    """The verdict on a claim with few people, and with these records in the place of others."""
    if not instead:
        return _of_system(claims()[claim].system)[claim]
    return judge([claim], bench=Bench(people=8, replicates=6, instead=instead)).verdicts[0]


def seen(claim: str, part: int, instead: Mapping[str, Record] | None = None) -> Answer:
    """What the records alone say of a part."""
    test = all_cases()[claim].parts[part].seen
    assert test is not None
    return test.ask(Bench(instead=instead or {}), BASE).answer


@cache
def _of_system(system: str) -> dict[str, Verdict]:
    """With the records as they are; simulated once for all tests of a file."""
    found = judge(system=system, bench=Bench(people=8, replicates=6))
    return {one.claim.id: one for one in found}
