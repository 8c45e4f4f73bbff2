"""Facts with the numbers of one case added to their plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from speciosa.safety.facts import facts
from speciosa.safety.finding import Estimate, Finding

__all__ = ["listed", "said"]


def said(identity: str, sentence: str = "", *estimates: Estimate) -> Finding:
    """The fact about a product with this id, with a sentence more and numbers behind it."""
    fact = facts("product")[identity]
    plain = f"{fact.plain} {sentence}" if sentence else fact.plain
    return replace(fact, plain=plain, estimates=(*fact.estimates, *estimates))


def listed(words: Sequence[str], last: str) -> str:
    """Words as "a, b and c"; `last` stands before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
