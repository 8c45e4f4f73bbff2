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


def test_swelling_falls_in_mice_and_nobody_has_looked_in_people() -> None:
    found = judge(["anti-inflammatory"], bench=_few()).verdicts[0]
    mice, people, relief, mitragynine = found.parts
    assert mice.reply.answer == Answer.YES
    assert (people.reply.answer, relief.reply.answer) == (Answer.UNSURE, Answer.UNSURE)
    # Of mitragynine too little gets into blood, at the largest dose that an article names.
    assert mitragynine.reply.answer == Answer.NO
    assert LEAST in mitragynine.reply.records
    assert found.deciding is mitragynine
    assert (found.verdict, found.certainty.level) == ("fails", "low")


def test_a_concentration_in_reach_that_acts_on_cells_lifts_the_denial() -> None:
    low = replace(RECORDS.record(LEAST), value=0.01, spread=Spread("lognormal", 0.01, gsd=1.8))
    found = judge(["anti-inflammatory"], bench=_few({LEAST: low})).verdicts[0]
    assert found.parts[-1].reply.answer == Answer.UNSURE
    assert found.verdict == "cannot be decided"


def test_one_measurement_in_people_would_leave_the_relief_open() -> None:
    seen = RECORDS.record(EAR + "control")
    there = replace(seen, id="inflammation/people/mediator/first", conditions={"species": "human"})
    found = judge(["anti-inflammatory"], bench=_few({there.id: there})).verdicts[0]
    assert [part.reply.answer for part in found.parts[1:3]] == [Answer.YES, Answer.UNSURE]


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


def test_relief_of_two_illnesses_is_open_and_that_way_to_it_is_denied() -> None:
    found = judge(["arthritis-fibromyalgia"], bench=_few()).verdicts[0]
    assert found.parts[0].reply.answer == Answer.UNSURE
    assert "a model alone proves nothing" in found.parts[0].reply.because
    assert found.verdict == "fails"
    assert "mitragynine" in found.deciding.part.that


def test_antioxidants_cannot_be_decided_since_the_model_knows_one_of_them() -> None:
    found = judge(["antioxidant"], bench=_few()).verdicts[0]
    assert found.parts[0].reply.answer == Answer.YES
    assert found.parts[1].model is not None
    assert found.parts[1].model.answer == Answer.NO  # mitragynine takes up next to nothing
    assert found.verdict == "cannot be decided"
