"""Worked scenarios of the check: what must be found, and in which order.

`scenarios/` holds them as a toxicologist or somebody in harm reduction would judge them: a scenario
as a user writes it, and under `then` all that must be told down to caution, gravest first. Notes
may come in any order. What was written down before the check was first run and changed after it is
marked there, with the reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from tests import advice, reading

from speciosa.evidence.plain import read_plain
from speciosa.safety import Check, check
from speciosa.safety.case import Case

HOME = Path(__file__).parent / "scenarios"
CERTIFICATES = Path(__file__).parents[3] / "examples" / "certificates"
TODAY = date(2026, 11, 25)
KEYS = {"name", "because", "scenario", "then", "notes", "says", "simulated", "today"}

Worked = dict[str, Any]


def worked() -> Iterator[Worked]:
    for path in sorted(HOME.glob("*.yaml")):
        yield from cast("list[Worked]", read_plain(path))


ALL = list(worked())
SIMULATED = [one for one in ALL if "simulated" in one]


def name(one: Worked) -> str:
    return one["name"]


def found(one: Worked, *, quick: bool = True) -> Check:
    case = Case.of(tomllib.loads(one["scenario"]), CERTIFICATES)
    today = date.fromisoformat(one["today"]) if "today" in one else TODAY
    return check(case, today=today, quick=quick)


def told(checked: Check) -> list[str]:
    """What is told in full, as `then` has it."""
    return [f"{one.severity} {one.id}" for one in checked.findings if one.severity != "note"]


def test_there_are_sixty_and_each_is_written_whole() -> None:
    assert len(ALL) >= 60
    assert len({name(one) for one in ALL}) == len(ALL)
    for one in ALL:
        assert set(one) <= KEYS, name(one)
        assert {"name", "scenario", "then", "notes"} <= set(one), name(one)


@pytest.mark.parametrize("one", ALL, ids=name)
def test_the_most_dangerous_comes_first(one: Worked) -> None:
    checked = found(one)
    assert told(checked) == one["then"]
    assert {f.id for f in checked.findings if f.severity == "note"} == set(one["notes"])
    plain = {f.id: f.plain for f in checked.findings}
    for identity, words in one.get("says", {}).items():
        assert words in plain[identity]


@pytest.mark.parametrize("one", SIMULATED, ids=name)
def test_a_simulation_adds_numbers_and_takes_no_finding_away(one: Worked) -> None:
    checked = found(one, quick=False)
    assert checked.exposures is not None
    assert told(checked) == one["then"]
    by_id = {f.id: f for f in checked.findings}
    for identity, numbers in one["simulated"].items():
        shown = {e.of: e.value for e in by_id[identity].estimates if e.basis == "simulated"}
        for of, (low, high) in numbers.items():
            assert low <= shown[of] <= high, of


@pytest.mark.parametrize("one", ALL, ids=name)
def test_what_is_put_together_is_plain_sourced_dated_and_no_advice(one: Worked) -> None:
    for finding in found(one).findings:
        assert reading.grade(finding.plain) <= 8.0, finding.plain
        assert finding.sources, finding.id
        assert finding.as_of <= TODAY, finding.id
        if finding.area != "emergency":  # where first aid says what to give
            for text in (finding.title, finding.plain, finding.why, *finding.watch):
                assert not advice.told(text), f"{finding.id}: {text}"
