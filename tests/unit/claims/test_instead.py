"""A record that stands in for another reaches the model too, so that a simulation changes."""

from __future__ import annotations

from dataclasses import replace

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import Record, find
from speciosa.evidence.spread import Spread

BINDING = "endocannabinoid/Ki/mitragynine"
CLAIM = "endocannabinoid-receptor-binding"


def firm() -> Record:
    held = find([BINDING])[BINDING]
    return replace(held, value=1e-3, spread=Spread("lognormal", 1e-3, gsd=1.1))


def test_firm_binding_takes_the_models_denial_away() -> None:
    as_known = judge([CLAIM], bench=Bench(people=6, replicates=4)).verdicts[0]
    bench = Bench(people=6, replicates=4, instead={BINDING: firm()})
    changed = judge([CLAIM], bench=bench).verdicts[0]
    assert as_known.answer == Answer.NO
    assert changed.answer == Answer.UNSURE
    assert BINDING in bench.ran("leaf-15-g").records
