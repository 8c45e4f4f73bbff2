"""Doses that claims name, read from their own sentences, and where two claims contradict.

One article can call a dose moderate that another says is to be avoided. Which of them is right is
for evidence to say; that both cannot be right follows from their sentences.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.claim import Claim, claims

__all__ = ["Grams", "contradicted", "contradiction", "grams", "said"]

_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}\s*g\b")
_OVER = re.compile(rf"\b(?:over|above|more than)\s+{_NUMBER}\s*g\b", re.IGNORECASE)
_AVOIDED = re.compile(r"\bavoid", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grams:
    """A range of doses of leaf, g; `high` is infinite where a sentence says "over"."""

    low: float
    high: float

    def __str__(self) -> str:
        """As one says it."""
        if math.isinf(self.high):
            return f"more than {self.low:g} g"
        return f"{self.low:g} to {self.high:g} g"

    def shared(self, other: Grams) -> Grams | None:
        """What both hold; None if it is no more than one point."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Grams(low, high) if low < high else None


def grams(sentence: str) -> Grams | None:
    """The doses that a sentence names: "5 to 15 g", "1-3 g" or "over 7 g"; None without any."""
    found = _RANGE.search(sentence)
    if found:
        return Grams(float(found[1]), float(found[2]))
    found = _OVER.search(sentence)
    return Grams(float(found[1]), math.inf) if found else None


def contradiction(one: Claim, other: Claim) -> Grams | None:
    """The doses that one claim says are to be avoided and the other names without such a word."""
    first, second = grams(one.claim), grams(other.claim)
    if first is None or second is None:
        return None
    if bool(_AVOIDED.search(one.claim)) == bool(_AVOIDED.search(other.claim)):
        return None
    return first.shared(second)


def contradicted(first: str, second: str) -> Reply:
    """Whether two claims, by id, can both be right: yes, or it depends on which article is."""
    one, other = claims()[first], claims()[second]
    doses = contradiction(one, other)
    if doses is None:
        return Reply(Answer.YES, f"{first} and {second} can both be right")
    return Reply(
        answer=Answer.MIXED,
        because=f"on {doses} articles contradict each other: {_quoted(one)}, but {_quoted(other)}",
        on="which of two articles is right",
    )


def said(first: str, second: str) -> str:
    """The same as plain words, to begin a sentence."""
    doses = contradiction(claims()[first], claims()[second])
    if doses is None:
        return "The articles agree on the dose"
    return f"Two articles contradict each other on {doses}"


def _quoted(claim: Claim) -> str:
    return f'{", ".join(claim.articles)} says "{claim.claim}"'
