"""A scenario file that was opened in the browser, as keys and values for an address.

The lab paper that it names comes as a second file, since a browser sends no other than it is told
to. What cannot go along is told: a paper that was not sent, and notes, which browsers would keep.
Notes are read for words about suicide before they are let go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from speciosa.errors import ScenarioError
from speciosa.product.certificate import certificate
from speciosa.trial.complaints import Said
from speciosa.trial.doses import ContentText, Dose
from speciosa.trial.quantities import Measured, as_text
from speciosa.trial.reading import certificate_file, toml_tables
from speciosa.trial.signs import DESPAIR, suicidal
from speciosa.web.form.query import MANY, PRIVATE, Pairs, pairs_of
from speciosa.web.form.schema import leaf_of

__all__ = ["Opened", "Paper", "opened"]

_MISSING = "The lab paper {name} is a file of its own, and was not sent."
_NOTES = "The notes were read for signs of an emergency. They are kept out of addresses."
_KEY = "product.certificate"


@dataclass(frozen=True)
class Paper:
    """A lab paper as it was sent: the name of its file, and what is in it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file says.

    Attributes:
        pairs: keys and values, right or wrong, as they were written.
        left: what could not go along, a sentence each.
        signs: of an emergency, that the notes give: words about suicide.
        wants: the lab paper that is named and was not sent; empty if none is.
        error: why the lab paper cannot be read; the rest is there all the same.
    """

    pairs: Pairs
    left: tuple[str, ...] = ()
    signs: Pairs = ()
    wants: str = ""
    error: ScenarioError | None = None


def opened(data: bytes, paper: Paper | None = None) -> Opened:
    """The scenario in the bytes of a TOML file, with the lab paper that was sent along.

    Raises:
        ScenarioError: it is no TOML, or no table of tables.
    """
    tables = toml_tables(data, "the file")
    for name, table in tables.items():
        if not isinstance(table, dict | list):
            raise ScenarioError(name, table, "a table, such as [product], with keys in it")
    notes = _notes(tables)
    left = [_NOTES] if notes else []
    wants, error = "", None
    product: object = tables.get("product", {})
    if isinstance(product, dict):
        held = cast("dict[str, Any]", product)
        named: object = held.pop("certificate", None)
        if isinstance(named, str) and paper is None:
            wants = named
            left.append(_MISSING.format(name=named))
        elif named is not None or paper is not None:
            try:
                tables["product"] = {**held, "certificate": _paper(named, paper)}
            except ScenarioError as wrong:
                error = wrong
    pairs = pairs_of(cast("dict[str, Any]", _written("", tables)))
    if "people" in tables and not any(key.startswith("people.") for key, _ in pairs):
        pairs.append(MANY)
    signs = [(f"{table}.signs", DESPAIR) for table, told in notes.items() if suicidal(told)]
    return Opened(pairs, tuple(left), signs, wants, error)


def _paper(named: object, sent: Paper | None) -> Mapping[str, object]:
    """The lab paper in few tables: the one that was sent, or else the one that is typed in."""
    if sent is None:
        return certificate(named, _KEY).to_dict()
    if named is not None and not isinstance(named, str):
        got = Said(f"a table in the scenario, and the file {sent.name}")
        raise ScenarioError(_KEY, got, "one lab paper")
    return certificate_file(sent.data, sent.name).to_dict()


def _notes(tables: Mapping[str, Any]) -> dict[str, str]:
    """The notes by their table, if they are texts."""
    found: dict[str, str] = {}
    for key in PRIVATE:
        table, _, name = key.partition(".")
        held: object = tables.get(table)
        if isinstance(held, dict):
            value = cast("dict[str, object]", held).get(name)
            if isinstance(value, str):
                found[table] = value
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
