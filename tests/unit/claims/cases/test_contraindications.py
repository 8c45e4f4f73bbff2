"""Who should not take it: newborns were seen, children and milk never looked at, illness feared."""

from __future__ import annotations

from dataclasses import replace

from speciosa.claims import Bench
from speciosa.claims.answer import Answer
from speciosa.claims.cases.contraindications import grave, untried
from speciosa.claims.judging import judge
from speciosa.evidence import find
from speciosa.safety.finding import Finding

CLAIM = "avoid-in-pregnancy-children-illness"
NEWBORN = "use/newborn/cases/fda-neonates-2018"


class Mild(Bench):
    """A bench on which every fact is worth a note alone."""

    def fact(self, identity: str) -> Finding:
        return replace(super().fact(identity), severity="note")


def test_evidence_supports_it_but_what_is_known_of_the_ill_is_a_hint() -> None:
    found = judge([CLAIM], bench=Bench()).verdicts[0]
    assert (found.verdict, found.certainty.level) == ("evidence supports it", "very low")
    assert "ill" in found.deciding.part.that
    assert found.parts[0].certainty.level == "low"  # newborns were seen


def test_without_a_case_in_newborns_evidence_would_speak_against_it() -> None:
    seen = find([NEWBORN])[NEWBORN]
    none = replace(seen, value=0.0, spread=replace(seen.spread, centre=0.0))
    found = judge([CLAIM], bench=Bench(instead={NEWBORN: none})).verdicts[0]
    assert found.verdict == "evidence speaks against it"


def test_a_number_measured_in_children_would_have_to_be_read_first() -> None:
    seen = find([NEWBORN])[NEWBORN]
    conditions = {**seen.conditions, "people": "children of 6 to 12 years"}
    other = replace(seen, id="use/children/first", conditions=conditions)
    assert untried(Bench()).answer == Answer.YES
    assert untried(Bench(instead={other.id: other})).answer == Answer.UNSURE


def test_illness_counts_only_where_the_danger_is_ranked_as_serious() -> None:
    assert grave(Bench()).answer == Answer.YES
    assert grave(Mild()).answer == Answer.NO
