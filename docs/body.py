"""Write a page for each body system, and the page that lists them, into `docs/body/`.

`python3 docs/body.py` does it from the code, the records and the wiring, so that a page says what
is run. What is observed comes from `docs/body/observed.json`; to take it anew:

`speciosa validate --json - | python3 docs/body.py --observed`
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from speciosa.compile import flat_name, giver
from speciosa.evidence.record import STATUS
from speciosa.language import Input, Output, Quantity, State, System
from speciosa.language.render import as_latex
from speciosa.model.wiring import OUTPUTS, SYSTEMS, TRAITS, WIRES
from speciosa.report import words
from speciosa.report.chart import FAINT, INK, PEOPLE, UNKNOWN, Chart, styled
from speciosa.report.files import json_text
from speciosa.report.system import Number, show
from speciosa.report.validation import moment, off

FOLDER = Path(__file__).with_name("body")
OBSERVED = FOLDER / "observed.json"
KEPT = ("output", "measure", "window", "statistic", "arm", "unit", "observed", "simulated")
KEPT += ("p05", "p95", "fold", "n", "study", "read", "use")
KEPT += ("at", "above", "error", "in_sd")
USES = {"fit": "the model was fitted to it", "validate": "never seen by the model"}
MADE = "This page is written by `python3 docs/body.py` from the code and the records."

HEAD = f"""# The body

One page for each body system: what it says, its equations, what arrives from where and leaves to
where, every number with its source, and what was observed. [Names](../names.md) lists all names,
[evidence](../evidence.md) explains status and read. {MADE}

| system | what it is | arrives from | leaves to | numbers |
| --- | --- | --- | --- | --- |
"""


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


def _systems(ends: Iterable[str]) -> list[str]:
    return sorted({end.partition(".")[0] for end in ends if not end.startswith("result: ")})


def paragraphs(text: str) -> tuple[list[str], str, str]:
    """The words of a system: what it says, what it assumes, what it leaves out."""
    told: dict[str, list[str]] = {"": [], "Assumed:": [], "Left out:": []}
    for part in re.split(r"\n\s*\n", text.strip()):
        place = ""
        for line in part.splitlines():
            place = next((p for p in ("Assumed:", "Left out:") if line.startswith(p)), place)
            told[place].append(line.removeprefix(place).strip())
        told[place].append("")
    said = "\n".join(told[""]).strip().split("\n\n")
    return said, _sentence(" ".join(told["Assumed:"])), _sentence(" ".join(told["Left out:"]))


def page(system: type[System], observed: Sequence[Mapping[str, Any]]) -> str:
    """The page of one system."""
    found = show(system.word)
    said, assumed, left_out = paragraphs(found.about)
    parts = [
        f"# {system.word.capitalize()}",
        f"{MADE} [All systems](README.md).",
        *said,
        "## What arrives and what leaves",
        f"![{description(system)}]({system.word}.svg)",
        *_wires(system),
        "## Equations",
        *_equations(found.equations, as_latex(system)),
        "## Numbers",
        _numbers(found.numbers, {row.name: row for row in found.symbols}),
        "## Observed beside simulated",
        _observed(system, observed),
        "## Assumed and left out",
        f"**Assumed.** {assumed}",
        f"**Left out.** {left_out}",
    ]
    return "\n\n".join(parts) + "\n"


def _equations(text: str, latex: str) -> Iterator[str]:
    if not text:
        yield "None."
        return
    yield "Time is in hours. What runs over a set is followed by its word in brackets."
    yield f"```text\n{text}\n```"
    yield "The same in symbols:"
    yield f"```math\n{latex}\n```"


def _wires(system: type[System]) -> Iterator[str]:
    came, left = arriving(system), leaving(system)
    if came:
        yield _table(("arrives", "unit", "from", "what it is"), map(_wired, came))
    yield _table(("leaves", "unit", "to", "what it is"), map(_wired, left))
    rows = [[f"`{Wire(s, ()).name}`", _unit(s), _bounds(s), s.doc] for s in system.states]
    if rows:
        yield _table(("changes with time", "unit", "between", "what it is"), rows)


def _bounds(state: State) -> str:
    low, high = state.between or (-math.inf, math.inf)
    if math.isinf(low):
        return "any" if math.isinf(high) else f"{high:g} or less"
    return f"{low:g} or more" if math.isinf(high) else f"{low:g} to {high:g}"


def _wired(wire: Wire) -> Sequence[str]:
    ends = ", ".join(f"`{end}`" for end in wire.ends) or "–"
    return f"`{wire.name}`", _unit(wire.quantity), ends, wire.quantity.doc


def _numbers(numbers: Sequence[Number], symbols: Mapping[str, Any]) -> str:
    if not numbers:
        return "None: its equations hold no number that could be measured."
    rows: list[list[str]] = []
    before = ""
    for number in numbers:
        record, symbol = number.record, symbols[number.parameter]
        spread = record.spread
        exact = spread.kind == "exact"
        first = number.parameter != before
        before = number.parameter
        rows.append(
            [
                f"`{number.parameter}` {symbol.doc}" if first else "",
                number.member,
                words.number(record.value),
                "" if record.unit_text == "1" else record.unit_text,
                "exact" if exact else words.span(spread.p05, spread.p95),
                record.status,
                record.read,
                _why(record),
            ]
        )
    counted = Counter(number.record.status for number in numbers)
    said = ", ".join(f"{counted[one]} {words.STATUS[one]}" for one in STATUS if counted[one])
    head = ("what", "of", "value", "unit", "9 of 10", "status", "read", "source, or why")
    return f"{words.count(len(numbers), 'number')}: {said}.\n\n{_table(head, rows)}"


def _why(record: Any) -> str:
    if record.status == "assumed":
        return f"{record.because} ({record.source})"
    if record.status == "derived":
        return f"{record.by} ({record.source})"
    return f"{record.source}, {record.where}"


def _observed(system: type[System], observed: Sequence[Mapping[str, Any]]) -> str:
    own = {name for name, wire in OUTPUTS.items() if giver(wire, None)[0] in system.outputs}
    rows = [
        [
            f"{row['output']} {moment(row)}{_window(row)}, {row['unit']}",
            str(row["statistic"]).replace("_", " "),
            words.number(row["observed"]),
            words.number(row["simulated"]),
            words.span(row["p05"], row["p95"]),
            off(row),
            f"{row['study']}: {row['arm']}",
            USES[row["use"]],
        ]
        for row in observed
        if row["output"] in own or str(row["output"]).partition(".")[0] in own
    ]
    if not rows:
        return (
            "No observation in people names an output of this system. What is known stands in the "
            "numbers above."
        )
    head = ("what", "statistic", "observed", "simulated", "9 of 10", "off", "study: arm", "use")
    return (
        "The same statistic, simulated as the study was made; off is simulated over observed, or "
        "the difference in standard deviations between people (SD) where a fold says nothing "
        f"([validation](../validation.md) has every group).\n\n{_table(head, rows)}"
    )


def _window(row: Mapping[str, Any]) -> str:
    return "" if row["window"] == "all" else f" ({words.WINDOWS[row['window']]})"


def index() -> str:
    """The page that lists the systems."""
    rows: list[str] = []
    for system in SYSTEMS:
        found = show(system.word)
        first = " ".join(paragraphs(found.about)[0][0].split())
        sources = _systems(end for wire in arriving(system) for end in wire.ends)
        targets = _systems(end for wire in leaving(system) for end in wire.ends)
        assumed = sum(number.record.status == "assumed" for number in found.numbers)
        numbers = f"{len(found.numbers)}, {assumed} assumed"
        cells = (
            f"[{system.word}]({system.word}.md)",
            first,
            ", ".join(sources) or "–",
            ", ".join(targets) or "–",
            numbers,
        )
        rows.append(f"| {' | '.join(map(_cell, cells))} |")
    return HEAD + "\n".join(rows) + "\n"


def description(system: type[System]) -> str:
    """The drawing in words."""
    sources = _systems(end for wire in arriving(system) for end in wire.ends)
    targets = _systems(end for wire in leaving(system) for end in wire.ends)
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
        chart.set_layout_engine("none")
    return chart


def _ends(wire: Wire) -> Iterator[str]:
    """Where one output goes: to one place by its full name, to several systems by their words."""
    fed = [end for end in wire.ends if not end.startswith("result: ")]
    if fed:
        yield fed[0] if len(fed) == 1 else "\n".join(wrap(", ".join(_systems(fed)), 32))
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


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _unit(quantity: Quantity) -> str:
    return "" if str(quantity.unit) == "1" else str(quantity.unit)


def _sentence(text: str) -> str:
    plain = " ".join(text.split())
    return plain[:1].upper() + plain[1:]


def observations(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is kept of `speciosa validate --json`."""
    return [{key: row[key] for key in KEPT} for row in outcome["comparisons"]]


def main(arguments: Sequence[str]) -> None:
    """All pages and drawings."""
    FOLDER.mkdir(exist_ok=True)
    if "--observed" in arguments:
        kept = {"comparisons": observations(json.load(sys.stdin))}
        OBSERVED.write_text(json_text(kept), encoding="utf-8")
    observed = json.loads(OBSERVED.read_text(encoding="utf-8"))["comparisons"]
    for system in SYSTEMS:
        path = FOLDER / f"{system.word}.md"
        path.write_text(page(system, observed), encoding="utf-8")
        drawing(system).save(path.with_suffix(".svg"))
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
