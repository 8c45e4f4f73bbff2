"""What verdicts on relief of pain must follow from, and that they change with the records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from changed import seen, verdict
from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE, Bench
from speciosa.claims.cases.pain import COLD
from speciosa.claims.judging import all_cases
from speciosa.claims.verdict import Verdict
from speciosa.evidence import Record, find
from speciosa.evidence.spread import Spread

MU, LIKE = "opioid-mu-binding-lowers-pain-signals", "pain-relief-like-opioids"
NERVE, ACUTE = "relieves-nerve-pain", "relieves-acute-pain-short-term"
LASTING, PLACES = "long-lasting-relief-chronic-pain", "spinal-and-brain-modulation"
SHIFT = "pain/animal/neuropathic/naltrexone_shift/mitragynine"


def made_up(identity: str, value: float) -> dict[str, Record]:
    """A trial in people that nobody has done, with a small error."""
    spread = Spread("normal", centre=value, sd=0.01)
    one = replace(find([SHIFT])[SHIFT], id=identity, value=value, spread=spread)
    return {identity: replace(one, conditions={"species": "human"})}


def answers(verdict: Verdict) -> list[Answer]:
    return [part.reply.answer for part in verdict.parts]


def test_that_the_receptor_lowers_pain_rests_on_people_and_kratoms_share_on_mice() -> None:
    found = verdict(MU)
    assert found.verdict == "holds"
    people, kratom = found.parts
    assert people.certainty.level == "moderate"
    assert kratom.certainty.level == "low"
    assert any(
        step.why == "seen in animals or in test tubes alone" for step in kratom.certainty.steps
    )


def test_a_blocker_that_shifts_nothing_undoes_the_claim_on_the_receptor() -> None:
    one = find([SHIFT])[SHIFT]
    weaker = replace(one, value=0.5, spread=replace(one.spread, centre=0.5))
    assert verdict(MU, {SHIFT: weaker}).verdict == "fails"


def test_the_model_has_no_voice_on_what_its_equations_say() -> None:
    parts = [*all_cases()[MU].parts, all_cases()[PLACES].parts[1]]
    assert all(part.model is not None and part.built_in for part in parts)


def test_no_trial_puts_kratom_beside_an_opioid() -> None:
    assert not Bench().records("pain/people/")
    assert verdict(LIKE).parts[0].reply.answer != Answer.YES


@pytest.mark.parametrize(
    ("relief", "answer"), [(-0.3, Answer.NO), (0.0, Answer.YES), (0.3, Answer.NO)]
)
def test_such_a_trial_would_decide_by_the_band_of_mild_relief(
    relief: float, answer: Answer
) -> None:
    assert seen(LIKE, 0, made_up("pain/people/less_opioid/none", relief)) == answer


def test_nerve_pain_was_eased_in_animals_alone() -> None:
    found = verdict(NERVE)
    assert answers(found) == [Answer.YES, Answer.UNSURE]
    assert found.verdict == "cannot be decided"


@pytest.mark.parametrize(("relief", "answer"), [(0.3, Answer.YES), (0.0, Answer.NO)])
def test_a_trial_in_nerve_pain_would_decide(relief: float, answer: Answer) -> None:
    assert seen(NERVE, 1, made_up("pain/people/neuropathic/none", relief)) == answer


def test_men_bear_ice_water_longer_than_before_but_not_surely_longer_than_with_placebo() -> None:
    longer, against_placebo = (test.ask(Bench(), BASE) for test in COLD.tests)
    assert longer.answer == Answer.YES
    assert against_placebo.answer == Answer.UNSURE
    assert all(point.low < 1.0 < point.value for point in against_placebo.points)


def test_acute_pain_cannot_be_decided_by_ice_water() -> None:
    found = verdict(ACUTE)
    assert found.verdict == "cannot be decided"
    assert "vicknasingam-2020/placebo/tolerance_time_1h" in found.records


def test_what_users_say_is_not_what_relieves() -> None:
    found = verdict(LASTING)
    assert answers(found) == [Answer.YES, Answer.UNSURE, Answer.UNSURE]
    assert found.parts[0].certainty.level == "very low"
    assert found.verdict == "cannot be decided"


def test_a_dose_that_lasts_a_few_hours_leaves_months_open() -> None:
    assert seen(LASTING, 2) == Answer.UNSURE
    assert seen(LASTING, 2, made_up("pain/people/months/none", 0.3)) == Answer.YES
    assert seen(LASTING, 2, made_up("pain/people/months/none", 0.0)) == Answer.NO


def test_a_dose_that_lasts_for_a_day_would_do() -> None:
    hours = "use/time/duration/many_grams/emcdda-kratom"
    one = find([hours])[hours]
    longer = replace(one, value=24.0, spread=replace(one.spread, centre=24.0))
    assert seen(LASTING, 2, {hours: longer}) == Answer.YES


def test_brain_and_cord_were_told_apart_in_mice_alone() -> None:
    found = verdict(PLACES)
    assert answers(found) == [Answer.YES, Answer.UNSURE]
    assert found.deciding.part.about == "people"
