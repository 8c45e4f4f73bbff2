"""What the rules of the check say of a scenario, in short, to stand beside its result.

Many medicines have rules and no kinetics: a result alone would say nothing of them. The words are
those of the page that tells all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from speciosa.report.findings import counted
from speciosa.safety.check import check
from speciosa.safety.finding import SEVERITIES, Finding
from speciosa.trial import Scenario

__all__ = ["SIGNS", "Rules", "rules_of"]

SIGNS = dict(zip(SEVERITIES, "✚✖▲◆●", strict=True))
"""A shape for each, so that no colour has to be seen."""

_MOST = 3
_GRAVE = SEVERITIES[:3]


@dataclass(frozen=True, slots=True)
class Rules:
    """How many findings there are of each gravity, and those of them that must not be missed.

    Attributes:
        counted: how many of each, in words.
        gravest: the first few that are grave; empty where none is.
        more: how many grave ones there are besides.
    """

    counted: str
    gravest: tuple[Finding, ...]
    more: int


def rules_of(scenario: Scenario) -> Rules:
    """What the rules say; they take no simulation, and so a few milliseconds."""
    found = check(scenario, today=date.today(), quick=True).findings
    grave = [one for one in found if one.severity in _GRAVE]
    words = counted(one.severity for one in found)
    return Rules(words, tuple(grave[:_MOST]), len(grave[_MOST:]))
