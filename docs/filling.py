"""Put what a script makes into its places in a page, between a mark and the mark of its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["END", "between", "filled", "mark"]

END = "<!-- end -->"


def mark(name: str) -> str:
    """Where what is made under this name begins; it ends at the next `END`."""
    return f"<!-- made: {name} -->"


def between(text: str, start: str, end: str, made: str) -> str:
    """The text with what stands between a start and the next end replaced. Both must be there."""
    before, begun, rest = text.partition(start)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"got a page without {(end if begun else start).strip()!r}")
    return before + start + made + end + after


def filled(text: str, made: Mapping[str, Iterable[str]]) -> str:
    """The text with the lines of each name in its place."""
    for name, lines in made.items():
        text = between(text, mark(name), END, "\n" + "\n".join(lines) + "\n")
    return text
