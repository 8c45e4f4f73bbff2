"""Advice on plans and on asking: what guidelines say is known, what kratom adds is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from speciosa.claims import Bench
from speciosa.claims.answer import Answer
from speciosa.claims.judging import judge
from speciosa.evidence import find

HELPFUL = "use/effects/helpful/smith-2017"
ADVICE = {"holistic-plan": "use/plan/trial", "consult-professional": "use/asked_first/cohort"}


@pytest.mark.parametrize("claim", ADVICE)
def test_nobody_measured_what_the_advice_is_worth(claim: str) -> None:
    found = judge([claim], bench=Bench()).verdicts[0]
    assert found.verdict == "no evidence decides"
    assert [part.reply.answer for part in found.parts] == [Answer.YES, Answer.UNSURE]


@pytest.mark.parametrize(("claim", "identity"), ADVICE.items())
def test_a_study_of_people_would_decide_and_one_of_rats_would_not(
    claim: str, identity: str
) -> None:
    of_people = replace(find([HELPFUL])[HELPFUL], id=identity)
    of_rats = replace(of_people, conditions={"species": "rat"})
    asked = [
        judge([claim], bench=Bench(instead={identity: one})).verdicts[0].verdict
        for one in (of_people, of_rats)
    ]
    assert asked == ["evidence supports it", "no evidence decides"]
