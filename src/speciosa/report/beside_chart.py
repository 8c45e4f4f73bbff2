"""Two scenarios in one drawing: both curves, and below them how they differ in each person.

A panel for each kind of spread, as in every figure. Of many doses the highest of each day is drawn
(of what a drug lowers, the lowest), since nobody could tell the doses apart.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.report import words
from speciosa.report.chart import BOTH, FAINT, INK, KIND_COLOURS, Chart, Width, styled, tidy
from speciosa.report.fan import PERCENTILES, Band, Fan
from speciosa.report.figures import HEADINGS
from speciosa.trial.telling import is_concentration

__all__ = ["beside_chart", "curves_of"]

Array = NDArray[np.float64]

_LOOKS: tuple[tuple[str, Any, str | None], ...] = (
    (INK, "-", None),
    ("#00795A", (0, (5, 2)), "////"),
    (BOTH, (0, (5, 1, 1, 1)), None),
)
"""Colour, line and hatching of the first, of the second, and of their difference."""
_DAYS_FROM = 96.0  # h; longer courses are read in days
_LEAST = 12.0  # h that are shown at least
_LEAST_DAYS = 5.0
_COMMA: Mapping[str, str] = {"wide": ", ", "narrow": ",\n"}


def curves_of(table: Mapping[str, Any]) -> list[str]:
    """Outputs that both arms have a curve of."""
    rows = table["series"]["outputs"]
    return list(dict.fromkeys(row["output"] for row in rows if row["how"] == "difference"))


def beside_chart(table: Mapping[str, Any], output: str, *, width: Width = "wide") -> Chart:
    """The curves of both arms, and of their difference within each person.

    `table` is what `Beside.to_dict(series=True)` gives; `width` is "wide" or "narrow".

    Raises:
        InputError: one of the arms has no such curve.
    """
    known = curves_of(table)
    if output not in known:
        raise InputError("output", output, f"one of {', '.join(known)}")
    daily = table["series"]["unit"] == "d"
    held, apart = _fans(table, output)
    one = next(iter(held.values()))
    kinds = [kind for kind in ("variability", "uncertainty") if kind in one.bands]
    with styled():
        narrow = width == "narrow"
        size = (3.75, 1.6 + 3.6 * len(kinds)) if narrow else (8.0, 5.6)
        chart = Chart(f"{one.title}, {' and '.join(held)}, and within each person", size)
        chart.description = _describe(held, apart, kinds, daily=daily)
        heading = one.title if one.unit == "1" else f"{one.title} ({one.unit})"
        if daily:
            heading += f"{_COMMA[width]}{_most(one)} of each day"
        chart.suptitle(heading, x=0.012, ha="left", fontsize=11, fontweight="bold")
        shape = (2 * len(kinds), 1) if narrow else (2, len(kinds))
        grid = chart.subplots(*shape, sharex=True, squeeze=False)
        panels: list[Axes] = [axes for line in grid for axes in line]
        upper, lower = panels[: len(kinds)], panels[len(kinds) :]
        end = max(_LEAST_DAYS if daily else _LEAST, *(fan.visible_until for fan in held.values()))
        in_days = daily or end > _DAYS_FROM
        hours = 1.0 if daily or not in_days else 24.0
        less = _less(held)
        for kind, above, below in zip(kinds, upper, lower, strict=True):
            above.sharey(upper[0])
            below.sharey(lower[0])
            _panel(above, held, kind, hours, _LOOKS[:2])
            _panel(below, {less: apart}, kind, hours, _LOOKS[2:])
            above.set_title(HEADINGS[kind], loc="left", fontsize=9, color=KIND_COLOURS[kind])
            title = f"{HEADINGS[kind]}: difference within each person"
            below.set_title(title, loc="left", fontsize=9, color=KIND_COLOURS[kind])
            below.axhline(0.0, color=FAINT, linewidth=0.8)
        upper[0].set_xlim(1.0 if daily else 0.0, end / hours)
        lines, names = upper[0].get_legend_handles_labels()
        more, named = lower[0].get_legend_handles_labels()
        chart.legend(
            [*lines, *more], [*names, *named], ncols=1 if narrow else 3, frameon=False,
            fontsize=8, loc="outside lower left", handlelength=3.4,
        )  # fmt: skip
        for axes in panels:
            axes.label_outer()
        for axes in panels[-1:] if narrow else lower:
            axes.set_xlabel("days" if in_days else "hours")
        if one.unit == "1" or is_concentration(output):
            upper[0].set_ylim(bottom=min(0.0, upper[0].get_ylim()[0]))
        chart.settle()
    return chart


def _fans(table: Mapping[str, Any], output: str) -> tuple[dict[str, Fan], Fan]:
    """The curves of both by name, and of their difference, all in one unit that can be read."""
    series = table["series"]
    times = np.array(series["times"], dtype=np.float64)
    bands: dict[tuple[str, str], dict[str, Band]] = {}
    unit = ""
    for row in series["outputs"]:
        if row["output"] == output:
            unit = row["unit"]
            lines = {name: np.array(row[name], dtype=np.float64) for name in PERCENTILES}
            bands.setdefault((row["how"], row["arm"]), {})[row["kind"]] = Band(**lines)
    tops = [np.nanmax(band.p95, initial=0.0) for found in bands.values() for band in found.values()]
    unit, factor = words.readable(unit, float(max(tops)))
    fans = {
        (how, arm): Fan(
            output, unit, times, {kind: one.times(factor) for kind, one in found.items()}
        )
        for (how, arm), found in bands.items()
    }
    arms = [arm["name"] for arm in table["arms"]]
    return {arm: fans["value", arm] for arm in arms}, fans["difference", arms[-1]]


def _panel(
    axes: Axes,
    held: Mapping[str, Fan],
    kind: str,
    hours: float,
    looks: Sequence[tuple[str, Any, str | None]],
) -> None:
    """A line each, and where 9 of 10 lie, plain or hatched; `hours` are in one step of the axis."""
    tidy(axes)
    for (name, fan), (colour, line, hatch) in zip(held.items(), looks, strict=True):
        band, at = fan.bands[kind], fan.times / hours
        if band.has_width:
            axes.fill_between(
                at, band.p05, band.p95, facecolor=colour if hatch is None else "none",
                edgecolor=colour, alpha=0.22 if hatch is None else 0.45, lw=0.4, hatch=hatch,
                label=f"{name}, 9 of 10",
            )  # fmt: skip
        axes.plot(at, band.median, color=colour, linestyle=line, linewidth=1.8, label=name)


def _most(fan: Fan) -> str:
    return "lowest" if fan.falls else "highest"


def _less(held: Mapping[str, Fan]) -> str:
    """What the difference is, in words."""
    first, other = held
    return f"{other} less {first.lower()}"


def _describe(held: Mapping[str, Fan], apart: Fan, kinds: Sequence[str], *, daily: bool) -> str:
    """What the chart shows, in sentences, for those who cannot see it."""
    said = [f"{apart.title}, {_most(apart)} of each day." if daily else f"{apart.title}."]
    unit = "" if apart.unit == "1" else f" {apart.unit}"

    def when(place: int) -> str:
        time = float(apart.times[place])
        return f"on day {time:.0f}" if daily else f"after {words.number(time)} hours"

    for name, fan in held.items():
        band = fan.bands[kinds[0]]
        top = int(np.nanargmin(band.median) if fan.falls else np.nanargmax(band.median))
        said.append(
            f"{name}: the middle line is {_most(fan)} {when(top)}, "
            f"at {words.number(float(band.median[top]))}{unit}; 9 of 10 people {_reach(band, top)}."
        )
    for kind in kinds:
        band = apart.bands[kind]
        far = int(np.nanargmax(np.abs(band.median)))
        said.append(
            f"{_less(held)}, within each person, {words.KINDS[kind]}: the middle line is farthest "
            f"from nothing {when(far)}, at {words.number(float(band.median[far]))}{unit}; "
            f"9 of 10 {_reach(band, far)}."
        )
    return " ".join(said)


def _reach(band: Band, place: int) -> str:
    return words.span(float(band.p05[place]), float(band.p95[place]))
