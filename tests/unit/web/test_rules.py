"""What the rules say beside a result: the words of the check, the gravest first, three by name."""

from __future__ import annotations

from datetime import date

from speciosa import Scenario
from speciosa.report.findings import answer
from speciosa.safety.check import check
from speciosa.web.rules import SIGNS, rules_of

LEAF = Scenario(product={"kind": "leaf"}, regimen={"dose": "3 g"})


def company(*names: str) -> Scenario:
    return LEAF.replace(**{"with": [{"drug": name} for name in names]})


def test_it_counts_in_the_words_of_the_check() -> None:
    scenario = company("sertraline", "alcohol")
    found = check(scenario, today=date.today(), quick=True).to_dict()
    assert answer(found).startswith(f"{rules_of(scenario).counted}. First: ")


def test_the_gravest_come_first_and_no_more_than_three_by_name() -> None:
    told = rules_of(company("sertraline", "alcohol", "oxycodone", "diazepam", "methadone"))
    assert [one.severity for one in told.gravest] == ["danger"] * 3
    grave = [
        one
        for one in check(
            company("sertraline", "alcohol", "oxycodone", "diazepam", "methadone"), quick=True
        ).findings
        if one.severity in ("danger", "warning")
    ]
    assert len(grave) == 3 + told.more
    assert told.gravest == tuple(grave[:3])


def test_cautions_are_counted_and_not_named() -> None:
    told = rules_of(LEAF)
    assert told.gravest == ()
    assert told.more == 0
    assert "caution" in told.counted
    assert {"danger", "warning"} <= set(SIGNS)
