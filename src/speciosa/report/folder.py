"""Everything of a run in one folder: numbers, time courses, figures, sources, and what was asked.

summary.json     what `--json` prints
measures.csv     one row for each output, measure, window and kind of spread
series.parquet   percentiles over time, one row for each output, kind and time (h)
scenario.toml    the scenario as run, with every default written out; it can be run again
sources.bib      every source the run rests on
<output>.svg, <output>.png   levels of what is taken, and the effects that a terminal shows

A figure of anything else is made by `figure()`; its numbers are in series.parquet.

Of a data file there is data.csv, its observations with predictions, and nothing of the second,
the third and the last line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from speciosa.evidence.cite import cite
from speciosa.files import write_bytes
from speciosa.report import words
from speciosa.report.fan import PERCENTILES, Fan, fans
from speciosa.report.figures import fan_chart
from speciosa.report.files import json_text, write_text
from speciosa.report.rows import TABLES, csv_text
from speciosa.trial import Result
from speciosa.trial.company import withheld

_ALWAYS = ("mitragynine", "hydroxymitragynine")  # of every product


def save(result: Result, folder: Path | str) -> None:
    """Write a result that was simulated with its time courses, or of a data file.

    Files of the same names go.

    Raises:
        InputError: the result holds no time courses.
    """
    folder = Path(folder)
    if result.data is not None:
        folder.mkdir(parents=True, exist_ok=True)
        _stated(result, result.to_dict(), folder)
        _csv(result.data.frame(), folder / "data.csv")
        return
    table = result.to_dict(series=True)
    drawn = chosen(fans(table), table["scenario"])
    summary = {key: value for key, value in table.items() if key != "series"}
    folder.mkdir(parents=True, exist_ok=True)
    _stated(result, summary, folder)
    write_text(folder / "measures.csv", csv_text(TABLES["measures"], table["measures"]))
    write_bytes(folder / "series.parquet", _long(table["series"]).to_parquet(index=False))
    for fan in drawn:
        charts = {fan.output: fan_chart(fan, until=fan.visible_until)}
        if fan.is_concentration:
            charts[f"{fan.output}.log"] = fan_chart(fan, log=True)
        for name, chart in charts.items():
            chart.save(folder / f"{name}.svg")
            chart.save(folder / f"{name}.png")


def chosen(every: Sequence[Fan], scenario: Mapping[str, Any]) -> list[Fan]:
    """What is drawn: levels in blood of what is taken, and effects of the short list that change.

    Where none of these were asked for, everything that was.
    """
    taken = {*_ALWAYS, *(one["drug"] for one in scenario.get("with") or ())}
    names = {*words.EFFECTS, *(f"plasma.{drug}" for drug in taken)} - {*withheld(scenario)}
    asked = [fan for fan in every if fan.output in names]
    return [fan for fan in asked if fan.changes] if asked else list(every)


def _stated(result: Result, summary: Mapping[str, Any], folder: Path) -> None:
    """The answer, the scenario and the sources."""
    write_text(folder / "summary.json", json_text(summary))
    write_text(folder / "scenario.toml", result.scenario.to_toml())
    write_text(folder / "sources.bib", cite((row["id"] for row in summary["evidence"]), "bibtex"))


def _csv(table: pd.DataFrame, file: Path) -> None:
    text = table.to_csv(index=False, float_format="%.12g", lineterminator="\n")
    write_text(file, text)


def _long(series: Mapping[str, Any]) -> pd.DataFrame:
    """Time courses as one row for each output, kind and time (h)."""
    columns = ("output", "unit", "kind", "time", *PERCENTILES)
    times = series["times"]
    parts = [pd.DataFrame({"time": times, **row}) for row in series["outputs"]]
    return pd.concat(parts, ignore_index=True)[list(columns)]
