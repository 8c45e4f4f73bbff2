"""Names in a flat problem: `<system>.<quantity>[.<member>]`."""

from __future__ import annotations

from speciosa.errors import ModelError
from speciosa.language import Quantity, System

__all__ = ["Key", "flat_name", "joined"]

Key = tuple[Quantity, str | None]
"""A quantity and the member that is meant; None for one over no index set."""


def flat_name(quantity: Quantity, member: str | None = None) -> str:
    """`<system>.<quantity>[.<member>]` of a named quantity.

    Raises:
        ModelError: the quantity has no name.
    """
    owner = quantity.owner
    if owner is None or not issubclass(owner, System):
        raise ModelError(f"{quantity!r} has no name in a system")
    return joined(owner.word, quantity.name, member)


def joined(*words: str | None) -> str:
    """Words with dots between them; None is no word."""
    return ".".join(word for word in words if word is not None)
