"""What verdicts on waking, thinking and sleep must follow from."""

from __future__ import annotations

from dataclasses import replace

from changed import seen, verdict
from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.cases.arousal import low_dose_wakes, users_do_better
from speciosa.claims.judging import all_cases
from speciosa.evidence import Record, find
from speciosa.evidence.spread import Spread

CALM, ENERGY = "no-sedation-at-appropriate-dose", "energy-focus-low-dose"
CLARITY, SLEEP = "cognition-clarity", "side-effect-insomnia"
CONTENT = "product/mitragynine/leaf"
TESTS_BETTER = "use/thinking/tests_better/singh-2019-thinking"
MILD = "bands/arousal.sedation/mild"
CARE = "use/side_effects/care/garcia-romeu-2020"


def share(identity: str, like: str, value: float) -> dict[str, Record]:
    one = find([like])[like]
    spread = Spread("logitnormal", centre=value, sd=0.1)
    return {identity: replace(one, id=identity, value=value, spread=spread)}


def test_the_trial_woke_people_with_less_than_a_low_dose_of_leaf_holds() -> None:
    found = low_dose_wakes(Bench())
    assert found.answer == Answer.UNSURE
    assert "prevete-2025/arousal_dose" in found.records


def test_with_a_third_of_the_content_the_trial_would_have_tested_a_low_dose() -> None:
    one = find([CONTENT])[CONTENT]
    found = low_dose_wakes(Bench(instead={CONTENT: replace(one, value=4.5)}))
    assert found.answer == Answer.YES
    assert "4.5 to 13.5 mg" in found.because


def test_that_users_feel_awake_does_not_show_that_a_low_dose_wakes() -> None:
    found = verdict(ENERGY)
    assert [part.reply.answer for part in found.parts] == [Answer.YES, Answer.UNSURE]
    assert found.verdict == "cannot be decided"


def test_a_small_study_without_a_better_test_does_not_show_that_nobody_thinks_better() -> None:
    found = verdict(CLARITY)
    assert found.verdict == "cannot be decided"
    assert TESTS_BETTER in found.records
    assert "70 users and 25 others" in users_do_better(Bench()).because


def test_so_many_people_that_a_medium_difference_had_been_found_would_decide() -> None:
    held = find([TESTS_BETTER])[TESTS_BETTER]
    large = {TESTS_BETTER: replace(held, conditions={**held.conditions, "others": 200})}
    assert users_do_better(Bench(instead=large)).answer == Answer.NO
    assert verdict(CLARITY, large).verdict == "fails"


def test_users_who_do_better_in_nearly_all_tests_leave_one_dose_open() -> None:
    found = verdict(CLARITY, share(TESTS_BETTER, TESTS_BETTER, 0.9))
    assert found.parts[1].reply.answer == Answer.YES
    assert found.verdict == "cannot be decided"


def test_nobody_has_counted_bad_sleep_in_people_who_use_it() -> None:
    found = verdict(SLEEP)
    assert found.verdict == "cannot be decided"
    assert not Bench().records("use/side_effects/sleep/")


def test_sleep_without_kratom_says_nothing_of_a_side_effect() -> None:
    assert not any(record.startswith("use/withdrawal/") for record in verdict(SLEEP).records)


def test_a_count_of_bad_sleep_would_decide() -> None:
    at = "use/side_effects/sleep/none"
    assert seen(SLEEP, 0, share(at, CARE, 0.05)) == Answer.YES
    assert seen(SLEEP, 0, share(at, CARE, 0.001)) == Answer.NO


def test_sleepiness_is_held_against_opioids_by_the_model_alone() -> None:
    sleepy = all_cases()[CALM].parts[0]
    assert {need.simulation for need in sleepy.needs} == {
        "leaf-3-g",
        "oxycodone-10-mg",
        "morphine-30-mg",
    }
    assert seen(CALM, 0) == Answer.UNSURE
    assert verdict(CALM).parts[0].reply.answer != Answer.YES


def test_no_less_than_the_band_of_mild_sleepiness_counts() -> None:
    at = "arousal/people/less_opioid/none"
    one = replace(find([CARE])[CARE], id=at)
    much, little = (
        {at: replace(one, value=by, spread=Spread("normal", centre=by, sd=0.01))}
        for by in (-0.3, -0.05)
    )
    assert seen(CALM, 0, much) == Answer.YES
    assert seen(CALM, 0, little) == Answer.NO
    assert find([MILD])[MILD].value == 0.1
