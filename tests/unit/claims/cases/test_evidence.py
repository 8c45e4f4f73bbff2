"""What users report depends on who is asked, and what is known is counted here."""

from __future__ import annotations

from dataclasses import replace

from speciosa.claims import Bench
from speciosa.claims.answer import Answer
from speciosa.claims.cases.evidence import (
    few_trials,
    is_of_kratom,
    is_trial_in_patients,
    most_not_of_people,
)
from speciosa.claims.judging import judge
from speciosa.evidence import find, studies

TREATED = "use/effects/helpful/smith-2017"
MOST = "claims/most"


def test_friends_of_kratom_praise_it_and_people_in_treatment_do_not() -> None:
    found = judge(["user-reports-positive"], bench=Bench()).verdicts[0]
    assert found.verdict == "depends on who is asked"
    assert found.certainty.level == "very low"
    assert found.parts[0].reply.answer == Answer.YES  # good and bad are told of


def test_if_people_in_treatment_praised_it_too_the_claim_would_hold() -> None:
    praised = replace(find([TREATED])[TREATED], value=0.8)
    found = judge(["user-reports-positive"], bench=Bench(instead={TREATED: praised})).verdicts[0]
    assert found.verdict == "holds"


def test_no_controlled_trial_in_patients_is_held() -> None:
    found = judge(["more-research-needed"], bench=Bench()).verdicts[0]
    assert (found.verdict, found.certainty.level) == ("holds", "moderate")
    assert few_trials(Bench()).because.startswith("controlled studies of kratom in patients with")


def test_a_trial_is_one_with_a_placebo_in_people_who_hurt() -> None:
    ice = studies()["vicknasingam-2020"]
    assert is_of_kratom(ice)
    assert not is_trial_in_patients(ice)  # men without pain, with a hand in ice
    in_pain = replace(ice, arms=tuple(replace(arm, pain="chronic") for arm in ice.arms))
    assert is_trial_in_patients(in_pain)
    assert not is_trial_in_patients(replace(in_pain, arms=in_pain.arms[:1]))  # no placebo


def test_numbers_measured_in_people_would_change_what_is_needed() -> None:
    assert most_not_of_people(Bench()).answer == Answer.YES
    held = most_not_of_people(Bench()).records
    of_people = {
        one.id: replace(one, status="measured", conditions={"species": "human"})
        for one in find([one for one in held if one != MOST]).values()
    }
    changed = Bench(instead=of_people)
    assert most_not_of_people(changed).answer == Answer.NO
    assert judge(["more-research-needed"], bench=changed).verdicts[0].verdict == "fails"
