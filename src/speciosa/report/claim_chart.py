"""A figure of one case: each number with its interval beside the bound that it was held against.

Numbers in several units share an axis as folds of their bounds. What the model says is a share of
people, on an axis of its own. A mark tells whether it is a record, a study or a simulation. What a
number is stands above it, from edge to edge: names of records are too long to stand beside.
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
from matplotlib.ticker import LogLocator, NullLocator

from speciosa.errors import InputError
from speciosa.report.chart import BOTH, INK, PEOPLE, UNKNOWN, Chart, Width, styled, tidy

__all__ = ["claim_chart", "numbers"]

Point = Mapping[str, Any]

_MARKS = {
    "record": ("o", PEOPLE, "record"),
    "observed": ("s", BOTH, "study in people"),
    "simulated": ("D", UNKNOWN, "simulation"),
}
_SHARES, _FOLDS = "share of virtual people", "fold of its bound"
_LINE, _BAR, _GAP, _AXIS = 0.16, 0.24, 0.08, 0.48  # inches
_SIZES: Mapping[str, tuple[float, int, int]] = {"wide": (7.0, 74, 112), "narrow": (3.75, 40, 58)}
"""Inches, letters of a line of the heading, letters of a line above a number."""
_NO_BREAK = "\N{NO-BREAK SPACE}"


def claim_chart(one: Mapping[str, Any], width: Width = "wide") -> Chart:
    """The numbers of one entry of `speciosa claims --json`, for a page or for a phone.

    Raises InputError for a claim that no number decides.
    """
    points = numbers(one)
    if not points:
        raise InputError("figure", one["id"], "a claim with numbers; facts alone decide this one")
    panels: dict[str, list[Point]] = {}
    for point in points:
        panels.setdefault(_axis(point), []).append(point)
    inches, letters, small = _SIZES[width]
    title = textwrap.fill(one["claim"], letters)
    verdict = textwrap.fill(f"{one['verdict']}, certainty {one['certainty']}", letters)
    heading = f"{title}\n{verdict}"
    tall = [sum(_height(point, small) for point in held) for held in panels.values()]
    foot = _AXIS if width == "wide" else _AXIS + _LINE
    head = 0.1 + 0.17 * len(heading.splitlines())
    with styled():
        chart = Chart(one["claim"], (inches, head + sum(tall) + foot * len(tall)))
        chart.description = _describe(one, points)
        chart.suptitle(heading, x=0.012, ha="left", fontsize=10.5, weight="bold")
        drawn = chart.subplots(len(panels), 1, height_ratios=tall, squeeze=False)
        for (axis, held), axes in zip(panels.items(), drawn[:, 0], strict=True):
            _panel(axes, axis, held, small)
        chart.settle()
    return chart


def numbers(one: Mapping[str, Any]) -> list[Point]:
    """The numbers of a case, each once: two parts may look at the same."""
    return list({str(p): p for part in one["parts"] for p in part["points"]}.values())


def _axis(point: Point) -> str:
    if point["kind"] == "simulated":
        return _SHARES
    if point["low"] > 0.0 and (point["bound"] or 0.0) > 0.0:
        return _FOLDS
    return "number" if point["unit"] == "1" else str(point["unit"])


def _panel(axes: Axes, axis: str, points: Sequence[Point], letters: int) -> None:
    tidy(axes)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    top = 0.0  # inches from the upper edge, as the axis counts too
    for point in points:
        by = point["bound"] if axis == _FOLDS else 1.0
        value, low, high = (point[key] / by for key in ("value", "low", "high"))
        mark, colour, _ = _MARKS[point["kind"]]
        axes.annotate(
            _label(point, letters),
            (0.0, top + 0.03),
            xycoords=("axes fraction", "data"),
            fontsize=8.0,
            verticalalignment="top",
            annotation_clip=False,
        )
        row = top + _height(point, letters) - _GAP - _BAR / 2
        bar = axes.plot([low, high], [row, row], color=colour, lw=1.8, solid_capstyle="butt")
        dot = axes.plot([value], [row], mark, color=colour, markersize=6)
        ends: list[Line2D] = []
        bound = 1.0 if axis == _FOLDS else point["bound"]
        if bound is not None:
            tall = [row - _BAR / 3, row + _BAR / 3]
            ends = axes.plot([bound, bound], tall, color=INK, linewidth=1.4)
        for line in (*bar, *dot, *ends):
            # A clipping path has a name in SVG that changes with the last bit of a layout.
            line.set_clip_on(False)
        top += _height(point, letters)
    axes.set_yticks([])
    axes.set_ylim(top, 0.0)
    if axis == _FOLDS:
        _logarithmic(axes)
    elif axis == _SHARES:
        axes.set_xlim(-0.02, 1.02)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    marks = dict.fromkeys(_MARKS[point["kind"]][2] for point in points)
    said = f"{axis} ({', '.join(marks)}; a bar holds 90 %; the dark line is the bound)"
    axes.set_xlabel(textwrap.fill(said, letters - 12))


def _logarithmic(axes: Axes) -> None:
    """Folds, with marks between tens where there are few tens."""
    axes.set_xscale("log")
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, 0.8), max(high, 1.25))
    tens = math.log10(max(high, 1.25) / min(low, 0.8))
    between = (1.0, 2.0, 5.0) if tens < 2.5 else (1.0,)
    axes.xaxis.set_major_locator(LogLocator(subs=between, numticks=12))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.xaxis.set_minor_locator(NullLocator())


def _height(point: Point, letters: int) -> float:
    """Of a number with its name, in inches."""
    return _LINE * len(_label(point, letters).splitlines()) + _BAR + _GAP


def _label(point: Point, letters: int) -> str:
    """The same in lines; an id may be broken at a stroke."""
    lines = textwrap.wrap(_said(point).replace("/", "/ "), letters)
    return "\n".join(line.replace("/ ", "/") for line in lines)


def _said(point: Point) -> str:
    """What a number is, what it comes to, and its bound."""
    if point["kind"] == "simulated":
        form, unit = ".0%", " of people"
    else:
        form, unit = ".3g", "" if point["unit"] == "1" else f" {point['unit']}"
    value, low, high = (format(point[key], form) for key in ("value", "low", "high"))
    said = f"{point['label']}: {value}{unit} ({low} to {high})"
    if point["bound"] is not None:
        limit = format(point["bound"], form if form == ".0%" else "g")
        bound = f"bound: {point['side']} {limit}"
        said += f"; {bound.replace(' ', _NO_BREAK)}"
    return said


def _describe(one: Mapping[str, Any], points: Sequence[Point]) -> str:
    """What the figure shows, for those who cannot see it."""
    said = [f"{one['claim']} Verdict: {one['verdict']}, certainty {one['certainty']}."]
    said += [f"{_said(point)}." for point in points]
    return " ".join(said)
