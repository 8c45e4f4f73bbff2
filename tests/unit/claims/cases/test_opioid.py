"""Opioid receptors: what binds, what is strongest, and where in people nobody has looked."""

from __future__ import annotations

import pytest

from changed import exactly, verdict
from speciosa.claims.answer import Answer

PLACES, STRONGEST = "opioid-alkaloids-act-on-opioid-receptors", "seven-oh-most-potent"
SAID = "opioid/mu/stronger_than_7oh/pseudoindoxyl/kamble-2020"
POTENCY = "opioid/mu/EC50/pseudoindoxyl/varadi-2016"


def test_cells_and_pupils_are_known_and_the_spine_is_not() -> None:
    found = verdict(PLACES)
    assert [part.reply.answer for part in found.parts] == [Answer.YES, Answer.YES, Answer.UNSURE]
    assert found.verdict == "cannot be decided"


def test_what_did_not_bind_would_act_nowhere() -> None:
    assert verdict(PLACES, exactly("opioid/mu/Ki/mitragynine", 50_000.0)).verdict == "fails"


def test_a_stronger_part_than_7_oh_is_known_though_its_number_is_from_memory() -> None:
    found = verdict(STRONGEST)
    assert (found.verdict, found.certainty.level) == ("fails", "low")
    assert {SAID, POTENCY} <= set(found.records)
    assert any("memory" in step.why for step in found.certainty.steps)


def test_if_pseudoindoxyl_were_weaker_7_oh_would_be_the_strongest() -> None:
    weaker = exactly(SAID, 0.0) | exactly(POTENCY, 5_000.0)
    assert verdict(STRONGEST, weaker).verdict == "holds"
    # One of the two alone leaves it to which of them is right.
    assert verdict(STRONGEST, exactly(POTENCY, 5_000.0)).verdict.startswith("depends on")


@pytest.mark.parametrize("name", ["Emax/mitragynine", "Emax/hydroxymitragynine"])
def test_what_binds_and_switches_nothing_on_fails_too(name: str) -> None:
    assert verdict(PLACES, exactly(f"opioid/mu/{name}", 0.0)).verdict == "fails"


def test_7_oh_is_stronger_than_mitragynine_whatever_is_stronger_still() -> None:
    over_mitragynine, over_all = verdict(STRONGEST).parts
    assert over_mitragynine.reply.answer == Answer.YES
    assert over_all.reply.answer == Answer.NO
