"""What drives the spread of a result: words and a table for the terminal, and one figure.

The data is the object that `speciosa explain --json` prints. Shares are of the variance. A bar is
the total share of a factor, its dark part what it does by itself; a line is the 90 % interval of
the total. People differ in one colour, what we do not know in the other.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.report import words
from speciosa.report.chart import BOTH, INK, KIND_COLOURS, Chart, styled, tidy

__all__ = ["drivers", "print_explanation"]

_LISTED = 8  # factors of a kind in the table
_DRAWN = 6  # and in the figure
_SMALL = 0.005  # of the variance; what is below is not listed
_KINDS = ("uncertainty", "variability")
_ASKED = {
    "variability": "How people differ",
    "uncertainty": "What we do not know",
}
_STYLES = {"variability": "cyan", "uncertainty": "yellow"}


def print_explanation(outcome: Mapping[str, Any], console: Console) -> None:
    """The two shares first, then a ranking in each, then what would narrow the answer."""
    console.print(Text(headline(outcome), style="bold"))
    console.print(f"[dim]{_run(outcome)}[/dim]")
    for line in outcome["warnings"]:
        console.print(Padding(Text(f"• {line}"), (0, 0, 0, 2)))
    for kind in _KINDS:
        rows = _rows(outcome, kind)
        if rows:
            console.print()
            console.print(Text(_ASKED[kind], style=f"bold {_STYLES[kind]}"))
            console.print(_table(outcome, kind, rows))
    if outcome["narrow"]:
        console.print()
        console.print(Text("What would narrow it most", style="bold"))
        for row in outcome["narrow"]:
            console.print(Padding(Text(f"• {narrowing(row)}"), (0, 0, 0, 2)))
    console.print()
    console.print(
        "[dim]Shares of the variance, with 90 % intervals. Alone: what would go if it were known; "
        "in all: also what it does together with others, so these may add up to more than the "
        "whole. A large share does not make a number wrong: it says where an answer hangs.[/dim]"
    )


def headline(outcome: Mapping[str, Any]) -> str:
    """The spread, and how much of it is which."""
    spread, shares = outcome["spread"], outcome["shares"]
    unit = "" if outcome["unit"] == "1" else f" {outcome['unit']}"
    what = f"{words.output_title(outcome['output'])}, {words.measure(outcome['measure'])}"
    if words.WINDOWS.get(outcome["window"]):
        what += f" ({words.WINDOWS[outcome['window']]})"
    reach = words.span(spread["p05"], spread["p95"])
    said = f"{what}: {words.number(spread['median'])}{unit}, 9 of 10 in {reach}{unit}."
    if not any(shares[kind]["total"] for kind in _KINDS):
        return f"{said} Nothing that varies changes it."
    return (
        f"{said} Of this spread {_percent(shares['uncertainty']['first'])} is what we do not know, "
        f"{_percent(shares['variability']['first'])} that people differ, and "
        f"{_percent(shares['only_together'])} both together."
    )


def narrowing(row: Mapping[str, Any]) -> str:
    """One measurement that would be worth having."""
    said = f"{row['status']}, {words.READ[row['read']]}" if row["read"] else row["status"]
    return (
        f"{words.sentence(row['title'])} ({row['id']}; {said}). Known exactly, it would take away "
        f"{_percent(row['takes_away'])} of what we do not know. What would help: {row['would']}."
    ).replace("..", ".")


def drivers(outcome: Mapping[str, Any]) -> Chart:
    """Bars of the largest factors of each kind, with their intervals."""
    shown = {kind: _rows(outcome, kind)[:_DRAWN] for kind in _KINDS}
    shown = {kind: rows for kind, rows in shown.items() if rows}
    count = sum(len(rows) + 1.5 for rows in shown.values())
    title = f"What drives the spread of: {words.output_title(outcome['output'])}"
    with styled():
        chart = Chart(title, (8.0, 1.7 + 0.36 * count))
        chart.description = _describe(outcome, shown)
        heading = f"{title}, {words.measure(outcome['measure'])}"
        chart.suptitle(heading, x=0.012, ha="left", fontsize=11, weight="bold")
        heights = [0.9, max(count, 1.0) * 0.36 + 0.3]
        top, below = chart.subplots(2, 1, height_ratios=heights)
        # Letters are drawn a little wider in a file than they are measured here.
        chart.set_layout_engine("constrained", rect=(0.035, 0.0, 0.965, 1.0))
        _shares(top, outcome["shares"])
        _bars(below, shown)
        chart.settle()
    return chart


def _shares(axes: Any, shares: Mapping[str, Any]) -> None:
    """One bar of the whole variance, in its three parts."""
    parts = (
        ("variability", words.KINDS["variability"], shares["variability"]["first"]),
        ("both", "only together", shares["only_together"]),
        ("uncertainty", words.KINDS["uncertainty"], shares["uncertainty"]["first"]),
    )
    start = 0.0
    whole = sum(share for _, _, share in parts) or 1.0
    for kind, name, share in parts:
        width = 100.0 * share / whole
        colour = KIND_COLOURS.get(kind, BOTH)
        axes.barh(0.0, width, left=start, height=0.55, color=colour)
        place = {"variability": 0.0, "both": 50.0, "uncertainty": 100.0}[kind]
        side = {"variability": "left", "both": "center", "uncertainty": "right"}[kind]
        label = f"{name} {_percent(share)}"
        axes.text(place, 0.42, label, color=colour, ha=side, va="bottom", fontweight="bold")
        start += width
    axes.set_xlim(0.0, 100.0)
    axes.set_ylim(-0.35, 1.0)
    axes.set_axis_off()


def _bars(axes: Any, shown: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    tidy(axes)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    places: list[float] = []
    names: list[str] = []
    place = 0.0
    for kind, rows in shown.items():
        colour = KIND_COLOURS[kind]
        axes.text(
            0.0, place, _ASKED[kind], color=colour, fontsize=10, fontweight="bold", va="center"
        )  # fmt: skip
        for row in rows:
            place -= 1.0
            total, first = 100.0 * row["total"], 100.0 * row["first"]
            axes.barh(place, total, height=0.62, color=colour, alpha=0.4)
            axes.barh(place, min(first, total), height=0.62, color=colour)
            ends = [100.0 * row["total_low"], 100.0 * row["total_high"]]
            axes.plot(ends, [place, place], color=INK, linewidth=1.2, solid_capstyle="butt")
            places.append(place)
            names.append("\n".join(textwrap.wrap(_short(row["title"]), 48)))
        place -= 1.5
    axes.set_yticks(places, names, fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(place + 0.8, 0.6)
    axes.set_xlim(0.0, None)
    axes.set_xlabel("share of the variance, %      dark: by itself      line: 90 % interval")


def _describe(outcome: Mapping[str, Any], shown: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    said = [headline(outcome)]
    for kind, rows in shown.items():
        listed = (f"{row['title']} {_percent(row['total'])}" for row in rows)
        said.append(f"{_ASKED[kind]}: {'; '.join(listed)}.")
    return " ".join(said)


def _table(outcome: Mapping[str, Any], kind: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", ratio=1)
    for name in ("alone", "in all", "interval", "status"):
        table.add_column(name, justify="left" if name == "status" else "right", no_wrap=True)
    for row in rows[:_LISTED]:
        table.add_row(row["title"], *_cells(row), row["status"] or "–")
    others = outcome["others"].get(kind)
    hidden = len(rows[_LISTED:])
    if hidden:
        table.add_row(f"{hidden} more, in the JSON", "", "", "", "")
    if others is not None:
        told = sum(row["kind"] == kind for row in outcome["factors"])
        left = words.count(outcome["counted"][kind] - told, "other", "others")
        table.add_row(f"{left} together", *_cells(others), "")
    return table


def _cells(index: Mapping[str, Any]) -> tuple[str, str, str]:
    ends = f"{100.0 * index['total_low']:.0f}–{100.0 * index['total_high']:.0f} %"
    return _percent(index["first"]), _percent(index["total"]), ends


def _rows(outcome: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [r for r in outcome["factors"] if r["kind"] == kind and r["total"] >= _SMALL]


def _run(outcome: Mapping[str, Any]) -> str:
    counted, model = outcome["counted"], outcome["model"]
    parts = [
        words.count(outcome["people"], "person", "people"),
        f"seed {outcome['seed']}",
        f"model {model['version']} {model['hash']}",
        f"{counted['uncertainty']} unknowns and {counted['variability']} differences, "
        f"{counted['change_nothing']} of them without effect",
    ]
    if outcome["logarithm"]:
        parts.append("variance of the logarithm")
    if model["variants"]:
        parts.append("variants " + ", ".join(model["variants"]))
    return " · ".join(parts)


def _percent(share: float) -> str:
    """A share to the per cent; what is less than half of one is said to be."""
    return "< 1 %" if 0.0 < share < 0.005 else f"{100.0 * share:.0f} %"


def _short(title: str) -> str:
    return title if len(title) <= 104 else title[:101] + "..."
