"""The order in which findings are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from speciosa.safety.facts import HOME, facts
from speciosa.safety.finding import AREAS, HARMS, SEVERITIES, Finding, ordered


def finding(identity: str, severity: str = "danger", harm: str = "") -> Finding:
    return Finding(
        id=identity,
        severity=severity,
        title="A title",
        plain="Plain words.",
        why="a mechanism",
        certainty="low",
        because="a reason",
        watch=(),
        sources=("speciosa",),
        as_of=date(2026, 11, 25),
        read="recalled",
        harm=harm,
    )


def ids(*found: Finding) -> list[str]:
    return [one.id for one in ordered(found)]


def test_severity_goes_before_harm_and_harm_before_area() -> None:
    heart = finding("interaction/a-heart-drug", harm="heart")
    return_to_a_dose = finding("regimen/lost-tolerance", harm="breath")
    apnoea = finding("person/sleep-apnoea", "warning", "breath")
    newborn = finding("person/pregnancy")
    assert ids(newborn, apnoea, heart, return_to_a_dose) == [
        "regimen/lost-tolerance",
        "interaction/a-heart-drug",
        "person/pregnancy",
        "person/sleep-apnoea",
    ]


def test_what_is_found_twice_is_told_once_and_as_its_gravest() -> None:
    milder, graver = finding("product/lead", "warning"), finding("product/lead")
    assert ordered([milder, graver]) == (graver,)


def test_equals_keep_the_order_in_which_they_were_found() -> None:
    first = finding("interaction/b", harm="breath")
    second = replace(first, id="interaction/a")
    assert ids(first, second) == ["interaction/b", "interaction/a"]


@pytest.mark.parametrize(
    "file", ["interaction", "interaction-drug", "person", "product", "regimen"]
)
def test_a_danger_of_breath_has_a_sign_of_it(file: str) -> None:
    assert (HOME / f"{file}.yaml").exists()
    for fact in facts(file).values():
        if fact.harm == "breath" and fact.severity == "danger":
            signs = " ".join(fact.watch)
            assert any(word in signs for word in ("breath", "wake", "woken", "blue lips")), fact.id


def test_harms_and_severities_are_few_and_ordered() -> None:
    assert HARMS[0] == "breath"
    assert HARMS[-1] == ""
    assert SEVERITIES[0] == "emergency"


anything = some.lists(
    some.builds(
        finding,
        some.sampled_from([f"{area}/{name}" for area in AREAS for name in "ab"]),
        some.sampled_from(SEVERITIES),
        some.sampled_from(HARMS),
    )
)


@given(anything)
def test_what_is_found_twice_stands_where_its_gravest_belongs(found: list[Finding]) -> None:
    told = ordered(found)
    assert len(told) == len({one.id for one in found})
    places = [
        (SEVERITIES.index(f.severity), HARMS.index(f.harm), AREAS.index(f.area)) for f in told
    ]
    assert places == sorted(places)
    for one in told:
        same = [SEVERITIES.index(f.severity) for f in found if f.id == one.id]
        assert SEVERITIES.index(one.severity) == min(same)
