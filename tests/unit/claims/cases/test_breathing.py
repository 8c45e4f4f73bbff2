from changed import exactly, invented, verdict
from speciosa.claims.answer import Answer

CLAIM = "less-respiratory-depression"
IN_RATS = "breathing/animal/no_effect/mitragynine"
SHARE = "breathing/people/resting/oxycodone_20mg"
BY_VEIN = "breathing/animal/potency/hydroxymitragynine"


def test_what_only_rats_showed_does_not_decide_about_people() -> None:
    found = verdict(CLAIM)
    assert found.verdict == "cannot be decided"
    rats, people, tablet = found.parts
    assert (rats.reply.answer, rats.part.about) == (Answer.YES, "laboratory")
    assert people.reply.answer == Answer.UNSURE
    assert tablet.part.beside


def test_a_trial_in_people_would_decide() -> None:
    less = invented("breathing/people/less_opioid/first", SHARE, -0.3)
    assert verdict(CLAIM, less).verdict == "holds"


def test_tablets_of_7_oh_stand_beside_and_did_more_than_morphine() -> None:
    assert verdict(CLAIM).parts[2].reply.answer == Answer.NO
    weak = verdict(CLAIM, exactly(BY_VEIN, 0.1))
    assert weak.parts[2].reply.answer != Answer.NO
    assert weak.verdict == verdict(CLAIM).verdict


def test_if_mitragynine_stopped_breath_at_the_dose_of_oxycodone_the_claim_would_fail() -> None:
    assert verdict(CLAIM, exactly(IN_RATS, 6.75)).verdict == "fails"


def test_weaker_by_as_much_as_more_of_it_is_taken_would_be_no_less() -> None:
    # 10 times weaker, and up to 21 times as much is taken.
    assert verdict(CLAIM, exactly(IN_RATS, 67.5)).parts[0].reply.answer != Answer.YES


def test_the_usual_opioids_are_simulated_at_the_doses_fixed_for_all_claims() -> None:
    part = verdict(CLAIM).parts[1]
    assert part.model is not None
    assert {"oxycodone-10-mg", "morphine-30-mg", "leaf-5-g"} == set(part.model.simulations)
