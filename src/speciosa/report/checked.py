"""A check as a person reads it in a terminal: what is dangerous, gravest first, and why.

Everything is read from the object that `speciosa check --json` prints. Each statement carries how
sure it is, its sources and its day. In an emergency the card of what to do comes first, and of all
else only the titles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from speciosa.report.findings import SIGNS, Finding, basis, case_line, ending, numbers_said
from speciosa.report.met import print_met
from speciosa.report.tables import POSTURE

__all__ = ["print_check", "print_table"]

_STYLES = {
    "emergency": "bold white on red",
    "danger": "bold red",
    "warning": "bold yellow",
    "caution": "bold cyan",
    "note": "bold",
}
_BRIEF = "note"
"""Of these a short check tells the titles alone."""
_WHOLE = 5
"""Findings that a short check tells whole."""
_WIDE = 10  # columns of the severity
_MARGIN = (0, 0, 0, _WIDE)


def print_check(found: Mapping[str, Any], console: Console, *, more: bool = False) -> None:
    """Whom to call, the findings, and what was not looked at.

    With `more` each finding is told whole: mechanism, grade and its reason, all numbers.
    """
    console.print(Text(case_line(found), style="bold"))
    findings: Sequence[Finding] = found["findings"]
    if found["emergency"]:
        _emergency(found, console, more)
    else:
        _told(findings, _WHOLE, console, more)
    if more and found["exposures"]:
        print_met(found["exposures"], console)
    console.print()
    console.print(Text(_ending(found, more), style="dim"))
    console.print(Text(POSTURE, style="dim"))


def _emergency(found: Mapping[str, Any], console: Console, more: bool) -> None:
    """What to do; and of all else, unless more is asked for, the titles."""
    urgent = [one for one in found["findings"] if one["severity"] == "emergency"]
    if found["card"]:
        console.print(Panel(Text(found["card"].rstrip()), border_style="red", title="EMERGENCY"))
    for finding in urgent:
        if found["card"]:
            console.print(Text(f"{finding['title']}: {_basis(finding, more)}", style="dim"))
        else:
            _finding(finding, console, more)
    _told(found["findings"][len(urgent) :], 0, console, more)


def _told(findings: Sequence[Finding], most: int, console: Console, more: bool) -> None:
    """The first of these whole, at most so many and no note, and the titles of the others."""
    whole = findings if more else [one for one in findings if one["severity"] != _BRIEF][:most]
    for finding in whole:
        _finding(finding, console, more)
    _titles(findings[len(whole) :], console)


def print_table(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Drugs with kratom, a line each: how grave, of what classes, and how sure that is."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("severity", "drug", "classes", "certainty"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        severity = Text(row["severity"].upper(), style=_STYLES[row["severity"]])
        table.add_row(severity, row["drug"], ", ".join(row["classes"]), row["certainty"])
    console.print(table)
    console.print(Text(POSTURE, style="dim"))


def _finding(finding: Finding, console: Console, more: bool) -> None:
    head = Text(finding["severity"].upper().ljust(_WIDE), style=_STYLES[finding["severity"]])
    head.append(finding["title"], style="bold")
    console.print()
    console.print(head)
    console.print(Padding(Text(finding["plain"]), _MARGIN))
    for line in numbers_said(finding, more):
        console.print(Padding(Text(line), _MARGIN))
    if finding["watch"]:
        signs: Sequence[str] = finding["watch"] if more else finding["watch"][:SIGNS]
        console.print(Padding(Text("Watch for: " + "; ".join(signs)), _MARGIN))
    if more:
        console.print(Padding(Text(f"Why: {finding['why']}"), _MARGIN))
        console.print(Padding(Text(f"How sure: {finding['because']}"), _MARGIN))
    console.print(Padding(Text(_basis(finding, more), style="dim"), _MARGIN))


def _basis(finding: Finding, more: bool = True) -> str:
    return " · ".join(basis(finding, more))


def _titles(findings: Sequence[Finding], console: Console) -> None:
    """The titles of what is not told whole, a line for each severity."""
    for severity, style in _STYLES.items():
        titles = [one["title"] for one in findings if one["severity"] == severity]
        if titles:
            console.print()
            line = Table.grid()
            line.add_column(width=_WIDE)
            line.add_column()
            line.add_row(Text(severity.upper(), style=style), "; ".join(titles))
            console.print(line)


def _ending(found: Mapping[str, Any], more: bool) -> str:
    """Whom to call, why nothing was simulated if so, and where the rest is."""
    rest = "What is cut short here, why, and how sure: --more. As data: --json FILE."
    return " ".join([*ending(found), *(() if more else (rest,))])
