"""What verdicts on doses must follow from: words with bounds, and what was seen of harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from changed import seen, verdict
from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.claim import claims
from speciosa.claims.grams import grams
from speciosa.claims.judging import all_cases
from speciosa.claims.ran import People
from speciosa.claims.seen import Every
from speciosa.evidence import Record, find
from speciosa.evidence.spread import Spread

BANDS = ("dose-1-3-g", "dose-3-5-g", "dose-5-7-g")
OVER, TITRATE = "dose-over-7-g", "start-low-titrate"
ODDS = "use/withdrawal/odds_above_three_glasses/singh-2019-disorder"
GUT = "use/side_effects/gut/dose/grundmann-2017"


def changed(identity: str, value: float, like: str = "") -> dict[str, Record]:
    one = find([like or identity])[like or identity]
    spread = Spread("lognormal", centre=value, gsd=1.05)
    return {identity: replace(one, id=identity, value=value, spread=spread)}


@pytest.mark.parametrize("identity", BANDS)
def test_relief_is_looked_at_in_the_doses_that_the_claim_names(identity: str) -> None:
    doses, part = grams(claims()[identity].claim), all_cases()[identity].parts[0]
    assert doses is not None
    assert isinstance(part.model, Every)
    top, *bottom = part.model.tests
    assert isinstance(top, People)
    assert top.simulation == f"leaf-{doses.high:g}-g"
    assert isinstance(top.at_least, str)
    assert top.at_least.rsplit("/", 1)[-1] in claims()[identity].claim
    for one in bottom:
        assert isinstance(one, People)
        assert one.simulation == f"leaf-{doses.low:g}-g"


@pytest.mark.parametrize("identity", BANDS)
def test_nobody_has_measured_relief_by_grams(identity: str) -> None:
    assert seen(identity, 0) == Answer.UNSURE
    assert not Bench().records("pain/people/")


@pytest.mark.parametrize(
    ("relief", "answer"), [(0.05, Answer.NO), (0.2, Answer.YES), (0.4, Answer.NO)]
)
def test_mild_relief_is_neither_less_nor_more(relief: float, answer: Answer) -> None:
    trial = changed("pain/people/1-3-g/none", relief, like=ODDS)
    assert seen("dose-1-3-g", 0, trial) == answer


def test_the_text_on_high_doses_says_that_two_articles_contradict_each_other() -> None:
    found = verdict(OVER)
    assert "Two articles contradict each other on 7 to 15 g" in found.plain
    *_, articles = found.parts
    assert articles.reply.answer == Answer.MIXED
    assert "002_e" in articles.reply.because
    assert "004_8" in articles.reply.because


def test_that_harm_grows_with_the_dose_rests_on_people() -> None:
    harm = verdict(OVER).parts[1]
    assert harm.reply.answer == Answer.YES
    assert harm.certainty.level == "low"
    assert ODDS in harm.reply.records


def test_odds_that_do_not_grow_undo_harm_and_the_advice_to_start_low() -> None:
    assert seen(OVER, 1, changed(ODDS, 0.5)) == Answer.NO
    assert verdict(TITRATE, changed(ODDS, 0.5)).verdict == "evidence speaks against it"


def test_no_record_draws_the_line_of_harm_at_7_g() -> None:
    assert seen(OVER, 2) == Answer.UNSURE
    assert seen(OVER, 2, changed(GUT, 4.0)) == Answer.NO
    assert seen(OVER, 2, changed(GUT, 9.0)) == Answer.YES


def test_calls_to_poison_centres_decide_nothing() -> None:
    for identity in (*BANDS, OVER, TITRATE):
        assert not any(one.startswith("use/calls/") for one in verdict(identity).records)


def test_advice_to_start_low_is_judged_by_its_evidence() -> None:
    assert verdict(TITRATE).verdict == "no evidence decides"
