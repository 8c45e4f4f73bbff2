"""The check: everything that is dangerous about a case, gravest first.

    found = check("scenario.toml")
    found.findings[0].plain

Rules come first and take milliseconds. A simulation follows where it may: not in an emergency, and
not for people whom the model is not made for. What it shows can make a finding graver and never
less grave, and a breath that stops in it is an emergency.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import speciosa
from speciosa.errors import ScenarioError
from speciosa.safety.case import Case
from speciosa.safety.emergencies import (
    breath_stops_card,
    breath_stops_finding,
    card,
    emergency_findings,
)
from speciosa.safety.finding import Finding, ordered
from speciosa.safety.interactions import with_numbers
from speciosa.safety.law import law_findings
from speciosa.safety.numbers import Numbers, numbers_for
from speciosa.safety.persons import nothing_special, person_findings
from speciosa.safety.plan import plan_findings
from speciosa.safety.products import product_findings
from speciosa.safety.regimens import not_excluded, regimen_findings
from speciosa.safety.stacking import stacking_findings
from speciosa.trial import Scenario
from speciosa.trial.checks import check_adults
from speciosa.trial.exposures import exposures
from speciosa.trial.met import Exposures

__all__ = ["QUICK", "Check", "check"]

QUICK = "a quick check was asked for"
"""Why nothing was simulated, where nothing but the wish stands against it."""

SOME = 0.05
"""Share of people, with all that we do not know, from which a stop of breath is told of."""

_RULES = (
    emergency_findings,
    stacking_findings,
    person_findings,
    product_findings,
    regimen_findings,
    law_findings,
    plan_findings,
)


@dataclass(frozen=True)
class Check:
    """What a check found.

    Attributes:
        case: what was checked.
        today: the day that dates of facts are held against.
        findings: gravest first.
        numbers: whom to call, where the person is.
        exposures: what the simulation showed; None without one.
        unsimulated: why there was none; empty if there was.
    """

    case: Case
    today: date
    findings: tuple[Finding, ...]
    numbers: Numbers
    exposures: Exposures | None
    unsimulated: str

    @property
    def emergency(self) -> bool:
        """Whether somebody needs help now."""
        return bool(self.findings) and self.findings[0].severity == "emergency"

    @property
    def card(self) -> str:
        """What to do in an emergency that was entered or predicted, as plain text; or empty."""
        if self.exposures and self.exposures.breath_stops:
            return breath_stops_card(self.today, self.case.scenario.who.jurisdiction)
        return card(self.case, self.today)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa check --json` prints it."""
        return {
            "scenario": self.case.scenario.filled(),
            "unknown": list(self.case.unknown),
            "version": speciosa.__version__,
            "today": self.today.isoformat(),
            "emergency": self.emergency,
            "card": self.card,
            "findings": [one.to_dict() for one in self.findings],
            "numbers": list(self.numbers.lines()),
            "exposures": self.exposures.to_dict() if self.exposures else None,
            "unsimulated": self.unsimulated,
        }


def check(
    what: Case | Scenario | str | os.PathLike[str],
    *,
    today: date | None = None,
    quick: bool = False,
) -> Check:
    """Check a scenario, or the file of one.

    Args:
        what: a case, a scenario, or the name of a scenario file, in which names of medicines that
            nobody knows are allowed and become findings.
        today: the day that dates of facts are held against; the present day if none is given.
        quick: leave the simulation out.

    Raises:
        ScenarioError: the file cannot be read, or what it says is wrong.
    """
    case = _case(what)
    day, where = today or date.today(), case.scenario.who.jurisdiction
    found = list(_ruled(case, day))
    if all(finding.severity == "note" for finding in found):
        found.append(nothing_special())
    unsimulated = _why_not(case, found, quick)
    shown: Exposures | None = None
    if not unsimulated:
        shown = exposures(case.scenario)
        found = list(with_numbers(found, shown))
        if shown.breath_stops:
            found.append(breath_stops_finding(day, where))
        elif shown.stopped_rows >= SOME:
            found.append(not_excluded(shown.stopped_rows))
    return Check(case, day, ordered(found), numbers_for(where, day), shown, unsimulated)


def _case(what: Case | Scenario | str | os.PathLike[str]) -> Case:
    if isinstance(what, Case):
        return what
    return Case(what) if isinstance(what, Scenario) else Case.load(what)


def _ruled(case: Case, day: date) -> Iterator[Finding]:
    for rule in _RULES:
        yield from rule(case, day)


def _why_not(case: Case, found: list[Finding], quick: bool) -> str:
    """Why nothing is simulated; empty if nothing stands against it."""
    if any(finding.severity == "emergency" for finding in found):
        return "this is an emergency"
    try:
        check_adults(case.scenario)
    except ScenarioError:
        return "the model is made for adults"
    return QUICK if quick else ""
