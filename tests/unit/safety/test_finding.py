"""Findings in order: by what they can do to a person, never by how well they are known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from speciosa.safety.finding import AREAS, CERTAINTIES, SEVERITIES, Estimate, Finding, ordered

ONE = Finding(
    id="person/somebody",
    severity="caution",
    title="Somebody",
    plain="Plain words.",
    why="the mechanism",
    certainty="low",
    because="one case",
    watch=("a sign",),
    sources=("speciosa",),
    as_of=date(2026, 11, 25),
    read="recalled",
)


def finding(severity: str, area: str, name: str, certainty: str = "low") -> Finding:
    return replace(ONE, id=f"{area}/{name}", severity=severity, certainty=certainty)


anything = some.lists(
    some.builds(
        finding,
        some.sampled_from(SEVERITIES),
        some.sampled_from(AREAS),
        some.sampled_from("abc"),
        some.sampled_from(CERTAINTIES),
    )
)


@given(anything)
def test_each_id_stands_once_and_as_its_gravest(findings: list[Finding]) -> None:
    found = ordered(findings)
    assert {one.id for one in found} == {one.id for one in findings}
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.severity == min(
            (other.severity for other in findings if other.id == one.id), key=SEVERITIES.index
        )


@given(anything)
def test_the_gravest_come_first_and_then_areas_in_their_order(findings: list[Finding]) -> None:
    places = [(SEVERITIES.index(f.severity), AREAS.index(f.area)) for f in ordered(findings)]
    assert places == sorted(places)


def test_little_evidence_is_no_comfort() -> None:
    sure = finding("note", "interaction", "a", "high")
    unsure = finding("danger", "law", "b", "very low")
    assert ordered([sure, unsure]) == (unsure, sure)


def test_findings_as_grave_as_each_other_keep_their_order() -> None:
    held = [finding("caution", "person", name) for name in "cab"]
    assert ordered(held) == tuple(held)


@pytest.mark.parametrize("area", AREAS)
def test_the_area_is_the_first_word_of_the_id(area: str) -> None:
    assert finding("note", area, "x/y").area == area


def test_it_is_plain_data() -> None:
    estimate = Estimate("a ratio", 1.5, None, None, "1", "observed")
    told = replace(ONE, estimates=(estimate,)).to_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["as_of"] == "2026-11-25"
    assert told["estimates"][0] == {
        **{"of": "a ratio", "value": 1.5, "low": None, "high": None},
        **{"unit": "1", "basis": "observed"},
    }
