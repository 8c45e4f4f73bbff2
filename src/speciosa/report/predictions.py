"""Predictions of a data file as a person reads them in a terminal: a few lines, not every row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rich.table import Table

from speciosa.report import words
from speciosa.trial.simulation import ONLY_WITH_BOUNDS

__all__ = ["predictions_table", "predictions_words"]

_COLUMNS = {"first": "first row", "last": "last row", "highest": "highest"}


def predictions_words(data: Mapping[str, Any]) -> str:
    """What the file held."""
    people = words.count(data["people"], "person", "people")
    doses = words.count(data["doses"], "dose record")
    return f"{people}, {doses}, {words.count(data['observations'], 'observation')} predicted."


def predictions_table(data: Mapping[str, Any], hidden: Collection[str] = ()) -> Table:
    """Each output at everybody's first and last observation, and the highest of all.

    What is `hidden` is left out, and what is told only with its bounds, which stand in the files.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    for _ in _COLUMNS:
        table.add_column(justify="right", no_wrap=True)
    table.add_row("", *_COLUMNS.values(), style="bold")
    for output in data["outputs"]:
        if output["output"] in hidden or output["output"] in ONLY_WITH_BOUNDS:
            continue
        unit, factor = words.readable(output["unit"], output["highest"] or 0.0)
        title = words.output_title(output["output"]) + (f", {unit}" if unit != "1" else "")
        values = (output[word] for word in _COLUMNS)
        table.add_row(title, *(words.number(None if v is None else factor * v) for v in values))
    return table
