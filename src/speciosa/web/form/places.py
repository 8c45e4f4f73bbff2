"""A country, state or town by its code, or by a name that only one of them has."""

from __future__ import annotations

from functools import cache

from speciosa.safety.laws import laws
from speciosa.web.form.spoken import Unclear

__all__ = ["place"]

_ALSO = {"usa": "US", "america": "US", "uk": "GB", "england": "GB", "great britain": "GB"}
_TWO = {"georgia": "'GE' for the country or 'US-GA' for the state"}
"""Names of two places, of which the records may know one alone."""


def place(text: str) -> str:
    """The code of a place; what is no name known here as it was written. Raises Unclear."""
    said = " ".join(text.casefold().split())
    if said in _TWO:
        raise Unclear(_TWO[said])
    codes = _named().get(said, [])
    if len(codes) > 1:
        raise Unclear(" or ".join(repr(code) for code in codes))
    if codes:
        return codes[0]
    head, slash, town = text.strip().partition("/")
    return f"{head.upper()}{slash}{town}"


@cache
def _named() -> dict[str, list[str]]:
    """Codes by name and by other names."""
    found: dict[str, set[str]] = {}
    for law in laws().values():
        if law.level != "world":
            found.setdefault(law.name.casefold(), set()).add(law.code)
    for name, code in _ALSO.items():
        found.setdefault(name, set()).add(code)
    return {name: sorted(codes) for name, codes in found.items()}
