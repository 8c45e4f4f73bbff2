"""What drugs do to each other over time: ratios day by day, and the enzymes behind them.

A part of a check that is told whole; the object is `exposures` of `speciosa check --json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from speciosa.report.words import drug

__all__ = ["ENZYMES", "EXPLAINED", "RATIOS", "enzyme_lines", "print_met", "ratio_lines"]

_DAYS = (1, 3, 7, 14, 28)
"""Days that a terminal has room for."""
_DAY = 24.0
_FAR = 0.1


RATIOS = "Exposure with the others over that without"
ENZYMES = "Enzymes, 1 = usual for this person"
EXPLAINED = (
    "AUC and Cmax over the whole run, with the range that holds 9 of 10, and the AUC of single "
    "days. How far such numbers were off in pairs that no fit had seen: docs/interactions.md."
)

Lines = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Headings of columns, and rows."""


def print_met(exposures: Mapping[str, Any], console: Console) -> None:
    """Each ratio of exposure, whole and day by day, and each enzyme; nothing where none changed."""
    if exposures["ratios"]:
        console.print()
        console.print(Text(RATIOS, style="bold"))
        headings, rows = ratio_lines(exposures)
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in headings:
            table.add_column(heading, no_wrap=heading == "of", overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)
        console.print(Text(EXPLAINED, style="dim"))
    headings, rows = enzyme_lines(exposures)
    if rows:
        console.print()
        console.print(Text(ENZYMES, style="bold"))
        table = Table(*headings, box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for row in rows:
            table.add_row(*row)
        console.print(table)


def ratio_lines(exposures: Mapping[str, Any]) -> Lines:
    """Each ratio of exposure, over the whole run and on single days."""
    ratios: Sequence[Mapping[str, Any]] = exposures["ratios"]
    days = [day for day in _DAYS if any(_on(ratio, day) for ratio in ratios)]
    headings = ("of", "by", "AUC", "Cmax", "static", *(f"day {day}" for day in days))
    rows = [
        (
            drug(ratio["of"]),
            ", ".join(ratio["by"]),
            _band(ratio["auc"]),
            _band(ratio["cmax"]),
            "–" if ratio["static"] is None else f"{ratio['static']:.2g}",
            *(_on(ratio, day) or "–" for day in days),
        )
        for ratio in ratios
    ]
    return headings, rows


def enzyme_lines(exposures: Mapping[str, Any]) -> Lines:
    """Each enzyme that may be a tenth from its usual activity in somebody."""
    rows = [
        (one["name"], _band(one["lowest"]), _band(one["highest"]), _back(one))
        for one in exposures["enzymes"]
        if _strays(one)
    ]
    return ("enzyme", "lowest", "highest", "back after the last dose"), rows


def _strays(enzyme: Mapping[str, Any]) -> bool:
    """Whether an enzyme may be a tenth from its usual activity in somebody."""
    return enzyme["lowest"]["p05"] < 1.0 - _FAR or enzyme["highest"]["p95"] > 1.0 + _FAR


def _back(enzyme: Mapping[str, Any]) -> str:
    if enzyme["back"] is not None:
        return f"{enzyme['back'] / _DAY:.1f} d"
    middle = (enzyme["lowest"]["median"], enzyme["highest"]["median"])
    return "not within this run" if max(abs(1.0 - one) for one in middle) > _FAR else "–"


def _on(ratio: Mapping[str, Any], day: int) -> str:
    """The middle ratio of a day; empty where there is nothing of the drug."""
    found = (one["auc"]["median"] for one in ratio["days"] if one["day"] == day)
    return next((f"{value:.2g}" for value in found), "")


def _band(band: Mapping[str, float]) -> str:
    return f"{band['median']:.2g} ({band['p05']:.2g}–{band['p95']:.2g})"
