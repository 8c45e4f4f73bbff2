"""Everything of a run in one folder: numbers, time courses, figures, sources, and what was asked.

summary.json     what `--json` prints
measures.csv     one row for each output, measure, window and kind of spread
series.parquet   percentiles over time, one row for each output, kind and time (h)
scenario.toml    the scenario as run, with every default written out; it can be run again
sources.bib      every source the run rests on
<output>.svg, <output>.png
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from speciosa.report.fan import PERCENTILES, fans
from speciosa.report.figures import fan_chart
from speciosa.report.files import json_text, write_bytes, write_text
from speciosa.report.sources import bibtex
from speciosa.trial import Result

MEASURE_COLUMNS = (
    "output",
    "measure",
    "window",
    "unit",
    "kind",
    "median",
    "p05",
    "p25",
    "p75",
    "p95",
)


def save(result: Result, folder: Path | str) -> None:
    """Write a result that was simulated with its time courses; files of the same names are replaced.

    Raises:
        InputError: the result holds no time courses.
    """
    folder = Path(folder)
    table = result.to_dict(series=True)
    drawn = fans(table)
    summary = {key: value for key, value in table.items() if key != "series"}
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "summary.json", json_text(summary))
    write_text(folder / "measures.csv", _csv(table["measures"]))
    write_bytes(folder / "series.parquet", _parquet(table["series"]))
    write_text(folder / "scenario.toml", result.scenario.to_toml())
    write_text(folder / "sources.bib", bibtex(row["id"] for row in table["evidence"]))
    for fan in drawn:
        chart = fan_chart(fan)
        chart.save(folder / f"{fan.output}.svg")
        chart.save(folder / f"{fan.output}.png")


def _csv(measures: Sequence[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(MEASURE_COLUMNS)
    for row in measures:
        writer.writerow([_cell(row[name]) for name in MEASURE_COLUMNS])
    return buffer.getvalue()


def _cell(value: object) -> object:
    return f"{value:.12g}" if isinstance(value, float) else value


def _parquet(series: Mapping[str, Any]) -> bytes:
    times = series["times"]
    columns: dict[str, list[Any]] = {name: [] for name in ("output", "unit", "kind", "time")}
    columns |= {name: [] for name in PERCENTILES}
    for row in series["outputs"]:
        for name in ("output", "unit", "kind"):
            columns[name] += [row[name]] * len(times)
        columns["time"] += list(times)
        for name in PERCENTILES:
            columns[name] += list(row[name])
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue().to_pybytes()
