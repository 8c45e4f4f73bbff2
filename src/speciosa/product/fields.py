"""The fields of a certificate of analysis, and the names that laboratories give them.

They are data: `certificate.yaml` says which 26 are expected, how much each is needed, which keys
it is made of, and by which other names a key goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from speciosa.evidence.plain import read_plain

__all__ = ["NEEDS", "Expected", "Value", "expected", "plain_name", "value_named", "values"]

NEEDS = ("required", "extracts", "derived", "recommended", "optional")
"""How much a field is needed, most first; `extracts` is required of an extract only."""

_TABLE = Path(__file__).parent / "certificate.yaml"


@dataclass(frozen=True, slots=True)
class Expected:
    """One of the 26 fields: its handed-over entry, its need, its words and its keys."""

    id: str
    need: str
    plain: str
    title: str
    keys: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a certificate: its key here, how it is read, and its other names."""

    key: str
    reads: str
    names: tuple[str, ...] = ()


@cache
def expected() -> tuple[Expected, ...]:
    """The 26 fields, in the order in which they were handed over."""
    return tuple(
        Expected(
            cast("str", one["id"]),
            cast("str", one["need"]),
            cast("str", one["plain"]),
            cast("str", one["title"]),
            tuple(cast("list[str]", one["keys"])),
            cast("str", one["note"]),
        )
        for one in _table()["fields"]
    )


@cache
def values() -> Mapping[str, Value]:
    """What a certificate may say besides alkaloids, by key."""
    found = [
        Value(
            cast("str", one["key"]),
            cast("str", one["reads"]),
            tuple(cast("list[str]", one.get("names", []))),
        )
        for one in _table()["values"]
    ]
    return MappingProxyType({one.key: one for one in found})


def value_named(name: str) -> Value | None:
    """The value that goes by this name, however a laboratory writes it; None if not known."""
    plain = plain_name(name)
    return _by_any_name().get(plain) or _by_any_name().get(plain_name(name, brackets=False))


def plain_name(name: str, brackets: bool = True) -> str:
    """A name in small letters without signs: "Total Yeast & Mold" is "total yeast and mold".

    Brackets go first where they hold a sign for the same ("Lead (Pb)") or a unit ("Lead (ppm)").
    """
    plain = name.casefold().replace("&", " and ")
    if brackets:
        plain = re.sub(r"\(.*?\)|\[.*?\]", " ", plain)
    plain = re.sub(r"[.:;*#'\"]", "", plain)
    return " ".join(re.sub(r"[-_/,()\[\]%]", " ", plain).split())


@cache
def _by_any_name() -> Mapping[str, Value]:
    return {plain_name(name): one for one in values().values() for name in (one.key, *one.names)}


@cache
def _table() -> Mapping[str, list[Mapping[str, object]]]:
    return cast("Mapping[str, list[Mapping[str, object]]]", read_plain(_TABLE))
