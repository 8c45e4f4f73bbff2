"""Verdicts on claims as a person reads them: all in one table, or one case whole.

The data is the object that `speciosa claims --json` prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from speciosa.claims.answer import Answer
from speciosa.claims.words import ADVICE, WORDS
from speciosa.evidence.cite import Cited, as_text
from speciosa.report.rows import csv_text
from speciosa.report.words import number

__all__ = [
    "ANSWERS",
    "HEADLINE",
    "LEVELS",
    "STARTED",
    "first_sentence",
    "people",
    "points_csv",
    "print_claim",
    "print_claims",
    "therefore",
    "undecided",
    "verdict_counts",
    "verdict_kind",
]

ANSWERS: Mapping[str, str] = {
    "yes": "so",
    "no": "not so",
    "mixed": "it depends",
    "unsure": "cannot be decided",
}
"""The answer on one part, in words."""

LEVELS: Mapping[str, str] = {
    "high": "We are sure. More studies will hardly change it.",
    "moderate": "We are fairly sure. More studies could change it.",
    "low": "We are not sure. More studies are likely to change it.",
    "very low": "We know next to nothing. It could well turn out the other way.",
}
"""How sure a certainty is, in plain words."""

STARTED: Mapping[str, str] = {
    "trial": "people were given one thing or another, by lot or in turn",
    "experiment": "something was measured on purpose, in people, animals or a laboratory",
    "document": "a statute, a label or a warning that can be looked up",
    "model": "a simulation alone",
    "observational": "people were asked or watched as they were",
    "cases": "reports of single people",
    "none": "nothing was found",
}
"""What each kind of evidence is."""

_STYLES = {
    "holds": "green",
    "evidence supports it": "green",
    "fails": "red",
    "evidence speaks against it": "red",
    "cannot be decided": "yellow",
    "no evidence decides": "yellow",
}
HEADLINE = (
    "A verdict is on a sentence as it is worded. It follows from records and simulations, is no "
    "better than they are, and is no advice."
)


def print_claims(found: Mapping[str, Any], console: Console) -> None:
    """A summary, then each claim with verdict, certainty and why, by system."""
    claims: list[Mapping[str, Any]] = found["claims"]
    console.print(Text(_summary(claims), style="bold"))
    console.print(f"[dim]{HEADLINE}[/dim]")
    console.print(f"[dim]{people(found)}[/dim]")
    for system in dict.fromkeys(one["system"] for one in claims):
        console.print()
        console.print(Text(system.capitalize(), style="bold"))
        for one in (held for held in claims if held["system"] == system):
            console.print(_line(one, console.width))
            why = Text(one["id"], style="cyan").append(f"  {first_sentence(one)}", style="dim")
            console.print(Padding(why, (0, 0, 0, 4)))
    console.print()
    console.print(
        "[dim]`speciosa claims ID` shows a case whole, with its numbers and sources.[/dim]"
    )


def print_claim(
    one: Mapping[str, Any],
    simulations: Mapping[str, str],
    sources: Iterable[Cited],
    console: Console,
) -> None:
    """One case: verdict, plain words, each part with its reasons, simulations, sources.

    `simulations` says by name what each is.
    """
    console.print(Text(one["claim"], style="bold"))
    certainty = f"certainty {one['certainty']}"
    console.print(Text(one["verdict"], style=_style(one["verdict"])).append(f", {certainty}"))
    console.print()
    console.print(Text(one["plain"]))
    for place, part in enumerate(one["parts"], 1):
        console.print()
        beside = " (beside: decides nothing)" if part["beside"] else ""
        console.print(Text(f"{place}. Is it so that {part['that']}?{beside}", style="bold"))
        _fields(console, _about(part))
    if one["simulations"]:
        console.print()
        console.print(Text("Simulations, on the same virtual people", style="bold"))
        _fields(console, [(name, simulations[name]) for name in one["simulations"]])
    if one["variants"]:
        console.print()
        console.print(Text("With each variant of the model", style="bold"))
        _fields(console, _variants(one))
    console.print()
    console.print(Text("Sources", style="bold"))
    console.print(Text(as_text(sources) or "None."), end="")


def first_sentence(one: Mapping[str, Any]) -> str:
    """The verdict in plain words, without what nobody knows."""
    return str(one["plain"]).removesuffix(str(one["gap"])).strip()


def verdict_kind(one: Mapping[str, Any]) -> str:
    """The verdict without what it depends on."""
    return str(one["verdict"]).partition(" on ")[0]


def verdict_counts(claims: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many there are of each verdict, the most first."""
    return dict(Counter(map(verdict_kind, claims)).most_common())


def undecided(claims: Iterable[Mapping[str, Any]]) -> int:
    """Of how many nobody can say yet."""
    open_ones = {WORDS[Answer.UNSURE], ADVICE[Answer.UNSURE]}
    return sum(verdict_kind(one) in open_ones for one in claims)


def points_csv(one: Mapping[str, Any]) -> str:
    """The numbers behind the figure of a claim, one a line."""
    columns = ("part", "number", "kind", "value", "low", "high", "unit", "side", "bound")
    points = (
        {**point, "part": part["that"], "number": point["label"]}
        for part in one["parts"]
        for point in part["points"]
    )
    return csv_text(columns, points)


def _summary(claims: list[Mapping[str, Any]]) -> str:
    """How many there are of each verdict."""
    kinds = verdict_counts(claims)
    said = ", ".join(f"{count} {verdict}" for verdict, count in kinds.items())
    return f"{len(claims)} claim{'' if len(claims) == 1 else 's'}: {said}"


def people(found: Mapping[str, Any]) -> str:
    """Who was simulated."""
    held = found["people"]
    return (
        f"Simulations: {held['n']} people, each in {held['replicates']} draws of what we do "
        f"not know, with the model as it stands and with each variant; seed {found['seed']}."
    )


def _line(one: Mapping[str, Any], width: int) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=max(30, width - 42), overflow="fold")
    grid.add_column(width=26, overflow="fold", style=_style(one["verdict"]))
    grid.add_column(width=10)
    short = Padding(Text(one["short"]), (0, 0, 0, 2))
    grid.add_row(short, Text(one["verdict"]), Text(one["certainty"]))
    return grid


def _about(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is told of one part, row by row."""
    certainty = part["certainty"]
    rows = [("answer", f"{ANSWERS[part['answer']]}, certainty {certainty['level']}")]
    if part["seen"]:
        rows.append(("seen", part["seen"]))
    if part["model"]:
        rows.append(("simulated", part["model"].removeprefix("simulated: ")))
    if part["built_in"]:
        rows.append(("not heard", f"the model: {part['built_in']}"))
    if rest := therefore(part):
        rows.append(("therefore", rest))
    rows.append(("grade", f"starts as {certainty['start']}"))
    for step in certainty["steps"]:
        way = "down" if step["by"] < 0 else "up"
        rows.append(("", f"{abs(step['by'])} {way}, {step['domain']}: {step['why']}"))
    for point in part["points"]:
        if point["label"] in _told(part):
            continue
        unit = "" if point["unit"] == "1" else f" {point['unit']}"
        ends = f"{number(point['low'])} to {number(point['high'])}"
        rows.append(("number", f"{point['label']}: {number(point['value'])}{unit} ({ends})"))
    return rows


def therefore(part: Mapping[str, Any]) -> str:
    """Why a part has its answer, beside what was seen, simulated and not heard."""
    return "; ".join(one for one in part["because"].split("; ") if one not in _told(part))


def _told(part: Mapping[str, Any]) -> str:
    return f"{part['seen']} {part['model']} the model is not heard: {part['built_in']}"


def _variants(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The verdict by variant; in a line where all say the same."""
    found: Mapping[str, str] = one["variants"]
    if set(found.values()) == {one["verdict"]}:
        return [("all", f"{one['verdict']}, in {len(found)} of {len(found)}")]
    return list(found.items())


def _fields(console: Console, rows: list[tuple[str, str]]) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, said in rows:
        grid.add_row(Text(name), Text(said))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _style(verdict: str) -> str:
    return _STYLES.get(verdict, "magenta")
