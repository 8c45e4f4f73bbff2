"""A check as a person reads it in a terminal: what is dangerous, gravest first, and why.

Everything is read from the object that `speciosa check --json` prints. Each statement carries how
sure it is, its sources and its day. In an emergency the card of what to do comes first, and of all
else only the titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from speciosa.report.tables import POSTURE

__all__ = ["print_check", "print_table"]

_STYLES = {
    "emergency": "bold white on red",
    "danger": "bold red",
    "warning": "bold yellow",
    "caution": "bold cyan",
    "note": "bold",
}
_BRIEF = ("note",)
"""Of these a short check tells the titles alone."""
_WIDE = 10  # columns of the severity
_MARGIN = (0, 0, 0, _WIDE)

_Finding = Mapping[str, Any]


def print_check(found: Mapping[str, Any], console: Console, *, more: bool = False) -> None:
    """Whom to call, the findings, and what was not looked at.

    With `more` each finding is told whole: mechanism, grade and its reason, all numbers.
    """
    console.print(Text(_case(found), style="bold"))
    findings: Sequence[_Finding] = found["findings"]
    if found["emergency"]:
        _emergency(found, console)
        urgent = [one for one in findings if one["severity"] == "emergency"]
        rest = [one for one in findings if one["severity"] != "emergency"]
        for finding in urgent if not found["card"] else ():
            _finding(finding, console, more)
        _titles("also", rest, console)
        _sources(urgent, console)
        return
    for finding in findings:
        if more or finding["severity"] not in _BRIEF:
            _finding(finding, console, more)
    if not more:
        _titles("note", [one for one in findings if one["severity"] in _BRIEF], console)
    console.print()
    console.print(Text(_ending(found, more), style="dim"))
    console.print(Text(POSTURE, style="dim"))


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


def _case(found: Mapping[str, Any]) -> str:
    """Who takes what, how and with what, in one line, and the day of the check."""
    scenario: Mapping[str, Any] = found["scenario"]
    who: Mapping[str, Any] = scenario.get("people") or scenario.get("person") or {}
    regimen: Mapping[str, Any] = scenario["regimen"]
    often = f" every {regimen['every']}" if regimen.get("every") else ""
    said = [f"{scenario['product']['kind']}, {regimen['dose']}{often}"]
    others: Sequence[Mapping[str, Any]] = scenario.get("with") or ()
    company: list[str] = [*(one["drug"] for one in others), *found["unknown"]]
    if company:
        said.append("with " + ", ".join(dict.fromkeys(company)))
    conditions: Sequence[str] = who.get("conditions") or ()
    said += conditions
    said += [who["jurisdiction"]] if who.get("jurisdiction") else []
    return f"Check of {found['today']}: " + " · ".join(said)


def _emergency(found: Mapping[str, Any], console: Console) -> None:
    if found["card"]:
        console.print(Panel(Text(found["card"].rstrip()), border_style="red", title="EMERGENCY"))


def _finding(finding: _Finding, console: Console, more: bool) -> None:
    head = Text(finding["severity"].upper().ljust(_WIDE), style=_STYLES[finding["severity"]])
    head.append(finding["title"], style="bold")
    console.print()
    console.print(head)
    console.print(Padding(Text(finding["plain"]), _MARGIN))
    for line in _numbers(finding, more):
        console.print(Padding(Text(line), _MARGIN))
    if finding["watch"]:
        console.print(Padding(Text("Watch for: " + "; ".join(finding["watch"])), _MARGIN))
    if more:
        console.print(Padding(Text(f"Why: {finding['why']}"), _MARGIN))
        console.print(Padding(Text(f"How sure: {finding['because']}"), _MARGIN))
    console.print(Padding(Text(_basis(finding), style="dim"), _MARGIN))


def _numbers(finding: _Finding, more: bool) -> Iterator[str]:
    """Estimates in words, those of one thing in one line: simulated, and what else says so."""
    by_thing: dict[str, list[str]] = {}
    for estimate in finding["estimates"]:
        by_thing.setdefault(estimate["of"], []).append(_estimate(estimate))
    for thing, said in list(by_thing.items())[: None if more else _FEW]:
        yield f"{thing}: {'; '.join(said)}"


_FEW = 4
"""Numbers of a finding that a short check shows."""


def _estimate(estimate: Mapping[str, Any]) -> str:
    unit = _UNITS.get(estimate["unit"], f" {estimate['unit']}")
    said = f"{estimate['value']:.3g}{unit}"
    low, high = estimate["low"], estimate["high"]
    if low is not None and high is not None and low < high:
        said += f" (9 of 10: {low:.2g} to {high:.2g})"
    return said if estimate["basis"] == "simulated" else f"{said} {_BASES[estimate['basis']]}"


_UNITS = {"1": "", "1/d": " a day"}
"""Units that a person would not read as they are written."""
_BASES = {
    "static": "reckoned, not simulated",
    "observed": "as measured",
    "counted": "as counted",
}


def _basis(finding: _Finding) -> str:
    read = {"verified": "", "secondary": ", read second-hand", "recalled": ", from memory"}
    sources = ", ".join(finding["sources"])
    sure = f"{finding['certainty']} certainty"
    return f"{sure} · {sources} · checked {finding['as_of']}{read[finding['read']]}"


def _titles(label: str, findings: Sequence[_Finding], console: Console) -> None:
    if findings:
        line = Text(label.upper().ljust(_WIDE), style="bold")
        line.append("; ".join(finding["title"] for finding in findings))
        console.print()
        console.print(line)


def _sources(findings: Sequence[_Finding], console: Console) -> None:
    for finding in findings:
        console.print(Text(f"{finding['title']}: {_basis(finding)}", style="dim"))


def _ending(found: Mapping[str, Any], more: bool) -> str:
    """Whom to call, why nothing was simulated if so, and where the rest is."""
    said = [f"Numbers to call: {' · '.join(found['numbers'])}."]
    if found["unsimulated"]:
        said.append(f"Not simulated: {found['unsimulated']}.")
    if not more:
        said.append("Mechanisms, grades and notes whole: --more. All of it: --json FILE.")
    return " ".join(said)
