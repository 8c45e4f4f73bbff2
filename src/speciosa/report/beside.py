"""Two scenarios side by side: numbers by arm, differences within each person, two curves in one.

Nothing here says which to choose, and arms stand in the order in which they were asked for.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from speciosa.errors import InputError
from speciosa.report import words
from speciosa.report.chart import INK, KIND_COLOURS, Chart, Width, styled, tidy
from speciosa.report.fan import Band, Fan, fans
from speciosa.report.figures import HEADINGS
from speciosa.report.pairs import Block
from speciosa.trial.telling import is_concentration

__all__ = ["beside_answer", "beside_blocks", "beside_chart", "curves_of"]

_KINDS = ("variability", "uncertainty", "both")
_COLOURS = (INK, "#00795A")
_LINES: tuple[Any, ...] = ("-", (0, (5, 2)))
_DAYS_FROM = 96.0  # h; longer courses are read in days
_LEAST = 12.0  # h that are shown at least
_WHICH = {"cmax": "highest level", "max": "highest", "min": "lowest"}
_HUNDRED = 100.0
_SMALL = 5e-4  # of what is a share: shown as nothing


def beside_blocks(table: Mapping[str, Any], how: str) -> Iterator[Block]:
    """What tells most of each output by arm (`how` is value), or its difference from the first.

    `table` is what `Beside.to_dict` gives.
    """
    by_output: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = {}
    for row in table["measures"]:
        if row["how"] == how:
            arms = by_output.setdefault(row["output"], {})
            arms.setdefault(row["arm"], {})[row["kind"]] = row
    for output, arms in by_output.items():
        some = next(iter(next(iter(arms.values())).values()))
        unit = "" if some["unit"] == "1" else f", {some['unit']}"
        more = "" if how == "value" else ": how much more"
        title = f"{words.output_title(output)}{unit}, {_WHICH[some['measure']]}{more}"
        yield Block(title, tuple(_row(arm, kinds) for arm, kinds in arms.items()))


def beside_answer(table: Mapping[str, Any], output: str) -> str:
    """One or two sentences: the middle of both, and how they differ within one person."""
    held = {
        (row["arm"], row["how"], row["kind"]): row
        for row in table["measures"]
        if row["output"] == output
    }
    kinds = [kind for kind in reversed(_KINDS) if any(key[2] == kind for key in held)]
    first, other = (arm["name"] for arm in table["arms"])
    some = next(iter(held.values()))
    unit = "" if some["unit"] == "1" else f" {some['unit']}"
    values = [
        f"{name}: {_number(held[name, 'value', kinds[0]], 'median')}{unit}"
        for name in (first, other)
    ]
    title = f"{words.output_title(output)}, {_WHICH[some['measure']]}"
    reach = [
        f"{words.KINDS[kind]}: {_span(held[other, 'difference', kind])}"
        for kind in ("variability", "uncertainty")
        if kind in kinds
    ]
    more = _number(held[other, "difference", kinds[0]], "median")
    return (
        f"{title}. {'; '.join(values)}. {other} less {first.lower()}, within one person: "
        f"{more}{unit} ({'; '.join(reach)})."
    )


def curves_of(table: Mapping[str, Any]) -> list[str]:
    """Outputs that both arms have a curve of."""
    held = [list(dict.fromkeys(row["output"] for row in arm["outputs"])) for arm in table["series"]]
    return [output for output in held[0] if all(output in one for one in held[1:])]


def beside_chart(table: Mapping[str, Any], output: str, *, width: Width = "wide") -> Chart:
    """The curves of both arms in one panel for each kind of spread.

    `table` is what `Beside.to_dict(series=True)` gives; `width` is "wide" or "narrow".

    Raises:
        InputError: one of the arms has no such curve.
    """
    known = curves_of(table)
    if output not in known:
        raise InputError("output", output, f"one of {', '.join(known)}")
    held = {arm["arm"]: _fan(table, arm, output) for arm in table["series"]}
    one = next(iter(held.values()))
    kinds = [kind for kind in ("variability", "uncertainty") if kind in one.bands]
    with styled():
        narrow = width == "narrow"
        size = (3.75, 1.3 + 2.3 * len(kinds)) if narrow else (8.0, 3.6)
        chart = Chart(f"{one.title}, {' and '.join(held)}", size)
        chart.description = _describe(held, kinds)
        heading = one.title if one.unit == "1" else f"{one.title} ({one.unit})"
        chart.suptitle(heading, x=0.012, ha="left", fontsize=11, fontweight="bold")
        panels = chart.panels(len(kinds), beside=not narrow)
        end = max(_LEAST, *(fan.visible_until for fan in held.values()))
        for kind, axes in zip(kinds, panels, strict=True):
            _panel(axes, held, kind, end)
        lines, names = panels[0].get_legend_handles_labels()
        where = "outside lower left"
        chart.legend(lines, names, ncols=2, frameon=False, fontsize=8, loc=where, handlelength=3)
        for axes in panels:
            axes.label_outer()
        for axes in panels[-1:] if narrow else panels:
            axes.set_xlabel("days" if end > _DAYS_FROM else "hours")
        if one.unit == "1" or is_concentration(output):
            panels[0].set_ylim(bottom=min(0.0, panels[0].get_ylim()[0]))
        chart.settle()
    return chart


def _fan(table: Mapping[str, Any], arm: Mapping[str, Any], output: str) -> Fan:
    rows = [row for row in arm["outputs"] if row["output"] == output]
    return fans({"people": table["people"], "series": {**arm, "outputs": rows}})[0]


def _panel(axes: Axes, held: Mapping[str, Fan], kind: str, end: float) -> None:
    """Both arms: a line each, solid and broken, and where 9 of 10 lie, plain and hatched."""
    tidy(axes)
    axes.set_title(HEADINGS[kind], loc="left", fontsize=9, color=KIND_COLOURS[kind])
    unit = 24.0 if end > _DAYS_FROM else 1.0
    looks = zip(_COLOURS, _LINES, (None, "////"), strict=True)
    for (name, fan), (colour, line, hatch) in zip(held.items(), looks, strict=True):
        band, hours = fan.bands[kind], fan.times / unit
        if band.has_width:
            axes.fill_between(
                hours, band.p05, band.p95, facecolor=colour if hatch is None else "none",
                edgecolor=colour, alpha=0.22 if hatch is None else 0.45, lw=0.4, hatch=hatch,
                label=f"{name}, 9 of 10",
            )  # fmt: skip
        axes.plot(hours, band.median, color=colour, linestyle=line, linewidth=1.8, label=name)
    axes.set_xlim(0.0, end / unit)


def _row(arm: str, kinds: Mapping[str, Mapping[str, Any]]) -> tuple[str, str, str, str, str]:
    middle = next(kinds[kind] for kind in reversed(_KINDS) if kind in kinds)
    people, unknown, both = (_span(kinds[kind]) if kind in kinds else "" for kind in _KINDS)
    return arm, _number(middle, "median"), people, unknown, both


def _span(row: Mapping[str, Any]) -> str:
    low, high = _number(row, "p05"), _number(row, "p95")
    between = " to " if low.startswith("-") else "–"
    return low if low == high else f"{low}{between}{high}"


def _number(row: Mapping[str, Any], end: str) -> str:
    """With as many digits as are known: two, or all before the point of up to three."""
    value = float(row[end])
    if row["unit"] == "1" and abs(value) < _SMALL:
        return "0"
    return words.number(value, 3 if abs(value) >= _HUNDRED else 2)


def _describe(held: Mapping[str, Fan], kinds: list[str]) -> str:
    """What the chart shows, in sentences, for those who cannot see it."""
    some = next(iter(held.values()))
    said = [f"{some.title}."]
    for name, fan in held.items():
        unit = "" if fan.unit == "1" else f" {fan.unit}"
        band = fan.bands[kinds[0]]
        top = int(np.nanargmin(band.median) if fan.falls else np.nanargmax(band.median))
        end = "lowest" if fan.falls else "highest"
        said.append(
            f"{name}: the middle line is {end} after {words.number(float(fan.times[top]))} hours, "
            f"at {words.number(float(band.median[top]))}{unit}; 9 of 10 people {_reach(band, top)}."
        )
    return " ".join(said)


def _reach(band: Band, place: int) -> str:
    return words.span(float(band.p05[place]), float(band.p95[place]))
