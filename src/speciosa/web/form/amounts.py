"""Doses, contents and other measured values as people write them, as a scenario file has them.

    dose("2 level teaspoons") == "2 tsp"
    dose("0,5 g") == "0.5 g"

What cannot be read is handed back as it was written, for the scenario to say what would be right.
"""

from __future__ import annotations

import re

from speciosa.product.pieces import counted, piece
from speciosa.trial.quantities import Amount, Measured, as_text
from speciosa.web.form.spoken import (
    NUMBER,
    Unclear,
    length_of,
    number_of,
    often_at,
    plain,
    refuse_range,
)

__all__ = ["DOSE_UNIT", "content", "count", "dose", "dose_in", "measured", "often", "share"]

_ABOUT = re.compile(r"^(?:about|around|approx\.?|approximately|circa|ca\.?|roughly|~|≈) ?")
_MASSES = {
    **dict.fromkeys(("g", "gm", "gms", "gram", "grams", "gramme", "grammes"), "g"),
    **dict.fromkeys(("mg", "mgs", "milligram", "milligrams"), "mg"),
    **dict.fromkeys(("ug", "mcg", "mcgs", "microgram", "micrograms"), "ug"),
    **dict.fromkeys(("ml", "mls", "cc", "millilitre", "millilitres"), "mL"),
    **dict.fromkeys(("milliliter", "milliliters"), "mL"),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), "L"),
    **dict.fromkeys(("oz", "ounce", "ounces"), "oz"),
}
_SOLID = ("g", "mg", "ug")
_SPOONS = {
    **dict.fromkeys(("tsp", "tsps", "teaspoon", "teaspoons", "tea spoon", "tea spoons"), "tsp"),
    **dict.fromkeys(("tbsp", "tbsps", "tbs", "tablespoon", "tablespoons"), "tbsp"),
    **dict.fromkeys(("table spoon", "table spoons"), "tbsp"),
}
_PIECES = (
    *("capsules", "capsule", "caps", "cap", "tablets", "tablet", "tabs", "tab", "pills", "pill"),
    *("pieces", "piece", "gummies", "gummie", "gummy", "chews", "chew", "shots", "shot"),
    *("bottles", "bottle"),
)
_ALL = sorted((*_MASSES, *_SPOONS, *_PIECES), key=len, reverse=True)
DOSE_UNIT = "(?:" + "|".join(re.escape(one) for one in _ALL) + ")(?![a-z])"
"""What a dose is counted in, in a text that `plain` made."""

_WHAT = r"(?: (?:of )?(?:kratom|leaf|powder|leaf powder|kratom powder|tea|extract))?"
_DOSE = re.compile(
    rf"(?:(?P<times>{NUMBER}) ?[x×*] ?)?(?P<number>{NUMBER}) ?(?:level )?"
    rf"(?P<unit>{DOSE_UNIT}){_WHAT}"
)
_HEAPED = re.compile(r"\b(?:heaped|heaping|rounded|big|large) (?:tea|table|tsp|tbsp)")
_A_DAY = re.compile(r"(?:\b(?:a|per|each|every) |/ ?)(?:day|d|week)\b|\bdaily\b")


def dose(text: str) -> str:
    """A dose as a scenario has it. Raises Unclear."""
    said = _ABOUT.sub("", plain(text))
    refuse_range(said)
    if _HEAPED.search(said):
        raise Unclear("level spoons, such as '2 tsp'; nobody knows what a heaped one holds")
    if _A_DAY.search(said):
        raise Unclear("what is taken at once, such as '2 g'; how often has a field of its own")
    if said in ("0", "nothing", "none"):
        return "0 g"
    found = _DOSE.fullmatch(said)
    return text if found is None else dose_in(found)


def dose_in(found: re.Match[str]) -> str:
    """The dose that a match has in its groups `times`, `number` and `unit`. Raises Unclear."""
    number, word = number_of(found["number"]), found["unit"]
    if found["times"]:
        number *= number_of(found["times"])
    unit = _MASSES.get(word) or _SPOONS.get(word) or counted(word.replace("gummie", "gummy"))
    return str(Amount(number, unit or word))


_SLASH = re.compile(r" ?(?:/| per | a | in a | in one ) ?")
_PERCENT = re.compile(r" ?(?:percent|per cent|%)$")
_LESS = re.compile(r"^(?:<|less than|below|under) ?")
_CONTENT = re.compile(rf"(?P<number>{NUMBER}) ?(?P<unit>%|[a-z ]+/[a-z ]+)")


_MASS = re.compile(rf"(?P<number>{NUMBER}) ?(?P<unit>[a-z]+)")


def content(text: str, each: str | None = None) -> str:
    """What a product holds, as a scenario has it. Raises Unclear.

    A mere mass is that of one piece, where doses are counted in those; `each` names it.
    """
    said = _ABOUT.sub("", plain(text))
    refuse_range(said)
    below = "< " if _LESS.match(said) else ""
    said = _PERCENT.sub(" %", _LESS.sub("", said))
    said = _SLASH.sub("/", said)
    found = _CONTENT.fullmatch(said)
    if found is None:
        alone = _MASS.fullmatch(said) if each else None
        mass = _MASSES.get(alone["unit"]) if alone else None
        if alone is None or mass not in _SOLID:
            return text
        return f"{below}{as_text(number_of(alone['number']))} {mass}/{each}"
    if found["unit"] == "%":
        return f"{below}{as_text(number_of(found['number']))} %"
    above, under = (part.strip() for part in found["unit"].split("/"))
    per = _MASSES.get(under) or piece(under)
    mass = _MASSES.get(above)
    if mass is None or per is None:
        return text
    return f"{below}{as_text(number_of(found['number']))} {mass}/{per}"


_UNITS = {
    "kg": {
        **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
        **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
        **dict.fromkeys(("g", "gram", "grams"), "g"),
    },
    "y": {
        **dict.fromkeys(("y", "yr", "yrs", "year", "years", "years old", "year old"), "y"),
        **dict.fromkeys(("yo", "y/o"), "y"),
    },
    "ng/mL": {"ng/ml": "ng/mL", "ug/l": "ug/L", "mg/l": "mg/L"},
}
_STONE = re.compile(
    rf"(?P<stone>{NUMBER}) ?(?:stones?|st)(?![a-z])(?: ?(?P<lb>{NUMBER}) ?(?:lbs?|pounds?)?)?"
)
_VALUE = re.compile(rf"(?P<number>{NUMBER}) ?(?P<unit>[a-z/ ]*)")
_LATER = re.compile(r" (?:later|after|afterwards|in)$|^(?:after|in|at) ")


def measured(text: str, reads: Measured) -> str:
    """A value in the unit of its key; a mere number is in that unit where it is not a time.

    Raises Unclear.
    """
    said = _ABOUT.sub("", plain(text))
    refuse_range(said)
    if reads.unit == "h":
        return "0 h" if said in ("0", "now", "together") else _time(said) or text
    if reads.unit == "kg" and (found := _STONE.fullmatch(said)):
        pounds = 14 * number_of(found["stone"]) + (number_of(found["lb"]) if found["lb"] else 0.0)
        return f"{as_text(pounds)} lb"
    found = _VALUE.fullmatch(said)
    units = {"": reads.unit, **_UNITS[reads.unit]}
    if found is None or found["unit"].strip() not in units:
        return text
    return f"{as_text(number_of(found['number']))} {units[found['unit'].strip()]}"


def _time(said: str) -> str | None:
    return length_of(_LATER.sub("", said.removeprefix("for ").strip()))


_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_BARE = "Every {0} hour{1}, or {0} time{1} a day?"


def often(text: str) -> str:
    """The time between two doses; empty for once. Raises Unclear."""
    said = _ABOUT.sub("", plain(text))
    if said in ("once", "only once", "one time", "single dose"):
        return ""
    refuse_range(said)
    if _NUMBER.fullmatch(said):
        raise Unclear(_BARE.format(said, "s" if said != "1" else ""))
    found = often_at(said)
    if found and found.end == len(said):
        return found.every
    return length_of(said.removeprefix("every ").strip()) or text


_LONGEST = 30
_COUNT = re.compile(r"\d{1,3}(?:[ ,.']\d{3})+|\d+")


def count(text: str) -> int | str:
    """A whole number, with or without marks between thousands; nobody counts in fractions."""
    said = plain(text)
    if not said.isascii() or not _COUNT.fullmatch(said) or len(said) > _LONGEST:
        return text
    return int(re.sub(r"\D", "", said))


_SHARE = re.compile(rf"(?P<number>{NUMBER}) ?(?P<percent>%|percent|per cent)?")


def share(text: str) -> float | str:
    """A number without unit, or in per cent. Raises Unclear."""
    said = plain(text)
    found = _SHARE.fullmatch(said)
    if found is None:
        return text
    number = number_of(found["number"])
    return number / 100.0 if found["percent"] else number
