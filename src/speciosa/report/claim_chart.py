"""A figure of one case: each number with its interval beside the bound that it was held against.

Numbers in several units share an axis as folds of their bounds. What the model says is a share of
people, on an axis of its own. A mark tells whether it is a record, a study or a simulation.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator

from speciosa.errors import InputError
from speciosa.report.chart import BOTH, INK, PEOPLE, UNKNOWN, Chart, styled, tidy

__all__ = ["claim_chart"]

Point = Mapping[str, Any]

_MARKS = {
    "record": ("o", PEOPLE, "record"),
    "observed": ("s", BOTH, "study in people"),
    "simulated": ("D", UNKNOWN, "simulation"),
}
_SHARES, _FOLDS = "share of virtual people", "fold of its bound"
_ROW = 0.46  # inches


def claim_chart(one: Mapping[str, Any]) -> Chart:
    """The numbers of one entry of `speciosa claims --json`.

    Raises InputError for a claim that no number decides.
    """
    points = list({str(p): p for part in one["parts"] for p in part["points"]}.values())
    if not points:
        raise InputError("figure", one["id"], "a claim with numbers; facts alone decide this one")
    panels: dict[str, list[Point]] = {}
    for point in points:
        panels.setdefault(_axis(point), []).append(point)
    rows = [len(held) + 1.6 for held in panels.values()]
    with styled():
        chart = Chart(one["claim"], (8.0, 1.1 + _ROW * sum(rows)))
        chart.description = _describe(one, points)
        title = textwrap.fill(one["claim"], 84)
        certainty = f"{one['verdict']}, certainty {one['certainty']}"
        heading = f"{title}\n{textwrap.fill(certainty, 84)}"
        chart.suptitle(heading, x=0.012, ha="left", fontsize=10.5, weight="bold")
        drawn = chart.subplots(len(panels), 1, height_ratios=rows, squeeze=False)
        for (axis, held), axes in zip(panels.items(), drawn[:, 0], strict=True):
            _panel(axes, axis, held)
        chart.settle()
    return chart


def _axis(point: Point) -> str:
    if point["kind"] == "simulated":
        return _SHARES
    if point["low"] > 0.0 and (point["bound"] or 0.0) > 0.0:
        return _FOLDS
    return "share" if point["unit"] == "1" else str(point["unit"])


def _panel(axes: Axes, axis: str, points: Sequence[Point]) -> None:
    tidy(axes)
    axes.grid(visible=False)
    for row, point in enumerate(points):
        by = point["bound"] if axis == _FOLDS else 1.0
        value, low, high = (point[key] / by for key in ("value", "low", "high"))
        mark, colour, _ = _MARKS[point["kind"]]
        axes.plot([low, high], [row, row], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot([value], [row], mark, color=colour, markersize=6)
        if axis != _FOLDS and point["bound"] is not None:
            bound = point["bound"]
            axes.plot([bound, bound], [row - 0.32, row + 0.32], color=INK, linewidth=1.2)
    if axis == _FOLDS:
        axes.axvline(1.0, color=INK, linewidth=1.2)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(numticks=7))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.xaxis.set_minor_locator(NullLocator())
    elif axis == _SHARES:
        axes.set_xlim(-0.02, 1.02)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    names = [_label(point) for point in points]
    axes.set_yticks(range(len(points)), names, fontsize=7.5)
    axes.set_ylim(len(points) - 0.4, -0.6)
    marks = dict.fromkeys(_MARKS[point["kind"]][2] for point in points)
    axes.set_xlabel(f"{axis} ({', '.join(marks)}; bars hold 90 %; the dark line is the bound)")


def _label(point: Point) -> str:
    """The name of a number in at most three lines; an id may be broken at a stroke."""
    text = str(point["label"]).replace("/", "/ ")
    lines = textwrap.wrap(text, 44, max_lines=3, placeholder=" ...")
    return "\n".join(line.replace("/ ", "/") for line in lines)


def _describe(one: Mapping[str, Any], points: Sequence[Point]) -> str:
    """What the figure shows, for those who cannot see it."""
    said = [f"{one['claim']} Verdict: {one['verdict']}, certainty {one['certainty']}."]
    for point in points:
        unit = "" if point["unit"] == "1" else f" {point['unit']}"
        bound = "" if point["bound"] is None else f"; bound {point['bound']:.3g}"
        said.append(
            f"{point['label']}: {point['value']:.3g}{unit}, 90 % interval {point['low']:.3g} to "
            f"{point['high']:.3g}{bound}."
        )
    return " ".join(said)
