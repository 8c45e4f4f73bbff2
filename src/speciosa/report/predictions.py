"""Predictions of a data file as a person reads them in a terminal: a few lines, not every row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from speciosa.report import words

__all__ = ["predictions_table", "predictions_words"]

_COLUMNS = {"first": "first row", "last": "last row", "highest": "highest"}


def predictions_words(data: Mapping[str, Any]) -> str:
    """What the file held."""
    people = words.count(data["people"], "person", "people")
    doses = words.count(data["doses"], "dose record")
    return f"{people}, {doses}, {words.count(data['observations'], 'observation')} predicted."


def predictions_table(data: Mapping[str, Any]) -> Table:
    """Each output at everybody's first and last observation, and the highest of all."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    for _ in _COLUMNS:
        table.add_column(justify="right", no_wrap=True)
    table.add_row("", *_COLUMNS.values(), style="bold")
    for output in data["outputs"]:
        unit = f", {output['unit']}" if output["unit"] != "1" else ""
        title = f"{words.output_title(output['output'])}{unit}"
        table.add_row(title, *(words.number(output[word]) for word in _COLUMNS))
    return table
