"""Mood: what users remember, what comparisons find, and what no trial has asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import Record
from speciosa.evidence.spread import Spread

POSITIVE = "mood/people/positive_health/yang-2024-mental"
EUPHORIA = "mood/people/euphoria/piercey-2025"
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


@pytest.mark.parametrize("identity", ["endorphin-release", "emotional-resilience-chronic-pain"])
def test_what_nobody_measured_cannot_be_decided(identity: str) -> None:
    found = judge([identity], bench=_few()).verdicts[0]
    assert found.verdict == "cannot be decided"
    assert found.records == ()
    assert found.simulations == ()


@pytest.mark.parametrize("identity", ["mood-enhancement", "stress-anxiety-relief"])
def test_users_who_look_back_contradict_comparisons_and_no_trial_decides(identity: str) -> None:
    found = judge([identity], bench=_few()).verdicts[0]
    *_, reports, trial = found.parts
    assert reports.reply.answer == Answer.MIXED
    assert trial.reply.answer == Answer.UNSURE
    assert "the model is not heard" in trial.reply.because
    assert found.verdict == "cannot be decided"


def test_a_comparison_that_found_better_mood_would_agree_with_users() -> None:
    better = replace(RECORDS.record(POSITIVE), value=0.3, spread=Spread("normal", 0.3, sd=0.06))
    bench = _few({POSITIVE: better})
    found = judge(["mood-enhancement"], bench=bench).verdicts[0]
    assert found.parts[0].reply.answer == Answer.YES
    assert found.verdict == "cannot be decided"  # no trial all the same


def test_euphoria_rests_on_what_people_said_at_once_and_is_hardly_certain() -> None:
    found = judge(["euphoria-relaxation"], bench=_few()).verdicts[0]
    assert found.verdict == "holds"
    assert found.certainty.level == "very low"
    assert {EUPHORIA, "smith-2024/euphoria_mild"} <= set(found.records)


def test_without_the_guests_of_bars_six_of_ten_do_not_decide_euphoria() -> None:
    none = replace(RECORDS.record(EUPHORIA), value=0.0, spread=Spread("exact", 0.0))
    bench = _few({EUPHORIA: none})
    assert judge(["euphoria-relaxation"], bench=bench).verdicts[0].verdict == "cannot be decided"


def test_what_counts_as_most_people_decides_on_six_of_ten() -> None:
    none = replace(RECORDS.record(EUPHORIA), value=0.0, spread=Spread("exact", 0.0))
    most = replace(RECORDS.record("claims/most"), value=0.2, spread=Spread("exact", 0.2))
    bench = _few({EUPHORIA: none, most.id: most})
    assert judge(["euphoria-relaxation"], bench=bench).verdicts[0].verdict == "holds"
