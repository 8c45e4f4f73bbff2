"""Plain words that say no more than the certainty allows."""

from __future__ import annotations

import pytest

from overstated import OVERSTATED, overstated
from speciosa.claims.answer import Answer
from speciosa.claims.grade import LEVELS
from speciosa.claims.words import ADVICE, SENTENCES, WORDS, plain, verdict_word


@pytest.mark.parametrize("words", [WORDS, ADVICE, SENTENCES])
def test_every_answer_has_its_words(words) -> None:
    assert set(words) == set(Answer)


@pytest.mark.parametrize("answer", Answer)
def test_every_certainty_has_its_sentence(answer: Answer) -> None:
    assert set(SENTENCES[answer]) == set(OVERSTATED) == set(LEVELS)


def test_advice_neither_holds_nor_fails() -> None:
    assert not {"holds", "fails", "cannot be decided"} & set(ADVICE.values())
    assert verdict_word(Answer.YES, "", advice=True) == "evidence supports it"
    assert verdict_word(Answer.MIXED, "the dose", advice=True) == "depends on the dose"


@pytest.mark.parametrize(
    ("answer", "certainty", "text"),
    [
        (Answer.YES, "high", "It is so that it heals."),
        (Answer.YES, "moderate", "It is likely that it heals."),
        (Answer.YES, "low", "It may be that it heals."),
        (Answer.YES, "very low", "There is a faint hint that it heals."),
        (Answer.NO, "high", "It is not so that it heals."),
        (Answer.NO, "low", "It may not be so that it heals."),
        (Answer.MIXED, "low", "Whether it heals depends on the dose."),
        (Answer.UNSURE, "very low", "Nobody can say yet whether it heals."),
    ],
)
def test_the_first_words_tell_how_sure_we_are(answer: Answer, certainty: str, text: str) -> None:
    assert plain(answer, certainty, "it heals", "the dose", "Nobody has looked.") == (
        f"{text} Nobody has looked."
    )


@pytest.mark.parametrize("certainty", LEVELS)
@pytest.mark.parametrize("answer", Answer)
def test_no_sentence_says_more_than_its_certainty(answer: Answer, certainty: str) -> None:
    text = plain(answer, certainty, "it heals", "the dose", "Nobody has looked.")
    assert overstated(text, certainty) == []


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
@pytest.mark.parametrize("place", range(3))
def test_the_sentence_of_the_next_certainty_would_say_too_much(answer: Answer, place: int) -> None:
    text = plain(answer, LEVELS[place + 1], "it heals", "", "Nobody has looked.")
    assert overstated(text, LEVELS[place])


@pytest.mark.parametrize(
    ("text", "certainty", "found"),
    [
        ("Kratom cures pain.", "high", ["cures"]),
        ("Always, it heals.", "low", ["Always"]),
        ("It is proven that it heals.", "moderate", ["proven"]),
        ("It certainly heals.", "low", ["certainly"]),
        ("It is likely that it heals.", "moderate", []),
        ("It is likely that it heals.", "low", ["likely"]),
        ("It may be that it heals.", "low", []),
        ("It may be that it heals.", "very low", ["It may be that"]),
        ("It will improve.", "very low", []),
    ],
)
def test_words_that_claim_too_much_are_found(text: str, certainty: str, found: list[str]) -> None:
    assert overstated(text, certainty) == found
