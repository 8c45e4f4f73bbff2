"""Nerve cells: harm was measured, protection was not."""

from __future__ import annotations

from dataclasses import replace

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge

CLAIM = "neuroprotective"
HARM = {
    "neuroprotection/harm/SH-SY5Y/mitragynine",
    "neuroprotection/harm/memory/mitragynine",
}


def test_harm_at_large_doses_does_not_decide_on_protection() -> None:
    found = judge([CLAIM]).verdicts[0]
    assert found.verdict == "cannot be decided"
    assert set(found.records) == HARM


def test_a_record_of_protection_would_decide_together_with_harm() -> None:
    bench = Bench()
    identity = "neuroprotection/protection/mitragynine"
    shown = replace(bench.record("neuroprotection/harm/memory/mitragynine"), id=identity)
    found = judge([CLAIM], bench=Bench(instead={identity: shown})).verdicts[0]
    assert found.parts[0].reply.answer == Answer.MIXED
    assert {identity, *HARM} <= set(found.records)
    assert found.parts[1].reply.answer == Answer.UNSURE  # nobody looked at repair
