"""Tables of figures: printed with the goal beside a figure, and written as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Cell", "Figure", "Table"]


@dataclass(frozen=True)
class Figure:
    """A measured number, how it is printed, and what it should be at most or at least."""

    value: float
    form: str = ".3g"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def within(self) -> bool | None:
        """Whether the goal is reached; None where there is none. nan reaches no goal."""
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None

    def __str__(self) -> str:
        said = format(self.value, self.form)
        if self.within is None:
            return said
        sign, goal = ("<=", self.at_most) if self.at_most is not None else (">=", self.at_least)
        return f"{said} ({sign} {goal:g}: {'within' if self.within else 'NOT within'})"


Cell = str | int | Figure


@dataclass
class Table:
    """Rows under column names; notes stand below."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])
    notes: list[str] = field(default_factory=list[str])

    def add(self, *cells: Cell) -> None:
        """One more row."""
        self.rows.append(cells)

    def __str__(self) -> str:
        texts = [self.columns, *(tuple(str(cell) for cell in row) for row in self.rows)]
        wide = [max(len(row[i]) for row in texts) for i in range(len(self.columns))]
        lines = [_line(row, wide) for row in texts]
        return "\n".join([self.title, *lines, *self.notes])

    def plain(self) -> dict[str, object]:
        """As JSON has it: a figure is its value; goals stand beside."""
        rows = [
            {
                name: cell.value if isinstance(cell, Figure) else cell
                for name, cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]
        goals = [
            {
                "row": place,
                "column": name,
                "at_most": cell.at_most,
                "at_least": cell.at_least,
                "within": cell.within,
            }
            for place, row in enumerate(self.rows)
            for name, cell in zip(self.columns, row, strict=True)
            if isinstance(cell, Figure) and cell.within is not None
        ]
        return {"title": self.title, "rows": rows, "goals": goals, "notes": self.notes}


def _line(row: Sequence[str], wide: Sequence[int]) -> str:
    """The first column to the left, figures to the right."""
    left = row[0].ljust(wide[0])
    right = [text.rjust(width) for text, width in zip(row[1:], wide[1:], strict=True)]
    return "  ".join([left, *right]).rstrip()
