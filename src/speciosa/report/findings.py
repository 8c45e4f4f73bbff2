"""A check in words, for a terminal and for a page alike: a case, its findings, and how it ends.

Everything is read from the object that `speciosa check --json` prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from speciosa.report.words import count
from speciosa.safety.amounts import number
from speciosa.safety.finding import SEVERITIES

__all__ = [
    "CLINICAL",
    "LITTLE",
    "READ",
    "SIGNS",
    "Finding",
    "answer",
    "basis",
    "case_line",
    "counted",
    "dangers",
    "ending",
    "numbers_said",
    "taken",
    "who_of",
]

Finding = Mapping[str, Any]

LITTLE = (
    "Little is known of kratom in people. That nothing is found here does not mean that there is "
    "nothing."
)
"""What stands beside every check, and first of all beside one that found little."""
SIGNS = 6
"""Signs to watch for of each; a person keeps no more in mind."""
CLINICAL = ("emergency", "interaction", "person", "product", "regimen")
"""Areas of a check that a patient's danger hangs on; law and plans are told elsewhere."""
READ = {"verified": "", "secondary": ", read second-hand", "recalled": ", from memory"}

_DANGER = "danger"
_MANY = {"emergency": "emergencies"}
_SOURCES = 3
_IN_WORDS = ("product", "law")
"""Areas whose plain words already hold their numbers."""
_UNSAID = ("1", "1/d")
"""Units that the words before a number say: doses a day."""


def answer(found: Mapping[str, Any]) -> str:
    """One sentence: how many there are of each, and what is gravest."""
    findings: Sequence[Finding] = found["findings"]
    first = findings[0]
    return f"{counted(one['severity'] for one in findings)}. First: {first['title']}."


def counted(severities: Iterable[str]) -> str:
    """How many there are of each, gravest first: `1 warning, 2 notes`."""
    by_word = Counter(severities)
    return ", ".join(count(by_word[w], w, _MANY.get(w)) for w in SEVERITIES if by_word[w])


def dangers(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those of the gravity of a danger that a patient's danger hangs on."""
    for one in findings:
        if one["severity"] == _DANGER and one["id"].partition("/")[0] in CLINICAL:
            yield one


def case_line(found: Mapping[str, Any]) -> str:
    """Who takes what, how and with what, in one line, and the day of the check."""
    said = taken(found["scenario"], found["unknown"])
    who = who_of(found)
    parts: list[str] = [said, *(who.get("conditions") or ())]
    parts += [who["jurisdiction"]] if who.get("jurisdiction") else []
    return f"Check of {found['today']}: " + " · ".join(parts)


def taken(scenario: Mapping[str, Any], unknown: Sequence[str] = ()) -> str:
    """What is taken, how and with what; `unknown` are names that nobody knows."""
    regimen: Mapping[str, Any] = scenario["regimen"]
    often = f" every {regimen['every']}" if regimen.get("every") else ""
    said = f"{scenario['product']['kind']}, {regimen['dose']}{often}"
    others: Sequence[Mapping[str, Any]] = scenario.get("with") or ()
    company: list[str] = [*(one["drug"] for one in others), *unknown]
    return f"{said} · with {', '.join(dict.fromkeys(company))}" if company else said


def who_of(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The person or people of a case."""
    scenario: Mapping[str, Any] = found["scenario"]
    return scenario.get("people") or scenario.get("person") or {}


def numbers_said(finding: Finding, more: bool) -> Iterator[str]:
    """Estimates in words, those of one thing in one line."""
    if not more and finding["id"].partition("/")[0] in _IN_WORDS:
        return
    by_thing: dict[str, list[str]] = {}
    for estimate in finding["estimates"]:
        thing, _, which = estimate["of"].partition(", ")
        if estimate["basis"] == "simulated":
            thing = f"simulated {thing}"
        elif estimate["basis"] == "static":
            thing, which = f"simulated {thing}", "by the static calculation"
        by_thing.setdefault(thing, []).append(f"{which} {_estimate(estimate)}".lstrip())
    for thing, parts in by_thing.items():
        yield f"{thing}: {'; '.join(parts)}"


def basis(finding: Finding, more: bool = True) -> tuple[str, str, str]:
    """How sure it is, by which sources, and when it was checked and how they were read."""
    keys: Sequence[str] = finding["sources"]
    sources = ", ".join(keys if more else keys[:_SOURCES])
    if len(keys) > _SOURCES and not more:
        sources += f" and {len(keys) - _SOURCES} more"
    sure = f"{finding['certainty']} certainty"
    return sure, sources, f"checked {finding['as_of']}{READ[finding['read']]}"


def ending(found: Mapping[str, Any]) -> Iterator[str]:
    """Whom to call, why nothing was simulated if so, and what a range is."""
    if not found["card"]:  # which holds them
        known = who_of(found).get("jurisdiction")
        numbers = f"Numbers to call: {' · '.join(found['numbers'])}."
        yield numbers if known else "With a jurisdiction, numbers to call stand here."
    if found["unsimulated"]:
        yield f"Not simulated: {found['unsimulated']}."
    if not found["emergency"]:
        yield "A range in brackets holds 9 of 10."


def _estimate(estimate: Mapping[str, Any]) -> str:
    unit = "" if estimate["unit"] in _UNSAID else f" {estimate['unit']}"
    said = f"{number(estimate['value'])}{unit}"
    if estimate["low"] is not None and estimate["high"] is not None:
        said += f" ({number(estimate['low'])} to {number(estimate['high'])})"
    return said + (" measured" if estimate["basis"] == "observed" else "")
