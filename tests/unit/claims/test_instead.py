"""A record that stands in for another reaches the model too, so that a simulation changes."""

from __future__ import annotations

from dataclasses import replace

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import find
from speciosa.evidence.spread import Spread

BINDING = "endocannabinoid/Ki/mitragynine"
CLAIM = "endocannabinoid-receptor-binding"


def test_firm_binding_fills_the_receptors_of_virtual_people() -> None:
    held = find([BINDING])[BINDING]
    firm = replace(held, value=1e-3, spread=Spread("lognormal", 1e-3, gsd=1.1))
    as_known = judge([CLAIM], bench=Bench(people=6, replicates=4)).verdicts[0]
    bench = Bench(people=6, replicates=4, instead={BINDING: firm})
    changed = judge([CLAIM], bench=bench).verdicts[0]
    before, after = as_known.parts[-1].model, changed.parts[-1].model
    assert before is not None
    assert after is not None
    assert (before.answer, after.answer) == (Answer.NO, Answer.YES)
    assert BINDING in bench.ran("leaf-15-g").records
