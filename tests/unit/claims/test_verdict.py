"""From parts to one verdict: the weakest decides, and advice never holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from on_the_bench import Made, Says, bench, part, ran, record
from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE
from speciosa.claims.case import Case, Part
from speciosa.claims.claim import Claim
from speciosa.claims.verdict import Verdict, verdict
from speciosa.model import VARIANTS

YES, NO, MIXED, UNSURE = Answer.YES, Answer.NO, Answer.MIXED, Answer.UNSURE
TRIAL = record("pain/made-up/trial", 0.3, unit="1", species="human")
VARIANT = next(iter(VARIANTS))
KEYS = ("id", "claim", "verdict", "certainty", "because", "records", "simulations", "variants")


def says(
    answer: Answer, start: str = "trial", that: str = "it heals", beside: bool = False
) -> Part:
    on = f"whether {that}" if answer == MIXED else ""
    return part(Says(answer, that, (TRIAL.id,), on=on), start=start, that=that, beside=beside)


def judged(*parts: Part, kind: str = "effect", advice: bool = False) -> Verdict:
    claim = Claim("made-up", "It heals.", kind, "pain", "both", ("000_0",))
    case = Case("made-up", parts, "Nobody has looked.", advice=advice)
    on: Made = bench(TRIAL)
    on.runs = {("leaf", BASE): ran([[0.5]])}
    return verdict(claim, case, on)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((YES, YES), "holds"),
        ((YES, MIXED), "depends on whether part 1"),
        ((YES, UNSURE, MIXED), "cannot be decided"),
        ((YES, UNSURE, NO), "fails"),
    ],
)
def test_the_weakest_part_decides(answers: tuple[Answer, ...], said: str) -> None:
    parts = [says(one, that=f"part {place}") for place, one in enumerate(answers)]
    found = judged(*parts)
    assert found.verdict == said
    assert found.deciding.reply.answer == found.answer


def test_of_parts_that_fail_the_surest_decides_and_of_those_that_hold_the_least_sure() -> None:
    parts = [says(NO, "observational", "a"), says(NO, "trial", "b"), says(NO, "cases", "c")]
    assert judged(*parts).deciding.part.that == "b"
    parts = [says(YES, "observational", "a"), says(YES, "trial", "b"), says(YES, "cases", "c")]
    assert judged(*parts).deciding.part.that == "c"
    assert judged(*parts).certainty.level == "very low"


@given(st.lists(st.sampled_from(Answer), min_size=1, max_size=4), st.sampled_from(Answer))
def test_what_stands_beside_decides_nothing(answers: list[Answer], other: Answer) -> None:
    parts = [says(one) for one in answers]
    beside = says(other, that="tablets do", beside=True)
    alone, both = judged(*parts), judged(*parts, beside)
    assert (alone.verdict, alone.certainty, alone.plain) == (
        both.verdict,
        both.certainty,
        both.plain,
    )
    assert both.parts[-1].reply.answer == other  # but it is shown


@given(st.lists(st.sampled_from(Answer), min_size=1, max_size=4), st.booleans())
def test_advice_never_holds_and_never_fails(answers: list[Answer], by_kind: bool) -> None:
    parts = [says(one) for one in answers]
    found = judged(*parts, kind="advice" if by_kind else "safety", advice=not by_kind)
    statement = judged(*parts)
    assert found.advice
    assert found.answer == statement.answer
    words = {
        YES: "evidence supports it",
        NO: "evidence speaks against it",
        UNSURE: "no evidence decides",
    }
    assert found.verdict == words.get(found.answer, statement.verdict)
    assert set(found.variants.values()) <= {found.verdict}


def test_the_text_is_the_sentence_and_the_gap() -> None:
    assert judged(says(YES)).plain == "It is so that it heals. Nobody has looked."
    assert judged(says(UNSURE)).plain.startswith("Nobody can say yet whether it heals.")


def test_all_that_was_looked_at_is_named_once() -> None:
    model = Says(NO, "too little", simulation="leaf")
    found = judged(says(YES), says(YES), part(None, model), part(None, model))
    assert found.records == (TRIAL.id,)
    assert found.simulations == ("leaf",)
    assert found.because == "too little"


def test_each_variant_has_a_verdict_and_so_has_the_model_as_it_stands() -> None:
    veto = Says(NO, simulation="leaf", with_variant=((VARIANT, UNSURE),))
    found = judged(says(YES), part(None, veto))
    assert found.verdict == "depends on which of two laboratory findings is right"
    assert found.variants == {BASE: found.verdict} | dict.fromkeys(VARIANTS, "fails") | {
        VARIANT: "cannot be decided"
    }
    assert judged(says(YES)).variants == {}


def test_a_part_that_decides_in_a_variant_alone_says_what_it_depends_on() -> None:
    levels = Says(
        UNSURE, simulation="leaf", output="plasma.mitragynine", with_variant=((VARIANT, YES),)
    )
    found = judged(says(MIXED, that="all"), part(None, levels))
    assert found.verdict == "cannot be decided"
    assert found.variants[VARIANT] == "depends on whether all"


def test_variants_of_what_stands_beside_are_not_told() -> None:
    model = part(None, Says(NO, simulation="leaf"), beside=True)
    assert judged(says(YES), model).variants == {}


def test_json_has_what_the_claims_page_needs() -> None:
    found = judged(says(YES), part(None, Says(UNSURE, simulation="leaf"), that="more")).to_dict()
    assert set(KEYS) <= set(found)
    assert json.loads(json.dumps(found)) == found
    assert found["short"] == "It heals."
    assert [one["answer"] for one in found["parts"]] == ["yes", "unsure"]
    assert found["articles"] == ["000_0"]
