"""How the body systems are wired, as a drawing: one system with its neighbours, or all of them.

What arrives and what leaves is read from the wiring that is run, so that a drawing cannot say
anything else. The layers of the drawing of all are for the eye alone: the model knows none.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from speciosa.compile import flat_name, giver
from speciosa.language import Input, Output, Quantity, System
from speciosa.model.wiring import OUTPUTS, TRAITS, WIRES
from speciosa.report.chart import FAINT, INK, PEOPLE, UNKNOWN, Chart, Width, styled

__all__ = [
    "LAYERS",
    "Wire",
    "arriving",
    "body_chart",
    "description",
    "drawing",
    "leaving",
    "systems_of",
    "wires",
]

LAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "The drug in the body": ("absorption", "metabolism", "distribution", "elimination"),
        "Where it binds": (
            "opioid",
            "monoamine",
            "endocannabinoid",
            "inflammation",
            "neuroprotection",
        ),
        "How the body adapts": ("tolerance", "dependence"),
        "What is felt": ("pain", "muscle", "arousal", "mood"),
        "Organs": ("breathing", "gut", "heart", "autonomic", "liver"),
    }
)
"""Every system, in the order of the drawing from top to bottom."""
_COLOURS = (PEOPLE, UNKNOWN, "#5B3A8C", "#1B6B3A", "#7A5C00")
"""Of each layer; that two look alike to some loses nothing, since an arrow has two ends."""


@dataclass(frozen=True)
class Wire:
    """One quantity that arrives or leaves: its name here, and what is at the other end."""

    quantity: Quantity
    ends: tuple[str, ...]

    @property
    def name(self) -> str:
        """As it is written in the equations."""
        each = self.quantity.each
        return f"{self.quantity.name}[{each.word}]" if each else str(self.quantity.name)


def arriving(system: type[System]) -> list[Wire]:
    """Every input, and the output or trait that feeds it."""
    return [Wire(one, (_source(one),)) for one in system.inputs]


def leaving(system: type[System]) -> list[Wire]:
    """Every output, the inputs that it feeds, and its public name if it has one."""
    return [Wire(one, tuple(_targets(one))) for one in system.outputs]


def _source(one: Input) -> str:
    return flat_name(*giver(WIRES[one], None)) if one in WIRES else f"person.{TRAITS[one]}"


def _targets(one: Output) -> Iterator[str]:
    yield from (flat_name(fed) for fed, wire in WIRES.items() if giver(wire, None)[0] is one)
    yield from (f"result: {name}" for name, wire in OUTPUTS.items() if giver(wire, None)[0] is one)


def systems_of(ends: Iterable[str]) -> list[str]:
    """The systems at these ends, without results."""
    return sorted({end.partition(".")[0] for end in ends if not end.startswith("result: ")})


def description(system: type[System]) -> str:
    """The drawing in words."""
    sources = systems_of(end for wire in arriving(system) for end in wire.ends)
    targets = systems_of(end for wire in leaving(system) for end in wire.ends)
    came = ", ".join(sources) or "nowhere"
    return f"{system.word} takes from {came} and gives to {', '.join(targets) or 'results alone'}"


def drawing(system: type[System]) -> Chart:
    """What arrives from where on the left, what leaves to where on the right."""
    left = [(str(wire.quantity.name), end) for wire in arriving(system) for end in wire.ends]
    right = [(str(wire.quantity.name), end) for wire in leaving(system) for end in _ends(wire)]
    lines = max(len(left), len(right), 2)
    with styled():
        chart = Chart(f"{system.word}: what arrives and leaves", (8.0, 0.5 + 0.34 * lines))
        chart.description = description(system)
        axes = chart.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_xlim(0.0, 8.0)
        axes.set_ylim(-0.6, lines - 0.4)
        axes.set_axis_off()
        middle = (lines - 1) / 2.0
        axes.add_patch(
            FancyBboxPatch(
                (3.3, -0.25), 1.4, lines - 0.5,
                boxstyle="round,pad=0.02,rounding_size=0.12", facecolor="#F4F4F4", edgecolor=INK,
            )
        )  # fmt: skip
        axes.text(4.0, middle, system.word, ha="center", va="center", fontweight="bold")
        for place, (name, end) in zip(_places(len(left), lines), left, strict=True):
            colour = PEOPLE if end.startswith("person.") else INK
            _wire(axes, (2.15, 3.28), place, name, colour)
            axes.text(2.1, place, end, ha="right", va="center", color=colour, fontsize=8)
        for place, (name, end) in zip(_places(len(right), lines), right, strict=True):
            colour = UNKNOWN if end.startswith("result: ") else INK
            _wire(axes, (4.72, 5.85), place, name, colour if end else FAINT)
            axes.text(5.9, place, end, ha="left", va="center", color=colour, fontsize=8)
        chart.set_layout_engine(None)
    return chart


def _ends(wire: Wire) -> Iterator[str]:
    """Where one output goes: to one place by its full name, to several systems by their words."""
    fed = [end for end in wire.ends if not end.startswith("result: ")]
    if fed:
        yield fed[0] if len(fed) == 1 else "\n".join(wrap(", ".join(systems_of(fed)), 32))
    results = [end for end in wire.ends if end.startswith("result: ")]
    yield from results[:1] if fed or results else ("",)


def _wire(axes: Any, ends: tuple[float, float], place: float, name: str, colour: str) -> None:
    start, stop = ((x, place) for x in ends)
    arrow = FancyArrowPatch(start, stop, arrowstyle="-|>", mutation_scale=8, color=colour, lw=0.9)
    axes.add_patch(arrow)
    axes.text(sum(ends) / 2.0, place + 0.08, name, ha="center", va="bottom", fontsize=7)


def _places(count: int, lines: int) -> list[float]:
    """Heights of some lines, from the top, in the middle of all."""
    top = (lines - 1) / 2.0 + (count - 1) / 2.0
    return [top - one for one in range(count)]


@cache
def wires() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """What one system gives another, by their words: the names of the inputs that are fed."""
    found: dict[tuple[str, str], list[str]] = {}
    for fed, wire in WIRES.items():
        ends = (_word(giver(wire, None)[0]), _word(fed))
        found.setdefault(ends, []).append(str(fed.name))
    return MappingProxyType({ends: tuple(names) for ends, names in found.items()})


def _word(one: Quantity) -> str:
    return flat_name(one).partition(".")[0]


def body_chart(width: Width = "wide") -> Chart:
    """All systems: each a box with its arrows or, for a phone, each layer a box with its arrows."""
    with styled():
        chart = Chart(
            "How the body systems are wired", (8.0, 9.0) if width == "wide" else (3.75, 5)
        )
        links = sum(map(len, wires().values()))
        chart.description = (
            f"{sum(map(len, LAYERS.values()))} body systems in {len(LAYERS)} layers, from the drug "
            f"to the organs, with {links} wires between them. The table beside it lists each."
        )
        axes = chart.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        (_all_systems if width == "wide" else _all_layers)(axes)
        chart.set_layout_engine(None)
    return chart


def _all_systems(axes: Axes) -> None:
    """Boxes in rows, each row's wires in a colour; those up or along it are broken lines."""
    axes.set_xlim(0.0, 8.0)
    axes.set_ylim(0.0, 9.0)
    places: dict[str, tuple[float, float]] = {}
    colours: dict[str, str] = {}
    for row, (layer, words) in enumerate(LAYERS.items()):
        height, colour = 8.3 - 1.85 * row, _COLOURS[row]
        axes.text(0.1, height + 0.36, layer, fontsize=8.5, fontweight="bold", zorder=3,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
        for place, word in enumerate(words):
            room = 7.7 / len(words)
            places[word] = (0.15 + room * (place + 0.5), height)
            colours[word] = colour
            _box(axes, places[word], 1.36, 0.4, word, colour)
    for start, end in wires():
        (x1, y1), (x2, y2) = places[start], places[end]
        down, along = y1 > y2, y1 == y2
        leave, arrive = (-0.22, 0.22) if down else (0.22, 0.22 if along else -0.22)
        ways = ((x1, y1 + leave), (x2, y2 + arrive))
        bend = (-0.2 if along else 0.04) * (1 if x1 <= x2 else -1)
        axes.add_patch(
            FancyArrowPatch(
                *ways, arrowstyle="-|>", mutation_scale=7, lw=0.8, zorder=1,
                connectionstyle=f"arc3,rad={bend}",
                color=colours[start], linestyle="-" if down else (0, (3, 2)),
            )
        )  # fmt: skip
    said = "A wire has the colour of the box it leaves. Full line: down. Broken: along, or back up."
    axes.text(0.1, 0.1, said, fontsize=8, color=FAINT)


def _all_layers(axes: Axes) -> None:
    """One box a layer with the names inside, and between them how many wires lead down and up."""
    axes.set_xlim(0.0, 3.75)
    axes.set_ylim(0.1, 5.0)
    layers = list(LAYERS.items())
    row = {word: place for place, (_, words) in enumerate(layers) for word in words}
    for place, (layer, words) in enumerate(layers):
        height = 4.55 - 0.98 * place
        names = "\n".join(wrap(", ".join(words), 46))
        _box(axes, (1.87, height), 3.5, 0.62, "")
        axes.text(0.24, height + 0.14, layer, fontsize=9, fontweight="bold", va="center")
        axes.text(0.24, height - 0.13, names, fontsize=7.5, va="center", linespacing=1.2)
        if place + 1 == len(layers):
            break
        down = sum(len(n) for (a, b), n in wires().items() if row[a] <= place < row[b])
        up = sum(len(n) for (a, b), n in wires().items() if row[b] <= place < row[a])
        for x, ends, count, way, colour, line in (
            (0.5, (height - 0.34, height - 0.64), down, "down", PEOPLE, "-"),
            (2.3, (height - 0.64, height - 0.34), up, "back up", UNKNOWN, (0, (3, 2))),
        ):
            if count:
                axes.add_patch(
                    FancyArrowPatch(
                        (x, ends[0]), (x, ends[1]), arrowstyle="-|>", mutation_scale=9,
                        color=colour, lw=1.2, linestyle=line, shrinkA=0, shrinkB=0,
                    )
                )  # fmt: skip
                axes.text(x + 0.12, sum(ends) / 2, f"{count} {way}", fontsize=8, va="center")


def _box(
    axes: Axes, at: tuple[float, float], wide: float, high: float, word: str, colour: str = INK
) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (at[0] - wide / 2, at[1] - high / 2), wide, high, facecolor="#F4F4F4", edgecolor=colour,
            boxstyle="round,pad=0.02,rounding_size=0.08", zorder=2,
        )
    )  # fmt: skip
    axes.text(*at, word, ha="center", va="center", fontsize=9, zorder=3)
