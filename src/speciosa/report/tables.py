"""A result as a person reads it in a terminal: what is weak first, then the answer, then the rest.

Everything is read from the object that `speciosa simulate --json` prints, so that nothing can be
shown that is not also in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.report import words
from speciosa.report.alternatives import print_variants
from speciosa.report.predictions import predictions_table, predictions_words

POSTURE = (
    "A research and education tool, not medical advice. It does not say what to take. "
    "Trouble breathing, blue lips, a seizure, or someone who cannot be woken: call the emergency "
    "number now (112, 911 or your own)."
)

# What is printed of each output; everything else is in --json and --out.
SHOWN = ("cmax", "tmax", "auc_inf", "half_life", "trough", "accumulation", "max")

_KINDS = ("variability", "uncertainty", "both")
_STYLES = {"variability": "cyan", "uncertainty": "yellow", "both": ""}

_Rows = dict[tuple[str, str, str], dict[str, Mapping[str, Any]]]


def print_result(result: Mapping[str, Any], console: Console) -> None:
    """Weak spots, headline, measures, where the numbers come from, what was assumed, posture."""
    _bullets(console, "Read this first", result["warnings"])
    if "data" in result:
        said, table = predictions_words(result["data"]), predictions_table(result["data"])
        explained = DATA_EXPLAINED
    else:
        rows = by_measure(result["measures"])
        said, table, explained = headline(rows), measures_table(rows), COLUMNS_EXPLAINED
    console.print(Text(said, style="bold"))
    console.print(f"[dim]{_run(result)}[/dim]")
    console.print()
    console.print(table)
    console.print(f"[dim]{explained}[/dim]")
    console.print()
    if "variants" in result:
        print_variants(result["variants"], console)
        console.print()
    console.print(evidence_sentence(result["evidence"]))
    console.print()
    given = [line for line in result["assumptions"] if not _is_record(line)]
    _bullets(console, "Taken as given, because the scenario does not say", given)
    console.print(Text(POSTURE, style="dim"))


COLUMNS_EXPLAINED = (
    "Ranges hold 9 of 10: people (they differ), or values that the evidence allows (we do not "
    "know). More measures, time courses and every assumption: --json FILE, --out DIR."
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
    level = f"{words.number(middle['median'])} {middle['unit']}"
    said = f"{words.output_title(output)} is highest at {level}"
    if "variability" in kinds and kinds["variability"]["p05"] is not None:
        people = kinds["variability"]
        said += f" (9 of 10 people: {words.span(people['p05'], people['p95'])})"
    time = best(rows.get((output, "tmax", window), {}))
    if time is not None and time["median"] is not None:
        said += f", {words.number(time['median'])} h after {_the_dose(window)}"
    return f"{said}."


def measures_table(rows: _Rows) -> Group:
    """Median, and the range of 9 of 10 by what it is a range of.

    A concentration has a block of its own, all effects of a window share one: those that
    `words.EFFECTS` lists, or else every one that was asked for.
    """
    head = _grid()
    head.add_row("", "middle", *(words.KINDS[kind] for kind in _KINDS), style="bold")
    parts: list[RenderableType] = [head]
    for (output, window), keys in _blocks(rows).items():
        title = Text(words.output_title(output) + _of(window), style="bold")
        if all(_never_leaves_zero(rows[key]) for key in keys):
            parts.append(title + Text(": 0 throughout", style="not bold"))
            continue
        grid = _grid()
        for key in keys:
            grid.add_row(*_cells(words.measure(key[1]), rows[key]))
        parts += [title, grid]
    for window, lines in _effects(rows).items():
        grid = _grid()
        for label, kinds in lines.items():
            grid.add_row(*_cells(label, {kind: _plain(row) for kind, row in kinds.items()}))
        parts += [Text(f"Effects, highest or lowest{_of(window)}", style="bold"), grid]
    return Group(*parts)


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """An effect without the digits that nobody could feel: less than a thousandth is none."""
    held = {name: row[name] for name in ("median", "p05", "p95")}
    return {**row, **{n: 0.0 if v is not None and abs(v) < 1e-3 else v for n, v in held.items()}}


def _of(window: str) -> str:
    return f", {words.WINDOWS[window]}" if words.WINDOWS.get(window) else ""


def _blocks(rows: _Rows) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Keys to show by output and window; of repeated doses the first and the last stand for all.

    Effects of the short list are left to `_effects`; where it holds none, all come here.
    """
    effects = {output for output, measure, _ in rows if measure == "max"}
    brief = effects if effects & set(words.EFFECTS) else set[str]()
    blocks: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for key in _shown(rows):
        output, measure, window = key
        if measure in SHOWN and output not in brief:
            blocks.setdefault((output, window), []).append(key)
    return blocks


def _effects(rows: _Rows) -> dict[str, dict[str, Mapping[str, Mapping[str, Any]]]]:
    """The telling measure of each effect of the short list, by window and by its words."""
    found: dict[str, dict[str, Mapping[str, Mapping[str, Any]]]] = {}
    shown = set(_shown(rows))
    windows = dict.fromkeys(window for _, _, window in rows)
    for window in windows:
        for output, (label, measure) in words.EFFECTS.items():
            key = (output, measure, window)
            if key in shown:
                found.setdefault(window, {})[label] = rows[key]
    return found


def _shown(rows: _Rows) -> list[tuple[str, str, str]]:
    """Keys with a value, without `all` where the first and the last dose are there."""
    repeated = any(window == "last" for _, _, window in rows)
    return [
        key for key, kinds in rows.items() if best(kinds) and not (repeated and key[2] == "all")
    ]


def _never_leaves_zero(kinds: Mapping[str, Mapping[str, Any]]) -> bool:
    return all(row["median"] == row["p05"] == row["p95"] == 0 for row in kinds.values())


def _grid() -> Table:
    """Columns of one width in every block; together they fit 80 columns."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=27, no_wrap=True)
    grid.add_column(width=7, justify="right", no_wrap=True)
    for kind in _KINDS:
        grid.add_column(width=14, justify="right", style=_STYLES[kind], no_wrap=True)
    return grid


def _cells(label: str, kinds: Mapping[str, Mapping[str, Any]]) -> list[str]:
    middle = best(kinds) or {}
    unit = f", {middle['unit']}" if middle["unit"] != "1" else ""
    ranges = (kinds.get(kind, {}) for kind in _KINDS)
    return [
        f"  {label}{unit}",
        words.number(middle["median"]),
        *(words.span(found.get("p05"), found.get("p95")) for found in ranges),
    ]


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


def _run(result: Mapping[str, Any]) -> str:
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
