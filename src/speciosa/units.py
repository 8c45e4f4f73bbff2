"""Exact units: parse, compare, convert, show.

A unit is a product of powers of mass, volume, length, amount, time and pressure, times an exact
factor. Two units are equal when both agree, so ug/L is ng/mL, and ng/mL is neither ug/mL nor
nmol/L: the first needs `convert`, the second a molar mass, which is a number with a source and not
the business of units. Factors are fractions of whole numbers, so no rounding can hide in a
comparison.

Pressure is a dimension of its own, in millimetres of mercury: nothing here leads from a blood
pressure to a mass and a length.

Left out: temperature and charge (nothing here needs them), and units with an offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from math import isfinite, prod
from typing import TYPE_CHECKING, TypeVar

from speciosa.errors import InputError, UnitMismatch

if TYPE_CHECKING:  # reading an equation needs no arrays, and `speciosa --help` should not wait
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ONE", "Unit", "convert", "parse_quantity", "unit"]

DIMENSIONS = ("mass", "volume", "length", "amount", "time", "pressure")
Dimensions = tuple[int, ...]
Number = TypeVar("Number", float, "NDArray[np.float64]")


@dataclass(frozen=True)
class Unit:
    """A unit: exponents of `DIMENSIONS`, and the exact factor to g, L, m, mol, h
    and mmHg.

    Made by `unit` and by arithmetic on units. `str(u)` is the text it was made from, or for a
    product a tidy one; the text plays no part in `==`.
    """

    dims: Dimensions
    factor: Fraction
    written: str = field(default="", compare=False)

    def __mul__(self, other: Unit) -> Unit:
        return self._combined(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return self._combined(other, -1)

    def __pow__(self, power: int) -> Unit:
        return Unit(tuple(dim * power for dim in self.dims), self.factor**power)

    def __str__(self) -> str:
        return self.written or self._tidy

    def same_dimension(self, other: Unit) -> bool:
        """Whether a factor alone leads from one to the other."""
        return self.dims == other.dims

    def _combined(self, other: Unit, sign: int) -> Unit:
        if other == ONE:
            return self  # keeps the text
        dims = tuple(x + sign * y for x, y in zip(self.dims, other.dims, strict=True))
        return Unit(dims, self.factor * other.factor**sign)

    @cached_property
    def _tidy(self) -> str:
        """The first choice of common names, in the order of `_TIDY`, that has this factor."""
        present = [(dim, power) for dim, power in enumerate(self.dims) if power]
        for names in product(*(_TIDY[dim] for dim, _ in present)):
            powers = [(name, power) for name, (_, power) in zip(names, present, strict=True)]
            if prod((_NAMED[name].factor ** power for name, power in powers), start=1) == (
                self.factor
            ):
                return _text(powers)
        base = _text([(_TIDY_BASE[dim], power) for dim, power in present])
        return str(self.factor) if base == "1" else f"{self.factor} {base}"


_PLAIN: Dimensions = (0,) * len(DIMENSIONS)
ONE = Unit(_PLAIN, Fraction(1), "1")
"""The unit of plain numbers."""


def _named() -> Iterator[tuple[str, Unit]]:
    """Every unit that has a name, in base units g, L, m, mol, h, mmHg."""
    prefixes = {"": 0, "k": 3, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12}
    for symbol, dim, allowed in (("g", 0, " kmunp"), ("L", 1, " dmun"), ("m", 2, " kcmun")):
        for prefix in allowed:
            name = prefix.strip()
            yield f"{name}{symbol}", _base(dim, Fraction(10) ** prefixes[name])
    for prefix in " munp":
        name = prefix.strip()
        yield f"{name}mol", _base(3, Fraction(10) ** prefixes[name])
        molar = _base(3, Fraction(10) ** prefixes[name]) / _base(1, Fraction(1))
        yield f"{name}M", molar
    for name, hours in (
        ("ms", Fraction(1, 3_600_000)),
        ("s", Fraction(1, 3600)),
        ("min", Fraction(1, 60)),
        ("h", Fraction(1)),
        ("d", Fraction(24)),
        ("wk", Fraction(168)),
        ("y", Fraction(36525, 100) * 24),
    ):
        yield name, _base(4, hours)
    yield "mmHg", _base(5, Fraction(1))
    yield "lb", _base(0, Fraction("453.59237"))
    yield "oz", _base(0, Fraction("28.349523125"))
    yield "in", _base(2, Fraction("0.0254"))
    yield "%", Unit(_PLAIN, Fraction(1, 100))


def _base(dim: int, factor: Fraction) -> Unit:
    return Unit(tuple(int(dim == i) for i in range(len(DIMENSIONS))), factor)


_NAMED = dict(_named())
_ALIASES = {
    **{"l": "L", "dl": "dL", "ml": "mL", "mcg": "ug", "mins": "min", "hr": "h", "hrs": "h"},
    **{"hour": "h", "hours": "h", "day": "d", "days": "d", "week": "wk", "weeks": "wk"},
    **{"year": "y", "years": "y"},
}
_TIDY = (
    ("mg", "ug", "ng", "g", "kg", "pg"),
    ("L", "mL", "uL", "dL"),
    ("m", "cm", "mm", "um"),
    ("nmol", "umol", "mmol", "mol", "pmol"),
    ("h", "min", "d", "s", "wk", "y"),
    ("mmHg",),
)
_LONGEST = 60  # letters; nobody writes more on purpose, and brackets nest no deeper
_TIDY_BASE = ("g", "L", "m", "mol", "h", "mmHg")
_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z%]+)|(?P<one>1)|(?P<sign>\*\*|[*/^()·]))")
_POWER = re.compile(r"(?:\s*(?:\*\*|\^)\s*)?(-?[0-9])(?![0-9])")
_QUANTITY = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\d.,])\s*(.*?)\s*", re.A)


def _text(powers: list[tuple[str, int]]) -> str:
    """`[("ng", 1), ("h", 1), ("mL", -1)]` as "ng*h/mL"."""

    def raised(name: str, power: int) -> str:
        return name if power == 1 else f"{name}^{power}"

    above = "*".join(raised(name, power) for name, power in powers if power > 0) or "1"
    return above + "".join(f"/{raised(name, -power)}" for name, power in powers if power < 0)


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """The unit that a text names, such as "ng/mL", "mg*h/L", "1/h", "mL/min/kg", "m^2" or "1".

    `*`, `·` or a space multiply, `/` divides by the one factor after it, brackets group, and `^2`,
    `**2`, `²` or a plain `2` after a name raise to a power.

    Raises:
        InputError: the text is not a unit.
    """
    plain = text.replace("μ", "u").replace("µ", "u").replace("²", "^2").replace("³", "^3")
    found = _Reader(plain, text).whole()
    return Unit(found.dims, found.factor, text.strip())


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str, original: str) -> None:
        self.text, self.original, self.at = text.rstrip(), original, 0

    def whole(self) -> Unit:
        if len(self.text) > _LONGEST:
            raise self.wrong()
        found = self.product()
        if self.at < len(self.text):
            raise self.wrong()
        return found

    def product(self) -> Unit:
        found = self.factor()
        while self.at < len(self.text):
            sign = _TOKEN.match(self.text, self.at)
            word = sign["sign"] if sign else None
            if word == ")":
                break
            if sign and word in ("*", "·", "/"):
                self.at = sign.end()
            factor = self.factor()
            found = found / factor if word == "/" else found * factor
        return found

    def factor(self) -> Unit:
        token = _TOKEN.match(self.text, self.at)
        if not token:
            raise self.wrong()
        self.at = token.end()
        if token["one"]:
            return ONE
        if token["sign"] == "(":
            found = self.product()
            closing = _TOKEN.match(self.text, self.at)
            if not closing or closing["sign"] != ")":
                raise self.wrong()
            self.at = closing.end()
        elif token["name"]:
            name = _ALIASES.get(token["name"], token["name"])
            if name not in _NAMED:
                raise self.wrong(token["name"])
            found = _NAMED[name]
        else:
            raise self.wrong()
        power = _POWER.match(self.text, self.at)
        if power:
            self.at = power.end()
            found = found ** int(power[1])
        return found

    def wrong(self, name: str = "") -> InputError:
        near = get_close_matches(name, _NAMED, n=1, cutoff=0.75)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        return InputError("unit", self.original, f"a unit such as mg, ng/mL, L/h or 1{hint}")


def convert(value: Number, from_: Unit, to: Unit) -> Number:
    """`value` in `from_` as a value in `to`, by the exact factor between them.

    Raises:
        UnitMismatch: they are not of one dimension.
    """
    if not from_.same_dimension(to):
        raise UnitMismatch(f"{from_} cannot become {to}: one is not a multiple of the other")
    factor = from_.factor / to.factor
    # One rounding where one is enough: 5 ug is 0.005 mg to the last bit, not 5 * 0.001.
    if factor.numerator == 1:
        return value / float(factor.denominator)
    return value * float(factor)


def parse_quantity(text: str, key: str = "quantity") -> tuple[float, Unit]:
    """A number and its unit: "70 kg" is (70.0, kg), "50 %" is (50.0, %), "3" is (3.0, 1).

    Raises:
        InputError: the text is not a number and a unit, or the number is not finite; `key` names
            what was read.
    """
    found = _QUANTITY.fullmatch(text)
    if not found or not isfinite(float(found[1])):
        raise InputError(key, text, 'a number and a unit, such as "70 kg"')
    try:
        return float(found[1]), unit(found[2] or "1")
    except InputError as error:
        raise InputError(key, text, f"a number and {error.expected}") from None
