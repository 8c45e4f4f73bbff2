"""What is counted and not weighed: tablets, capsules, gummies, shots.

A piece has no size of its own. What it holds stands on its label or its certificate ("15
mg/tablet"), and a dose of a product so labelled is a number of the same pieces.
"""

from __future__ import annotations

__all__ = ["PIECES", "SPOONS", "counted", "piece"]

PIECES = {
    "capsule": "capsules",
    "tablet": "tablets",
    "piece": "pieces",
    "gummy": "gummies",
    "shot": "shots",
    "bottle": "bottles",
}
"""One of each, and the name of the unit in which a dose of them is counted."""

SPOONS = ("tsp", "tbsp")
"""Level spoons of powder."""

_OTHER_NAMES = {
    "cap": "capsule",
    "caps": "capsule",
    "tab": "tablet",
    "tabs": "tablet",
    "pill": "tablet",
    "pills": "tablet",
    "chew": "gummy",
    "chews": "gummy",
}
_SPOONS = {
    "tsp": "tsp",
    "teaspoon": "tsp",
    "teaspoons": "tsp",
    "tbsp": "tbsp",
    "tablespoon": "tbsp",
    "tablespoons": "tbsp",
}


def piece(word: str) -> str | None:
    """The piece that a word names, one or many: "tablets" and "tabs" are "tablet"."""
    plain = word.strip().casefold()
    known = {**_OTHER_NAMES, **{many: one for one, many in PIECES.items()}}
    one = known.get(plain, plain)
    return one if one in PIECES else None


def counted(word: str) -> str | None:
    """The unit of a counted dose that a word names, such as "tablets" or "tsp"."""
    if one := piece(word):
        return PIECES[one]
    return _SPOONS.get(word.strip().casefold())
