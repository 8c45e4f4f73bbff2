"""The known word that somebody most likely meant, for messages that refuse another."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

__all__ = ["nearest", "ones_near"]


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that `word` was most likely meant to be, if any is near."""
    by_lower = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def ones_near(name: str, known: Sequence[str], most: int = 3) -> list[str]:
    """Some names with parts (`pain.relief`) that `name` was most likely meant to be.

    One that lacks a part, as `pain` or `relief` does, is near to all that have it.
    """
    part = f".{name.casefold().strip('.')}."
    with_it = [one for one in known if part in f".{one.casefold()}."]
    near = nearest(name, known)
    return (with_it or ([near] if near else []))[:most]
