"""Observed against simulated: a table for the terminal and one figure.

The data is the object that `speciosa validate --json` prints: `comparisons`, each {output, measure,
window, at, above, statistic, arm, unit, observed, simulated, p05, p95, error, fold, difference,
in_sd, n, study, source, use}, and `groups`, each {group, n, by_fold, gmfe, within_1_5, within_2,
by_difference, off_sd, inside_90 with its bounds, interval_score, interval_score_sd, baseline_gmfe,
baseline_n, gmfe_beside_baseline}; the last is the model where the baseline says something too.
`fold` is simulated over observed; where `error` is `difference` the table shows `in_sd` in its
place, the difference over the standard deviation between people.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from rich.console import Console
from rich.table import Table
from rich.text import Text

from speciosa.report import words
from speciosa.report.chart import FAINT, INK, PEOPLE, UNKNOWN, Chart, styled, tidy

USES: Mapping[str, tuple[str, str]] = {
    "fit": ("The model was fitted to these", PEOPLE),
    "validate": ("The model has never seen these", UNKNOWN),
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
_RATIOS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_FOLDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


def print_validation(outcome: Mapping[str, Any], console: Console) -> None:
    """Groups first, then every comparison, what was fitted apart from what was not."""
    groups = outcome["groups"]
    for heading, word in (
        ("Levels in blood", ""),
        ("Effects", _EFFECTS),
        ("Interactions", _VISITS),
    ):
        held = [one for one in groups if _word(one["group"]) == word]
        if held:
            console.print(Text(heading, style="bold"))
            console.print(groups_table(held))
            console.print()
    console.print(f"[dim]{GROUPS_EXPLAINED}[/dim]")
    for use, (heading, _) in USES.items():
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


def fold_errors(outcome: Mapping[str, Any]) -> Chart:
    """Every comparison as a dot: how many fold the model is off, by what was measured."""
    shown = [row for row in outcome["comparisons"] if row["fold"] and not _additive(row)]
    names = list(dict.fromkeys(str(row["measure"]) for row in shown))[::-1]
    with styled():
        chart = Chart("Simulated against observed", (8.0, 1.9 + 0.34 * len(names)))
        chart.description = _describe(outcome["groups"])
        panels = chart.panels(2, beside=True)
        heading = "How far off the model is (shaded: within 1.5-fold and 2-fold)"
        chart.suptitle(heading, x=0.012, ha="left", fontsize=11, weight="bold")
        for axes, (use, (heading, colour)) in zip(panels, USES.items(), strict=True):
            rows = [row for row in shown if row["use"] == use]
            _fold_panel(axes, rows, names, heading, colour)
        panels[0].set_yticks(range(len(names)), [words.measure(name) for name in names])
        panels[1].tick_params(labelleft=False)
        chart.settle()
    return chart


def visits(outcome: Mapping[str, Any]) -> Chart:
    """Ratios of exposure with another drug over without: predicted against measured."""
    rows = [row for row in outcome["comparisons"] if row["fold"]]
    with styled():
        chart = Chart("Interactions: predicted against measured", (6.4, 6.6))
        chart.description = _describe(outcome["groups"])
        (axes,) = chart.panels(1, beside=True)
        tidy(axes)
        ends = np.array([_RATIOS[0], _RATIOS[-1]])
        axes.fill_between(ends, ends / 2.0, ends * 2.0, color="#EDEDED", lw=0)
        axes.plot(ends, ends, color=INK, linewidth=1.0)
        for measure, mark in (("auc_ratio", "o"), ("cmax_ratio", "x")):
            held = [row for row in rows if row["measure"] == measure and row["use"] == "validate"]
            x, y = ([row[key] for row in held] for key in ("observed", "simulated"))
            label = f"{words.measure(measure)} ({len(held)})"
            axes.plot(x, y, mark, color=UNKNOWN, markersize=4.5, alpha=0.7, label=label, lw=0)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(_RATIOS[0], _RATIOS[-1])
        axes.set_ylim(_RATIOS[0], _RATIOS[-1])
        labels = [f"{ratio:g}" for ratio in _RATIOS]
        axes.xaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_xticks(_RATIOS, labels)
        axes.set_yticks(_RATIOS, labels)
        axes.set_xlabel("measured: exposure with the other drug over without")
        axes.set_ylabel("predicted")
        axes.set_title("Interactions (shaded: within 2-fold)", loc="left", fontsize=11)
        axes.legend(loc="upper left", frameon=False)
        chart.settle()
    return chart


def _fold_panel(
    axes: Axes, rows: Sequence[Mapping[str, Any]], names: Sequence[str], heading: str, colour: str
) -> None:
    tidy(axes)
    axes.axvspan(0.5, 2.0, color="#EDEDED", lw=0)
    axes.axvspan(1 / 1.5, 1.5, color="#DADADA", lw=0)
    axes.axvline(1.0, color=INK, linewidth=1.0)
    for place, name in enumerate(names):
        folds = sorted(row["fold"] for row in rows if row["measure"] == name)
        # Spread within the line by rank: dots that would cover each other stand apart.
        heights = [place + 0.22 * (rank % 3 - 1) for rank in range(len(folds))]
        inside = [min(max(fold, _FOLDS[0]), _FOLDS[-1]) for fold in folds]
        axes.plot(inside, heights, "o", color=colour, markersize=4.5, alpha=0.85, markeredgewidth=0)
    axes.set_xscale("log")
    axes.set_xlim(_FOLDS[0] / 1.15, _FOLDS[-1] * 1.15)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.xaxis.set_major_locator(FixedLocator(list(_FOLDS)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(["1/8", "1/4", "1/2", "1", "2", "4", "8"])
    axes.set_xlabel("simulated / observed")
    count = f"{heading} ({len(rows)})"
    axes.set_title(count, loc="left", color=colour, fontsize=10, fontweight="bold")
    axes.tick_params(axis="y", length=0)
    if not rows:
        axes.text(1.0, len(names) / 2 - 0.5, "none", color=FAINT, ha="center", va="center")


def _describe(groups: Sequence[Mapping[str, Any]]) -> str:
    said = (
        f"{group['group']}: {group['n']} values, mean fold error {words.number(group['gmfe'])}"
        for group in groups
        if group["gmfe"] is not None
    )
    return "Fold error of the model. " + "; ".join(said) + "."


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


def off(row: Mapping[str, Any]) -> str:
    """How far off the model is: a fold, or a difference in standard deviations between people."""
    if not _additive(row):
        return words.number(row["fold"])
    return "–" if row["in_sd"] is None else f"{row['in_sd']:+.1f} SD"


def _additive(row: Mapping[str, Any]) -> bool:
    return row.get("error") == "difference"


def moment(row: Mapping[str, Any]) -> str:
    """The measure of a comparison with its hour and its bound: `change at 1 h`."""
    said = str(row["measure"])
    if row.get("at") is not None:
        said = f"{said.removesuffix('at')} at {row['at']:g} h".strip()
    return said if row.get("above") is None else f"{said} above {row['above']:g}"


def _window(row: Mapping[str, Any]) -> str:
    return "" if row["window"] == "all" else f" ({words.WINDOWS.get(row['window'], row['window'])})"


def _alarm(row: Mapping[str, Any]) -> str:
    if _additive(row):
        apart = abs(row["in_sd"] or 0.0)
        return "red" if apart > 2 else "yellow" if apart > 1 else ""
    fold = row["fold"]
    if fold is None or fold <= 0:
        return ""
    far = max(fold, 1 / fold)
    return "red" if far > 2 else "yellow" if far > 1.5 else ""
