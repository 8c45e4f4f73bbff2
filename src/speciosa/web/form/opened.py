"""A scenario file that was opened in the browser, as keys and values for an address.

What cannot go along is told: the path of a lab paper, which a browser does not send, and notes,
which browsers would keep. Notes are read for words about suicide before they are let go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from speciosa.errors import ScenarioError
from speciosa.product.certificate import certificate
from speciosa.trial.doses import ContentText, Dose
from speciosa.trial.quantities import Measured, as_text
from speciosa.trial.reading import toml_tables
from speciosa.trial.signs import suicidal
from speciosa.web.form.query import MANY, PRIVATE, Pairs, pairs_of
from speciosa.web.form.schema import leaf_of

__all__ = ["Opened", "opened"]

_PAPER = (
    "The lab paper is named by its file, {name}, which a browser cannot reach. Its values can be "
    "typed into the file as a table, [product.certificate]."
)
_NOTES = (
    "The notes were read for signs of an emergency. They are kept out of addresses and are gone."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file says.

    Attributes:
        pairs: keys and values, right or wrong, as they were written.
        left: what could not go along, a sentence each.
        despair: whether the notes speak of suicide.
    """

    pairs: Pairs
    left: tuple[str, ...] = ()
    despair: bool = False


def opened(data: bytes) -> Opened:
    """The scenario in the bytes of a TOML file.

    Raises:
        ScenarioError: it is no TOML, or no table of tables.
    """
    tables = toml_tables(data, "the file")
    left: list[str] = []
    for name, table in tables.items():
        if not isinstance(table, dict | list):
            raise ScenarioError(name, table, "a table, such as [product], with keys in it")
    notes = _notes(tables)
    if notes:
        left.append(_NOTES)
    product: object = tables.get("product")
    if isinstance(product, dict) and "certificate" in product:
        tables["product"] = _with_paper(cast("dict[str, Any]", product), left)
    despair = any(suicidal(one) for one in notes)
    pairs = pairs_of(cast("dict[str, Any]", _written("", tables)))
    if "people" in tables and not any(key.startswith("people.") for key, _ in pairs):
        pairs.append(MANY)
    return Opened(pairs, tuple(left), despair)


def _with_paper(product: Mapping[str, Any], left: list[str]) -> dict[str, Any]:
    """The product with its lab paper in few tables; without it where it is in another file."""
    paper: object = product["certificate"]
    rest = {key: value for key, value in product.items() if key != "certificate"}
    if isinstance(paper, str):
        left.append(_PAPER.format(name=paper))
        return rest
    return {**rest, "certificate": certificate(paper, "product.certificate").to_dict()}


def _notes(tables: Mapping[str, Any]) -> list[str]:
    """The notes of the tables, if they are texts."""
    found: list[str] = []
    for key in PRIVATE:
        table, _, name = key.partition(".")
        held: object = tables.get(table)
        if isinstance(held, dict):
            value = cast("dict[str, object]", held).get(name)
            found += [value] if isinstance(value, str) else []
    return found


def _written(key: str, held: object) -> object:
    """Numbers as texts with the unit that they have in a file."""
    if isinstance(held, dict):
        items = cast("dict[str, object]", held).items()
        return {name: _written(f"{key}.{name}" if key else name, one) for name, one in items}
    if isinstance(held, list):
        return [_written(key, one) for one in cast("list[object]", held)]
    if isinstance(held, bool):
        return str(held).lower()
    if not isinstance(held, int | float):
        return held
    number = as_text(held) if isinstance(held, float) else str(held)
    leaf = leaf_of(key)
    if leaf is not None and isinstance(leaf.reads, Measured):
        return f"{number} {leaf.reads.unit}"
    if leaf is not None and isinstance(leaf.reads, Dose):
        return f"{number} {leaf.reads.largest[0][0]}"
    if leaf is not None and isinstance(leaf.reads, ContentText):
        return f"{number} mg/g"
    return number
