"""Write a page for each body system, and the page that lists them, into `docs/body/`.

`python3 docs/body.py` does it from the code, the records and the wiring, so that a page says what
is run. What is observed comes from `docs/body/observed.json`; to take it anew:

`speciosa validate --json - | python3 docs/body.py --observed`
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from speciosa.compile import giver
from speciosa.evidence.record import STATUS
from speciosa.language import Quantity, State, System
from speciosa.language.render import as_latex
from speciosa.model.wiring import OUTPUTS, SYSTEMS
from speciosa.report import words
from speciosa.report.comparisons import moment, off
from speciosa.report.files import json_text
from speciosa.report.system import Number, paragraphs, show
from speciosa.report.wires import Wire, arriving, description, drawing, leaving, systems_of

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
        sources = systems_of(end for wire in arriving(system) for end in wire.ends)
        targets = systems_of(end for wire in leaving(system) for end in wire.ends)
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


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _unit(quantity: Quantity) -> str:
    return "" if str(quantity.unit) == "1" else str(quantity.unit)


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
