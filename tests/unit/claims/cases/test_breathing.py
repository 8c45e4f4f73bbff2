from changed import exactly, verdict

CLAIM = "less-respiratory-depression"
IN_RATS = "breathing/animal/no_effect/mitragynine"
BY_VEIN = "breathing/animal/potency/hydroxymitragynine"


def test_leaf_and_7_oh_are_told_apart() -> None:
    found = verdict(CLAIM)
    assert found.verdict == "depends on the product: leaf, or strong 7-OH"
    assert {IN_RATS, BY_VEIN} <= set(found.records)


def test_what_only_rats_showed_is_hardly_known_of_people() -> None:
    found = verdict(CLAIM)
    assert found.certainty.level == "very low"
    assert any("animals" in step.why for step in found.certainty.steps)


def test_if_7_oh_did_less_than_morphine_the_claim_would_hold() -> None:
    assert verdict(CLAIM, exactly(BY_VEIN, 0.1)).verdict == "holds"


def test_if_mitragynine_stopped_breath_at_the_dose_of_oxycodone_the_claim_would_fail() -> None:
    assert verdict(CLAIM, exactly(IN_RATS, 6.75)).verdict == "fails"


def test_weaker_by_as_much_as_more_of_it_is_taken_would_be_no_less() -> None:
    # 10 times weaker, and up to 21 times as much is taken.
    assert verdict(CLAIM, exactly(IN_RATS, 67.5)).verdict != "holds"


def test_the_usual_opioids_are_simulated_at_the_doses_fixed_for_all_claims() -> None:
    part = verdict(CLAIM).parts[0]
    assert part.model is not None
    assert {"oxycodone-10-mg", "morphine-30-mg", "leaf-5-g"} == set(part.model.simulations)
