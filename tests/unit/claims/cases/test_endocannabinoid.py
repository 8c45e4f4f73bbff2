"""Cannabis receptors: what no laboratory printed, and what people's brains would have to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.evidence import Record
from speciosa.evidence.spread import Spread

BINDING = "endocannabinoid-receptor-binding"
THROUGH = "endocannabinoid-pain-and-inflammation"
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


def test_people_do_not_reach_what_could_have_been_missed_at_the_largest_dose() -> None:
    found = {one.claim.id: one for one in judge([BINDING, THROUGH], bench=_few())}
    for identity in (BINDING, THROUGH):
        verdict = found[identity]
        assert verdict.verdict == "fails"
        assert verdict.simulations == ("leaf-15-g",)
        # With binding at the bound of what could have been missed, too little is held as well.
        assert verdict.variants["endocannabinoid-direct"] == "fails"
        assert "brain.mitragynine" in verdict.because


def test_a_binding_ten_thousand_times_firmer_would_be_reached() -> None:
    firm = {
        identity: replace(
            RECORDS.record(identity),
            value=0.5,
            spread=Spread("lognormal", 0.5, gsd=1.2),
            status="measured",
        )
        for identity in (
            "endocannabinoid/Ki/mitragynine",
            "endocannabinoid/Ki/hydroxymitragynine",
        )
    }
    found = judge([BINDING], bench=_few(firm)).verdicts[0]
    assert found.verdict == "cannot be decided"
    assert found.parts[0].reply.answer == Answer.YES  # it binds, and was measured
    assert found.parts[1].model is not None
    assert found.parts[1].model.answer == Answer.YES  # and enough of it is there


def test_in_animals_it_depends_on_the_kind_of_pain() -> None:
    part = judge([THROUGH], bench=_few()).verdicts[0].parts[0]
    assert part.reply.answer == Answer.MIXED
    assert part.reply.on == "the kind of pain"
