"""Shares of people by band of dose: a panel for each word, a row for each band.

The data is what `speciosa.bands().to_dict()` holds. A blue bar is the share of people with every
record at its central value; the line and dot beside it are what we do not know: the range of nine
of ten replicates and the share over all of them, with unknown content of the leaf above and known
content below.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from speciosa.errors import InputError
from speciosa.report import words
from speciosa.report.chart import BOTH, INK, PEOPLE, UNKNOWN, Chart, styled, tidy

__all__ = ["dose", "dose_bands"]

_WORDS = ("none", "mild", "moderate", "strong")
_LINES = {"unknown": (0.14, UNKNOWN), "known": (-0.18, BOTH)}
_NAMES = {"unknown": "content drawn from the market", "known": "content known"}


def dose_bands(found: Any, output: str) -> Chart:
    """The shares of one effect. `found` is what `bands()` returned, or its `to_dict()`.

    Raises:
        InputError: the effect was not counted.
    """
    plain = found.to_dict() if hasattr(found, "to_dict") else found
    rows = [row for row in plain["rows"] if row["output"] == output]
    if not rows:
        known = ", ".join(dict.fromkeys(row["output"] for row in plain["rows"]))
        raise InputError("output", output, f"one of {known}")
    bands = list(dict.fromkeys((row["low"], row["high"]) for row in rows))
    title = words.output_title(output)
    with styled():
        chart = Chart(f"{title}, by dose", (8.0, 1.9 + 0.5 * len(bands)))
        chart.description = _describe(rows, title)
        chart.suptitle(
            f"{title}: % of people, by dose of leaf",
            x=0.012, ha="left", fontsize=11, fontweight="bold",
        )  # fmt: skip
        panels = chart.panels(len(_WORDS), beside=True)
        for word, axes in zip(_WORDS, panels, strict=True):
            _panel(axes, [row for row in rows if row["effect"] == word], bands)
            axes.set_title(word, loc="left", fontsize=10, fontweight="bold", color=INK)
        panels[0].set_yticks(range(len(bands)), [dose(*ends) for ends in bands])
        panels[0].set_ylim(len(bands) - 0.4, -0.6)
        handles = [Patch(color=PEOPLE, alpha=0.45, label="people, by the central numbers")]
        handles += [
            Line2D([], [], color=colour, marker="o", markersize=4, label=_NAMES[content])
            for content, (_, colour) in _LINES.items()
        ]
        chart.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=8)
        chart.settle()
    return chart


def dose(low: float, high: float) -> str:
    """A band in words: `1 to 3 g`."""
    return f"{low:g} to {high:g} g"


def _panel(
    axes: Any, rows: Sequence[Mapping[str, Any]], bands: Sequence[tuple[float, float]]
) -> None:
    tidy(axes)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    for row in rows:
        place = bands.index((row["low"], row["high"]))
        shift, colour = _LINES[row["content"]]
        if row["content"] == "unknown":
            axes.barh(place, 100.0 * row["people"], height=0.72, color=PEOPLE, alpha=0.45)
        ends = [100.0 * row["p05"], 100.0 * row["p95"]]
        axes.plot(ends, [place - shift, place - shift], color=colour, linewidth=1.4)
        axes.plot(100.0 * row["share"], place - shift, "o", color=colour, markersize=4)
    axes.set_xlim(0.0, 100.0)
    axes.set_xticks([0, 50, 100])
    axes.tick_params(axis="y", length=0)


def _describe(rows: Sequence[Mapping[str, Any]], title: str) -> str:
    said = [f"{title}. Share of people over everything that is uncertain, content unknown."]
    held: dict[str, list[str]] = {}
    for row in rows:
        if row["content"] == "unknown":
            share = f"{row['effect']} {100.0 * row['share']:.0f} %"
            held.setdefault(dose(row["low"], row["high"]), []).append(share)
    return " ".join([*said, *(f"{band}: {', '.join(shares)}." for band, shares in held.items())])
