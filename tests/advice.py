"""What no text may say: that somebody should take, raise, lower or combine anything."""

from __future__ import annotations

import re

__all__ = ["told"]

FORBIDDEN = (
    r"\b(?:you|they|one) (?:should|can|could|may|might|must) (?:take|use|try|mix|combine|add)\b",
    r"\b(?:need|ought|have|try|remember) to (?:take|use)\b",
    r"(?<!to )\btake (?:more|less|a|an|your|the|one|two|it|\d)\b(?! look| walk)",
    r"\b(?:start|begin|keep|stay) (?:taking|using)\b",
    r"\b(?:increase|raise|double|lower|reduce|adjust|split) (?:your|the|a|their|his|her) dose\b",
    r"\bdose (?:of|should be|is) \d",
    r"\b(?:combine|mix|stack|pair) (?:it|them|this|kratom|with|your)\b",
    r"\b(?:instead of|replace) (?:your|the) medicine",
    r"\bsafe (?:dose|amount|level|to (?:take|use|combine|mix))\b",
    r"\b(?:morphine|opioid|milligram) equivalents?\b",
    r"\bswitch to kratom (?:if|when|to)\b",
    r"\bstop (?:taking|using) (?:it|kratom|your)\b.{0,20}\b(?:at once|now|cold turkey)\b",
)

NOT = re.compile(
    r"\b(?:no|not|never|nobody|without|cannot|don't|do not|does not|is no|none)\b[^.:;]*$", re.I
)
"""A denial before it in the same part of the sentence: "no dose is a safe dose"."""


def told(text: str) -> list[str]:
    """What in a text tells somebody to take, raise or combine something."""
    return [
        found[0]
        for pattern in FORBIDDEN
        for found in re.finditer(pattern, text, re.IGNORECASE)
        if not NOT.search(text[: found.start()])
    ]
