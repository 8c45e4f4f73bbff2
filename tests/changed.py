"""Benches on which a record says something else, or one that does not exist is there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.claims.verdict import Verdict
from speciosa.evidence import Record, find

__all__ = ["exactly", "invented", "verdict"]


def exactly(identity: str, value: float) -> dict[str, Record]:
    """The record with another value, and no doubt about it."""
    held = find([identity])[identity]
    spread = replace(held.spread, kind="exact", centre=value)
    return {identity: replace(held, value=value, spread=spread)}


def invented(identity: str, like: str, value: float, **conditions: object) -> dict[str, Record]:
    """A record that nobody has measured, made from another one, with other conditions."""
    held = exactly(like, value)[like]
    return {identity: replace(held, id=identity, conditions={**held.conditions, **conditions})}


def verdict(claim: str, instead: dict[str, Record] | None = None) -> Verdict:
    """The verdict on a claim with few people, and with these records in the place of others."""
    return _judged(claim, instead) if instead else _unchanged(claim)


@cache
def _unchanged(claim: str) -> Verdict:
    return _judged(claim, {})


def _judged(claim: str, instead: dict[str, Record]) -> Verdict:
    bench = Bench(people=8, replicates=6, instead=instead)
    return judge([claim], bench=bench).verdicts[0]
