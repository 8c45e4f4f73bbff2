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
RECORDS = Bench()


def _few(instead: Mapping[str, Record] | None = None) -> Bench:
    """Few people, since no verdict here hangs on how many."""
    return Bench(people=8, replicates=6, instead=instead or {})


def test_what_nobody_measured_is_not_decided_by_a_bound_that_is_assumed() -> None:
    found = judge([BINDING], bench=_few()).verdicts[0]
    assert found.verdict == "cannot be decided"
    acts = found.parts[1]
    assert acts.model is not None
    assert acts.model.answer == Answer.NO  # the brain is far from the bound at the largest dose
    assert acts.model.simulations == ("leaf-15-g",)
    assert RECORDS.record(KI).status == "assumed"  # and that is why it is not heard
    assert set(found.variants.values()) == {"cannot be decided"}


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
    assert found.verdict == "cannot be decided"
    assert found.parts[0].reply.answer == Answer.YES  # it binds, and was measured
    assert found.parts[1].model is not None
    assert found.parts[1].model.answer == Answer.YES  # and enough of it is there


def test_in_animals_it_depends_on_the_kind_of_pain() -> None:
    found = judge([THROUGH], bench=_few()).verdicts[0]
    assert found.verdict == "cannot be decided"  # in people nobody has blocked the receptors
    part = found.parts[0]
    assert part.reply.answer == Answer.MIXED
    assert part.reply.on == "the kind of pain"
