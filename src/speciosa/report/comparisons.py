"""Comparisons of the model with people in words, and as a table to keep.

A row is one of `comparisons` in what `speciosa validate --json` prints. What is weak is said first:
the worst miss, then how many of what the model has never seen are near, then what it was fitted to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from speciosa.report import words
from speciosa.report.rows import csv_text
from speciosa.trial.validation import SCALE

__all__ = [
    "KINDS",
    "NEAR",
    "PARTS",
    "Row",
    "additive",
    "comparisons_csv",
    "far",
    "furthest_first",
    "kind",
    "moment",
    "off",
    "told",
    "what",
    "where",
    "worst",
]

Row = Mapping[str, Any]

KINDS: Mapping[str, str] = {
    "kratom": "never seen, of kratom",
    "other": "never seen, of other drugs",
    "fitted": "fitted to these",
}
"""What a comparison is worth: of what is shown, what the model has never seen comes first."""

PARTS: Mapping[str, str] = {
    "levels": "Levels in blood",
    "effects": "Effects",
    "interactions": "Interactions",
}
"""What a comparison is of."""

NEAR = 2.0
"""Fold within which a number counts as near."""


def kind(row: Row) -> str:
    """One of `KINDS`."""
    if row["use"] == "fit":
        return "fitted"
    return "kratom" if row["kratom"] else "other"


def additive(row: Row) -> bool:
    """Whether the difference counts and no fold."""
    return row["error"] == "difference"


def far(row: Row) -> float:
    """How many fold it is off, up or down; 1 is right, and where a difference counts it is 1."""
    fold = row["fold"]
    return 1.0 if additive(row) or not fold else max(fold, 1.0 / fold)


def worst(rows: Iterable[Row], most: int) -> list[Row]:
    """Those that are off by more than two-fold, the furthest first."""
    return sorted((row for row in rows if far(row) > NEAR), key=far, reverse=True)[:most]


def furthest_first(rows: Iterable[Row]) -> list[Row]:
    """By how far off they are: differences first, then folds."""
    return sorted(
        rows, key=lambda row: (additive(row), abs(row["in_sd"] or 0.0), far(row)), reverse=True
    )


def moment(row: Row) -> str:
    """The measure of a comparison with its hour and its bound: `change at 1 h`."""
    said = str(row["measure"])
    if row.get("at") is not None:
        said = f"{said.removesuffix('at')} at {row['at']:g} h".strip()
    return said if row.get("above") is None else f"{said} above {row['above']:g}"


def off(row: Row) -> str:
    """How far off the model is: a fold, or a difference in standard deviations between people."""
    if not additive(row):
        return words.number(row["fold"])
    return "–" if row["in_sd"] is None else f"{row['in_sd']:+.1f} SD"


def what(row: Row) -> str:
    """What was measured, in words: `Midazolam, peak (Cmax)`."""
    system, _, quantity = str(row["output"]).partition(".")
    where = words.drug(quantity) if system in words.PLACES else words.output_title(row["output"])
    measure = words.measure(row["measure"])
    if row.get("at") is not None:
        measure = measure.replace("at a moment", f"at {row['at']:.2g} h")
    if row.get("above") is not None:
        measure += f", share of people above {row['above']:g}"
    window = words.WINDOWS.get(row["window"], row["window"])
    return words.sentence(f"{where}, {measure}{', ' if window else ''}{window}")


def where(row: Row) -> str:
    """The study, and of a ratio the arm that stands above the line."""
    arm = str(row["arm"]).partition(",")[0]
    return f"{row['study']}, {arm}" if row["part"] == "interactions" else str(row["study"])


def told(rows: Sequence[Row]) -> tuple[str, ...]:
    """What is seen in a figure of these, in sentences for anyone; the weakest first."""
    never = [row for row in rows if row["use"] == "validate"]
    apart = [row for row in never if additive(row) and row["in_sd"] is not None]
    said: list[str] = []
    if never and not any(row["kratom"] for row in never):
        said.append("All that the model has never seen here is of other drugs, and none of kratom.")
    for row in worst(rows, 1):
        way = f"{words.number(far(row), 2)} times too {'high' if row['fold'] > 1.0 else 'low'}"
        said.append(f"The worst miss is {way}: {what(row)} ({where(row)}).")
    if apart:
        row = max(apart, key=lambda one: abs(one["in_sd"]))
        said.append(f"The worst miss by difference is {off(row)}: {what(row)} ({where(row)}).")
    for name, heading in KINDS.items():
        folds = [row for row in rows if kind(row) == name and row["fold"] and not additive(row)]
        if folds:
            said.append(f"{words.sentence(heading)}: {_near(folds)} within 2-fold.")
    if apart:
        near = sum(abs(row["in_sd"]) <= 1.0 for row in apart)
        said.append(
            f"A fold says nothing of {len(apart)} effects never seen. By difference, {near} of "
            "them are within one SD, which is about how far people differ."
        )
    if never:
        inside = sum(row["inside_90"] for row in never)
        said.append(
            f"The 90 % range of the model should hold nine of ten. Of {len(never)} never seen it "
            f"holds {inside}."
        )
    return tuple(said)


def _near(rows: Sequence[Row]) -> str:
    """How many are near; of levels how much and when apart, since they are not equally hard."""

    def count(held: Sequence[Row]) -> str:
        return f"{sum(far(row) <= NEAR for row in held)} of {len(held)}"

    much = [row for row in rows if row["measure"] in SCALE]
    times = [row for row in rows if row["measure"] not in SCALE]
    if rows[0]["part"] != "levels" or not much or not times:
        return f"{count(rows)} are"
    return f"{count(much)} that say how much, and {count(times)} that say when, are"


def comparisons_csv(rows: Sequence[Row]) -> str:
    """One a line, with the names and numbers of `speciosa validate --json`."""
    return csv_text(tuple(rows[0]), rows)
