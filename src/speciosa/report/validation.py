"""Observed against simulated: tables for the terminal.

The data is the object that `speciosa validate --json` prints: `comparisons`, each {output, measure,
window, at, above, statistic, arm, unit, observed, simulated, p05, p95, error, fold, difference,
in_sd, n, study, source, use}, and `groups`, each {group, n, by_fold, gmfe, within_1_5, within_2,
by_difference, off_sd, inside_90 with its bounds, interval_score, interval_score_sd, baseline_gmfe,
baseline_n, gmfe_beside_baseline}; the last is the model where the baseline says something too.
`fold` is simulated over observed; where `error` is `difference` the table shows `in_sd` in its
place, the difference over the standard deviation between people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from speciosa.report import words
from speciosa.report.comparisons import additive, far, moment, off

USES: Mapping[str, str] = {
    "fit": "The model was fitted to these",
    "validate": "The model has never seen these",
}

# Columns of a table of groups, which `GROUPS_EXPLAINED` explains; without a value there is none.
_STATISTICS: Mapping[str, str] = {
    "n": "n",
    "gmfe": "mean\nfold",
    "within_1_5": "within\n1.5",
    "within_2": "within\n2",
    "off_sd": "off,\nin SD",
    "inside_90": "inside\n90 %",
    "inside_90_bounds": "by\nchance",
    "interval_score": "score,\nlogs",
    "interval_score_sd": "score,\nin SD",
    "baseline_gmfe": "scaled\nby dose",
    "gmfe_beside_baseline": "same,\nmodel",
}
_EFFECTS = "effects, "  # how the name of a group of effects begins
_VISITS = "interactions, "
_HEADINGS = {"Levels in blood": "", "Effects": _EFFECTS, "Interactions": _VISITS}
_SHARES = ("within_1_5", "within_2", "inside_90")


def print_validation(outcome: Mapping[str, Any], console: Console) -> None:
    """Groups first, then every comparison, what was fitted apart from what was not."""
    groups = outcome["groups"]
    for heading, word in _HEADINGS.items():
        held = [one for one in groups if _word(one["group"]) == word]
        if held:
            console.print(Text(heading, style="bold"))
            console.print(groups_table(held))
            console.print()
    console.print(f"[dim]{GROUPS_EXPLAINED}[/dim]")
    for use, heading in USES.items():
        rows = [row for row in outcome["comparisons"] if row["use"] == use]
        if rows:
            console.print()
            console.print(Text(heading, style="bold"))
            console.print(comparisons_table(rows))
    console.print()
    console.print(
        "[dim]Off is simulated over observed: 1 is right, 2 is twice too high, 0.5 half. Where a "
        "fold says nothing it is simulated minus observed, in standard deviations (SD) between "
        "people: 0 is right. "
        "The same statistic is simulated as the study printed, with its number of people, its "
        "sampling times and its limit of quantification.[/dim]"
    )


GROUPS_EXPLAINED = (
    "n: observations. Mean fold: how many fold the model is off, 1 is right; within: the share "
    "that is off by less. Off: the mean difference, in standard deviations between people. Inside: "
    "the share inside the simulated interval that should hold 90 %, and beside it what so few may "
    "show by chance. Score: of the interval, the lower the better. Scaled by dose: the mean fold "
    "of scaling a fitted study by its dose, and that of the model on the same observations."
)


def _word(group: str) -> str:
    """What stands before the name of a group that is not of levels in blood."""
    return next((word for word in (_EFFECTS, _VISITS) if group.startswith(word)), "")


def groups_table(groups: Sequence[Mapping[str, Any]]) -> Table:
    """One row for each group of observations, so that groups are read against one another."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    columns = {name: [_of(key, group) for group in groups] for key, name in _STATISTICS.items()}
    none = words.number(None)
    shown = {name: cells for name, cells in columns.items() if any(one != none for one in cells)}
    for name in shown:
        table.add_column(name, justify="right", overflow="fold")
    for place, group in enumerate(groups):
        name = str(group["group"]).removeprefix(_word(group["group"]))
        table.add_row(name, *(cells[place] for cells in shown.values()))
    return table


def _of(key: str, group: Mapping[str, Any]) -> str:
    return _bounds(group) if key == "inside_90_bounds" else _cell(key, group.get(key))


def comparisons_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """One row for each observation."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("what", "observed", "simulated", "9 of 10", "off", "n", "study, arm"):
        justify = "left" if name in {"what", "study, arm"} else "right"
        table.add_column(name, justify=justify, overflow="fold")
    for row in rows:
        table.add_row(
            f"{row['output']} {moment(row)}{_window(row)}, {row['unit']}",
            words.number(row["observed"]),
            words.number(row["simulated"]),
            words.span(row["p05"], row["p95"]),
            Text(off(row), style=_alarm(row)),
            "–" if row["n"] is None else str(row["n"]),
            f"{row['study']}, {row['arm']}",
        )
    return table


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    if key == "n":
        return str(value)
    return f"{100 * value:.0f} %" if key in _SHARES else words.number(value)


def _bounds(group: Mapping[str, Any]) -> str:
    """The exact 95 % bounds of a share of intervals that hold their observation."""
    low, high = group.get("inside_90_low"), group.get("inside_90_high")
    if low is None or high is None:
        return words.number(None)
    return f"{100 * low:.0f}–{100 * high:.0f} %"


def _window(row: Mapping[str, Any]) -> str:
    return "" if row["window"] == "all" else f" ({words.WINDOWS.get(row['window'], row['window'])})"


def _alarm(row: Mapping[str, Any]) -> str:
    if additive(row):
        apart = abs(row["in_sd"] or 0.0)
        return "red" if apart > 2 else "yellow" if apart > 1 else ""
    return "red" if far(row) > 2 else "yellow" if far(row) > 1.5 else ""
