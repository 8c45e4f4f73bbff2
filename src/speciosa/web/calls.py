"""Whom to call: numbers of a country that a telephone dials when they are touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from speciosa.safety.numbers import Numbers

__all__ = ["Call", "calls"]

_DIALLED = re.compile(r"\+?\d[\d -]*")


@dataclass(frozen=True, slots=True)
class Call:
    """A line of the list of numbers: `kind: number, rest`.

    `dial` is what a telephone takes; empty where the number is words, or several.
    """

    kind: str
    number: str
    rest: str
    dial: str


def calls(numbers: Numbers) -> Iterator[Call]:
    """One for each kind, in the words of a check."""
    for line in numbers.lines():
        kind, _, said = line.partition(": ")
        known = numbers.known.get(kind)
        if known is None:
            yield Call(kind, "", said, "")
            continue
        dial = re.sub("[ -]", "", known.number) if _DIALLED.fullmatch(known.number) else ""
        yield Call(kind, known.number, said.removeprefix(known.number), dial)
