"""A figure of comparisons with people: observed against simulated.

Numbers in one unit share a panel, and no others do: across lies what was observed, upwards what the
model says, and both axes are logarithms. Ratios of two visits have a panel for each measure. An
effect has a line of its own with its name, since each is on another scale: as a fold where that
says something, else as a difference in standard deviations between people.

Form and colour tell what the model was fitted to from what it has never seen. The worst misses are
numbered, and named in the panel.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import LogLocator, NullLocator

from speciosa.report import words
from speciosa.report.chart import (
    BOTH,
    GRID,
    INK,
    PEOPLE,
    UNKNOWN,
    Chart,
    Margins,
    Width,
    styled,
    tidy,
)
from speciosa.report.comparisons import (
    KINDS,
    NEAR,
    PARTS,
    Row,
    additive,
    kind,
    told,
    what,
    where,
    worst,
)

__all__ = ["against"]

_MARKS: Mapping[str, tuple[str, str]] = {
    "kratom": ("D", UNKNOWN),
    "other": ("s", BOTH),
    "fitted": ("o", PEOPLE),
}
"""Of each kind of comparison: its form and its colour."""
_TITLE = "observed against simulated"
_SHADE = "#EDEDED"
_SQUARE, _LINE, _BAR, _LEGEND = 2.9, 0.16, 0.28, 0.2  # inches
_LEFT, _ONLY_LINES, _BETWEEN = 0.98, 0.1, 0.95  # inches; lines have no words beside them
_SIZES: Mapping[str, tuple[float, int, int]] = {"wide": (8.0, 2, 110), "narrow": (3.75, 1, 54)}
"""Inches across, panels beside one another, letters of a line."""
_NAMED = 5
"""Misses that are named in a panel."""
_FEW = 0.1
"""Share of a panel below which what is of kratom is named."""


def against(rows: Sequence[Row], width: Width = "wide") -> Chart:
    """Comparisons as `speciosa validate --json` prints them, for a page or for a phone."""
    inches, columns, letters = _SIZES[width]
    parts = [heading for part, heading in PARTS.items() if any(r["part"] == part for r in rows)]
    title = f"{parts[0]}: {_TITLE}" if len(parts) == 1 else words.sentence(_TITLE)
    squares = _panels([row for row in rows if row["part"] != "effects" and row["fold"]])
    effects = [row for row in rows if row["part"] == "effects"]
    folds = [row for row in effects if row["fold"] and not additive(row)]
    apart = [row for row in effects if additive(row) and row["in_sd"] is not None]
    lined = [held for held in (apart, folds) if held]
    kinds = [name for name in KINDS if any(kind(row) == name for row in rows)]
    title = textwrap.wrap(title, 40 if columns == 1 else 80)
    beside = 2 if columns == 1 else 4
    head = 0.12 + 0.17 * len(title)
    high = math.ceil(len(squares) / columns)
    tall = [_SQUARE] * high + [_tall(held, letters) for held in lined]
    margins = Margins(
        left=_LEFT if squares else _ONLY_LINES,
        right=0.3,
        top=head + _LEGEND * math.ceil((len(kinds) + 1) / beside) + (0.3 if squares else 0.1),
        bottom=0.6 if lined else 0.5,
        between=_BETWEEN,
    )
    height = margins.top + sum(tall) + _BETWEEN * (len(tall) - 1) + margins.bottom
    with styled():
        chart = Chart(" ".join(title), (inches, height))
        chart.description = " ".join(told(rows))
        chart.suptitle(
            "\n".join(title), x=0.012, y=1.0 - 0.08 / height, ha="left", va="top", fontsize=11,
            weight="bold",
        )  # fmt: skip
        _legend(chart, kinds, beside, 1.0 - head / height, shade=bool(squares))
        grid = chart.add_gridspec(len(tall), columns, height_ratios=tall)
        for place, (name, held) in enumerate(squares.items()):
            axes = chart.add_subplot(grid[place // columns, place % columns])
            _square(axes, f"{name} ({len(held)})", held)
        for place, held in enumerate(lined, high):
            _lines(chart.add_subplot(grid[place, :]), held, letters)
        chart.fit(len(tall), columns, margins)
    return chart


def _panels(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows that may share axes, by the heading of their panel."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        apart = row["measure"] if row["part"] == "interactions" else ""
        found.setdefault((row["unit"], apart), []).append(row)
    most_first = sorted(found.values(), key=len, reverse=True)
    return {_heading(held): held for held in most_first}


def _heading(rows: Sequence[Row]) -> str:
    measures = dict.fromkeys(words.measure(row["measure"]) for row in rows)
    unit = "" if rows[0]["unit"] == "1" else f", {rows[0]['unit'].replace('*', ' × ')}"
    return words.sentence(f"{' and '.join(measures)}{unit}")


def _legend(chart: Chart, kinds: Sequence[str], beside: int, top: float, *, shade: bool) -> None:
    """What each form and colour is; lines say by themselves what is shaded."""
    marks: list[Any] = [
        Line2D([], [], marker=_MARKS[name][0], color=_MARKS[name][1], markersize=5, lw=1.0)
        for name in kinds
    ]
    named = [KINDS[name] for name in kinds]
    if shade:
        marks.append(Patch(color=_SHADE))
        named.append("within 2-fold")
    chart.legend(
        marks,
        named,
        loc="upper left", bbox_to_anchor=(0.012, top), ncols=beside, frameon=False, borderpad=0.0,
        borderaxespad=0.0, handlelength=1.4, columnspacing=1.2, fontsize=8,
    )  # fmt: skip


def _square(axes: Axes, name: str, rows: Sequence[Row]) -> None:
    tidy(axes)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    held = [row[key] for row in rows for key in ("observed", "simulated", "p05", "p95")]
    low, high = (end(one for one in held if one > 0.0) for end in (min, max))
    ends = [low / 1.4, high * 1.4]
    band = axes.fill_between(ends, [x / NEAR for x in ends], [x * NEAR for x in ends], lw=0)
    band.set_color(_SHADE)
    axes.plot(ends, ends, color=INK, linewidth=1.0)
    for one in reversed(tuple(KINDS)):  # what was never seen lies on top
        mark, colour = _MARKS[one]
        shown = [row for row in rows if kind(row) == one]
        x, y = ([row[key] for row in shown] for key in ("observed", "simulated"))
        bars = ([max(row["p05"], ends[0]) for row in shown], [row["p95"] for row in shown])
        axes.vlines(x, *bars, color=colour, linewidth=1.0, alpha=0.35)
        axes.plot(
            x, y, mark, color=colour, markersize=4.2, markeredgecolor="white", markeredgewidth=0.4
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(_decades(high / low))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.set_xlim(ends[0], ends[1])
    axes.set_ylim(ends[0], ends[1])
    axes.set_xlabel("observed")
    axes.set_ylabel("simulated")
    axes.set_title(name, loc="left", x=-0.2, fontsize=9.5, fontweight="bold")
    _named(axes, rows)


def _decades(ratio: float) -> LogLocator:
    """Marks of an axis that spans so much: between tens where they are few, else at most six."""
    return LogLocator(subs=(1.0, 2.0, 5.0), numticks=20) if ratio < 1e3 else LogLocator(numticks=6)


def _named(axes: Axes, rows: Sequence[Row]) -> None:
    """Numbers beside the worst misses, and in the corner below all dots the study of each.

    Where next to all is of other drugs, what is of kratom is named too.
    """
    lines: list[str] = []
    for place, row in enumerate(worst(rows, _NAMED), 1):
        # On the side away from the line, but never towards the corner where the names stand.
        across = axes.transLimits.transform(axes.transScale.transform((row["observed"], 1.0)))[0]
        left = row["fold"] > 1.0 or across < 1.0 / 3.0
        axes.annotate(
            str(place), (row["observed"], row["simulated"]), xytext=(-5 if left else 5, 0),
            textcoords="offset points", fontsize=7.5, fontweight="bold", va="center",
            ha="right" if left else "left",
        )  # fmt: skip
        lines.append(f"{place} {row['study']}: {words.number(row['fold'], 2)}×")
    of_kratom = [row for row in rows if row["kratom"]]
    for row in of_kratom if len(of_kratom) < _FEW * len(rows) else ():
        axes.annotate(
            "k", (row["observed"], row["simulated"]), xytext=(22, -34), fontsize=7.5,
            textcoords="offset points", fontweight="bold", va="center", ha="left",
            arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.7, "shrinkB": 2.0},
        )  # fmt: skip
        lines.append(f"k kratom, {row['study']}: {words.number(row['fold'], 2)}×")
    axes.annotate(
        "\n".join(lines), (1.0, 0.0), xycoords="axes fraction", xytext=(-4, 5), va="bottom",
        ha="right", multialignment="left", textcoords="offset points", fontsize=7.0,
        linespacing=1.25,
    )  # fmt: skip


def _lines(axes: Axes, rows: Sequence[Row], letters: int) -> None:
    """Effects, each with its name above it, the furthest off first; all have one kind of error."""
    tidy(axes)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    by_difference = additive(rows[0])
    right, near = (0.0, (-1.0, 1.0)) if by_difference else (1.0, (1.0 / NEAR, NEAR))
    top = 0.0  # inches from the upper edge, as the axis counts too
    for row in sorted(rows, key=_distance, reverse=True):
        said = _label(row, letters)
        axes.annotate(
            said, (0.0, top + 0.04), xycoords=("axes fraction", "data"), fontsize=8.0,
            verticalalignment="top", annotation_clip=False,
        )  # fmt: skip
        top += _LINE * len(said.splitlines()) + _BAR
        middle, low, high = (_error(row, key) for key in ("simulated", "p05", "p95"))
        mark, colour = _MARKS[kind(row)]
        line, edges = top - _BAR / 2, (top - 0.8 * _BAR, top - 0.2 * _BAR)
        axes.fill_betweenx(edges, *near, color=_SHADE, lw=0)
        axes.plot([right, right], edges, color=INK, linewidth=1.0)
        axes.plot([low, high], [line, line], color=colour, lw=1.6, solid_capstyle="butt")
        axes.plot([middle], [line], mark, color=colour, markersize=6)
    axes.set_yticks([])
    axes.set_ylim(top, 0.0)
    if by_difference:
        said = "simulated minus observed, in SD between people (shaded: within 1 SD)"
    else:
        said = "simulated over observed (shaded: within 2-fold)"
        axes.set_xscale("log")
        ends = axes.get_xlim()
        axes.set_xlim(min(ends[0], 0.4), max(ends[1], 2.5))
        axes.xaxis.set_major_locator(_decades(1.0))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(textwrap.fill(said, letters))


def _distance(row: Row) -> float:
    """How far off it is, up or down."""
    error = _error(row, "simulated")
    return abs(error) if additive(row) else abs(math.log(error))


def _error(row: Row, key: str) -> float:
    """A simulated number as a fold of what was observed, or as a difference in SD."""
    if additive(row):
        return (row[key] - row["observed"]) / row["sd"]
    return row[key] / row["observed"]


def _tall(rows: Sequence[Row], letters: int) -> float:
    """Of a panel of lines, in inches."""
    return sum(_LINE * len(_label(row, letters).splitlines()) + _BAR for row in rows)


def _label(row: Row, letters: int) -> str:
    """What an effect is, what was observed and simulated, and in which study."""
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    seen, made = (words.number(row[key], 2) for key in ("observed", "simulated"))
    said = f"{what(row)}: observed {seen}{unit}, simulated {made}{unit} ({where(row)})"
    return textwrap.fill(said, letters)
