"""What decides a part: what was seen; the model has a veto and proves nothing."""

from __future__ import annotations

import pytest

from on_the_bench import Made, Says, bench, part, ran, record
from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE, Need
from speciosa.claims.case import Case, Judged, Part, judge_part
from speciosa.claims.grade import Grade
from speciosa.claims.seen import Bound
from speciosa.model import VARIANTS

YES, NO, MIXED, UNSURE = Answer.YES, Answer.NO, Answer.MIXED, Answer.UNSURE
TRIAL = record("pain/made-up/trial", 0.3, unit="1", species="human")
MICE = record("pain/made-up/mice", 0.3, unit="1", species="mouse")
GUESS = record("pain/made-up/guess", 0.3, unit="1", status="assumed", read="recalled")
VARIANT = next(iter(VARIANTS))


def seen(answer: Answer, *records: str) -> Says:
    return Says(answer, "seen", records or (TRIAL.id,), on="the dose" if answer == MIXED else "")


def model(answer: Answer, output: str = "pain.relief", **variants: Answer) -> Says:
    held = tuple((name.replace("_", "-"), one) for name, one in variants.items())
    return Says(answer, "simulated", simulation="leaf", output=output, with_variant=held)


def judged(asked: Part, records: int = 4, assumed: int = 0) -> Judged:
    on = bench(TRIAL, MICE, GUESS)
    on.runs = {("leaf", BASE): ran([[0.5]], records=records, assumed=assumed)}
    return judge_part(asked, on)


@pytest.mark.parametrize("answer", [YES, NO, MIXED])
@pytest.mark.parametrize("said", [UNSURE, MIXED])
def test_what_was_seen_decides_whatever_a_model_leaves_open(answer: Answer, said: Answer) -> None:
    found = judged(part(seen(answer), model(said)))
    assert (found.reply.answer, found.reply.because) == (answer, "seen")


@pytest.mark.parametrize("answer", [YES, NO])
def test_a_model_that_says_the_same_adds_nothing(answer: Answer) -> None:
    both, alone = judged(part(seen(answer), model(answer))), judged(part(seen(answer)))
    assert both.reply.answer == alone.reply.answer == answer
    assert both.certainty == alone.certainty
    assert both.reply.simulations == ("leaf",)


@pytest.mark.parametrize(("people", "said"), [(YES, NO), (NO, YES)])
def test_where_people_and_model_contradict_it_depends_on_who_is_right(
    people: Answer, said: Answer
) -> None:
    found = judged(part(seen(people), model(said)))
    assert found.reply.answer == MIXED
    assert found.reply.on == "whether people or the model are right"
    assert found.reply.because == "seen; simulated"


@pytest.mark.parametrize("nothing", [None, seen(UNSURE)])
def test_a_model_may_deny_what_nobody_has_seen(nothing: Says | None) -> None:
    assert judged(part(nothing, model(NO))).reply.answer == NO


@pytest.mark.parametrize("nothing", [None, seen(UNSURE)])
def test_a_model_alone_proves_nothing(nothing: Says | None) -> None:
    found = judged(part(nothing, model(YES)))
    assert found.reply.answer == UNSURE
    assert "a model alone proves nothing" in found.reply.because
    assert found.certainty.level == "very low"


def test_levels_in_plasma_were_checked_in_people_and_may_be_affirmed() -> None:
    found = judged(part(None, model(YES, output="plasma.mitragynine")))
    assert found.reply.answer == YES
    assert found.certainty.level == "moderate"
    assert "two-fold" in found.certainty.steps[0].why
    assert found.part.of_levels


def test_levels_in_the_brain_were_not() -> None:
    assert judged(part(None, model(YES, output="brain.mitragynine"))).reply.answer == UNSURE


@pytest.mark.parametrize("said", [YES, NO])
def test_what_a_model_says_by_construction_has_no_voice(said: Answer) -> None:
    why = "people were made to differ"
    alone = judged(part(None, model(said), built_in=why))
    assert alone.reply.answer == UNSURE
    assert f"the model is not heard: {why}" in alone.reply.because
    beside_people = judged(part(seen(NO), model(said), built_in=why))
    assert beside_people.reply.answer == NO


@pytest.mark.parametrize("said", [YES, NO])
def test_levels_too_have_no_voice_where_they_were_built_in(said: Answer) -> None:
    levels = model(said, output="plasma.mitragynine")
    assert judged(part(None, levels, built_in="by its equation")).reply.answer == UNSURE


def test_nobody_has_looked_at_it() -> None:
    found = judged(Part("it heals", "people", Grade("none")))
    assert (found.reply.answer, found.reply.because) == (UNSURE, "nobody has looked at it")


# ---- variants of the model -------------------------------------------------------------------


def test_a_veto_that_hangs_on_one_variant_depends_on_it() -> None:
    found = judged(part(None, model(NO, **{VARIANT: UNSURE})))
    assert found.reply.answer == MIXED
    assert found.reply.on == "which of two laboratory findings is right"
    assert f"with {VARIANT} ({VARIANTS[VARIANT].says}): unsure" in found.reply.because
    assert any(step.domain == "inconsistency" for step in found.certainty.steps)
    assert found.variants[VARIANT] == UNSURE


def test_a_variant_in_which_the_model_contradicts_people_says_so() -> None:
    found = judged(part(seen(YES), model(UNSURE, **{VARIANT: NO})))
    assert found.reply.answer == MIXED
    assert found.reply.on == "whether people or the model are right"


def test_variants_that_agree_leave_the_verdict() -> None:
    found = judged(part(None, model(NO)))
    assert found.reply.answer == NO
    assert found.variants == dict.fromkeys(VARIANTS, NO)


def test_what_is_open_stays_open_whatever_one_variant_says() -> None:
    found = judged(part(None, model(UNSURE, **{VARIANT: NO})))
    assert found.reply.answer == UNSURE
    assert found.variants[VARIANT] == NO


def test_a_variant_of_a_model_that_is_not_heard_changes_nothing() -> None:
    asked = part(seen(YES), model(YES, **{VARIANT: NO}), built_in="by its equation")
    assert judged(asked).reply.answer == YES


def test_records_alone_have_no_variants() -> None:
    assert judged(part(seen(YES))).variants == {}


# ---- what is assumed -------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [YES, NO])
def test_a_guess_decides_nothing(answer: Answer) -> None:
    found = judged(part(seen(answer, GUESS.id)))
    assert found.reply.answer == UNSURE
    assert "all of it is assumed" in found.reply.because


def test_a_bound_of_ours_does_not_make_a_guess_a_measurement() -> None:
    assert judged(part(seen(YES, GUESS.id, "claims/common"))).reply.answer == UNSURE


def test_one_measured_record_beside_a_guess_is_enough() -> None:
    assert judged(part(seen(YES, GUESS.id, TRIAL.id))).reply.answer == YES


@pytest.mark.parametrize("identity", ["smith-2024/pupil_right", "person/pregnancy"])
def test_observations_and_facts_are_no_guess(identity: str) -> None:
    assert judged(part(seen(YES, identity))).reply.answer == YES


def test_that_nothing_is_held_may_deny_and_not_affirm() -> None:
    def nothing(answer: Answer) -> Answer:
        return judged(part(Says(answer, "none of it is held"))).reply.answer

    assert nothing(NO) == NO
    assert nothing(YES) == UNSURE


def test_a_real_record_that_becomes_a_guess_loses_its_voice() -> None:
    test = Bound(TRIAL.id, at_least=0.1)
    assert judge_part(part(test), bench(TRIAL)).reply.answer == YES
    guess = record(TRIAL.id, 0.3, unit="1", status="assumed")
    assert judge_part(part(test), bench(guess)).reply.answer == UNSURE


# ---- how sure --------------------------------------------------------------------------------


def test_mice_tell_little_of_people_and_all_of_mice() -> None:
    assert judged(part(seen(YES, MICE.id))).certainty.level == "low"
    assert judged(part(seen(YES, MICE.id), about="laboratory")).certainty.level == "high"
    assert judged(part(seen(YES, MICE.id, TRIAL.id))).certainty.level == "high"


def test_numbers_from_memory_cost_a_step() -> None:
    recalled = record(TRIAL.id, 0.3, unit="1", read="recalled", species="human")
    found = judge_part(part(seen(YES)), bench(recalled))
    assert found.certainty.level == "moderate"
    assert found.certainty.steps[-1].why == "every number was written down from memory"


@pytest.mark.parametrize(("assumed", "level"), [(0, "moderate"), (1, "low"), (2, "very low")])
def test_a_veto_is_as_sure_as_few_of_the_models_numbers_are_guesses(
    assumed: int, level: str
) -> None:
    found = judged(part(None, model(NO)), records=4, assumed=assumed)
    assert found.certainty.level == level
    assert found.certainty.start == "model"


def test_what_is_not_decided_is_very_low_though_trials_were_done() -> None:
    assert judged(part(seen(UNSURE))).certainty.level == "very low"


# ---- how a part must be written --------------------------------------------------------------


def test_a_part_is_about_people_a_laboratory_a_product_or_a_document() -> None:
    with pytest.raises(ValueError, match="'trees'; expected one of people, laboratory"):
        part(seen(YES), about="trees")


def test_where_nothing_was_asked_no_trial_can_be_the_grade() -> None:
    with pytest.raises(ValueError, match="nothing was asked, so the grade starts at none"):
        Part("it heals", "people", Grade("trial"))


def test_a_part_needs_what_its_tests_need() -> None:
    asked = part(seen(YES), model(NO))
    assert asked.needs == (Need("leaf", "pain.relief"),)
    assert not asked.of_levels
    assert not part(seen(YES)).of_levels


def test_a_case_is_heard_on_a_bench_of_any_kind() -> None:
    case = Case("made-up", (part(seen(YES)),), gap="Nobody knows.")
    assert not case.advice
    assert judge_part(case.parts[0], Made(instead={TRIAL.id: TRIAL})).reply.answer == YES
