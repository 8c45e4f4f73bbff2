"""What people write, as what a scenario reads: typed by the schema, and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from speciosa.trial.quantities import Count, Measured, PlainNumber
from speciosa.web.form.query import Pairs, tables_of
from speciosa.web.form.schema import leaf_of

__all__ = ["forgiven"]


def forgiven(pairs: Pairs, today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """The tables of the pairs, and by key what was understood where that was not plain.

    Raises:
        ScenarioError: a value has more than one meaning, or none.
    """
    notes: dict[str, str] = {}
    return cast("dict[str, Any]", _typed("", tables_of(pairs), notes)), notes


def _typed(key: str, held: object, notes: dict[str, str]) -> object:
    if isinstance(held, dict):
        items = cast("dict[str, object]", held).items()
        return {name: _typed(f"{key}.{name}" if key else name, one, notes) for name, one in items}
    if isinstance(held, list):
        values = cast("list[object]", held)
        return [
            _typed(key if isinstance(one, str) else f"{key}.{place}", one, notes)
            for place, one in enumerate(values)
        ]
    leaf = leaf_of(key)
    if leaf is None or not isinstance(held, str):
        return held
    if isinstance(leaf.reads, Count):
        return int(held) if held.isascii() and held.isdecimal() else held
    if isinstance(leaf.reads, PlainNumber | Measured):
        try:
            return float(held)
        except ValueError:
            return held
    return held
