"""How one value of a scenario is read: a number with its unit, a count, a word.

Each class here is metadata for a pydantic field. It turns what a person wrote ("70 kg", 70) into a
plain number in the unit of the key, or refuses it with a sentence that says what would be right,
and it writes the number back as text that reads to the same number again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from speciosa.errors import SpeciosaError
from speciosa.near import nearest
from speciosa.product.pieces import PIECES
from speciosa.units import Unit, convert, parse_quantity, unit

__all__ = [
    "Amount",
    "Count",
    "Measured",
    "PlainNumber",
    "Prose",
    "Text",
    "Word",
    "as_text",
    "hours_of",
    "listed",
    "refused",
    "time_text",
]


_ONE_OF = {many: one for one, many in PIECES.items()}


@dataclass(frozen=True, slots=True)
class Amount:
    """A value that keeps its own unit, such as a dose ("4 capsules") or a content ("19.5 mg/g").

    `below` marks a content known only to lie between 0 and `value`, written "< 0.1 mg/g".
    """

    value: float
    unit: str
    below: bool = False

    def __str__(self) -> str:
        """As one would write it in a scenario."""
        one = _ONE_OF.get(self.unit, self.unit) if self.value == 1 else self.unit
        return f"{'< ' if self.below else ''}{as_text(self.value)} {one}"


def refused(expected: str) -> PydanticCustomError:
    """The error of a validator: what would have been right."""
    return PydanticCustomError("refused", "{expected}", {"expected": expected})


def as_text(value: float) -> str:
    """A number in the fewest digits that read back to it: 70.0 is "70"."""
    whole = int(value) if math.isfinite(value) and value == int(value) else None
    return str(whole) if whole is not None and abs(whole) < 10**15 else repr(value)


def hours_of(text: str) -> float:
    """A time as a scenario writes it, in h."""
    value, given = parse_quantity(text)
    return convert(value, given, unit("h"))


def time_text(hours: float) -> str:
    """Hours in the largest unit that holds them exactly: 336 is "14 d", 8766 is "1 y"."""
    for name, size in (("y", 8766), ("d", 24)):
        count = hours / size
        if count >= (1 if name == "y" else 2) and count == int(count):
            return f"{as_text(count)} {name}"
    return f"{as_text(hours)} h"


def listed(words: Sequence[str]) -> str:
    """Words as "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A number in one unit, from "70 kg" or 70.

    `what` names it in a message, `example` shows one, and `why` says where the bounds come from.
    """

    what: str
    unit: str
    low: float
    high: float
    example: str
    why: str

    def read(self, value: object) -> float:
        """The number in this unit; refuses what is no number, no such unit, or out of bounds."""
        number = self._number(value)
        if not self.low <= number <= self.high:
            raise refused(
                f"{self.what} from {self.show(self.low)} to {self.show(self.high)} ({self.why})"
            )
        return number

    def show(self, number: float) -> str:
        """The number as text that reads back to it."""
        return time_text(number) if self.unit == "h" else f"{as_text(number)} {self.unit}"

    def _number(self, value: object) -> float:
        if isinstance(value, str):
            return self._converted(*self._parsed(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _finite(value, self._plain())
        raise refused(self._plain())

    def _parsed(self, text: str) -> tuple[float, Unit]:
        try:
            return parse_quantity(text)
        except SpeciosaError:
            raise refused(self._plain()) from None

    def _converted(self, number: float, given: Unit) -> float:
        wanted = unit(self.unit)
        if not given.same_dimension(wanted):
            raise refused(f"{self.what} in {self.unit}, such as {self.example!r}")
        return convert(number, given, wanted)

    def _plain(self) -> str:
        return f"{self.what} with its unit, such as {self.example!r}"

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written by `show`."""
        return _schema(self.read, self.show)


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A number without a unit, such as a share."""

    what: str
    low: float
    high: float

    def read(self, value: object) -> float:
        """The number; refuses a text, a yes or no, and what is out of bounds."""
        expected = f"{self.what} from {as_text(self.low)} to {as_text(self.high)}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused(expected)
        number = _finite(value, expected)
        if not self.low <= number <= self.high:
            raise refused(expected)
        return number

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as it is."""
        return core_schema.no_info_plain_validator_function(self.read)


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number."""

    what: str
    low: int
    high: int

    def read(self, value: object) -> int:
        """The number; refuses fractions, texts, and what is out of bounds."""
        whole = value if isinstance(value, int) and not isinstance(value, bool) else None
        if whole is not None and self.low <= whole <= self.high:
            return whole
        raise refused(f"{self.what}, a whole number from {self.low} to {self.high}")

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as it is."""
        return core_schema.no_info_plain_validator_function(self.read)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a list; what is near one of them is not taken for it, but pointed out."""

    known: tuple[str, ...]

    def read(self, value: object) -> str:
        """The word; refuses any other, with the list and the nearest."""
        if isinstance(value, str) and value in self.known:
            return value
        near = nearest(value, self.known) if isinstance(value, str) else None
        hint = f"; did you mean {near!r}?" if near else ""
        raise refused(f"{listed(self.known)}{hint}")

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as it is."""
        return core_schema.no_info_plain_validator_function(self.read)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of free text, kept and shown."""

    what: str
    longest: int = 200

    def read(self, value: object) -> str:
        """The text without spaces around it; refuses what could not be shown on one line."""
        if isinstance(value, str):
            text = value.strip()
            if text and text.isprintable() and len(text) <= self.longest:
                return text
        raise refused(f"{self.what}, one line of text of at most {self.longest} letters")

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as it is."""
        return core_schema.no_info_plain_validator_function(self.read)


@dataclass(frozen=True, slots=True)
class Prose:
    """Free text of several lines."""

    what: str
    longest: int

    def read(self, value: object) -> str:
        """The text without space around it; refuses what is no text, empty or too long."""
        if isinstance(value, str):
            text = value.strip()
            shown = all(letter.isprintable() or letter in "\r\n\t" for letter in text)
            if text and shown and len(text) <= self.longest:
                return text
        raise refused(f"{self.what}, a text of at most {self.longest} letters")

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as it is."""
        return core_schema.no_info_plain_validator_function(self.read)


def _finite(value: float, expected: str) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise refused(expected)
    return number


def _schema(read: Any, show: Any) -> core_schema.CoreSchema:
    return core_schema.no_info_plain_validator_function(
        read, serialization=core_schema.plain_serializer_function_ser_schema(show)
    )
