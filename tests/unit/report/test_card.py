"""The parts of a card."""

from __future__ import annotations

from datetime import date

import pytest

from speciosa.report.card import parts, sentences
from speciosa.safety.case import Case
from speciosa.safety.emergencies import card
from speciosa.trial.words import SIGNS

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("sign", SIGNS)
def test_no_word_of_a_card_is_lost(sign: str) -> None:
    person = {"signs": [sign], "jurisdiction": "US"}
    tables = {"person": person, "product": {"kind": "tea"}, "regimen": {"dose": "2 g"}}
    text = card(Case.of(tables), TODAY)
    head, found = parts(text)
    said = [head]
    for one in found:
        steps = [f"{place}. {step}" for place, step in enumerate(one.steps, 1)]
        said += [one.heading, *steps, *one.lines]
    assert said == [line for line in text.splitlines() if line]
    assert found[-1].heading == "Numbers"


def test_sentences_together_are_the_text() -> None:
    text = "Call 911. Give naloxone. 7-OH can last longer, e.g. for hours. Stay."
    assert " ".join(sentences(text)) == text
    assert sentences(text)[0] == "Call 911."
