"""Two scenarios side by side: numbers by arm, and how they differ within each person.

Nothing here says which to choose, and arms stand in the order in which they were asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from speciosa.report import words
from speciosa.report.pairs import Block, Cell, Row, cell

__all__ = ["beside_answer", "beside_blocks"]

_KINDS = ("variability", "uncertainty", "both")
_WHICH = {"cmax": "highest level", "max": "highest", "min": "lowest"}
_HUNDRED = 100.0
_SMALL = 5e-4  # of what is a share: shown as nothing


def beside_blocks(table: Mapping[str, Any], how: str) -> Iterator[Block]:
    """What tells most of each output by arm (`how` is value), or its difference from the first.

    `table` is what `Beside.to_dict` gives.
    """
    by_output: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = {}
    for row in table["measures"]:
        if row["how"] == how:
            arms = by_output.setdefault(row["output"], {})
            arms.setdefault(row["arm"], {})[row["kind"]] = row
    for output, arms in by_output.items():
        some = next(iter(next(iter(arms.values())).values()))
        unit = "" if some["unit"] == "1" else f", {some['unit']}"
        more = "" if how == "value" else ": how much more"
        title = f"{words.output_title(output)}{unit}, {_WHICH[some['measure']]}{more}"
        yield Block(title, tuple(_row(arm, kinds) for arm, kinds in arms.items()))


def beside_answer(table: Mapping[str, Any], output: str) -> str:
    """What both come to, how they differ within one person, and that apart by kind of spread.

    Every range stands with its own middle.
    """
    held = {
        (row["arm"], row["how"], row["kind"]): row
        for row in table["measures"]
        if row["output"] == output
    }
    kinds = [kind for kind in _KINDS if any(key[2] == kind for key in held)]
    first, other = (arm["name"] for arm in table["arms"])
    some = next(iter(held.values()))
    unit = "" if some["unit"] == "1" else f" {some['unit']}"
    title = f"{words.output_title(output)}, {_WHICH[some['measure']]}"
    values = [
        f"{name}: {_in_words(held[name, 'value', kinds[-1]], unit)}" for name in (first, other)
    ]
    less = f"{other} less {first.lower()}, within one person"
    whole = _in_words(held[other, "difference", kinds[-1]], unit)
    apart = [
        f"{words.KINDS[kind]}: {_in_words(held[other, 'difference', kind], unit)}"
        for kind in kinds[:-1]
    ]
    told = f" Told apart, {', and '.join(apart)}." if apart else ""
    return f"{title}. {'. '.join(values)}. {less}: {whole}.{told}"


def _row(arm: str, kinds: Mapping[str, Mapping[str, Any]]) -> Row:
    return Row(arm, tuple(_cell(kinds[kind]) if kind in kinds else Cell() for kind in _KINDS))


def _cell(row: Mapping[str, Any]) -> Cell:
    return cell(*(_number(row, name) for name in ("median", "p05", "p95")))


def _in_words(row: Mapping[str, Any], unit: str) -> str:
    middle, reach = _cell(row)
    return f"{middle}{unit} (9 of 10: {reach})" if reach else f"{middle}{unit}"


def _number(row: Mapping[str, Any], end: str) -> str:
    """With as many digits as are known: two, or all before the point of up to three."""
    value = float(row[end])
    if row["unit"] == "1" and abs(value) < _SMALL:
        return "0"
    return words.number(value, 3 if abs(value) >= _HUNDRED else 2)
