"""Monoamines: bound in cells, at work in mice, and never looked at in people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import Record
from speciosa.evidence.spread import Spread

SEROTONIN = "serotonin-norepinephrine"
DOPAMINE = "dopamine-serotonin-release"
RISES = "monoamine/animal/dopamine_rises/"
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


def test_binding_and_mice_say_yes_and_nobody_looked_in_people() -> None:
    found = judge([SEROTONIN], bench=_few()).verdicts[0]
    answers = [part.reply.answer for part in found.parts]
    assert answers == [Answer.YES, Answer.YES, Answer.UNSURE, Answer.UNSURE]
    assert found.verdict == "cannot be decided"
    assert found.parts[2].part.built_in in found.parts[2].reply.because


def test_a_blocker_that_blocks_nothing_turns_the_verdict() -> None:
    identity = "monoamine/animal/cyproheptadine_blocks/relief"
    none = replace(RECORDS.record(identity), value=0.0, spread=Spread("exact", 0.0))
    bench = _few({identity: none})
    assert judge([SEROTONIN], bench=bench).verdicts[0].verdict == "fails"


def test_a_weak_binding_would_fail_as_binding() -> None:
    identity = "monoamine/Ki/paynantheine.5HT1A"
    weak = replace(RECORDS.record(identity), value=5e5, spread=Spread("lognormal", 5e5, gsd=1.5))
    bench = _few({identity: weak})
    assert judge([SEROTONIN], bench=bench).verdicts[0].parts[0].reply.answer == Answer.NO


def test_dopamine_rises_or_falls_and_serotonin_was_never_measured() -> None:
    found = judge([DOPAMINE], bench=_few()).verdicts[0]
    dopamine, serotonin, clarity = (part.reply for part in found.parts)
    assert dopamine.answer == Answer.MIXED
    assert sum(one.startswith(RISES) for one in dopamine.records) == 4
    assert serotonin.answer == Answer.UNSURE
    assert clarity.answer == Answer.UNSURE  # as for other claims on it
    assert "5 mg" in clarity.because
    assert found.verdict == "cannot be decided"


def test_studies_of_dopamine_that_agree_decide_it() -> None:
    names = ("mitragynine/mouse", "mitragynine/rat/one_dose")
    risen = {
        RISES + name: replace(RECORDS.record(RISES + name), value=1.0, spread=Spread("exact", 1.0))
        for name in names
    }
    bench = _few(risen)
    assert judge([DOPAMINE], bench=bench).verdicts[0].parts[0].reply.answer == Answer.YES
