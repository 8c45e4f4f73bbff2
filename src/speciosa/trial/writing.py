"""A scenario's plain tables as TOML text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import cast

__all__ = ["toml"]

Plain = Mapping[str, object]


def toml(tables: Plain) -> str:
    """TOML text that reads back to `tables`: texts, numbers, lists and tables, two deep.

    A list of tables becomes `[[name]]` when it stands alone, and inline tables inside a table.
    """
    parts: list[str] = []
    for name, value in tables.items():
        if isinstance(value, Mapping):
            parts.append(f"[{_key(name)}]\n{_lines(cast('Plain', value))}")
        else:
            rows = cast("list[Plain]", value)
            parts += [f"[[{_key(name)}]]\n{_lines(row)}" for row in rows]
    return "\n".join(parts)


def _lines(table: Plain) -> str:
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in table.items())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = cast("Plain", value).items()
        return "{" + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in cast("list[object]", value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
