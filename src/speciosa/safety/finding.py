"""A finding: one thing that a reader has to know, how grave it is, why, and how sure we are.

Findings are ordered by what they can do to a person and never by how well they are known: little
evidence is no comfort. Among findings as grave as each other, what kills soonest comes first
(`HARMS`), and then areas come in the order of `AREAS`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["AREAS", "CERTAINTIES", "HARMS", "SEVERITIES", "Estimate", "Finding", "ordered"]

SEVERITIES = ("emergency", "danger", "warning", "caution", "note")
"""Gravest first: act now; can kill or maim; serious harm is possible; take care; worth knowing."""

HARMS = ("breath", "heart", "serotonin", "fit", "")
"""What a finding can do within the hour, what kills soonest first; the last is none of these."""

AREAS = ("emergency", "interaction", "person", "product", "regimen", "law", "plan")
"""The parts of a check, in the order in which equally grave findings of them are told."""

CERTAINTIES = ("high", "moderate", "low", "very low")
"""How sure we are, in the words of GRADE."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number behind a finding, with what bounds it; None where no bound can be given.

    `of` says of what, and after a comma which of several: "drive to breathe lost, together".
    `basis` is simulated; static, for the static calculation of an interaction alone; observed, for
    what was measured in people; or counted, for what follows from the entries and the evidence.
    """

    of: str
    value: float
    low: float | None
    high: float | None
    unit: str
    basis: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa check --json` prints it."""
        return {
            "of": self.of,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "basis": self.basis,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know.

    Attributes:
        id: area, /, and what it is about; the same in every run.
        severity: one of `SEVERITIES`.
        title: what it is about, in a few plain words.
        plain: what it means for the person, in plain words, at reading grade 8 or below.
        why: the mechanism or the rule, in the words of the field.
        certainty: one of `CERTAINTIES`.
        because: why we are that sure, or no surer.
        watch: signs to watch for, in plain words.
        sources: keys of `sources.bib`.
        as_of: the day on which what is said was last checked.
        read: how the sources were read: verified, secondary or recalled.
        estimates: numbers behind it.
        harm: one of `HARMS`.
    """

    id: str
    severity: str
    title: str
    plain: str
    why: str
    certainty: str
    because: str
    watch: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: date
    read: str
    estimates: tuple[Estimate, ...] = ()
    harm: str = ""

    @property
    def area(self) -> str:
        """First word of the id, one of `AREAS`."""
        return self.id.split("/", 1)[0]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa check --json` prints it."""
        return {
            "id": self.id,
            "severity": self.severity,
            "harm": self.harm,
            "title": self.title,
            "plain": self.plain,
            "why": self.why,
            "certainty": self.certainty,
            "because": self.because,
            "watch": list(self.watch),
            "sources": list(self.sources),
            "as_of": self.as_of.isoformat(),
            "read": self.read,
            "estimates": [one.to_dict() for one in self.estimates],
        }


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Gravest first, then by harm, then by area; each id once, and then as its gravest."""
    ranked = sorted(findings, key=_rank)
    found: dict[str, Finding] = {}
    for one in ranked:
        found.setdefault(one.id, one)
    return tuple(found.values())


def _rank(one: Finding) -> tuple[int, int, int]:
    return SEVERITIES.index(one.severity), HARMS.index(one.harm), AREAS.index(one.area)
