"""Quantile dot plots: when something happens, each dot one in twenty people.

A reader who asks "by when" counts dots. Of the ways to show when a bus comes, dots of this kind led
to the best choices (Fernandes and others, CHI 2018).
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from typing import Any

import numpy as np

from speciosa.errors import InputError
from speciosa.report.chart import FAINT, INK, PEOPLE, Chart, Width, styled, tidy
from speciosa.report.words import number, output_title

__all__ = ["dots"]

_PILES = 24
"""Places on the axis at which dots are piled up."""


def dots(
    result: Any,
    output: str,
    *,
    window: str = "all",
    width: Width = "wide",
) -> Chart:
    """When an output is most, by person.

    `result` is what `simulate` returned, or the object from its JSON file. Raises InputError for an
    output that has no peak in it.
    """
    plain = result.to_dict() if hasattr(result, "to_dict") else result
    held = {row["output"]: row["times"] for row in plain["peaks"] if row["window"] == window}
    if output not in held:
        raise InputError("output", output, f"one of {', '.join(held)}")
    found = [float(time) for time in held[output]]
    title = output_title(output).partition(",")[0]
    low, high = found[0], found[-1]
    step = max((high - low) / _PILES, 0.02 * high, 0.05)
    piles: dict[int, int] = {}
    with styled():
        chart = Chart(f"{title}: when it is most", (6.0 if width == "wide" else 3.75, 2.1))
        middle = float(np.median(found))
        most = f"{number(found[1], 2)} and {number(found[-2], 2)} hours"
        chart.description = (
            f"{title}: it is most within {number(middle, 2)} hours in one of two people, "
            f"between {most} in 18 of 20."
        )
        axes = chart.subplots()
        tidy(axes)
        axes.grid(visible=False)
        for value in found:
            pile = round((value - low) / step)
            piles[pile] = piles.get(pile, 0) + 1
            axes.plot([low + pile * step], [piles[pile]], "o", color=PEOPLE, markersize=9)
        axes.axvline(middle, color=FAINT, linewidth=0.8)
        axes.set_ylim(0.3, max(4.0, max(piles.values()) + 0.8))
        axes.set_xlim(low - 2 * step, high + 2 * step)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("hours after the first dose      ● 1 in 20 people")
        axes.set_title(
            f"{title}: when it is most", loc="left", fontsize=10, fontweight="bold", color=INK
        )
        chart.settle()
    return chart
