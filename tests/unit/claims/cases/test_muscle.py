"""Muscle: tone that nobody measured, a circle that people do not show, articles that disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import Record
from speciosa.evidence.spread import Spread

CYCLE, GRAMS = "pain-tension-cycle", "muscle-relaxation-5-to-15-g"
TONE = "muscle/people/tone_after_pain/svensson-1998"
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


@pytest.mark.parametrize("identity", ["muscle-relaxation", "spasticity-stress-injury", GRAMS])
def test_nobody_measured_tone_after_kratom(identity: str) -> None:
    assert judge([identity], bench=_few()).verdicts[0].verdict == "cannot be decided"


def test_a_measurement_of_tone_would_be_found() -> None:
    identity = "muscle/people/relaxed/example"
    shown = replace(RECORDS.record(TONE), id=identity)
    bench = _few({identity: shown})
    found = judge(["muscle-relaxation"], bench=bench).verdicts[0]
    assert [part.reply.answer for part in found.parts] == [Answer.YES, Answer.UNSURE]


def test_the_circle_is_decided_by_people_alone() -> None:
    found = judge([CYCLE], bench=_few()).verdicts[0]
    assert found.deciding.part.built_in
    assert found.verdict == "fails"
    assert TONE in found.records
    assert set(found.variants.values()) == {"fails"}


def test_tone_that_lasts_as_long_as_pain_would_close_half_of_the_circle() -> None:
    lasts = replace(RECORDS.record(TONE), value=1200.0, spread=Spread("lognormal", 1200.0, gsd=1.1))
    bench = _few({TONE: lasts})
    found = judge([CYCLE], bench=bench).verdicts[0]
    keeps, hurts, _ = found.parts
    assert keeps.reply.answer == Answer.YES
    assert hurts.reply.answer == Answer.UNSURE  # that tension worsens pain is the other half
    assert found.verdict == "cannot be decided"


def test_the_circle_cannot_be_decided_where_people_do_not_show_it_either_way() -> None:
    wide = replace(RECORDS.record(TONE), value=500.0, spread=Spread("lognormal", 500.0, gsd=2.0))
    bench = _few({TONE: wide})
    assert judge([CYCLE], bench=bench).verdicts[0].verdict == "cannot be decided"


def test_two_articles_contradict_each_other_and_the_text_says_so() -> None:
    found = judge([GRAMS], bench=_few()).verdicts[0]
    document = found.parts[-1]
    assert document.reply.answer == Answer.MIXED
    assert document.reply.on == "which of two articles is right"
    assert "to be avoided" in document.reply.because
    assert "contradict each other on 7 to 15 g" in found.plain
