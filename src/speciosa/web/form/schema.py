"""What a scenario may say, read off its tables: every key, how its value is read, its default.

A place in a list has no number here: `with.dose` is the dose of any medicine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel

from speciosa.trial.defaults import DEFAULTS
from speciosa.trial.doses import ContentText, Dose
from speciosa.trial.quantities import Count, Measured, PlainNumber, Prose, Text, Word
from speciosa.trial.tables import Tables

__all__ = ["Leaf", "Reads", "leaf_of", "leaves", "unnumbered"]

Reads = Measured | PlainNumber | Count | Word | Text | Prose | Dose | ContentText
_READERS = (Measured, PlainNumber, Count, Word, Text, Prose, Dose, ContentText)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One key with a value.

    `reads` is None where the value has a reader of its own; `many` marks a list of values.
    """

    key: str
    reads: Reads | None
    many: bool
    required: bool

    @property
    def default(self) -> tuple[str, str]:
        """What it is if nothing is said, as text, and why; both empty if there is no default."""
        known = _default(self.key)
        if known is None:
            return "", ""
        value, doc = known
        return ("" if value is None or value == [] else str(value)), doc


@cache
def leaves() -> Mapping[str, Leaf]:
    """Every key of a scenario; `product.profile.*` stands for any alkaloid."""
    return MappingProxyType({leaf.key: leaf for leaf in _walk("", Tables)})


def leaf_of(key: str) -> Leaf | None:
    """The leaf of a key as it stands in an address, as `with.0.dose`; None if there is none."""
    plain = unnumbered(key)
    if plain.startswith("product.profile."):
        plain = "product.profile.*"
    return leaves().get(plain)


def unnumbered(key: str) -> str:
    """A key without the numbers of places in lists."""
    return ".".join(part for part in key.split(".") if not part.isdecimal())


def _walk(start: str, table: type[BaseModel]) -> Iterator[Leaf]:
    for name, field in table.model_fields.items():
        key = f"{start}{field.alias or name}"
        parts = [*_parts(field.annotation), *field.metadata]
        inner = next((part for part in parts if _is_table(part)), None)
        origins = {get_origin(part) for part in parts}
        if inner is not None:
            if key.endswith(".experience"):  # a word may stand in its place
                yield Leaf(key, None, many=False, required=False)
            yield from _walk(f"{key}.", inner)
            continue
        reads = next((part for part in parts if isinstance(part, _READERS)), None)
        if dict in origins:
            key = f"{key}.*"
        yield Leaf(key, reads, many=tuple in origins, required=field.is_required())


def _parts(annotation: Any) -> Iterator[Any]:
    """A type, and all that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _is_table(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _default(key: str) -> tuple[object, str] | None:
    """The default of a key; of many people as of one where they have none of their own."""
    tables = key.split(".")
    for tried in (key, ".".join(["person", *tables[1:]]), ".".join(tables[-2:])):
        if known := DEFAULTS.get(tried):
            return known.value, known.doc
        above, _, last = tried.rpartition(".")
        if (known := DEFAULTS.get(above)) and isinstance(known.value, dict):
            shares = cast("dict[str, object]", known.value)
            if last in shares:
                return shares[last], known.doc
    return None
