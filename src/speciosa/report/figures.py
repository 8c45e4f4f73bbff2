"""Fan charts: one output over time, how far people differ and how far we do not know.

The two kinds of spread stand in two panels with one scale, never on top of each other: a reader
compares their widths at a glance, and neither hides the other. Bands are named in words.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator

from speciosa.errors import InputError
from speciosa.report.chart import INK, KIND_COLOURS, Chart, Drawing, Margins, Width, styled, tidy
from speciosa.report.fan import Band, Fan, fans
from speciosa.report.words import KINDS, number, span
from speciosa.trial.simulation import FEWEST, ONLY_WITH_BOUNDS
from speciosa.trial.telling import is_concentration

Place = Width | Literal["page"]
"""Where a fan is drawn: as any figure, or on the sheet of a report."""

# Names of the middle line and of the two bands, for each kind of spread.
LABELS: Mapping[str, tuple[str, str, str]] = {
    "variability": ("middle person", "half of people", "9 of 10 people"),
    "uncertainty": ("best estimate", "1 in 2 chance", "9 in 10 chance"),
    "both": ("middle", "half of all", "9 of 10"),
}
HEADINGS: Mapping[str, str] = {
    "variability": "People differ",
    "uncertainty": "We do not know",
    "both": "Both together",
}

_DAYS_FROM = 96.0  # h; longer courses are read in days
_FAR_FROM_ZERO = 0.5  # share of the top above which zero says nothing
_LEAST_ROOM = 0.005  # of the top, so that what hardly moves is seen to hardly move
_MARGINS: Mapping[str, Margins] = {
    "wide": Margins(left=0.62, right=0.15, top=0.95, bottom=0.5, between=0.25),
    "narrow": Margins(left=0.62, right=0.15, top=0.95, bottom=0.5, between=0.75),
}
"""Room for words of the usual length."""
_MOST_FRAMES = 16
_FRAMES: dict[object, Chart] = {}
"""Quick charts that may be drawn again with other bands; the one used longest ago goes first."""
_DECADES = 4  # how far below its top a logarithmic axis goes


def figure(
    result: Any,
    output: str,
    *,
    log: bool = False,
    until: float | None = None,
    width: Width = "wide",
) -> Chart:
    """Fan chart of one output of a result; shows itself in a notebook.

    `result` is what `simulate(..., series=True)` returned, or the object from its JSON file;
    `until` ends the time axis, in h; `width` is "wide" for a page, "narrow" for a phone.
    """
    plain = result.to_dict(series=True) if hasattr(result, "to_dict") else result
    drawable = {fan.output: fan for fan in fans(plain)}
    if output in ONLY_WITH_BOUNDS and output not in drawable:
        drawn = plain["people"]["replicates"]
        raise InputError(
            "replicates", drawn, f"at least {FEWEST}, for {output} is drawn with bounds"
        )
    if output not in drawable:
        raise InputError("output", output, f"one of {', '.join(drawable)}")
    return fan_chart(drawable[output], log=log, until=until, width=width)


def fan_chart(
    fan: Fan,
    *,
    log: bool = False,
    since: float | None = None,
    until: float | None = None,
    now: float | None = None,
    width: Place = "wide",
    quick: bool = False,
) -> Chart:
    """A panel for each kind of spread, or one for both where they were not told apart.

    `since` and `until` bound the time axis, h; an upright line stands at `now`.
    A `quick` one has margins that suit every fan, in place of a layout that is looked for; on a
    sheet the layout is always looked for.
    """
    shown = _kinds(fan)
    start = float(fan.times[0] if since is None else max(since, fan.times[0]))
    end = float(fan.times[-1] if until is None else min(until, fan.times[-1]))
    fan = replace(fan, doses=tuple(dose for dose in fan.doses if start <= dose <= end))
    with styled():
        chart = Chart(f"{fan.title} over time", _size(len(shown), width))
        chart.description = describe(fan)
        panels = chart.panels(len(shown), beside=width != "narrow")
        heading = fan.title if fan.unit == "1" else f"{fan.title} ({fan.unit})"
        if width != "page":  # where a heading stands above it
            chart.suptitle(heading, x=0.012, ha="left", fontsize=11, fontweight="bold")
        for kind, axes in zip(shown, panels, strict=True):
            _panel(axes, fan, kind, width)
        for axes in panels:
            axes.label_outer()
        _time_axis(panels[0], start, end)
        if now is not None:
            for axes in panels:
                _now_mark(axes, now)
        for axes in panels if width != "narrow" else panels[-1:]:
            unit = "days" if end - start > _DAYS_FROM else "hours"
            axes.set_xlabel(f"{unit}      ▲ a dose" if fan.doses else unit)
        _level_axis(panels[0], fan, [fan.bands[kind] for kind in shown], log)
        margins = _MARGINS.get(width) if quick else None
        if margins is None:
            chart.settle()
        else:
            rows, columns = (1, len(shown)) if width == "wide" else (len(shown), 1)
            chart.fit(rows, columns, margins)
    return chart


def redrawn(fan: Fan, *, until: float | None = None, width: Width = "wide") -> Drawing:
    """What a quick `fan_chart` draws, sooner where one of the same frame was drawn before."""
    shown = _kinds(fan)
    if not all(fan.bands[kind].has_width for kind in shown):
        return Drawing.of(fan_chart(fan, until=until, width=width, quick=True))
    frame = (fan.title, fan.unit, fan.times.tobytes(), fan.doses, until, width, *shown)
    with styled():  # which also keeps others from the figure
        chart = _FRAMES.pop(frame, None)
        if chart is None:
            chart = fan_chart(fan, until=until, width=width, quick=True)
        else:
            _replace(chart, fan, shown)
        _FRAMES[frame] = chart
        while len(_FRAMES) > _MOST_FRAMES:
            del _FRAMES[next(iter(_FRAMES))]
        return Drawing.of(chart)


def _replace(chart: Chart, fan: Fan, shown: Sequence[str]) -> None:
    """Put other bands into panels that `_panel` has drawn, in its order."""
    chart.description = describe(fan)
    for kind, axes in zip(shown, chart.axes, strict=True):
        band = fan.bands[kind]
        ends = ((band.p05, band.p95), (band.p25, band.p75))
        for area, (low, high) in zip(axes.collections, ends, strict=True):
            cast("Any", area).set_data(fan.times, low, high)
        for line, values in zip(axes.lines, (band.p05, band.p95, band.median), strict=False):
            line.set_ydata(values)
    _level_axis(chart.axes[0], fan, [fan.bands[kind] for kind in shown], log=False)


def describe(fan: Fan) -> str:
    """What the chart shows, in sentences, for those who cannot see it."""
    kind = _kinds(fan)[0]
    middle = fan.bands[kind].median
    if not np.any(np.isfinite(middle)):
        return f"{fan.title}: no value could be computed."
    unit = "" if fan.unit == "1" else f" {fan.unit}"
    top = int(np.nanargmin(middle) if fan.falls else np.nanargmax(middle))
    end = "lowest" if fan.falls else "highest"
    said = [
        f"{fan.title}: the middle line is {end} after {number(float(fan.times[top]))} hours, "
        f"at {number(float(middle[top]))}{unit}."
    ]
    for name in _kinds(fan):
        band = fan.bands[name]
        if band.has_width:
            reach = span(float(band.p05[top]), float(band.p95[top]))
            said.append(f"{HEADINGS[name]}: {LABELS[name][2]}, {reach}{unit} at that time.")
    return " ".join(said)


def _kinds(fan: Fan) -> list[str]:
    """The two kinds of spread that were told apart and have any width; else whatever there is."""
    apart = [k for k in ("variability", "uncertainty") if k in fan.bands and fan.bands[k].has_width]
    if apart:
        return apart
    return [next(kind for kind in (*reversed(KINDS), *fan.bands) if kind in fan.bands)]


def _size(panels: int, width: Place) -> tuple[float, float]:
    """Width and height in inches; a phone shows 3.75 at its own size, paper 7.2 of 9.6."""
    if width == "narrow":
        return 3.75, 0.6 + 2.4 * panels
    if width == "page":
        return 9.6, 2.2
    return (8.0 if panels > 1 else 6.0), 3.4


def _panel(axes: Axes, fan: Fan, kind: str, width: Place) -> None:
    band, colour = fan.bands[kind], KIND_COLOURS[kind]
    middle, half, most = LABELS[kind]
    tidy(axes)
    if band.has_width:
        axes.fill_between(fan.times, band.p05, band.p95, color=colour, alpha=0.2, lw=0, label=most)
        axes.fill_between(fan.times, band.p25, band.p75, color=colour, alpha=0.4, lw=0, label=half)
        for edge in (band.p05, band.p95):
            axes.plot(fan.times, edge, color=colour, linewidth=0.7, alpha=0.9)
        axes.plot(fan.times, band.median, color=INK, linewidth=1.6, label=middle)
        _legend(axes, HEADINGS[kind], colour, width)
    else:
        axes.plot(fan.times, band.median, color=INK, linewidth=1.6)
    _dose_marks(axes, fan.doses)


def _legend(axes: Axes, heading: str, colour: str, width: Place) -> None:
    """Heading and names of line and bands above the panel, where they never cover the data."""
    axes.set_title(heading, loc="left", color=colour, fontsize=10, fontweight="bold", y=1.0, pad=22)
    lines, names = axes.get_legend_handles_labels()
    legend = axes.legend(
        lines[::-1], names[::-1], loc="lower left", ncols=3, frameon=False, fontsize=8,
        bbox_to_anchor=(-0.1 if width == "narrow" else -0.01, 0.99), borderaxespad=0.2,
        handlelength=1.2, handletextpad=0.5, columnspacing=1.0,
    )  # fmt: skip
    legend.set_in_layout(False)  # or a narrow panel would shrink to make room for it


def _dose_marks(axes: Axes, doses: Sequence[float]) -> None:
    """A small triangle under the time axis for each dose, smaller when there are many."""
    size = 5.0 if len(doses) <= 10 else 3.0
    axes.plot(
        doses, np.zeros(len(doses)), "^", color=INK, markersize=size, clip_on=False,
        transform=axes.get_xaxis_transform(), zorder=5, gid="doses",
    )  # fmt: skip


def _now_mark(axes: Axes, now: float) -> None:
    """An upright line with its word, at the top where no curve ends."""
    axes.axvline(now, color=INK, linewidth=1.0, linestyle=(0, (4, 2)), gid="now")
    axes.annotate(
        "now", (now, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -2),
        textcoords="offset points", va="top", fontsize=8, color=INK,
    )  # fmt: skip


def _time_axis(axes: Axes, start: float, end: float) -> None:
    steps = (0.25, 0.5, 1, 2, 3, 4, 6, 12, 24)
    if end - start > _DAYS_FROM:
        steps = tuple(24.0 * days for days in (1, 2, 5, 7, 14, 28, 91, 182, 365))
    step = next((step for step in steps if (end - start) / step <= 8), steps[-1])
    ticks = [n * step for n in range(math.ceil(start / step), math.floor(end / step) + 1)]
    axes.set_xlim(start, end)
    unit = 24.0 if end - start > _DAYS_FROM else 1.0
    axes.set_xticks(ticks, [f"{tick / unit:g}" for tick in ticks])


def _level_axis(axes: Axes, fan: Fan, bands: Sequence[Band], log: bool) -> None:
    """From zero, or from the lowest value where some are negative; or in powers of ten.

    What has a unit and is never near zero (QTc, the pulse) begins a little below its lowest value.
    """
    joined = np.concatenate([end for band in bands for end in (band.p05, band.p95)])
    values = joined[np.isfinite(joined)]
    top = float(np.max(values, initial=0.0))
    if log:
        positive = values[values > top / 10**_DECADES]
        if positive.size == 0:
            raise InputError("log", True, "an output with values above zero")
        axes.set_yscale("log")
        axes.set_ylim(_late_low(bands, top) / 1.3, top * 1.3)
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_locator(NullLocator())
        return
    # Written in full: a power of ten beside the axis would lie on the legend.
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    low = float(np.min(values, initial=0.0))
    lowest = float(np.min(values, initial=top))
    if fan.unit != "1" and not is_concentration(fan.output) and lowest > _FAR_FROM_ZERO * top:
        room = max(0.1 * (top - lowest), _LEAST_ROOM * top)
        axes.set_ylim(lowest - room, top + room)
        return
    axes.set_ylim(low * 1.05, top * 1.05 if top > 0 else 1.0)


def _late_low(bands: Sequence[Band], top: float) -> float:
    """Lowest level after the peak: the rise from nothing would stretch the axis without end."""
    lows: list[float] = []
    for band in bands:
        late = band.p05[int(np.nanargmax(band.median)) :]
        late = late[np.isfinite(late) & (late > 0)]
        lows.append(float(np.min(late, initial=top)))
    return max(min(lows), top / 10**_DECADES)
