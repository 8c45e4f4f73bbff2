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

__all__ = ["print_met"]

_DAYS = (1, 3, 7, 14, 28)
"""Days that a terminal has room for."""
_DAY = 24.0
_FAR = 0.1


def print_met(exposures: Mapping[str, Any], console: Console) -> None:
    """Each ratio of exposure, whole and day by day, and each enzyme; nothing where none changed."""
    ratios: Sequence[Mapping[str, Any]] = exposures["ratios"]
    enzymes = [one for one in exposures["enzymes"] if _strays(one)]
    if ratios:
        console.print()
        console.print(Text("Exposure with the others over that without", style="bold"))
        console.print(_ratios(ratios))
        console.print(
            Text(
                "AUC and Cmax over the whole run, with the range that holds 9 of 10, and the AUC "
                "of single days. How far such numbers were off in pairs that no fit had seen: "
                "docs/interactions.md.",
                style="dim",
            )
        )
    if enzymes:
        console.print()
        console.print(Text("Enzymes, 1 = usual for this person", style="bold"))
        console.print(_enzymes(enzymes))


def _ratios(ratios: Sequence[Mapping[str, Any]]) -> Table:
    days = [day for day in _DAYS if any(_on(ratio, day) for ratio in ratios)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("of", "by", "AUC", "Cmax", "static", *(f"day {day}" for day in days)):
        table.add_column(heading, no_wrap=heading == "of", overflow="fold")
    for ratio in ratios:
        static = "–" if ratio["static"] is None else f"{ratio['static']:.2g}"
        by = ", ".join(ratio["by"])
        cells = [_on(ratio, day) or "–" for day in days]
        ends = (_band(ratio["auc"]), _band(ratio["cmax"]))
        table.add_row(drug(ratio["of"]), by, *ends, static, *cells)
    return table


def _enzymes(enzymes: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("enzyme", "lowest", "highest", "back after the last dose"):
        table.add_column(heading)
    for enzyme in enzymes:
        ends = (_band(enzyme["lowest"]), _band(enzyme["highest"]))
        table.add_row(enzyme["name"], *ends, _back(enzyme))
    return table


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
