"""What stands on the card where breath stops in a simulation, besides what to do.

How often it was seen, and the dangers that the rules of the check find: enough for a professional
to see why the card is there. No other number of the run, since any might reassure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from speciosa.report.findings import dangers
from speciosa.trial.stops import told

__all__ = ["SEEN", "named", "seen"]

SEEN = "What the simulation and the check saw"
"""The heading of it."""


def seen(warnings: Iterable[str], findings: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """A line for what was seen of the stop, and one for each danger: `DANGER: Kratom with x`.

    Args:
        warnings: of a run, or of several.
        findings: of the check of the same, as plain data.
    """
    return (*told(warnings), *dict.fromkeys(map(named, dangers(findings))))


def named(finding: Mapping[str, Any]) -> str:
    """A finding in a line: `DANGER: Kratom with x.`"""
    return f"{finding['severity'].upper()}: {finding['title']}."
