"""Opioid receptors: what binds in cells, what shows in pupils, and where nobody has looked."""

from __future__ import annotations

import pytest

from changed import exactly, invented, verdict

ACT, POTENT = "opioid-alkaloids-act-on-opioid-receptors", "seven-oh-most-potent"
MITRAGYNINE, SEVEN_OH = "opioid/mu/EC50/mitragynine", "opioid/mu/EC50/hydroxymitragynine"
BRAIN = "pain/animal/effective/mitragynine_brain"


def answers(claim: str, instead=None) -> list[str]:
    return [part.reply.answer.value for part in verdict(claim, instead).parts]


def test_it_binds_and_shows_in_people_but_where_it_acts_was_seen_in_animals_alone() -> None:
    found = verdict(ACT)
    assert answers(ACT) == ["yes", "yes", "unsure"]
    assert found.verdict == "cannot be decided"
    assert "smith-2024/pupil_right" in found.records


@pytest.mark.parametrize("name", ["Ki/mitragynine", "Ki/hydroxymitragynine"])
def test_what_a_screen_calls_inactive_does_not_bind(name: str) -> None:
    assert verdict(ACT, exactly(f"opioid/mu/{name}", 50_000.0)).verdict == "fails"


@pytest.mark.parametrize("name", ["Emax/mitragynine", "Emax/hydroxymitragynine"])
def test_what_binds_and_switches_nothing_on_fails_too(name: str) -> None:
    assert verdict(ACT, exactly(f"opioid/mu/{name}", 0.0)).verdict == "fails"


def test_places_told_apart_in_people_would_carry_the_claim() -> None:
    of_people = invented(BRAIN, BRAIN, 1.0, species="human")
    around = invented("pain/peripheral/kratom", BRAIN, 1.0, species="human")
    assert verdict(ACT, of_people).verdict == "cannot be decided"
    assert verdict(ACT, of_people | around).verdict == "holds"


def test_7_oh_is_stronger_than_mitragynine_and_weaker_than_pseudoindoxyl() -> None:
    found = verdict(POTENT)
    assert answers(POTENT) == ["yes", "no"]
    assert (found.verdict, found.certainty.level) == ("fails", "moderate")
    assert "no other part of kratom" in found.deciding.part.that


def test_with_affinities_the_other_way_round_it_fails_twice() -> None:
    swapped = exactly(MITRAGYNINE, 1.0) | exactly(SEVEN_OH, 100.0)
    assert answers(POTENT, swapped) == ["no", "no"]
