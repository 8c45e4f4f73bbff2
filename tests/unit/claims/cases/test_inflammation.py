"""Inflammation: what acts in a dish or in a mouse, and how far people's blood is from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import Record
from speciosa.evidence.spread import Spread

LEAST = "inflammation/effective/mitragynine/unbound"
EAR = "inflammation/animal/ear/"
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


def test_swelling_falls_in_mice_and_people_do_not_reach_what_acts_on_cells() -> None:
    found = judge(["anti-inflammatory"], bench=_few()).verdicts[0]
    assert [part.reply.answer for part in found.parts] == [Answer.YES, Answer.NO, Answer.NO]
    assert found.verdict == "fails"
    assert LEAST in found.records
    assert "unbound.mitragynine" in found.because


def test_a_concentration_in_reach_that_acts_on_cells_lifts_the_denial() -> None:
    low = replace(RECORDS.record(LEAST), value=0.01, spread=Spread("lognormal", 0.01, gsd=1.8))
    bench = _few({LEAST: low})
    found = judge(["anti-inflammatory", "arthritis-fibromyalgia"], bench=bench)
    assert [one.parts[1].reply.answer for one in found] == [Answer.UNSURE, Answer.UNSURE]
    assert found.verdicts[1].verdict == "cannot be decided"


def test_an_extract_without_effect_in_mice_fails_in_mice() -> None:
    same = {
        EAR + name: replace(
            RECORDS.record(EAR + name), value=120.0, spread=Spread("normal", 120.0, sd=4.5)
        )
        for name in ("extract_500", "extract_1000")
    }
    bench = _few(same)
    found = judge(["anti-inflammatory"], bench=bench).verdicts[0]
    assert found.parts[0].reply.answer == Answer.NO


def test_two_illnesses_that_nobody_studied_fail_by_their_mechanism() -> None:
    found = judge(["arthritis-fibromyalgia"], bench=_few()).verdicts[0]
    assert found.parts[0].reply.answer == Answer.UNSURE
    assert "a model alone proves nothing" in found.parts[0].reply.because
    assert found.verdict == "fails"


def test_antioxidants_cannot_be_decided_since_the_model_knows_one_of_them() -> None:
    found = judge(["antioxidant"], bench=_few()).verdicts[0]
    assert found.parts[0].reply.answer == Answer.YES
    assert found.parts[1].model is not None
    assert found.parts[1].model.answer == Answer.NO  # mitragynine takes up next to nothing
    assert found.verdict == "cannot be decided"
