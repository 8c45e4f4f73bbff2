"""The data behind a curve as a table, one row for each kind of spread and time (h)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from speciosa.errors import InputError
from speciosa.report.fan import PERCENTILES
from speciosa.report.rows import csv_text

__all__ = ["COLUMNS", "curve_csv"]

COLUMNS = ("output", "unit", "kind", "time", *PERCENTILES)


def curve_csv(result: Mapping[str, Any], output: str) -> str:
    """One output of the object that `speciosa simulate --json --series` prints, as CSV.

    Digits are those of the JSON file; where there is no number the cell is empty. Raises InputError
    for an output that is not there.
    """
    series = result["series"]
    rows = [row for row in series["outputs"] if row["output"] == output]
    if not rows:
        known = ", ".join(dict.fromkeys(row["output"] for row in series["outputs"]))
        raise InputError("output", output, f"one of {known}")
    points = (
        {**row, "time": time, **{name: row[name][place] for name in PERCENTILES}}
        for row in rows
        for place, time in enumerate(series["times"])
    )
    return csv_text(COLUMNS, points)
