"""Regimens side by side as a person reads them: what is weak, then each measure, then sources.

Arms stand in the order in which they were asked for and never in one of merit: which to choose is
said nowhere. What the safety layer knows of returns to an old dose, and of how sources on tapers
disagree, stands in the same object, so that the JSON file holds all that is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.evidence.cite import OBSERVED, Cited, Number, as_bibtex, rests_on
from speciosa.evidence.load import source
from speciosa.files import write_bytes
from speciosa.report import words
from speciosa.report.files import json_text, write_text
from speciosa.report.rows import csv_text
from speciosa.report.tables import POSTURE, evidence_sentence
from speciosa.report.tapers import arms_chart
from speciosa.safety.finding import Finding
from speciosa.safety.regimens import TALK, on_return, on_tapers, returns, stops
from speciosa.trial.paired import Pairs

__all__ = [
    "CURVES",
    "EXPLAINED",
    "MEASURES",
    "NO_RELIEF",
    "Block",
    "Cell",
    "Row",
    "blocks",
    "cell",
    "print_pairs",
    "run_line",
    "save_pairs",
    "table_of",
    "unrelieved",
]

MEASURES: Mapping[str, tuple[str, str]] = {
    "withdrawal_peak": ("Worst withdrawal", "points of 64"),
    "withdrawal_peak_day": ("Day of the worst withdrawal", "day"),
    "withdrawal_days": ("Days with at least mild withdrawal at the worst moment", "days"),
    "withdrawal_days_above_mild": ("Days with more than mild withdrawal", "days"),
    "tolerance_half": ("Until tolerance is half gone", "days"),
    "tolerance_recovered": ("Until tolerance is as good as gone", "days"),
    "relief_lowest": ("Relief of pain on the worst day", "share of the signal"),
    "relief_mean": ("Relief of pain over all days", "share of the signal"),
}
_DIFFERENCES = (
    "withdrawal_peak",
    "withdrawal_days_above_mild",
    "tolerance_recovered",
    "relief_mean",
)
_RELIEF = "relief_lowest"
_KINDS = ("variability", "uncertainty", "both")
_STYLES = {"variability": "cyan", "uncertainty": "yellow", "both": ""}
_SMALL = 0.005

CURVES = ("dependence.score", "tolerance.level")

EXPLAINED = (
    "Each number is a middle, and 9 of 10 lie in the range with it. People differ: of people, by "
    "the central numbers. We do not know: of the middle person, over what the evidence allows. "
    "Both together: of all people in all draws. So the three middles need not be the same. A "
    "difference is taken within each person before it is put in order, so it need not be that of "
    "two middles."
)

NO_RELIEF = "Relief of pain on the worst day is left out: there is none in any of these."


class Cell(NamedTuple):
    """A middle, and the range of 9 of 10 around it; empty where there is no spread or no number."""

    middle: str = ""
    reach: str = ""


class Row(NamedTuple):
    """An arm, and a cell for each kind of spread: people, what we do not know, both."""

    arm: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A measure: its title with its unit, and a row for each arm."""

    title: str
    rows: tuple[Row, ...]


def blocks(table: Mapping[str, Any], how: str) -> Iterator[Block]:
    """Measures by arm, as values or as differences; what nobody has is left out.

    So is relief on the worst day where there is none: all have one on which nothing is taken.
    """
    for measure in MEASURES if how == "value" else _DIFFERENCES:
        title, unit = MEASURES[measure]
        rows = _of(table, how, measure)
        if rows and not (measure == _RELIEF and unrelieved(table)):
            more = "" if how == "value" else " more"
            told = tuple(_row(arm, kinds, table) for arm, kinds in rows.items())
            yield Block(f"{title}, {unit}{more}", told)


def unrelieved(table: Mapping[str, Any]) -> bool:
    """Whether relief on the worst day is told, and as none of anybody."""
    arms = _of(table, "value", _RELIEF).values()
    ends = [row[name] for kinds in arms for row in kinds.values() for name in ("p05", "p95")]
    return bool(ends) and all(abs(end) < _SMALL for end in ends)


def table_of(pairs: Pairs, taper: bool, series: bool = False) -> dict[str, Any]:
    """The object that `speciosa compare --json` prints."""
    table = pairs.to_dict(series=series)
    table["dangers"] = [one.to_dict() for one in _dangers(pairs)]
    table["sources_differ"] = [one.to_dict() for one in (on_tapers() if taper else ())]
    table["closing"] = TALK
    return table


def print_pairs(table: Mapping[str, Any], console: Console) -> None:
    """Weak spots, dangers, each measure by arm, differences, sources, and whom to talk to."""
    _bullets(console, "Read this first", table["warnings"])
    for one in table["dangers"]:
        console.print(Text(f"{one['severity'].upper()}: {one['title']}. {one['plain']}"))
        console.print()
    console.print(Text("The same people under each of these", style="bold"))
    for arm in table["arms"]:
        console.print(Padding(Text(f"• {arm['name']}: {arm['says']}"), (0, 0, 0, 2)))
    console.print(f"[dim]{run_line(table)}[/dim]")
    console.print()
    console.print(f"[dim]{EXPLAINED}[/dim]")
    if unrelieved(table):
        console.print(f"[dim]{NO_RELIEF}[/dim]")
    console.print()
    head = _grid()
    head.add_row("", *(words.KINDS[kind] for kind in _KINDS), style="bold")
    console.print(head)
    for block in blocks(table, "value"):
        _print_block(console, block)
    first = table["arms"][0]["name"]
    console.print()
    console.print(Text(f"Against {first}, within each person", style="bold"))
    for block in blocks(table, "difference"):
        _print_block(console, block)
    console.print()
    _sources(console, table["sources_differ"])
    console.print(evidence_sentence(table["evidence"]))
    console.print()
    console.print(Text(table["closing"], style="bold"))
    console.print(Text(POSTURE, style="dim"))


def save_pairs(pairs: Pairs, table: Mapping[str, Any], folder: Path | str) -> None:
    """Write the answer, tables, figures, the scenarios as run and the sources into a folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    summary = {key: value for key, value in table.items() if key != "series"}
    write_text(folder / "summary.json", json_text(summary))
    rows = table["measures"]
    columns = [name for name in rows[0] if name != "beyond"]
    write_text(folder / "measures.csv", csv_text(columns, rows))
    write_bytes(folder / "series.parquet", _long(table["series"]).to_parquet(index=False))
    for place, arm in enumerate(pairs.arms, 1):
        write_text(folder / f"scenario-{place}.toml", arm.scenario.to_toml())
    write_text(folder / "sources.bib", as_bibtex(_cited(table)))
    for output in CURVES:
        chart = arms_chart(table, output)
        chart.save(folder / f"{output}.svg")
        chart.save(folder / f"{output}.png")


def _dangers(pairs: Pairs) -> Iterator[Finding]:
    """What is said of returns and of stops, where an arm has them."""
    back, ended = on_return()
    arms = [arm.scenario for arm in pairs.arms]
    if any(returns(one) for one in arms):
        yield back
    if any(stops(one) for one in arms):
        yield ended


def _of(table: Mapping[str, Any], how: str, measure: str) -> dict[str, dict[str, Any]]:
    """Rows of one measure by arm, each with its kinds of spread."""
    found: dict[str, dict[str, Any]] = {}
    for row in table["measures"]:
        if row["how"] == how and row["measure"] == measure:
            found.setdefault(row["arm"], {})[row["kind"]] = row
    return found


def _row(arm: str, kinds: Mapping[str, Mapping[str, Any]], table: Mapping[str, Any]) -> Row:
    """A line of a block."""
    return Row(arm, tuple(_cell(kinds[k], table) if k in kinds else Cell() for k in _KINDS))


def _cell(row: Mapping[str, Any], table: Mapping[str, Any]) -> Cell:
    middle, low, high = (_end(row, name, table) for name in ("median", "p05", "p95"))
    return cell(middle, low, high, _word(row, table["scale"]))


def cell(middle: str, low: str, high: str, word: str = "") -> Cell:
    """A middle with the `word` for it, and the range where there is any."""
    between = " to " if low.startswith("-") else "–"
    return Cell(middle + word, "" if low == middle == high else f"{low}{between}{high}")


def _print_block(console: Console, block: Block) -> None:
    """Each middle, and below it its range."""
    grid = _grid()
    for arm, cells in block.rows:
        shown = ("\n".join(filter(None, cell)) for cell in cells)
        grid.add_row(Padding(arm, (0, 0, 0, 2)), *shown)
    console.print(Text(block.title, style="bold"))
    console.print(grid)


def _word(row: Mapping[str, Any], scale: Mapping[str, float]) -> str:
    """The scale's own word for a score."""
    if row["measure"] != "withdrawal_peak" or row["how"] != "value" or row["median"] is None:
        return ""
    known = [word for word, least in scale.items() if row["median"] >= least]
    return f" {known[-1] if known else 'none'}"


def _end(row: Mapping[str, Any], name: str, table: Mapping[str, Any]) -> str:
    """A number, whole where it is days, or that it lies beyond the days that were looked at."""
    value = row[name]
    if value is None:
        return f">{table['days']}" if row["how"] == "value" else "beyond"
    if row["unit"] == "d":
        return f"{value:.0f}"
    return words.number(0.0 if abs(value) < _SMALL else value, 2)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=24, overflow="fold")
    for kind in _KINDS:
        grid.add_column(width=17, justify="right", style=_STYLES[kind], overflow="fold")
    return grid


def _sources(console: Console, found: Sequence[Mapping[str, Any]]) -> None:
    """Where sources disagree, each with the day on which it was looked at."""
    if not found:
        return
    console.print(Text("Sources on tapers do not agree", style="bold"))
    for one in found:
        read = words.READ[one["read"]]
        console.print(
            Padding(
                Text(f"• {one['title']}: {one['plain']} [{one['as_of']}; {read}]"), (0, 0, 0, 2)
            )
        )
    console.print()


def run_line(table: Mapping[str, Any]) -> str:
    """How many people and draws, by which seed, and for how long they were looked at."""
    people = table["people"]
    parts = [
        words.count(people["n"], "person", "people"),
        words.count(people["replicates"], "draw") + " of what we do not know",
        f"seed {table['seed']}",
    ]
    if "days" in table:
        parts.append(f"looked at for {table['days']} days")
    if people["failed"]:
        parts.append(f"{words.count(people['failed'], 'person', 'people')} not computed")
    return " · ".join(parts)


def _bullets(console: Console, heading: str, lines: Sequence[object]) -> None:
    console.print(Text(heading, style="bold"))
    for line in lines:
        console.print(Padding(Text(f"• {line}"), (0, 0, 0, 2)))
    console.print()


def _cited(table: Mapping[str, Any]) -> list[Cited]:
    """Sources of the numbers, and of what is said of dangers and of tapers."""
    found = {one.source.key: one for one in rests_on(row["id"] for row in table["evidence"])}
    for said in (*table["dangers"], *table["sources_differ"]):
        for key in said["sources"]:
            number = Number(said["id"], OBSERVED, said["title"], said["read"])
            found.setdefault(key, Cited(source(key))).numbers.append(number)
    return [found[key] for key in sorted(found)]


def _long(series: Mapping[str, Any]) -> pd.DataFrame:
    """Courses as one row for each arm, output, kind and day."""
    parts = [pd.DataFrame({"day": series["days"], **row}) for row in series["arms"]]
    return pd.concat(parts, ignore_index=True)
