"""How far an answer depends on the choice of variant, for the terminal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.report import words
from speciosa.trial.alternatives import BASE
from speciosa.trial.simulation import ONLY_WITH_BOUNDS
from speciosa.trial.telling import is_concentration, negligible, telling

__all__ = ["print_variants"]

_SHOWN = ("cmax", "auc_inf", "half_life")
_SAME = 0.02  # of a level, or of all that an effect moves; medians closer than this are the same
_ENDS = ("lowest", "highest")
_VALUES = ("base", *_ENDS)


def print_variants(
    found: Mapping[str, Any], console: Console, hidden: Collection[str] = ()
) -> None:
    """What the variants say, and the lowest and highest median of each measure over all of them.

    Outputs that are `hidden` are left out; what is told only with its bounds has them below it.
    """
    runs = [run for run in found["runs"] if run["says"]]
    console.print(Text("How far the answer depends on a choice", style="bold"))
    for run in runs:
        said = run["says"] if run["changes"] else f"{run['says']} (changes nothing here)"
        console.print(Padding(Text(f"• {run['name']}: {said}"), (0, 0, 0, 2)))
    rows = [row for row in found["measures"] if _is_shown(row, found["measures"])]
    rows = [row for row in rows if row["output"] not in hidden]
    moved = [row for row in rows if _moves(row)]
    if not moved:
        console.print("No median shown moves by more than 2 % of itself or of its own change.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("medians", ratio=1, overflow="fold")
    for name in (BASE, "lowest", "highest"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in moved:
        table.add_row(*_cells(row))
    console.print(table)
    if len(moved) < len(rows):
        console.print(f"[dim]{len(rows) - len(moved)} others move by less than 2 %.[/dim]")
    console.print(
        "[dim]Of levels: 2 % of the level. Of effects, over the whole time: 2 % of how far the "
        "effect moves at all.[/dim]"
    )


def _cells(row: Mapping[str, Any]) -> list[str]:
    unit, factor = words.readable(row["unit"], row["highest"])
    ends = (f"\n  {end}: {row[f'{end}_by']}" for end in _ENDS if row[f"{end}_by"] != BASE)
    near = row["highest"] - row["lowest"] < 0.01 * abs(row["highest"])
    digits = 4 if near else 3  # or ends that differ would look the same
    where = "" if unit == "1" else f", {unit}"
    return [
        f"{words.output_title(row['output'])}, {words.measure(row['measure'])}{where}"
        + "".join(ends),
        *(_value(row, end, factor, digits) for end in _VALUES),
    ]


def _value(row: Mapping[str, Any], end: str, factor: float, digits: int) -> str:
    said = words.number(None if row[end] is None else factor * row[end], digits)
    if row["output"] not in ONLY_WITH_BOUNDS:
        return said
    return f"{said}\n{words.span(*row['ranges'][end], room=12)}"


def _is_shown(row: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> bool:
    """Of a level the last dosing interval of repeated doses; of an effect what it tells most by."""
    if is_concentration(row["output"]):
        repeated = any(one["window"] == "last" for one in rows)
        return row["measure"] in _SHOWN and row["window"] == ("last" if repeated else "all")
    if row["window"] != "all" or row["measure"] != telling(row["output"]):
        return False
    size = max(abs(row["lowest"]), abs(row["highest"]))
    return not negligible(row["change"], row["unit"], size)


def _moves(row: Mapping[str, Any]) -> bool:
    """Whether an end that is not the model's as it stands is far enough from the other."""
    return (row["lowest_by"], row["highest_by"]) != (BASE, BASE) and (
        row["highest"] - row["lowest"] > _SAME * row["change"]
    )
