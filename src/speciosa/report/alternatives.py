"""How far an answer depends on the choice of variant, for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.report import words

__all__ = ["print_variants"]

_SHOWN = ("cmax", "auc_inf", "half_life", "max")
_SAME = 0.02  # medians closer than this, of the larger, are the same


def print_variants(found: Mapping[str, Any], console: Console) -> None:
    """What the variants say, and the lowest and highest median of each measure over all of them."""
    runs = [run for run in found["runs"] if run["says"]]
    console.print(Text("How far the answer depends on a choice", style="bold"))
    for run in runs:
        said = run["says"] if run["changes"] else f"{run['says']} (changes nothing here)"
        console.print(Padding(Text(f"• {run['name']}: {said}"), (0, 0, 0, 2)))
    rows = [row for row in found["measures"] if _is_shown(row, found["measures"])]
    moved = [row for row in rows if _moves(row)]
    if not moved:
        console.print("No median shown moves by more than 2 % with any of them.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("medians", ratio=1)
    for name in ("as it stands", "lowest", "highest"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("by")
    for row in moved:
        ends = {row["lowest_by"], row["highest_by"]} - {"as it stands"}
        table.add_row(
            f"{words.output_title(row['output'])}, {words.measure(row['measure'])}{_in(row)}",
            *(words.number(row[key]) for key in ("base", "lowest", "highest")),
            ", ".join(sorted(ends)),
        )
    console.print(table)
    if len(moved) < len(rows):
        console.print(f"[dim]{len(rows) - len(moved)} others move by less than 2 %.[/dim]")


def _is_shown(row: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> bool:
    """Of repeated doses the last interval stands for all."""
    repeated = any(one["window"] == "last" for one in rows)
    return row["measure"] in _SHOWN and row["window"] == ("last" if repeated else "all")


def _moves(row: Mapping[str, Any]) -> bool:
    size = max(abs(row["lowest"]), abs(row["highest"]))
    return row["highest"] - row["lowest"] > _SAME * size


def _in(row: Mapping[str, Any]) -> str:
    return "" if row["unit"] == "1" else f", {row['unit']}"
