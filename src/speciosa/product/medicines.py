"""Other medicines and substances that a scenario may name.

The list (`medicines.yaml`) holds names and classes only; numbers about a medicine are evidence
records, and what it does together with kratom is the business of `safety`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

__all__ = ["Medicine", "medicine", "medicines"]


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine or substance: the name used here, other names for it, and its classes."""

    name: str
    aliases: tuple[str, ...]
    classes: tuple[str, ...]


@cache
def medicines() -> Mapping[str, Medicine]:
    """All of them, by the name used here."""
    import yaml  # here, because most scenarios name no other medicine

    text = files("speciosa.product").joinpath("medicines.yaml").read_text(encoding="utf-8")
    rows = cast("list[dict[str, object]]", yaml.safe_load(text))
    return MappingProxyType({(one := _read(row)).name: one for row in rows})


def medicine(name: str) -> Medicine | None:
    """The medicine that goes by this name or alias, however it is spaced; None if not known."""
    return _by_any_name().get(_plain(name))


@cache
def _by_any_name() -> Mapping[str, Medicine]:
    return {_plain(n): one for one in medicines().values() for n in (one.name, *one.aliases)}


def _plain(name: str) -> str:
    spaced = name.casefold().translate(
        {ord("-"): " ", ord("_"): " ", ord("'"): "", ord("."): "", 0x2019: ""}
    )
    return " ".join(spaced.split())


def _read(row: dict[str, object]) -> Medicine:
    return Medicine(
        name=cast("str", row["name"]),
        aliases=tuple(cast("list[str]", row.get("aliases", []))),
        classes=tuple(cast("list[str]", row["class"])),
    )
