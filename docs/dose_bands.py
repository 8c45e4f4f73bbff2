"""Write `docs/dose-bands.md` and its pictures from a run: `python3 docs/dose_bands.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from filling import filled
from speciosa import bands
from speciosa.report import words
from speciosa.report.bands import dose, dose_bands
from speciosa.trial import Bands

HERE = Path(__file__).parent
PAGE = HERE / "dose-bands.md"
PEOPLE, REPLICATES, SEED = 200, 100, 1


def page(text: str, found: Bands) -> str:
    """The page with what is made of numbers in its places, `<!-- made: ... -->` to the end mark."""
    made = {"pictures": pictures(found), "shares": shares(found), "bounds": bounds(found)}
    return filled(text, made)


def pictures(found: Bands) -> Iterator[str]:
    """A line for the picture of each effect."""
    for output in found.bounds:
        title = words.output_title(output)
        yield f"![{title}: shares of people by dose](pictures/{picture(output)})"


def picture(output: str) -> str:
    """The file of the picture of an effect."""
    return f"dose-bands-{output.replace('.', '-')}.png"


def shares(found: Bands) -> Iterator[str]:
    """A table for each effect: shares, with their range, and what is left when content is known."""
    for output in found.bounds:
        yield f"\n**{words.output_title(output)}**, % of people (nine of ten draws)\n"
        yield "| leaf | content | none | mild | moderate | strong |"
        yield "| --- | --- | --- | --- | --- | --- |"
        rows = [row for row in found.rows if row["output"] == output]
        cells: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            share, low, high = (100.0 * row[key] for key in ("share", "p05", "p95"))
            place = (dose(row["low"], row["high"]), row["content"])
            cells.setdefault(place, []).append(f"{share:.0f} ({low:.0f}–{high:.0f})")
        for (leaf, content), row in cells.items():
            yield f"| {leaf} | {content} | {' | '.join(row)} |"


def bounds(found: Bands) -> Iterator[str]:
    """A row for each bound: value, how it came about, and why."""
    yield "| effect | word | from | 9 of 10 | status | read | source or reason |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for output, held in found.bounds.items():
        for word, record in held.items():
            spread = record.spread
            exact = spread.kind == "exact"
            ends = "exact" if exact else words.span(spread.p05, spread.p95)
            why = record.because or f"{record.source}, {record.where}"
            cells = (
                f"`{output}`",
                word,
                f"{record.value:g}",
                ends,
                record.status,
                record.read,
                why,
            )
            yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Page and pictures."""
    found = bands(people=PEOPLE, replicates=REPLICATES, seed=SEED)
    for output in found.bounds:
        dose_bands(found, output).save(HERE / "pictures" / picture(output))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
