"""What the page for a professional is made of: lines, fields, rows and numbers, as plain data.

A text holds its numbers already written out, so that terminal, web page and PDF cannot differ.
Beside each text stand the numbers themselves, as the result or the check has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from speciosa.report import words

__all__ = [
    "RANGE",
    "RANKED",
    "Answer",
    "Field",
    "Figure",
    "Interaction",
    "Missing",
    "Moment",
    "Parameter",
    "Run",
    "Timeline",
    "Use",
    "plain",
]

RANGE = "Ranges hold 9 of 10, of how people differ and what nobody knows together, unless said."

RANKED = "The largest move first, by central numbers; shares are of this run's own range."


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its range: `of` says of what; `kind` is how people differ and so on."""

    of: str
    middle: float | None
    low: float | None
    high: float | None
    unit: str
    kind: str = "both"

    @classmethod
    def of_row(cls, of: str, row: Mapping[str, Any]) -> Figure:
        """The median of a row of the result's measures, with the range of 9 of 10."""
        kind = row.get("kind", "both")
        return cls(of, row["median"], row["p05"], row["p95"], row["unit"], kind)

    @property
    def text(self) -> str:
        """`68.2 ng/mL (15–300)`."""
        unit = "" if self.unit in ("1", "") else f" {self.unit}"
        said = f"{words.number(self.middle)}{unit}"
        return said if self.low == self.high == self.middle else f"{said} ({self.reach})"

    @property
    def percent(self) -> str:
        """The same of a share: `27 % (4.3–73)`."""
        low, high = (None if end is None else 100.0 * end for end in (self.low, self.high))
        middle = None if self.middle is None else 100.0 * self.middle
        return f"{words.number(middle, 2)} % ({words.span(low, high)})"

    @property
    def reach(self) -> str:
        """The range alone."""
        return words.span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the answer: how grave it is or what it is about, what is so, and how sure."""

    label: str
    text: str
    severity: str = ""
    sure: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record of an exposure; one that the scenario cannot hold is left to fill in.

    `how` says how it is known: entered, assumed, drawn or by hand.
    """

    label: str
    text: str
    how: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A level at a time, h after the first dose: how people differ, and what we do not know."""

    label: str
    hours: float
    people: Figure
    unknown: Figure


@dataclass(frozen=True, slots=True)
class Timeline:
    """One output over time. `since` and `until` bound the drawing; `now` is None if not stated."""

    output: str
    title: str
    unit: str
    since: float
    until: float
    now: float | None
    doses: tuple[float, ...]
    moments: tuple[Moment, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """Kratom with one drug: `ratios` are of areas over time, with the other over without."""

    drug: str
    severity: str
    mechanism: str
    ratios: tuple[Figure, ...]
    number: str
    certainty: str
    watch: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not known and would change this page.

    `share` is how much of a range of this run it moves at most; none where it has no rank.
    """

    what: str
    why: str
    share: float | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A line on use, withdrawal and what goes with it."""

    label: str
    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that the page rests on, with where it comes from and how that was read."""

    id: str
    what: str
    value: str
    status: str
    read: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What is needed to compute the page again, to the last digit.

    `hash` is of the scenario with its defaults, the model, the seed, the people and the draws.
    """

    hash: str
    version: str
    model: str
    seed: int
    people: int
    replicates: int
    variants: tuple[str, ...]
    command: str

    @property
    def code(self) -> str:
        """What the small square code holds."""
        return (
            f"speciosa {self.version} run {self.hash} model {self.model} "
            f"seed {self.seed} people {self.people} draws {self.replicates}"
        )


def plain(part: Any) -> Any:
    """A part as JSON has it."""
    return asdict(part)
