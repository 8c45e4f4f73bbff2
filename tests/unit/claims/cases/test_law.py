"""What an agency said, and where the law is another, are looked up with their days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from speciosa.claims import Bench
from speciosa.claims.answer import Answer
from speciosa.claims.cases.law import differs_by, warned_of
from speciosa.claims.judging import judge
from speciosa.evidence import find
from speciosa.safety.laws import Law, laws

OVERDOSE = "use/warnings/fda/overdose/2018-02-21"


class OneLaw(Bench):
    """A world with the same law everywhere."""

    def laws(self) -> Mapping[str, Law]:
        return {key: replace(law, status="banned") for key, law in super().laws().items()}


class Unclear(Bench):
    """A world in which sources contradict each other on every law."""

    def laws(self) -> Mapping[str, Law]:
        return {key: replace(law, uncertain=True) for key, law in super().laws().items()}


def test_the_agency_warned_of_both_and_the_days_are_told() -> None:
    found = judge(["fda-warnings"], bench=Bench()).verdicts[0]
    assert (found.verdict, found.certainty.level) == ("holds", "high")
    assert "2017-11-14" in found.parts[0].reply.because
    assert "2018-02-21" in found.parts[1].reply.because


def test_without_its_statement_on_overdose_the_claim_fails() -> None:
    said = find([OVERDOSE])[OVERDOSE]
    unsaid = replace(said, value=0.0, spread=replace(said.spread, centre=0.0))
    found = judge(["fda-warnings"], bench=Bench(instead={OVERDOSE: unsaid})).verdicts[0]
    assert found.verdict == "fails"
    assert "overdose" in found.deciding.part.that
    assert warned_of("dependence")(Bench(instead={OVERDOSE: unsaid})).answer == Answer.YES


@pytest.mark.parametrize("level", ["country", "state"])
def test_law_differs_where_two_places_have_two_laws(level: str) -> None:
    asked = differs_by(level)
    assert asked(Bench()).answer == Answer.YES
    assert asked(OneLaw()).answer == Answer.NO
    assert asked(Unclear()).answer == Answer.UNSURE


def test_laws_that_were_replaced_or_of_which_sources_disagree_do_not_count() -> None:
    counted = [laws()[one] for one in differs_by("country")(Bench()).records]
    assert counted
    assert not any(law.replaced_by or law.uncertain for law in counted)


def test_countries_are_less_sure_than_states() -> None:
    found = judge(["legal-status-varies"], bench=Bench()).verdicts[0]
    assert (found.verdict, found.certainty.level) == ("holds", "moderate")
    assert "country" in found.deciding.part.that
