"""The card of an emergency in its parts: what it is, what to do, naloxone, and whom to call.

A card is one plain text, the same in a terminal, in a file and on a page; here its parts are found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Part", "parts", "sentences"]

_STEP = re.compile(r"\d+\. ")
_END = re.compile(r"(?<=[.?!]) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading; steps that are done in their order; and lines that stand by themselves."""

    heading: str
    steps: tuple[str, ...]
    lines: tuple[str, ...]


def parts(card: str) -> tuple[str, tuple[Part, ...]]:
    """The first line of a card, and its parts."""
    head, *rest = card.strip().split("\n\n")
    return head, tuple(_part(block) for block in rest)


def sentences(text: str) -> tuple[str, ...]:
    """A text in its sentences: one thing to do a line is read sooner than a paragraph."""
    return tuple(_END.split(text))


def _part(block: str) -> Part:
    heading, *lines = block.split("\n")
    steps = tuple(_STEP.sub("", line, count=1) for line in lines if _STEP.match(line))
    return Part(heading, steps, tuple(line for line in lines if not _STEP.match(line)))
