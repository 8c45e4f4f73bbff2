from __future__ import annotations

from datetime import date

import pytest

from speciosa.evidence.record import PAINS
from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding
from speciosa.safety.plan import PLANS, plan_findings

TODAY = date(2026, 11, 25)
GUIDELINES = ("NICE", "ACP", "WHO", "CDC", "EULAR", "NeuPSIG")


def plans(pain: str) -> list[Finding]:
    tables = {
        "person": {"pain": pain},
        "product": {"kind": "tea"},
        "regimen": {"dose": "2 g"},
    }
    return list(plan_findings(Case.of(tables), TODAY))


def test_without_pain_there_is_no_plan() -> None:
    assert plans("none") == []


@pytest.mark.parametrize("pain", [one for one in PAINS if one != "none"])
def test_each_pain_has_its_plan_with_a_named_guideline_a_grade_and_a_day(pain: str) -> None:
    found = plans(pain)
    assert len(found) >= 2
    for one in found:
        assert (one.area, one.severity) == ("plan", "note")
        assert any(name in one.why for name in GUIDELINES), one.why
        assert one.sources
        assert one.as_of <= TODAY


def test_chronic_pain_begins_with_several_ways_and_medicines_come_last() -> None:
    told = [one.id for one in plans("chronic")]
    assert told[0] == "plan/together"
    assert told[-1] == "plan/first-line-medicines"
    assert {"plan/exercise", "plan/mindfulness", "plan/cbt", "plan/sleep"} <= set(told)


def test_where_guidelines_disagree_the_lower_grade_is_told() -> None:
    exercise = facts("plan")["plan/exercise"]
    assert exercise.certainty == "low"
    assert "ACP calls the evidence moderate" in exercise.because


def test_medicines_for_nerve_pain_are_said_to_clash_with_kratom() -> None:
    assert "slow breathing" in facts("plan")["plan/first-line-neuropathic"].plain


def test_every_fact_is_part_of_a_plan() -> None:
    named = {f"plan/{name}" for names in PLANS.values() for name in names}
    assert named == set(facts("plan"))
    assert set(PLANS) == set(PAINS) - {"none"}
