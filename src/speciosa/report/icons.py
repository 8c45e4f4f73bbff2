"""Icon arrays: of 100 people like this, how many have how much of an effect.

Each effect has its hundred, with the same denominator everywhere, so that they can be compared by
eye. Shade and a letter say how much, so that no colour is needed. Beside the picture stands how far
the number may be off.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from speciosa.errors import InputError
from speciosa.report import words
from speciosa.report.chart import INK, Chart, Width, styled
from speciosa.trial.shares import WORDS

__all__ = ["EFFECTS", "hundreds", "icons", "said"]

Row = Mapping[str, Any]

EFFECTS = WORDS[::-1]
"""In the order in which the hundred is filled."""
_FILLS = {"strong": "#7A2E00", "moderate": "#D9772B", "mild": "#F6CFA0", "none": "#FFFFFF"}
_LETTERS = {"strong": "s", "moderate": "o", "mild": "m"}
_SIDE = 10
_ABOUT = ("pain.relief", "arousal.sedation", "arousal.stimulation", "gut.nausea")


def hundreds(shares: Sequence[Row], output: str) -> dict[str, int]:
    """How many of 100 have each effect; they add up to 100, by largest remainders.

    By what we know of all draws together where there are some, else by the central numbers. Raises
    InputError for an output that was not counted.
    """
    found = {row["effect"]: _share(row) for row in shares if row["output"] == output}
    if not found:
        known = ", ".join(dict.fromkeys(row["output"] for row in shares))
        raise InputError("output", output, f"one of {known}")
    exact = {effect: 100.0 * found[effect] for effect in EFFECTS}
    whole = {effect: math.floor(value) for effect, value in exact.items()}
    by_rest = sorted(EFFECTS, key=lambda effect: whole[effect] - exact[effect])
    for effect in by_rest[: 100 - sum(whole.values())]:
        whole[effect] += 1
    return whole


def said(shares: Sequence[Row], output: str) -> str:
    """The same as a sentence, with what we do not know."""
    count = hundreds(shares, output)
    title = words.output_title(output).partition(",")[0]
    parts = [f"{count[effect]} {effect}" for effect in EFFECTS]
    sentence = f"{title}, of 100 people like this: {', '.join(parts)}."
    rows = {row["effect"]: row for row in shares if row["output"] == output}
    low, high = rows["none"]["p05"], rows["none"]["p95"]
    if low is None or high is None:
        return sentence
    some = f"{100 * (1 - high):.0f} to {100 * (1 - low):.0f}"
    return f"{sentence} We do not know better than this: {some} of 100 have any of it."


def icons(
    shares: Sequence[Row],
    outputs: Sequence[str] = (),
    *,
    width: Width = "wide",
) -> Chart:
    """A hundred for each effect. `shares` are those of a result or of its JSON.

    Raises InputError for an output that was not counted.
    """
    counted = list(dict.fromkeys(row["output"] for row in shares))
    shown = list(outputs) or [one for one in _ABOUT if one in counted]
    if not shown:
        raise InputError("outputs", list(outputs), "an effect that was counted")
    beside = min(len(shown), 4 if width == "wide" else 2)
    rows = -(-len(shown) // beside)
    size = (2.0 * beside if width == "wide" else 3.75, (2.5 if width == "wide" else 2.3) * rows)
    with styled():
        chart = Chart("Of 100 people like this", size)
        chart.description = " ".join(said(shares, one) for one in shown)
        panels = chart.subplots(rows, beside, squeeze=False).flat
        for axes, output in zip(
            panels, [*shown, *[""] * (rows * beside - len(shown))], strict=True
        ):
            axes.set_axis_off()
            if output:
                _hundred(axes, hundreds(shares, output), output)
        chart.settle()
    return chart


def _hundred(axes: Axes, count: Mapping[str, int], output: str) -> None:
    axes.set_xlim(-0.1, _SIDE + 0.1)
    axes.set_ylim(_SIDE + 2.3, -0.1)
    axes.set_aspect("equal")
    title = words.output_title(output).partition(",")[0]
    axes.set_title(title, loc="left", fontsize=9, fontweight="bold", color=INK)
    start = 0
    for effect in EFFECTS:
        places = [divmod(place, _SIDE) for place in range(start, start + count[effect])]
        start += count[effect]
        boxes = [Rectangle((right + 0.08, down + 0.08), 0.84, 0.84) for down, right in places]
        axes.add_collection(
            PatchCollection(boxes, facecolor=_FILLS[effect], edgecolor="#555555", linewidth=0.6)
        )
        for down, right in places if effect in _LETTERS else ():
            axes.text(
                right + 0.5, down + 0.53, _LETTERS[effect], ha="center", va="center",
                fontsize=6.5, color="#FFFFFF" if effect == "strong" else "#1C1C1C",
            )  # fmt: skip
    lines = [
        f"s strong {count['strong']}   o moderate {count['moderate']}",
        f"m mild {count['mild']}   none {count['none']}",
    ]
    for number, line in enumerate(lines):
        axes.text(0.0, _SIDE + 0.75 + 0.95 * number, line, fontsize=7.5, va="center", color=INK)


def _share(row: Row) -> float:
    return float(row["people"] if row["share"] is None else row["share"])
