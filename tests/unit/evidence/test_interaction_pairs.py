"""Pairs of medicines whose interaction was measured in people: a victim with its cause, alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from speciosa.evidence import Observation, observations, studies
from speciosa.evidence.record import Arm
from speciosa.product.medicines import medicines

MEASURES = ("auc_ratio", "cmax_ratio")
STATISTICS = ("ratio_of_means", "ratio_of_geometric_means")


def arms(observation: Observation) -> tuple[Arm, Arm]:
    """The arm with the cause and the arm without."""
    study = studies()[observation.study]
    over, under = (study.arm(name) for name in observation.arms)
    return over, under


def victim(observation: Observation) -> str:
    return observation.output.removeprefix("plasma.")


def causes(observation: Observation) -> set[str]:
    return {m.drug for m in arms(observation)[0].medicines}


# In the trial of kratom with other drugs the product is the cause, and it is no medicine.
RATIOS = [
    o
    for o in observations().values()
    if o.measure in MEASURES and len(o.arms) == 2 and arms(o)[0].product == "pure"
]
UNSEEN = [o for o in RATIOS if o.use == "validate"]


def test_many_pairs_are_kept_to_judge_the_model() -> None:
    pairs = {(victim(o), *sorted(causes(o))) for o in UNSEEN if o.measure == "auc_ratio"}
    assert len(pairs) >= 40


@pytest.mark.parametrize("observation", RATIOS, ids=lambda o: o.id)
def test_the_two_arms_differ_in_nothing_but_the_medicine(observation: Observation) -> None:
    over, under = arms(observation)
    assert over.medicines
    assert not under.medicines
    assert replace(over, id=under.id, medicines=()) == under


@pytest.mark.parametrize("observation", RATIOS, ids=lambda o: o.id)
def test_victim_and_cause_are_known_by_the_names_used_here(observation: Observation) -> None:
    assert set(arms(observation)[0].mg) == {victim(observation)}
    assert victim(observation) in medicines()
    assert len(causes(observation)) == 1
    assert causes(observation) <= set(medicines())


@pytest.mark.parametrize("observation", RATIOS, ids=lambda o: o.id)
def test_a_ratio_is_of_what_a_study_printed(observation: Observation) -> None:
    assert observation.unit_text == "1"
    assert observation.value > 0.0
    assert observation.statistic in STATISTICS
    assert observation.window == ("all" if arms(observation)[1].number == 1 else "last")


@pytest.mark.parametrize("observation", RATIOS, ids=lambda o: o.id)
def test_the_cause_begins_before_the_victim_is_gone(observation: Observation) -> None:
    over = arms(observation)[0]
    last = (over.number - 1) * (over.every or 0.0)
    assert min(m.at for m in over.medicines) <= last


def test_no_pair_that_is_unseen_stands_behind_the_strength_of_its_cause() -> None:
    taken = {o.study for o in RATIOS if o.use == "none" and "derived from it" in o.because}
    assert taken
    for study in taken:
        of = [o for o in RATIOS if o.study == study]
        used = {c for o in of if o.use == "none" for c in causes(o)}
        assert not used & {c for o in of if o.use == "validate" for c in causes(o)}


def test_effects_run_from_induction_to_strong_inhibition() -> None:
    values = [o.value for o in UNSEEN if o.measure == "auc_ratio"]
    assert min(values) < 0.05
    assert max(values) > 10.0
    assert sum(v < 0.8 for v in values) >= 15
    assert sum(v > 1.25 for v in values) >= 60
