"""How a dose and a content are read: values whose unit is the writer's choice.

A dose of product is a weight, a volume, or a number of pieces or spoons; a content is mg per gram,
per millilitre or per piece. What a capsule or a spoon weighs is evidence, so they stay as they are
here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from speciosa.errors import SpeciosaError
from speciosa.product.pieces import PIECES, counted, piece
from speciosa.trial.quantities import Amount, as_text, listed, refused
from speciosa.units import convert, parse_quantity, unit

__all__ = ["MEDICINE_DOSE", "PRODUCT_DOSE", "ContentText", "Dose"]

_PER_PIECE = re.compile(r"(<?)([^/]+)/\s*([A-Za-z]+)\s*")
_COUNT = re.compile(r"\s*([+-]?\d+(?:\.\d*)?)\s*([A-Za-z]+)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose, in one of the units of `largest`; a plain number is in the first of them.

    `units` are those that a message names, where more are read than are kept.
    """

    example: str
    largest: tuple[tuple[str, float], ...]
    units: tuple[str, ...] = ()

    def read(self, value: object) -> Amount:
        """The dose; refuses what is no dose, is negative, or is more than anybody takes at once."""
        if isinstance(value, Amount):
            value = str(value)
        amount = self._amount(value)
        bounds = dict(self.largest)
        if amount is None or amount.unit not in bounds:
            units = listed(self.units or [*bounds])
            raise refused(f"a dose in {units}, such as {self.example!r}")
        top = bounds[amount.unit]
        if not 0 <= amount.value <= top:
            span = f"from 0 to {as_text(top)} {amount.unit}"
            raise refused(f"a dose {span} (more at once is taken for a slip of the pen)")
        return amount

    def _amount(self, value: object) -> Amount | None:
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return Amount(_float(value), self.largest[0][0])
        if not isinstance(value, str):
            return None
        found = _COUNT.fullmatch(value)
        if found and (name := counted(found[2])):
            return Amount(_float(float(found[1])), name)
        try:
            number, given = parse_quantity(value)
        except SpeciosaError:
            return None
        for name, _ in self.largest:
            if counted(name) is None and given.same_dimension(unit(name)):
                return Amount(convert(number, given, unit(name)), name)
        return None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as text."""
        return _as_text(self.read)


_MOST_PIECES = 100
PRODUCT_DOSE = Dose(
    "2 g",
    (
        *(("g", 100), ("mL", 1000), ("tsp", 30), ("tbsp", 15)),
        *((many, _MOST_PIECES) for many in PIECES.values()),
    ),
)
"""A dose of a kratom product."""

MEDICINE_DOSE = Dose("2.5 mg", (("mg", 100_000), ("mL", 2000)), ("g", "mg", "ug", "mL"))
"""A dose of another medicine or substance."""


@dataclass(frozen=True, slots=True)
class ContentText:
    """What a product holds of one alkaloid: "19.5 mg/g", "1.95 %", "12 mg/mL", "15 mg/tablet"."""

    def read(self, value: object) -> Amount:
        """The content in mg/g, mg/mL or mg per piece; refuses more than the product weighs."""
        if isinstance(value, Amount):
            value = str(value)
        amount = self._amount(value)
        if amount is None:
            raise refused(_said_of(value))
        if not 0 <= amount.value <= 1000:
            span = f"from 0 to 1000 {amount.unit}"
            raise refused(f"a content {span} (no product holds more than it weighs)")
        return amount

    def _amount(self, value: object) -> Amount | None:
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return Amount(_float(value), "mg/g")
        if not isinstance(value, str):
            return None
        text = value.strip()
        if (of_piece := _PER_PIECE.fullmatch(text)) and (one := piece(of_piece[3])):
            return _per_piece(of_piece[2], one, bool(of_piece[1]))
        below = text.startswith("<")
        try:
            number, given = parse_quantity(text.removeprefix("<"))
        except SpeciosaError:
            return None
        if given == unit("1"):  # "0.0195" alone could be anything
            return None
        for name in ("mg/g", "mg/mL"):
            if given.same_dimension(unit(name)):
                return Amount(convert(number, given, unit(name)), name, below)
        return None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read by `read`, written as text."""
        return _as_text(self.read)


def _per_piece(amount: str, one: str, below: bool) -> Amount | None:
    """What one piece holds, mg."""
    try:
        number, given = parse_quantity(amount)
    except SpeciosaError:
        return None
    if not given.same_dimension(unit("mg")):
        return None
    return Amount(convert(number, given, unit("mg")), f"mg/{one}", below)


def _said_of(value: object) -> str:
    """What would have been right; "50x" is a word of sellers that names no content."""
    right = "a content in mg/g, mg/mL, mg/tablet or %, such as '14 mg/g'"
    if isinstance(value, str) and re.fullmatch(r"\s*\d+\s*[x×]\s*", value.casefold()):
        return f"{right}; such a name tells no content, and may stand under strain"
    return right


def _float(value: float) -> float:
    """As a float; a whole number too large for one is infinite, and so out of all bounds."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _as_text(read: Any) -> core_schema.CoreSchema:
    return core_schema.no_info_plain_validator_function(
        read, serialization=core_schema.plain_serializer_function_ser_schema(str)
    )
