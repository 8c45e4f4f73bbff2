"""Draw how the engine works: `python3 docs/pictures/engine.py` writes engine.svg and engine.png.

The lanes are a sketch, not a run: steps are short after a dose and grow from there, as they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from speciosa.report.chart import BOTH, FAINT, GRID, INK, PEOPLE, UNKNOWN, Chart, styled

HERE = Path(__file__).parent
WIDTH, HEIGHT = 11.0, 6.35  # inches, and the units in which everything is placed

MADE = (
    (
        "equations",
        "d(gut)/dt = −ka · gut\nd(central)/dt =\n  ka · gut − CL / V · central\n\n"
        "written by body systems,\nunits checked",
    ),
    (
        "one graph",
        "equal parts exist once;\nslopes are written into\nthe same graph: only those\n"
        "that are not zero\n\n(and to parameters, for\nsensitivities)",
    ),
    (
        "lowered programs",
        "CL / V: once for a person\ngut: a depot, known exactly,\n  y · exp(−ka · t)\n"
        "central: integrated\n\nstart, doses, rates, outputs",
    ),
    (
        "machine code",
        "rates, Jacobian, its\nelimination, steps, outputs,\nactions: one function\n\n"
        "one instruction moves all\nlanes; kept on disk, made\nonce on a machine",
    ),
)
TAKEN = (
    ("values", "person × time × output", PEOPLE),
    ("measures", "Cmax, AUC, … of each person", BOTH),
    ("percentiles", "over people, from counts", BOTH),
    ("Parquet", "all values, in a file", BOTH),
    ("outcomes", "who failed, where, and advice", UNKNOWN),
)
DOSES: tuple[tuple[float, ...], ...] = (
    (0.0, 0.33, 0.66),
    (0.0, 0.5),
    (0.1,),
    (0.0, 0.25, 0.5, 0.75),
    (0.0, 0.62),
    (0.05, 0.4, 0.8),
    (0.0,),
    (0.2, 0.55),
)
"""Of the person in each lane, as shares of the time asked for."""
PACE = (0.020, 0.034, 0.013, 0.026, 0.017, 0.030, 0.022, 0.015)
"""The first step after a dose."""
REACHED = (0.78, 0.57, 0.93, 0.45, 0.70, 0.84, 0.36, 0.64)
"""How far each person has come at the moment that is drawn."""


def main() -> None:
    """The drawing as SVG and PNG."""
    with styled():
        chart = Chart("How the engine works", (WIDTH, HEIGHT))
        chart.set_layout_engine("none")
        chart.description = (
            "Equations become one graph, lowered programs and machine code. The code moves eight "
            "lanes, each one person with a time, steps and doses of their own, and hands over "
            "values, measures, percentiles, a Parquet file and outcomes."
        )
        axes = chart.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, HEIGHT)
        axes.axis("off")
        makes(axes)
        moves(axes)
        chart.save(HERE / "engine.svg")
        chart.save(HERE / "engine.png")


def makes(axes: Axes) -> None:
    """The upper row: once for a model."""
    heading(axes, 0.3, 6.12, "once for a model")
    wide, gap, low, high = 2.3, 0.4, 4.12, 5.92
    for place, (name, text) in enumerate(MADE):
        left = 0.3 + place * (wide + gap)
        box(axes, left, low, wide, high - low)
        axes.text(left + 0.14, high - 0.25, name, fontsize=10, weight="bold", va="center")
        axes.text(left + 0.14, high - 0.48, text, fontsize=8.5, va="top", linespacing=1.35)
        if place:
            arrow(axes, (left - gap + 0.04, 5.02), (left - 0.04, 5.02))
    # The code is what moves the lanes.
    arrow(axes, (8.6, low - 0.04), (7.0, 3.31))


def moves(axes: Axes) -> None:
    """The lower row: for everybody."""
    heading(axes, 0.3, 3.62, "for everybody: as many threads as processors, each with lanes")
    left, right, top, apart = 1.0, 7.1, 2.95, 0.3
    box(axes, 0.3, 0.42, 7.0, 2.85)
    for lane, (doses, pace, reached) in enumerate(zip(DOSES, PACE, REACHED, strict=True)):
        y = top - lane * apart
        axes.text(0.42, y, f"lane {lane + 1}", fontsize=8, color=FAINT, va="center")
        axes.plot([left, right], [y, y], color=GRID, lw=5, solid_capstyle="butt", zorder=1)
        at = left + (right - left) * steps(doses, pace, reached)
        axes.plot([left, at[-1]], [y, y], color=PEOPLE, lw=1.2, zorder=2)
        axes.plot(at, np.full(at.size, y), "|", color=PEOPLE, ms=7, mew=1.0, zorder=3)
        axes.plot(at[-1:], [y], "o", color=PEOPLE, ms=5, zorder=5)
        marks = left + (right - left) * np.array(doses)
        axes.plot(marks, np.full(marks.size, y + 0.02), "v", color=UNKNOWN, ms=6, zorder=4)
    said = "a lane is one person of a vector:"
    axes.text(0.42, 0.58, said, fontsize=8.5, va="center")
    keys = (
        (2.55, "v", UNKNOWN, "their own doses"),
        (4.0, "|", PEOPLE, "their own steps"),
        (5.45, "o", PEOPLE, "their own time"),
    )
    for x, mark, colour, word in keys:
        axes.plot([x], [0.58], mark, color=colour, ms=6)
        axes.text(x + 0.13, 0.58, word, fontsize=8.5, va="center")
    note = "Who is done makes room for the next person. Nothing of one lane enters another."
    axes.text(0.3, 0.2, note, fontsize=8.5, color=FAINT, va="center")
    arrow(axes, (7.34, 1.85), (7.86, 1.85))
    heading(axes, 7.95, 3.36, "what is handed over")
    for place, (name, text, colour) in enumerate(TAKEN):
        y = 3.02 - place * 0.52
        axes.plot([7.95, 7.95], [y - 0.17, y + 0.17], color=colour, lw=3, solid_capstyle="butt")
        axes.text(8.08, y + 0.09, name, fontsize=9, weight="bold", va="center")
        axes.text(8.08, y - 0.1, text, fontsize=8.5, color=INK, va="center")


def steps(doses: Sequence[float], pace: float, reached: float) -> np.ndarray:
    """Where steps end: each stops at the next dose; from a dose on they grow."""
    stops = [dose for dose in doses if 0.0 < dose < reached] + [reached]
    at, now = [0.0], pace
    for stop in stops:
        while at[-1] + now < stop - 0.4 * pace:
            at.append(at[-1] + now)
            now = min(1.35 * now, 5.0 * pace)
        at.append(stop)
        now = pace
    return np.array(at)


def heading(axes: Axes, x: float, y: float, text: str) -> None:
    """A line above a row."""
    axes.text(x, y, text, fontsize=9, color=FAINT, va="center")


def box(axes: Axes, x: float, y: float, wide: float, high: float) -> None:
    """A frame with round corners."""
    style = "round,pad=0,rounding_size=0.08"
    shape = FancyBboxPatch((x, y), wide, high, boxstyle=style, fc="white", ec=FAINT, lw=0.9)
    axes.add_patch(shape)


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one thing to the next."""
    way = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        mutation_scale=12,
        color=INK,
        lw=1.1,
        shrinkA=0,
        shrinkB=0,
    )
    axes.add_patch(way)


if __name__ == "__main__":
    main()
