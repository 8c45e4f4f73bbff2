"""Certificates as rows: one result after another, from nested tables, lists or a sheet.

Tables may be flat (`lead = "0.2 ppm"`), nested by panel (`[metals] lead = "0.2 ppm"`), nested by
result (`lead = {value = 0.2, unit = "ppm"}`), or lists of results (`{analyte = "Lead", ...}`).
A sheet has two to five columns, with or without a header: field, value, unit, limit; or it is wide,
with fields in its header and one row of values.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from speciosa.errors import ScenarioError, SpeciosaError
from speciosa.product.alkaloids import alkaloid
from speciosa.product.fields import plain_name, value_named
from speciosa.units import unit

__all__ = ["Row", "rows_of", "sheet"]

_NAME = ("field", "analyte", "test", "parameter", "compound", "name", "component")
_VALUE = ("value", "result", "results", "amount", "found", "concentration", "finding")
_UNIT = ("unit", "units", "uom")
_LIMIT = ("loq", "limit of quantification", "limit of quantitation", "reporting limit", "rl")
_LOD = ("lod", "limit of detection", "mdl")
_IGNORED = ("limits", "limit", "spec", "specification", "status", "pass fail", "method", "notes")
_SHEET = "a sheet with the columns field, value and unit"
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One result as it stands on paper: its name, its value, the unit and the limit beside it."""

    name: str
    value: object
    unit: str = ""
    limit: str = ""
    group: str = ""
    where: str = ""

    def place(self, key: str) -> str:
        """Where it stands, for a message: key and panel, or the line of a sheet."""
        if self.where.startswith("line"):
            return f"{key}, {self.where}, {self.name}"
        return f"{key}.{self.where or self.name}"


def rows_of(tables: object, key: str) -> list[Row]:
    """The rows of a certificate given as tables, or as a list of rows that were read already."""
    if isinstance(tables, list):
        items = cast("list[object]", tables)
        if all(isinstance(one, Row) for one in items):
            return cast("list[Row]", items)
    if not isinstance(tables, Mapping):
        raise ScenarioError(key, cast("object", tables), "a table, or the name of a file")
    return list(_walk(cast("Mapping[object, object]", tables), (), key))


def _walk(table: Mapping[object, object], path: tuple[str, ...], key: str) -> Iterator[Row]:
    if len(path) > _DEEPEST:
        raise ScenarioError(key, ".".join(path), f"tables at most {_DEEPEST} deep")
    for name, value in table.items():
        here = (*path, str(name))
        if isinstance(value, Mapping):
            inner = cast("Mapping[object, object]", value)
            leaf = _of_parts(inner, here, str(name))
            yield from [leaf] if leaf else _walk(inner, here, key)
        elif isinstance(value, list):
            yield from _listed(cast("list[object]", value), here, key)
        elif value is not None:
            yield _single(here, value)


def _listed(items: Sequence[object], path: tuple[str, ...], key: str) -> Iterator[Row]:
    for place, item in enumerate(items):
        row = None
        if isinstance(item, dict):
            row = _of_parts(cast("dict[object, object]", item), (*path, str(place)), None)
        if row is None:
            where = ".".join(path)
            got = cast("object", item)
            raise ScenarioError(f"{key}.{where}[{place}]", got, "a table with name and value")
        yield row


def _of_parts(
    table: Mapping[object, object], path: tuple[str, ...], name: str | None
) -> Row | None:
    """A result whose value, unit and limit stand apart; None if the table is none."""
    plain = {plain_name(str(key)): value for key, value in table.items()}
    value = _first(plain, _VALUE)
    if value is None:
        return None
    called = name if name is not None else _first(plain, _NAME)
    if called is None:
        return None
    beside = _first(plain, _UNIT)
    limit = _first(plain, _LIMIT) or _first(plain, _LOD) or ""
    row = _single((*path[:-1], str(called)), value)
    return Row(
        row.name,
        value,
        str(beside) if beside is not None else row.unit,
        str(limit),
        row.group,
        row.where,
    )


def _first(table: Mapping[str, object], names: Sequence[str]) -> object:
    return next((table[name] for name in names if name in table), None)


def _single(path: tuple[str, ...], value: object) -> Row:
    name = path[-1]
    group = "alkaloids" if any(plain_name(part) in _PANELS for part in path[:-1]) else ""
    where = ".".join(part if re.fullmatch(r"[\w-]+", part) else repr(part) for part in path)
    return Row(name, value, unit_in(name), "", group, where)


_PANELS = ("alkaloids", "alkaloid", "alkaloid profile", "alkaloid panel", "alkaloid content")


def unit_in(name: str) -> str:
    """The unit that stands in brackets behind a name, as in "Lead (ppm)"; "" if none does."""
    found = re.search(r"[(\[]([^()\[\]]+)[)\]]\s*$", name)
    if not found:
        return ""
    inside = found[1].strip()
    plain = re.sub(r"\s*w/w$", "", inside.casefold()).strip()
    if plain in ("ppm", "ppb", "%", "percent", "cfu/g", "cfu/ml", "mg/serving"):
        return inside
    try:
        unit(plain)
    except SpeciosaError:
        return ""
    return inside if "/" in plain else ""


def sheet(text: str, key: str) -> list[Row]:
    """The rows of a sheet of comma-separated values. Raises ScenarioError."""
    try:
        lines = [
            (reader.line_num, [cell.strip() for cell in cells])
            for reader in [csv.reader(text.splitlines(), strict=True, delimiter=_comma(text))]
            for cells in reader
        ]
    except csv.Error as error:
        raise ScenarioError(key, str(error), _SHEET) from None
    kept = [(n, row) for n, row in lines if any(row) and not row[0].startswith("#")]
    if not kept:
        raise ScenarioError(key, "an empty sheet", _SHEET)
    (first, header), *rest = kept
    if len(rest) == 1 and _is_wide(header, rest[0][1]):
        number, cells = rest[0]
        return [
            Row(name, value, unit_in(name), where=f"line {number}")
            for name, value in zip(header, cells, strict=False)
            if value
        ]
    columns = _columns(header)
    body = rest if columns else [(first, header), *rest]
    return [_row(number, cells, columns or _plain_columns(cells), key) for number, cells in body]


def _comma(text: str) -> str:
    """What parts the cells: a comma, or a semicolon or tab where the first line has no comma."""
    line = next((one for one in text.splitlines() if one.strip() and one[0] != "#"), "")
    return next((mark for mark in (",", ";", "\t") if mark in line), ",")


def _is_wide(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a header names fields, every one, so that the one row below holds their values."""
    return (
        len(header) > 2
        and len(cells) <= len(header)
        and all(value_named(name) or alkaloid(plain_name(name)) for name in header)
    )


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, if the first row says so."""
    plain = [plain_name(cell) for cell in header]
    found: dict[str, int] = {}
    for what, names in (("name", _NAME), ("value", _VALUE), ("unit", _UNIT), ("limit", _LIMIT)):
        for place, cell in enumerate(plain):
            if cell in names:
                found.setdefault(what, place)
    for place, cell in enumerate(plain):
        if cell in _LOD:
            found.setdefault("limit", place)
    known = {*_NAME, *_VALUE, *_UNIT, *_LIMIT, *_LOD, *_IGNORED}
    # A row "Lead, 0.2, ppm" is no header, nor is one with a column that nobody knows.
    heads = {"name", "value"} <= found.keys() and all(cell in known for cell in plain if cell)
    return found if heads else {}


def _plain_columns(cells: Sequence[str]) -> dict[str, int]:
    return {"name": 0, "value": 1, "unit": 2} if len(cells) <= 3 else {}


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int], key: str) -> Row:
    if not columns or len(cells) < 2 or not cells[columns["name"]]:
        shown = ",".join(cells)
        wanted = "field, value and unit, or a first line that names the columns"
        raise ScenarioError(f"{key}, line {number}", shown, wanted)

    def cell(what: str) -> str:
        place = columns.get(what)
        return cells[place] if place is not None and place < len(cells) else ""

    name = cell("name")
    return Row(
        name, cell("value"), cell("unit") or unit_in(name), cell("limit"), where=f"line {number}"
    )
