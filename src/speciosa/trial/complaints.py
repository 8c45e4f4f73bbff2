"""From pydantic's list of errors to one sentence about the first thing that is wrong.

A key that nobody knows comes before a key that is missing, because the one is often the other,
misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from speciosa.errors import ScenarioError
from speciosa.near import nearest
from speciosa.trial.quantities import listed

__all__ = ["Said", "complaint", "path"]

_WRONG_TYPE = {
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list",
    "list_type": "a list",
}


class Said(str):
    """A value that stands in a message as it is, without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The text itself."""
        return str(self)


def complaint(error: ValidationError, table: type[BaseModel], under: str = "") -> ScenarioError:
    """The scenario error that says what is wrong first.

    `table` is the class that was read, `under` the dotted path of its table in the file.
    """
    first = min(error.errors(include_url=False), key=_urgency)
    where = tuple(first["loc"])
    if first["type"] == "refused" and where[-1:] == ("[key]",):  # the key itself is what is wrong
        where = where[:-1]
    key = f"{under}.{path(where)}" if under and where else under or path(where)
    if first["type"] == "extra_forbidden":
        return ScenarioError(key, first["input"], _known_keys(table, where))
    if first["type"] == "missing":
        return ScenarioError(key, Said("nothing"), _what_is_missing(table, where))
    if first["type"] == "refused":
        expected = cast("dict[str, str]", first.get("ctx", {}))["expected"]
        return ScenarioError(key, _as_written(first["input"]), expected)
    return ScenarioError(
        key, _as_written(first["input"]), _WRONG_TYPE.get(first["type"], first["msg"])
    )


def path(where: Sequence[int | str]) -> str:
    """("regimen", "steps", 1, "dose") as "regimen.steps[1].dose"."""
    text = ""
    for part in where:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            plain = part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else repr(part)
            text += f".{plain}" if text else plain
    return text


def _urgency(error: ErrorDetails) -> int:
    return {"extra_forbidden": 0, "missing": 2}.get(error["type"], 1)


def _as_written(value: object) -> object:
    """What TOML and Python write differently, as in the file."""
    if isinstance(value, bool):
        return Said(str(value).lower())
    return Said(value.isoformat()) if isinstance(value, date | time) else value


def _known_keys(table: type[BaseModel], where: Sequence[int | str]) -> str:
    """What the writer of an unknown key may have meant."""
    known = [*_keys(_table_at(table, where[:-1]))]
    near = nearest(str(where[-1]), known)
    name = path(where[:-1])
    inside = f"a key of [{name}]: " if name else "a table called "
    return f"{inside}{listed(known)}" + (f"; did you mean {near!r}?" if near else "")


def _what_is_missing(table: type[BaseModel], where: Sequence[int | str]) -> str:
    return _EXAMPLES.get(str(where[-1]), "a value, because this key has no default")


_EXAMPLES = {
    "product": "a table with the key kind, such as kind = 'tea'",
    "regimen": "a table with the key dose, such as dose = '2 g'",
    "kind": "leaf, tea, capsule, extract or 7-oh",
    "dose": "a dose of the product, such as '2 g'",
    "drug": "the name of a medicine, such as 'midazolam'",
    "from": "the time from which this step holds, such as '7 d'",
}


def _keys(table: type[BaseModel]) -> Mapping[str, Any]:
    """The fields of a table by the key that a file uses."""
    return {field.alias or name: field for name, field in table.model_fields.items()}


def _table_at(table: type[BaseModel], where: Sequence[int | str]) -> type[BaseModel]:
    """The class of the table that a path inside `table` leads to."""
    for part in where:
        if isinstance(part, str):
            table = _models_in(_keys(table)[part].annotation)[0]
    return table


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The table classes inside a type such as `tuple[Step, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
