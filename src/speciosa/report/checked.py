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

from speciosa.report.met import print_met
from speciosa.report.tables import POSTURE
from speciosa.safety.amounts import number

__all__ = ["numbers_of", "print_check", "print_table"]

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
_SIGNS = 6
"""Signs to watch for of each; a person keeps no more in mind."""
_SOURCES = 3
_IN_WORDS = ("product", "law")
"""Areas whose plain words already hold their numbers."""
_UNSAID = ("1", "1/d")
"""Units that the words before a number say: doses a day."""
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


def _told(findings: Sequence[_Finding], most: int, console: Console, more: bool) -> None:
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


def _case(found: Mapping[str, Any]) -> str:
    """Who takes what, how and with what, in one line, and the day of the check."""
    scenario: Mapping[str, Any] = found["scenario"]
    who = _who(found)
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


def _who(found: Mapping[str, Any]) -> Mapping[str, Any]:
    scenario: Mapping[str, Any] = found["scenario"]
    return scenario.get("people") or scenario.get("person") or {}


def _finding(finding: _Finding, console: Console, more: bool) -> None:
    head = Text(finding["severity"].upper().ljust(_WIDE), style=_STYLES[finding["severity"]])
    head.append(finding["title"], style="bold")
    console.print()
    console.print(head)
    console.print(Padding(Text(finding["plain"]), _MARGIN))
    for line in numbers_of(finding, more=more):
        console.print(Padding(Text(line), _MARGIN))
    if finding["watch"]:
        signs: Sequence[str] = finding["watch"] if more else finding["watch"][:_SIGNS]
        console.print(Padding(Text("Watch for: " + "; ".join(signs)), _MARGIN))
    if more:
        console.print(Padding(Text(f"Why: {finding['why']}"), _MARGIN))
        console.print(Padding(Text(f"How sure: {finding['because']}"), _MARGIN))
    console.print(Padding(Text(_basis(finding, more), style="dim"), _MARGIN))


def numbers_of(finding: Mapping[str, Any], *, more: bool = True) -> Iterator[str]:
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


def _estimate(estimate: Mapping[str, Any]) -> str:
    unit = "" if estimate["unit"] in _UNSAID else f" {estimate['unit']}"
    said = f"{number(estimate['value'])}{unit}"
    if estimate["low"] is not None and estimate["high"] is not None:
        said += f" ({number(estimate['low'])} to {number(estimate['high'])})"
    return said + (" measured" if estimate["basis"] == "observed" else "")


def _basis(finding: _Finding, more: bool = True) -> str:
    read = {"verified": "", "secondary": ", read second-hand", "recalled": ", from memory"}
    keys: Sequence[str] = finding["sources"]
    sources = ", ".join(keys if more else keys[:_SOURCES])
    if len(keys) > _SOURCES and not more:
        sources += f" and {len(keys) - _SOURCES} more"
    sure = f"{finding['certainty']} certainty"
    return f"{sure} · {sources} · checked {finding['as_of']}{read[finding['read']]}"


def _titles(findings: Sequence[_Finding], console: Console) -> None:
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
    said: list[str] = []
    if not found["card"]:  # which holds them
        known = _who(found).get("jurisdiction")
        numbers = f"Numbers to call: {' · '.join(found['numbers'])}."
        said.append(numbers if known else "With a jurisdiction, numbers to call stand here.")
    if found["unsimulated"]:
        said.append(f"Not simulated: {found['unsimulated']}.")
    if not found["emergency"]:
        said.append("A range in brackets holds 9 of 10.")
    if not more:
        said.append("What is cut short here, why, and how sure: --more. As data: --json FILE.")
    return " ".join(said)
