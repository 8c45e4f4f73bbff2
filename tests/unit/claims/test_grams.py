"""Doses are read from the sentences of the claims, and contradictions follow from them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from speciosa.claims.answer import Answer
from speciosa.claims.claim import claims
from speciosa.claims.grams import Grams, contradicted, contradiction, grams, said

OVER, MUSCLE = "dose-over-7-g", "muscle-relaxation-5-to-15-g"


@pytest.mark.parametrize(
    ("sentence", "doses"),
    [
        ("1-3 g: mild pain relief.", Grams(1, 3)),
        ("5 to 15 g is a moderate dose.", Grams(5, 15)),
        ("From 2.5 to 4 g it wakes.", Grams(2.5, 4)),
        ("Over 7 g: to be avoided.", Grams(7, math.inf)),
        ("A low dose wakes.", None),
        ("1-3 glasses a day.", None),
    ],
)
def test_a_sentence_names_its_doses(sentence: str, doses: Grams | None) -> None:
    assert grams(sentence) == doses


def test_every_claim_on_a_dose_of_leaf_names_it() -> None:
    named = {one.id for one in claims().values() if grams(one.claim)}
    assert named == {one.id for one in claims().values() if one.kind == "dose"}


def test_the_articles_contradict_each_other_on_7_to_15_g() -> None:
    assert contradiction(claims()[OVER], claims()[MUSCLE]) == Grams(7, 15)
    for first, second in ((OVER, MUSCLE), (MUSCLE, OVER)):
        assert contradicted(first, second).answer == Answer.MIXED
        assert said(first, second) == "Two articles contradict each other on 7 to 15 g"


def test_a_contradiction_ends_with_the_sentence_that_makes_it() -> None:
    over = claims()[OVER]
    below = replace(claims()[MUSCLE], claim="3 to 7 g is a moderate dose for muscle relaxation.")
    assert contradiction(over, below) is None
    harmless = replace(over, claim="Over 7 g: sedation.")
    assert contradiction(harmless, claims()[MUSCLE]) is None


def test_claims_of_doses_that_only_touch_do_not_contradict() -> None:
    assert contradicted(OVER, "dose-5-7-g").answer == Answer.YES
    assert said(OVER, "dose-5-7-g") == "The articles agree on the dose"
