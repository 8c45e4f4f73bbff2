"""What a laboratory found of one thing, and how it is written on paper.

A number with its unit, or less than one ("< 0.1 mg/g"), or a word: not detected, present, pass,
fail. A word of absence may say in how much was looked ("absent in 25 g").

Nothing is guessed: a number without a unit, a decimal comma and a unit of another kind are refused.
Left out: the uncertainty of a measurement, which few certificates print.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from speciosa.errors import SpeciosaError
from speciosa.product.pieces import piece
from speciosa.units import convert, parse_quantity, unit

__all__ = ["ABSENT", "FAIL", "KINDS", "PASS", "PRESENT", "Found", "Unreadable", "read"]

ABSENT, PRESENT, PASS, FAIL = "not detected", "present", "pass", "fail"

_WORDS = {
    **dict.fromkeys(
        ("nd", "n.d.", "n/d", "not detected", "none detected", "undetected", "not found"), ABSENT
    ),
    **dict.fromkeys(("absent", "negative", "neg", "absence", "none"), ABSENT),
    **dict.fromkeys(("present", "positive", "pos", "detected", "presence"), PRESENT),
    **dict.fromkeys(("pass", "passed", "passes", "conforms", "complies", "compliant"), PASS),
    **dict.fromkeys(("fail", "failed", "fails", "does not conform", "non-compliant"), FAIL),
}
_UNTESTED = ("", "-", "--", "nt", "n/t", "not tested", "na", "n/a", "not applicable")
_BELOW_LIMIT = re.compile(r"(?:<|below|under)\s*(lod|loq|rl|mdl)|(bql|blq|bdl)")
_SAMPLE = re.compile(r"(.*?)\s*(?:\bin|\bper|/)\s*(\d+(?:\.\d+)?)\s*(g|grams?|ml)\.?")
_NUMBER = re.compile(
    r"(?P<sign>[<>]?)\s*(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"(?:\s*[x×*]\s*10\s*\^?\s*(?P<power>\d{1,2}))?(?![\d.,])\s*(?P<unit>.*)",
    re.ASCII,
)
_UNIT_WORDS = {
    "ppm": "ug/g",
    "ppb": "ng/g",
    "percent": "%",
    "pct": "%",
    "wt%": "%",
    "mcg/g": "ug/g",
    "mg/kg": "ug/g",
    "ug/kg": "ng/g",
    "mcg/kg": "ng/g",
}
_COLONIES = re.compile(r"(?:cfus?|mpn|col(?:onies)?)\s*(?:/|per)\s*(g|gram|ml)")


@dataclass(frozen=True, slots=True)
class Found:
    """One result. `value` and `unit` of a number, with `sign` "<" or ">"; or a `word`."""

    value: float | None = None
    unit: str = ""
    sign: str = ""
    word: str = ""
    sample: str = ""

    @property
    def absent(self) -> bool:
        """Whether nothing of it was seen, so far as the laboratory can see."""
        return self.word == ABSENT or self.sign == "<" or self.value == 0.0

    @property
    def there(self) -> bool:
        """Whether it is in there for certain."""
        return self.word in (PRESENT, FAIL) or (
            self.value is not None and self.value > 0.0 and self.sign != "<"
        )

    def __str__(self) -> str:
        """As a certificate would print it; it reads back to the same."""
        if self.value is None:
            return f"{self.word} in {self.sample}" if self.sample else self.word
        sign = f"{self.sign} " if self.sign else ""
        return f"{sign}{_digits(self.value)} {self.unit}"


class Unreadable(SpeciosaError):
    """A value that is none of its kind; the message says what would be right."""


def read(
    value: object, given: str, kind: str, limit: Found | None = None, serving: Found | None = None
) -> Found | None:
    """The result in a value and the unit that stands beside it; None if it was not tested.

    `limit` is what the laboratory can see, for "< LOQ"; `serving` is what "mg/serving" is per.

    Raises:
        Unreadable: it is no result of this kind.
    """
    right = KINDS[kind]
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(right)
    text = " ".join(str(value).replace("≤", "<").replace("≥", ">").split())
    plain = text.casefold()
    if plain in _UNTESTED:
        return None
    if word := _word(plain):
        return word
    if _BELOW_LIMIT.fullmatch(plain):
        return _below(limit)
    number = _NUMBER.fullmatch(text)
    if not number:
        raise Unreadable(right)
    size = float(number["number"].replace(",", "")) * 10.0 ** int(number["power"] or 0)
    beside = " ".join(given.split())
    if number["unit"] and beside and number["unit"].casefold() != beside.casefold():
        raise Unreadable(f"{right}; the unit stands twice, and differs")
    if "," in number["number"] and kind != "count":
        raise Unreadable(f"{right}, with a point and no comma")
    found = _converted(size, number["unit"] or beside, kind, serving, right)
    if not math.isfinite(found.value or 0.0) or (found.value or 0.0) < 0.0:
        raise Unreadable(f"{right}; nothing is less than none")
    if (found.value or 0.0) > _MOST.get(found.unit, math.inf):
        raise Unreadable(f"{right}; no product holds more than it weighs")
    return Found(found.value, found.unit, number["sign"])


KINDS: Mapping[str, str] = {
    "content": "a content with its unit (mg/g, mg/mL, %, mg/serving, mg/tablet), or 'ND'",
    "metal": "a content with its unit (ppm, ppb, ug/g), or 'ND'",
    "count": "a count in CFU/g, or a word such as 'absent in 25 g'",
    "residue": "a word such as 'ND', 'pass' or 'fail', or a content in ppm or ppb",
    "share": "a share in %",
    "limit": "a limit with its unit (ppm, ppb, %, mg/g)",
    "serving": "an amount such as '2.4 g', '60 mL' or '1 tablet'",
    "weight": "a weight such as '0.6 g'",
}
"""What each kind of result looks like, in words for a message."""

_MOST = {"mg/g": 1000.0, "mg/mL": 1000.0, "ug/g": 1e6, "ug/mL": 1e6, "%": 100.0}
_TARGETS = {
    "content": ("mg/g", "mg/mL"),
    "metal": ("ug/g", "ug/mL"),
    "residue": ("ug/g", "ug/mL"),
    "limit": ("ug/g", "ug/mL"),
    "share": ("%",),
    "serving": ("g", "mL"),
    "weight": ("g",),
}


def _converted(size: float, written: str, kind: str, serving: Found | None, right: str) -> Found:
    """A number in the unit that its kind is kept in."""
    if not written:
        raise Unreadable(f"{right}; a number alone could be anything")
    plain = re.sub(r"\b(w/w|by weight|dry weight)\b", "", written.casefold()).strip(" ()")
    plain = plain.replace("µ", "u").replace("μ", "u")
    if kind == "count":
        colonies = _COLONIES.fullmatch(plain)
        if not colonies:
            raise Unreadable(right)
        return Found(size, "CFU/mL" if colonies[1] == "ml" else "CFU/g")
    if kind == "serving" and (one := piece(plain)):
        return Found(size, one)
    if kind == "content" and (found := _per_piece(size, plain, serving, right)):
        return found
    if kind == "content" and plain in ("% w/v", "%w/v"):
        return Found(size * 10.0, "mg/mL")  # grams in 100 mL
    try:
        number, given = parse_quantity(f"1 {_UNIT_WORDS.get(plain, plain)}")
    except SpeciosaError:
        raise Unreadable(right) from None
    if kind in ("content", "metal", "residue", "limit") and given == unit("1"):
        raise Unreadable(f"{right}; a number alone could be anything")
    for target in _TARGETS[kind]:
        if given.same_dimension(unit(target)):
            return Found(convert(size * number, given, unit(target)), target)
    raise Unreadable(right)


def _per_piece(size: float, plain: str, serving: Found | None, right: str) -> Found | None:
    """A content per serving or per piece, mg; None if it is per weight or volume."""
    amount, slash, of = plain.replace(" per ", "/").partition("/")
    if not slash:
        return None
    one = piece(of)
    if one is None and of.strip() != "serving":
        return None
    try:
        number, given = parse_quantity(f"1 {amount}")
        mg = convert(size * number, given, unit("mg"))
    except SpeciosaError:
        raise Unreadable(right) from None
    if one:
        return Found(mg, f"mg/{one}")
    if serving is None or not serving.value:
        raise Unreadable(f"{right}; mg/serving needs the key serving, such as '2.4 g'")
    return Found(mg / serving.value, f"mg/{serving.unit}")


def _word(plain: str) -> Found | None:
    """A word, with the amount that was looked at."""
    if plain in _WORDS:
        return Found(word=_WORDS[plain])
    if (split := _SAMPLE.fullmatch(plain)) and split[1] in _WORDS:
        size = "mL" if split[3] == "ml" else "g"
        return Found(word=_WORDS[split[1]], sample=f"{_digits(float(split[2]))} {size}")
    return None


def _below(limit: Found | None) -> Found:
    """Less than the laboratory can see: less than its limit, where that is known."""
    if limit is None or limit.value is None:
        return Found(word=ABSENT)
    return Found(limit.value, limit.unit, "<")


def _digits(value: float) -> str:
    whole = int(value) if value == int(value) and abs(value) < 1e15 else None
    return repr(value) if whole is None else str(whole)
