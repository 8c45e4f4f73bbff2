"""The names of the alkaloids of kratom.

A certificate or a profile may name any of them, in the ways that laboratories write them. Those in
`MODELLED` have kinetics of their own; the rest are kept and shown, and change nothing.
"""

from __future__ import annotations

__all__ = ["KNOWN", "MODELLED", "alkaloid"]

MODELLED = (
    "mitragynine",
    "hydroxymitragynine",
    "speciociliatine",
    "speciogynine",
    "paynantheine",
    "mitraciliatine",
    "isopaynantheine",
    "pseudoindoxyl",
    "corynantheidine",
)
"""Alkaloids that a simulation follows."""

KNOWN = (
    *MODELLED,
    "speciofoline",
    "corynoxine",
    "corynoxine b",
    "corynoxeine",
    "isocorynoxeine",
    "rhynchophylline",
    "isorhynchophylline",
    "mitraphylline",
    "isomitraphylline",
    "ajmalicine",
    "isocorynantheidine",
)
"""Alkaloids that may be named."""

_OTHER_NAMES = {
    "7 hydroxymitragynine": "hydroxymitragynine",
    "7 oh mitragynine": "hydroxymitragynine",
    "7 oh": "hydroxymitragynine",
    "7oh": "hydroxymitragynine",
    "7 ohmg": "hydroxymitragynine",
    "mitragynine pseudoindoxyl": "pseudoindoxyl",
    "3 isopaynantheine": "isopaynantheine",
}


def alkaloid(name: str) -> str | None:
    """The name used here for an alkaloid as somebody wrote it, or None if it is not known."""
    plain = " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
    plain = _OTHER_NAMES.get(plain, plain)
    return plain if plain in KNOWN else None
