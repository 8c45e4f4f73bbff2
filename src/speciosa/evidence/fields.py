"""Reading one entry of an evidence file, field by field, refusing what is not right.

Every refusal is one `EvidenceError` that names the file, the record, the key, the value found and
what would be right. Keys that nobody asked for are refused too, with the nearest known one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NoReturn, cast

from speciosa.errors import EvidenceError, SpeciosaError
from speciosa.evidence.spread import KINDS, PRINTED_KINDS, Printed, Spread
from speciosa.units import Unit, unit

__all__ = ["ID", "NOTHING", "Fields", "as_list"]

ID = re.compile(r"[A-Za-z0-9][\w.\-]*(/[\w.\-]+)+")
_EVASIONS = frozenset({"unknown", "n/a", "na", "none", "null", "nil", "?", "-", "tbd", "todo"})


class _Nothing:
    """What is found where a key is missing; shows itself as `nothing` in a message."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING = _Nothing()


class Fields:
    """One mapping of an evidence file; each method reads one key, and `done` refuses the rest."""

    def __init__(self, place: str, entry: object, what: str) -> None:
        """`place` is the file and the entry in words; `what` says what the entry should be."""
        self.place = place
        if not isinstance(entry, Mapping):
            raise EvidenceError(place, entry, f"{what}, written as keys and values")
        self._entry = cast("Mapping[str, object]", entry)
        self._known: list[str] = []

    def fail(self, key: str, value: object, expected: str) -> NoReturn:
        """Refuse the value of a key."""
        raise EvidenceError(f"{self.place}, {key}", value, expected)

    def has(self, key: str) -> bool:
        """Whether the key is there, with whatever value; asking makes it a known one."""
        self._known.append(key)
        return key in self._entry

    def names(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(self._entry)

    def raw(self, key: str) -> object:
        """The value as it stands, `NOTHING` if the key is missing."""
        self._known.append(key)
        return self._entry.get(key, NOTHING)

    def text(self, key: str, expected: str) -> str:
        """A text with something in it; evasions such as `unknown` are refused."""
        value = self.raw(key)
        if not isinstance(value, str) or value.strip().lower() in _EVASIONS or not value.strip():
            self.fail(key, value, expected)
        return value.strip()

    def text_or_empty(self, key: str, expected: str) -> str:
        """As `text`; empty when the key is missing."""
        return self.text(key, expected) if self.has(key) else ""

    def texts(self, key: str, expected: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is missing. One text alone counts as a list of it."""
        if not self.has(key):
            return ()
        value = self.raw(key)
        items = [value] if isinstance(value, str) else as_list(value)
        if not items or not all(isinstance(item, str) and item.strip() for item in items):
            self.fail(key, value, expected)
        return tuple(str(item).strip() for item in items)

    def choice(self, key: str, options: Iterable[str]) -> str:
        """One of a few words."""
        value = self.raw(key)
        options = tuple(options)
        if value not in options:
            self.fail(key, value, "one of " + ", ".join(options))
        return str(value)

    def number(self, key: str, expected: str = "a finite number") -> float:
        """A finite number; text, true and false, NaN and infinities are refused."""
        value = self.raw(key)
        return self._finite(key, value, expected)

    def whole(self, key: str, expected: str) -> int:
        """A whole number of at least 1."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.fail(key, value, expected)
        return value

    def numbers(self, key: str, expected: str) -> tuple[float, ...]:
        """A list of finite numbers."""
        value = self.raw(key)
        items = as_list(value)
        if not items:
            self.fail(key, value, expected)
        return tuple(self._finite(key, item, expected) for item in items)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        if not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, bool):
            self.fail(key, value, "true or false")
        return value

    def id(self, key: str) -> str:
        """An id such as `opioid/mu/Ki/morphine`."""
        value = self.raw(key)
        if not isinstance(value, str) or not ID.fullmatch(value):
            self.fail(key, value, "an id of words joined by /, such as opioid/mu/Ki/morphine")
        return value

    def unit(self, key: str) -> tuple[str, Unit]:
        """A unit, as written and as read."""
        value = self.raw(key)
        right = "a unit such as nmol/L, or 1 for a plain number"
        # YAML reads a bare 1 as a number; it is the unit of plain numbers all the same.
        written = "1" if value == 1 and not isinstance(value, bool) else value
        if not isinstance(written, str):
            self.fail(key, value, right)
        try:
            return written, unit(written)
        except SpeciosaError:
            self.fail(key, value, right)

    def part(self, key: str, what: str) -> Fields:
        """A mapping inside this one, read in the same way."""
        return Fields(f"{self.place}, {key}", self.raw(key), what)

    def parts(self, key: str, what: str) -> list[object]:
        """A list of entries, to be read one by one; may be empty."""
        value = self.raw(key)
        items = as_list(value)
        if items is None:
            self.fail(key, value, f"a list of {what}")
        return items

    def spread(self, key: str, centre: float) -> Spread:
        """The uncertainty of a record around its value."""
        part = self.part(key, "a spread such as {kind: lognormal, gsd: 1.5}")
        kind = part.choice("kind", KINDS)
        given = {name: part.number(name) for name in KINDS[kind]}
        because = part.text_or_empty("because", "the reason in words")
        part.done()
        low, high = given.get("low", math.nan), given.get("high", math.nan)
        match kind:
            case "exact" if not because:
                part.fail("because", NOTHING, "why the value is exact (a count, a definition, ...)")
            case "normal" | "logitnormal" if given["sd"] <= 0.0:
                part.fail("sd", given["sd"], "a number above 0")
            case "lognormal" if not 1.0 < given["gsd"] <= 1e3:
                part.fail("gsd", given["gsd"], "a factor above 1 and at most 1000")
            case "lognormal" if centre <= 0.0:
                self.fail("value", centre, "a value above 0 for a lognormal spread")
            case "logitnormal" if not 0.0 < centre < 1.0:
                self.fail("value", centre, "a value inside 0 and 1 for a logitnormal spread")
            case "uniform" | "loguniform" if not low < high:
                part.fail("high", high, f"a number above low, which is {low:g}")
            case "uniform" | "loguniform" if not low <= centre <= high:
                self.fail("value", centre, f"a value inside its spread, {low:g} to {high:g}")
            case "loguniform" if low <= 0.0:
                part.fail("low", low, "a number above 0")
            case _:
                pass
        return Spread(kind, centre, because=because, **given)

    def printed(self, key: str) -> Printed:
        """What a study printed beside its number."""
        part = self.part(key, "a spread such as {kind: range, low: 1, high: 3}, or {kind: none}")
        kind = part.choice("kind", PRINTED_KINDS)
        given = {name: part.number(name) for name in PRINTED_KINDS[kind]}
        because = part.text_or_empty("because", "the reason in words")
        part.done()
        for name, number in given.items():
            if name in {"sd", "se", "cv"} and number <= 0.0:
                part.fail(name, number, "a number above 0")
        if given.get("low", 0.0) > given.get("high", 0.0):
            part.fail("high", given["high"], f"a number of at least low, which is {given['low']:g}")
        return Printed(kind, because=because, **given)

    def done(self) -> None:
        """Refuse keys that nobody asked for."""
        known = self._known
        for key in self._entry:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                right = f"{near[0]}?" if near else "only " + ", ".join(dict.fromkeys(known))
                raise EvidenceError(f"{self.place}, {key}", self._entry[key], right)

    def _finite(self, key: str, value: object, expected: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(key, value, expected)
        try:
            number = float(value)
        except OverflowError:
            self.fail(key, value, expected)
        if not math.isfinite(number) or abs(number) > 1e15:
            self.fail(key, value, expected)
        return number


def as_list(value: object) -> list[object] | None:
    """The value if it is a list, else None."""
    return cast("list[object]", value) if isinstance(value, list) else None
