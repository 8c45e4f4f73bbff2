"""A result as a person reads it in a terminal: what is weak first, then the answer, then the rest.

Everything is read from the object that `speciosa simulate --json` prints, so that nothing can be
shown that is not also in the file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.report import words
from speciosa.report.alternatives import print_variants
from speciosa.report.predictions import predictions_table, predictions_words
from speciosa.trial.company import RISKS, withheld
from speciosa.trial.telling import NEGLIGIBLE, is_concentration, telling

POSTURE = (
    "A research and education tool, not medical advice. It does not say what to take. "
    "Trouble breathing, blue lips, a seizure, or someone who cannot be woken: call the emergency "
    "number now (112, 911 or your own)."
)

# What is printed of each output; everything else is in --json and --out.
SHOWN = ("cmax", "tmax", "auc_inf", "half_life", "trough", "accumulation")

_KINDS = ("variability", "uncertainty", "both")
_ROOM = 14  # characters of a range
_STYLES = {"variability": "cyan", "uncertainty": "yellow", "both": ""}

_Rows = dict[tuple[str, str, str], dict[str, Mapping[str, Any]]]


def print_result(result: Mapping[str, Any], console: Console) -> None:
    """Weak spots, headline, measures, where the numbers come from, what was assumed, posture."""
    _bullets(console, "Read this first", result["warnings"])
    hidden = withheld(result["scenario"])
    if "data" in result:
        data = result["data"]
        said, table = predictions_words(data), predictions_table(data, hidden)
        explained = DATA_EXPLAINED
    else:
        rows = by_measure(result["measures"])
        said, table, explained = headline(rows), measures_table(rows, hidden), COLUMNS_EXPLAINED
    console.print(Text(said, style="bold"))
    console.print(f"[dim]{run_line(result)}[/dim]")
    console.print()
    console.print(table)
    if hidden:
        console.print(UNFELT if set(RISKS) <= set(hidden) else IN_COMPANY)
    console.print(f"[dim]{explained}[/dim]")
    console.print()
    if "variants" in result:
        print_variants(result["variants"], console, hidden)
        console.print()
    console.print(evidence_sentence(result["evidence"]))
    console.print()
    given = [line for line in result["assumptions"] if not _is_record(line)]
    _bullets(console, "Taken as given, because the scenario does not say", given)
    console.print(Text(POSTURE, style="dim"))


RANGES_EXPLAINED = (
    "Ranges hold 9 of 10: people (they differ), or values that the evidence allows (we do not "
    "know). The middle is of both together; people differ around a middle of their own, by the "
    "records' central values, so the middle shown may lie outside their range."
)

COLUMNS_EXPLAINED = (
    f"{RANGES_EXPLAINED} More measures, time courses and every assumption: --json FILE, --out DIR."
)

UNFELT = (
    "All of breath and sedation is left out: a drug in this company slows them, and what it does "
    "is not in this run, so what is left would make the company look safe."
)

IN_COMPANY = (
    "Breath and sedation are left out in this company, for kratom's weak opioids would make them "
    "look safer: breathing.risk and arousal.risk stand for them."
)


DATA_EXPLAINED = (
    "The middle person, by the records' central values. A prediction for each observation, with "
    "what the evidence allows around it: --json FILE, --out DIR."
)


def by_measure(measures: Iterable[Mapping[str, Any]]) -> _Rows:
    """Measures by (output, measure, window), each with its kinds of spread, in their order."""
    rows: _Rows = {}
    for row in measures:
        rows.setdefault((row["output"], row["measure"], row["window"]), {})[row["kind"]] = row
    return rows


def headline(rows: _Rows) -> str:
    """One sentence: the first concentration's peak, when, and how far people differ.

    Of repeated doses it is the last, when levels have built up.
    """
    peaks = [key for key in rows if key[1] == "cmax" and key[2] != "first"]
    peak = next((key for key in peaks if key[2] == "last"), peaks[0] if peaks else None)
    if peak is None:
        return "No concentration was asked for."
    output, _, window = peak
    kinds = rows[peak]
    middle = best(kinds)
    if middle is None or middle["median"] is None:
        return f"{words.output_title(output)}: no level could be computed."
    unit, factor = _scale(rows, output, middle["unit"])
    said = f"{words.output_title(output)} is highest at {words.number(factor * middle['median'])}"
    said += f" {unit}"
    if "variability" in kinds and kinds["variability"]["p05"] is not None:
        people = kinds["variability"]
        reach = words.span(factor * people["p05"], factor * people["p95"])
        said += f" (9 of 10 people: {reach})"
    time = best(rows.get((output, "tmax", window), {}))
    if time is not None and time["median"] is not None:
        said += f", {words.number(time['median'])} h after {_the_dose(window)}"
    return f"{said}."


def measures_table(rows: _Rows, hidden: Collection[str] = ()) -> Group:
    """Median, and the range of 9 of 10 by what it is a range of.

    A concentration has a block of its own for each window. All effects share one, of the whole
    time: those that `words.EFFECTS` lists, or else every one that was asked for. Outputs that are
    `hidden` are left out.
    """
    head = _grid()
    head.add_row("", "middle", *(words.KINDS[kind] for kind in _KINDS), style="bold")
    parts: list[RenderableType] = [head]
    for section in sections(rows, hidden):
        title = Text(section.title, style="bold")
        if section.instead:
            parts.append(title + Text(f": {section.instead}", style="not bold"))
            continue
        grid = _grid()
        for line in section.lines:
            label, *numbers = cells(*line, room=_ROOM)
            grid.add_row(Padding(label, (0, 0, 0, 2)), *numbers)
        parts += [title, grid]
    return Group(*parts)


@dataclass(frozen=True)
class Section:
    """A part of the table of measures: lines of a label and its rows by kind of spread.

    `instead` is what is said where there is nothing to tell line by line.
    """

    title: str
    lines: tuple[tuple[str, Mapping[str, Mapping[str, Any]]], ...] = ()
    instead: str = ""


def sections(rows: _Rows, hidden: Collection[str] = ()) -> Iterator[Section]:
    """The parts of `measures_table`, in order."""
    for (output, window), keys in _blocks(rows).items():
        title = words.output_title(output) + _of(window)
        if all(_never_leaves_zero(rows[key]) for key in keys):
            yield Section(title, instead="0 throughout")
        else:
            lines = ((words.measure(key[1]), _scaled(rows, key)) for key in keys)
            yield Section(title, tuple(lines))
    effects = dict(_effects(rows, hidden))
    if effects:
        told = {name: kinds for name, kinds in effects.items() if not _never_leaves_zero(kinds)}
        title = "Effects over the whole time, highest or lowest"
        yield Section(title, tuple(told.items()), "" if told else "none")


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """An effect without the digits that nobody could feel: less than a thousandth is none."""
    held = {name: row[name] for name in ("median", "p05", "p95")}
    zero = {n: 0.0 if v is not None and abs(v) < NEGLIGIBLE else v for n, v in held.items()}
    return {**row, **zero}


def _of(window: str) -> str:
    return f", {words.WINDOWS[window]}" if words.WINDOWS.get(window) else ""


def _blocks(rows: _Rows) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Concentrations to show by output and window.

    Of repeated doses the first and the last stand for all, but for what is highest at another time.
    """
    blocks: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    windows = {window for _, _, window in rows}
    repeated = "last" in windows
    between = {
        name for name in _concentrations(rows) if repeated and _is_highest_between(rows, name)
    }
    for key, kinds in rows.items():
        output, measure, window = key
        if measure not in SHOWN or not is_concentration(output) or not best(kinds):
            continue
        if (window == "all") == (output in between if repeated else True):
            blocks.setdefault((output, window), []).append(key)
    return blocks


def _concentrations(rows: _Rows) -> dict[str, None]:
    return {output: None for output, _, _ in rows if is_concentration(output)}


def _is_highest_between(rows: _Rows, output: str) -> bool:
    """Whether neither the first nor the last dose of kratom saw the peak of a drug."""
    peaks = {window: _median(rows, (output, "cmax", window)) for window in ("first", "last", "all")}
    return max(peaks["first"], peaks["last"]) < 0.95 * peaks["all"]


def _median(rows: _Rows, key: tuple[str, str, str]) -> float:
    row = best(rows.get(key, {}))
    return 0.0 if row is None or row["median"] is None else row["median"]


def _effects(
    rows: _Rows, hidden: Collection[str]
) -> Iterator[tuple[str, Mapping[str, Mapping[str, Any]]]]:
    """The telling measure over the whole time of each effect, by its words."""
    asked = dict.fromkeys(output for output, _, _ in rows if not is_concentration(output))
    brief = [output for output in words.EFFECTS if output in asked]
    for output in brief or asked:
        kinds = rows.get((output, telling(output), "all"))
        if kinds and output not in hidden:
            label = words.EFFECTS.get(output, words.output_title(output))
            yield label, {kind: _plain(row) for kind, row in kinds.items()}


def _never_leaves_zero(kinds: Mapping[str, Mapping[str, Any]]) -> bool:
    return all(row["median"] == row["p05"] == row["p95"] == 0 for row in kinds.values())


def _scaled(rows: _Rows, key: tuple[str, str, str]) -> dict[str, Mapping[str, Any]]:
    """Rows of a concentration in a unit that can be read."""
    return {
        kind: _times(row, *_scale(rows, key[0], row["unit"])) for kind, row in rows[key].items()
    }


def _times(row: Mapping[str, Any], unit: str, factor: float) -> Mapping[str, Any]:
    held = {name: row[name] for name in ("median", "p05", "p95")}
    return {**row, "unit": unit, **{n: v if v is None else factor * v for n, v in held.items()}}


def _scale(rows: _Rows, output: str, unit: str) -> tuple[str, float]:
    """A unit that suits every measure of a concentration that is shown, and the factor to it."""
    values = (
        row[name]
        for (of, measure, _), kinds in rows.items()
        if of == output and measure in SHOWN
        for row in kinds.values()
        if row["unit"].startswith("ng/mL")
        for name in ("median", "p95")
    )
    known = (value for value in values if value is not None and math.isfinite(value))
    return words.readable(unit, max(known, default=0.0))


def _grid() -> Table:
    """Columns of one width in every block; together they fit 80 columns.

    What is too long for its column goes on in the next line: nothing is cut off.
    """
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=26, overflow="fold")
    grid.add_column(width=8, justify="right", overflow="fold")
    for kind in _KINDS:
        grid.add_column(width=_ROOM, justify="right", style=_STYLES[kind], overflow="fold")
    return grid


def cells(
    label: str, kinds: Mapping[str, Mapping[str, Any]], room: int | None = None
) -> tuple[str, ...]:
    """A line of a section: its label with the unit, the middle, and the range of each kind."""
    middle = best(kinds) or {}
    unit = f", {middle['unit']}" if middle["unit"] != "1" else ""
    ranges = (kinds.get(kind, {}) for kind in _KINDS)
    return (
        f"{label}{unit}",
        words.number(middle["median"]),
        *(words.span(found.get("p05"), found.get("p95"), room) for found in ranges),
    )


def best(kinds: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The row whose median is shown: of both kinds of spread where they were combined."""
    return next((kinds[kind] for kind in reversed(_KINDS) if kind in kinds), None)


def evidence_sentence(evidence: Sequence[Mapping[str, Any]]) -> str:
    """How many numbers a run rests on, how they came about, and how they were read."""
    if not evidence:
        return "This run rests on no number from the evidence."
    status = Counter(str(row["status"]) for row in evidence)
    read = Counter(str(row["read"]) for row in evidence)
    return (
        f"Rests on {words.count(len(evidence), 'number')}: {_counted(status, words.STATUS)}. "
        f"How they were read: {_counted(read, words.READ)}."
    )


def _counted(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    return ", ".join(f"{counts[key]} {names[key]}" for key in names if key in counts)


def run_line(result: Mapping[str, Any]) -> str:
    """What was run, in one line: people, draws, seed, model."""
    people, model = result["people"], result["model"]
    parts = [
        words.count(people["n"], "person", "people"),
        words.count(people["replicates"], "draw") + " of what we do not know",
        f"seed {result['seed']}",
        f"model {model['version']} {model['hash']}",
    ]
    if model["variants"]:
        parts.append("variants " + ", ".join(model["variants"]))
    if people["failed"]:
        parts.append(f"{words.count(people['failed'], 'person', 'people')} not computed")
    return " · ".join(parts)


def _bullets(console: Console, heading: str, lines: Sequence[object]) -> None:
    if not lines:
        return
    console.print(Text(heading, style="bold"))
    for line in lines:
        console.print(Padding(Text(f"• {line}"), (0, 0, 0, 2)))
    console.print()


def _is_record(assumption: str) -> bool:
    """Whether an assumption is a record of the evidence; those are counted, not listed."""
    return "/" in assumption.partition(" = ")[0]


def _the_dose(window: str) -> str:
    return f"the {words.WINDOWS[window]}" if words.WINDOWS.get(window) else "the dose"
