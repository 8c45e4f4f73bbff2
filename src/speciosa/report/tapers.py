"""Small multiples: one output day by day, a row of panels for each regimen, one scale for all.

How people differ and what we do not know stand beside each other, as in every figure, and never on
top of each other. Where the words of the withdrawal scale begin is marked in each panel.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.report.chart import FAINT, INK, KIND_COLOURS, Chart, Width, styled, tidy
from speciosa.report.figures import HEADINGS, LABELS
from speciosa.report.words import number, output_title, span

__all__ = ["arms_chart"]

Array = NDArray[np.float64]

_SCORE = "dependence.score"
_WHAT = {
    "dependence.score": "Worst withdrawal of each day, points of 64",
    "tolerance.level": "Tolerance of pain relief, 0 is none",
    "pain.relief": "Pain relief, share of the signal stopped",
}
_VISIBLE = 0.02  # share of the top below which nothing is seen
_LEAST_DAYS = 14.0


def arms_chart(table: Mapping[str, Any], output: str, *, width: Width = "wide") -> Chart:
    """An output under each regimen. `table` is what `speciosa compare --json --series` prints.

    `width` is "wide" for a page; "narrow" for a phone, where all panels stand one under another.

    Raises:
        InputError: the output was not followed.
    """
    series = table["series"]
    rows = [row for row in series["arms"] if row["output"] == output]
    if not rows:
        known = ", ".join(dict.fromkeys(row["output"] for row in series["arms"]))
        raise InputError("output", output, f"one of {known}")
    held = {(row["arm"], row["kind"]): row for row in rows}
    arms = [arm["name"] for arm in table["arms"]]
    kinds = [kind for kind in ("variability", "uncertainty") if (arms[0], kind) in held]
    days = np.array(series["days"])
    top = max(float(np.nanmax(_line(row, "p95"))) for row in rows if row["kind"] in kinds)
    narrow = width == "narrow"
    with styled():
        title = _WHAT.get(output, output_title(output))
        chart = Chart(f"{title}, by regimen", _size(len(arms), len(kinds), width))
        chart.description = _describe(held, arms, title, days)
        heading = title.replace(", ", ",\n", 1) if narrow else title
        chart.suptitle(heading, x=0.012, ha="left", fontsize=11, fontweight="bold")
        shape = (len(arms) * len(kinds), 1) if narrow else (len(arms), len(kinds))
        panels = chart.subplots(*shape, sharex=True, sharey=True, squeeze=False)
        grid = panels.reshape(len(arms), len(kinds))
        for line, arm in zip(grid, arms, strict=True):
            for kind, axes in zip(kinds, line, strict=True):
                _panel(axes, days, held[arm, kind], kind)
                if output == _SCORE:
                    _words(axes, table["scale"], top, last=narrow or axes is line[-1])
            line[0].set_title(arm, loc="left", fontsize=9, fontweight="bold")
        for kind, column in zip(kinds, grid.T, strict=True):
            for axes in column if narrow else column[:1]:
                axes.set_title(HEADINGS[kind], loc="right", fontsize=9, color=KIND_COLOURS[kind])
            lines, names = column[0].get_legend_handles_labels()
            chart.legend(
                lines[::-1], names[::-1], ncols=1 if narrow else 3, frameon=False, fontsize=8,
                loc="outside lower left" if kind == kinds[0] else "outside lower right",
            )  # fmt: skip
        for axes in panels[-1]:
            axes.set_xlabel("days")
        grid[0][0].set_xlim(0.0, _until(days, rows, top))
        grid[0][0].set_ylim(0.0, 1.05 * top if top > 0.0 else 1.0)
        chart.settle()
    return chart


def _size(arms: int, kinds: int, width: Width) -> tuple[float, float]:
    """Width and height in inches; a phone shows 3.75 inches at its own size."""
    return (
        (3.75, 1.6 + 1.35 * arms * kinds) if width == "narrow" else (4.0 * kinds, 1 + 1.35 * arms)
    )


def _panel(axes: Axes, days: Array, row: Mapping[str, Any], kind: str) -> None:
    colour = KIND_COLOURS[kind]
    middle, half, most = LABELS[kind]
    tidy(axes)
    low, high = _line(row, "p05"), _line(row, "p95")
    axes.fill_between(days, low, high, color=colour, alpha=0.2, lw=0, label=most)
    low, high = _line(row, "p25"), _line(row, "p75")
    axes.fill_between(days, low, high, color=colour, alpha=0.4, lw=0, label=half)
    axes.plot(days, _line(row, "median"), color=INK, linewidth=1.4, label=middle)


def _words(axes: Axes, scale: Mapping[str, float], top: float, *, last: bool) -> None:
    """Where moderate and severe begin, as far as the axis reaches."""
    for word in ("moderate", "severe"):
        if scale[word] < top:
            axes.axhline(scale[word], color=FAINT, linewidth=0.8, linestyle=(0, (4, 3)))
            if last:
                axes.annotate(
                    word, (1.0, scale[word]), xycoords=("axes fraction", "data"), color=FAINT,
                    fontsize=7.5, ha="left", va="center", xytext=(3, 0),
                    textcoords="offset points",
                )  # fmt: skip


def _until(days: Array, rows: list[dict[str, Any]], top: float) -> float:
    """The day after which nothing is seen in any panel."""
    seen = [np.flatnonzero(_line(row, "p95") > _VISIBLE * top) for row in rows]
    last = max((float(days[found[-1]]) for found in seen if found.size), default=0.0)
    return min(float(days[-1]), max(_LEAST_DAYS, 1.03 * last))


def _describe(
    held: Mapping[tuple[str, str], Mapping[str, Any]], arms: list[str], title: str, days: Array
) -> str:
    """What the chart shows, in sentences, for those who cannot see it."""
    said = [f"{title}."]
    for arm in arms:
        row = held[arm, "variability"]
        middle = _line(row, "median")
        place = int(np.nanargmax(middle))
        reach = span(float(_line(row, "p05")[place]), float(_line(row, "p95")[place]))
        said.append(
            f"{arm}: the middle person is highest on day {days[place]:.0f}, at "
            f"{number(float(middle[place]))}; 9 of 10 people {reach} that day."
        )
    return " ".join(said)


def _line(row: Mapping[str, Any], name: str) -> Array:
    return np.array([np.nan if v is None else v for v in row[name]], dtype=np.float64)
