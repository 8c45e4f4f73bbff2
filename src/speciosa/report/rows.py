"""Numbers as tables that a spreadsheet reads: CSV with a comma, a point, and one line of heads.

Digits, yes and no are those of the JSON file; where there is no number the cell is empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from speciosa.errors import InputError
from speciosa.trial.company import withheld

__all__ = ["SPREAD", "TABLES", "csv_text", "table_csv"]

SPREAD = ("median", "p05", "p25", "p75", "p95")

TABLES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "measures": ("output", "measure", "window", "unit", "kind", *SPREAD),
        "shares": ("output", "effect", "people", "share", "p05", "p95"),
        "peaks": ("output", "window", "unit", "person_of_20", "time"),
    }
)
"""Tables of a result beside its curves, and their columns."""


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """These columns of the rows, as CSV."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows([_cell(row[name]) for name in columns] for row in rows)
    return text.getvalue()


def table_csv(result: Mapping[str, Any], name: str) -> str:
    """A table of the object that `speciosa simulate --json` prints, as CSV.

    Without what a page withholds, since in its company it would look safer than it is. Raises
    InputError for a table that there is not.
    """
    if name not in TABLES:
        raise InputError("table", name, f"one of {', '.join(TABLES)}")
    hidden = withheld(result["scenario"])
    rows = _twentieths(result["peaks"]) if name == "peaks" else result[name]
    return csv_text(TABLES[name], (row for row in rows if row["output"] not in hidden))


def _twentieths(peaks: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in peaks:
        for place, time in enumerate(row["times"], 1):
            yield {**row, "person_of_20": place, "time": time}


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.12g}" if isinstance(value, float) else value
