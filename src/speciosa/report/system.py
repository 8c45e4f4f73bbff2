"""One body system on a page: what it says, its equations, and the record behind each number.

The equations come from the class that is run, and the numbers from the records that it runs on;
nothing on the page is written twice.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from speciosa.errors import InputError
from speciosa.evidence import Record, records
from speciosa.evidence.load import systems
from speciosa.language import System
from speciosa.language.render import Row, as_table, as_text
from speciosa.model.wiring import SYSTEMS
from speciosa.report import words
from speciosa.trial.compartments import COMPARTMENTS, Compartment

_DOSED = "absorption"  # the page that tells where doses can go
_LONG_ID = 32  # characters that most ids of what is known fit in
_COLUMNS = ("", "value", "9 of 10", "status", "read", "source")


@dataclass(frozen=True)
class Number:
    """A record behind a parameter; `member` is what the parameter's id leaves open."""

    parameter: str
    member: str
    record: Record

    def to_dict(self) -> dict[str, Any]:
        """The record as its file has it, and the ends of its 90 % range."""
        spread = self.record.spread
        ends = {"p05": spread.p05, "p95": spread.p95}
        return {"parameter": self.parameter, "member": self.member, **ends} | (
            self.record.as_mapping()
        )


@dataclass(frozen=True)
class Page:
    """A system to be shown: in a terminal, in a notebook, or as plain data.

    `known` are the records of the system that no equation uses: anchors, animals, single studies.
    """

    system: str
    about: str
    equations: str
    symbols: tuple[Row, ...]
    numbers: tuple[Number, ...]
    compartments: tuple[Compartment, ...] = ()
    known: tuple[Record, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa show --json` prints it."""
        return {
            "system": self.system,
            "about": self.about,
            "equations": self.equations.splitlines(),
            "symbols": [row._asdict() for row in self.symbols],
            "numbers": [number.to_dict() for number in self.numbers],
            "compartments": [asdict(one) for one in self.compartments],
            "known": [record.as_mapping() for record in self.known],
        }

    def print(self, console: Console) -> None:
        """Print the page: words, equations, what arrives and leaves, numbers with sources."""
        console.print(Text(_flowing(self.about)))
        if self.equations:
            console.print(Text("\nEquations (time in h)", style="bold"))
            console.print(Text(self.equations), soft_wrap=True)
        for kind, heading in (("input", "Arrives"), ("state", "Changes"), ("output", "Leaves")):
            rows = [row for row in self.symbols if row.kind == kind]
            if rows:
                console.print(Text(f"\n{heading}", style="bold"))
            for row in rows:
                console.print(f"  [bold]{escape(row.name)}[/bold]{_in(row.unit)}: {row.doc}")
        if self.compartments:
            console.print(Text("\nCompartments for doses, CMT of a data file", style="bold"))
        for one in self.compartments:
            console.print(f"  [bold]{one.number:>2}[/bold] {escape(one.name)}: {one.doc}")
        if self.numbers:
            console.print(Text("\nNumbers", style="bold"))
        by_parameter = groupby(self.numbers, key=lambda number: number.parameter)
        held = {name: list(found) for name, found in by_parameter}
        for row in (row for row in self.symbols if row.kind == "parameter"):
            console.print(f"[bold]{escape(row.name)}[/bold]{_in(row.unit)}: {row.doc}")
            console.print(_number_table(held.get(row.name, [])))
        if self.known:
            console.print(Text("\nKnown, and not used by an equation", style="bold"))
            console.print(_known_table(self.known))

    def __str__(self) -> str:
        console = Console(width=100, highlight=False, color_system=None)
        with console.capture() as printed:
            self.print(console)
        return printed.get()


def show(system: str) -> Page:
    """The page of a body system, by its word: `show("opioid")`.

    Raises:
        InputError: no system has that word.
    """
    known = {each.word: each for each in SYSTEMS}
    if system not in known:
        raise InputError("system", system, f"one of {', '.join(known)}")
    return page_of(known[system])


def page_of(system: type[System]) -> Page:
    """The page of a body system."""
    numbers = tuple(_numbers(system))
    used = {number.record.id for number in numbers}
    own = (r for _, r in sorted(_records(system.word).items()) if r.system == system.word)
    module = sys.modules[system.__module__]
    return Page(
        system=system.word,
        about=(module.__doc__ or system.__doc__ or "").strip(),
        equations=as_text(system),
        symbols=as_table(system),
        numbers=numbers,
        compartments=COMPARTMENTS if system.word == _DOSED else (),
        known=tuple(record for record in own if record.id not in used),
    )


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


def _sentence(text: str) -> str:
    return words.sentence(" ".join(text.split()))


def _numbers(system: type[System]) -> Iterator[Number]:
    """Every record that a parameter of the system may stand for, those in dispute included."""
    for row in as_table(system):
        if not row.evidence:
            continue
        pattern = _pattern(row.evidence)
        for identity, record in sorted(_records(row.evidence.split("/", 1)[0]).items()):
            match = pattern.fullmatch(identity)
            if match:
                member = " ".join(part for part in match.groups() if part)
                yield Number(row.name, member.strip("/"), record)


def _records(word: str) -> Mapping[str, Record]:
    """Records of a word; a fitted one stands in for a stored one of the same id."""
    known = systems()
    return {
        id_: held
        for name in (word, "fitted")
        if name in known
        for id_, held in records(name).items()
    }


def _pattern(template: str) -> re.Pattern[str]:
    """What ids a template can stand for; an id that goes on names a disputed value."""
    fixed = re.split(r"\{[^}]*\}", template)
    return re.compile("([^/]+)".join(re.escape(part) for part in fixed) + "(/.+)?")


def _number_table(numbers: list[Number]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for name in _COLUMNS:
        justify = "right" if name in {"value", "9 of 10"} else "left"
        table.add_column(justify=justify, overflow="fold")
    for number in numbers:
        record = number.record
        exact = record.spread.kind == "exact"
        table.add_row(
            f"  {number.member}",
            words.number(record.value),
            "exact" if exact else words.span(record.spread.p05, record.spread.p95),
            record.status,
            record.read,
            f"{record.source}, {record.where}",
        )
    return table


def _known_table(known: tuple[Record, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=_LONG_ID, overflow="fold")
    for justify in ("right", "left", "left", "left"):
        table.add_column(justify=justify, overflow="fold")
    for record in known:
        table.add_row(
            f"  {record.id.partition('/')[2]}",
            words.number(record.value),
            "" if record.unit_text == "1" else record.unit_text,
            record.read,
            f"{record.source}, {record.where}",
        )
    return table


def _flowing(text: str) -> str:
    """Paragraphs without the breaks of their lines in the source, to be wrapped anew."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _in(unit: str) -> str:
    return "" if unit == "1" else f" ({unit})"
