"""Cannabis receptors: what no laboratory measured, and what animals showed."""

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
KI = "endocannabinoid/Ki/mitragynine"
BLOCKED = "endocannabinoid/animal/AM251_blocks/acute"
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


def test_a_blocker_that_stops_nothing_denies_that_kratom_acts_there() -> None:
    found = judge([BINDING], bench=_few()).verdicts[0]
    assert (found.verdict, found.certainty.level) == ("fails", "low")
    assert found.deciding.reply.records == (BLOCKED,)
    stopped = replace(RECORDS.record(BLOCKED), value=1.0, spread=Spread("exact", 1.0))
    other = judge([BINDING], bench=_few({BLOCKED: stopped})).verdicts[0]
    assert other.verdict == "cannot be decided"


def test_a_bound_that_is_assumed_is_shown_and_not_heard() -> None:
    found = judge([BINDING], bench=_few()).verdicts[0]
    binds, _, acts = found.parts
    assert binds.reply.answer == Answer.UNSURE  # nobody measured it
    assert acts.model is not None
    assert acts.model.answer == Answer.NO  # the brain is far from the bound at the largest dose
    assert acts.model.simulations == ("leaf-15-g",)
    assert RECORDS.record(KI).status == "assumed"
    assert acts.reply.answer == Answer.UNSURE


def test_a_measured_binding_decides_on_binding_and_leaves_people_open() -> None:
    firm = {
        identity: replace(
            RECORDS.record(identity),
            value=0.5,
            spread=Spread("lognormal", 0.5, gsd=1.2),
            status="measured",
        )
        for identity in (KI, "endocannabinoid/Ki/hydroxymitragynine")
    }
    found = judge([BINDING], bench=_few(firm)).verdicts[0]
    binds, _, acts = found.parts
    assert binds.reply.answer == Answer.YES
    assert acts.model is not None
    assert acts.model.answer == Answer.YES  # the same number reached the simulation
    assert acts.reply.answer == Answer.UNSURE


def test_in_animals_it_depends_on_the_kind_of_pain() -> None:
    found = judge([THROUGH], bench=_few()).verdicts[0]
    assert found.verdict == "cannot be decided"  # in people nobody has blocked the receptors
    part = found.parts[0]
    assert part.reply.answer == Answer.MIXED
    assert part.reply.on == "the kind of pain"
