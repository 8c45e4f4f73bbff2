"""Numbers, lengths of time and how often, as people say them.

Only what has one meaning is read. What has two, as "1,250" or "2 to 3 g", is `Unclear`; what has
none here gives None, and whoever reads a scenario says what would be right.
"""

from __future__ import annotations

import re

from speciosa.trial.quantities import as_text

__all__ = [
    "LENGTH",
    "NUMBER",
    "Often",
    "Unclear",
    "length_of",
    "number_of",
    "often_at",
    "plain",
    "refuse_range",
]


class Unclear(Exception):
    """Two meanings; the message says what would be clear."""


_COUNTED = {
    **{"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0},
    **{"six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0},
    **{"twelve": 12.0, "half": 0.5, "half a": 0.5, "half an": 0.5, "a half": 0.5},
    **{"a quarter": 0.25, "a quarter of a": 0.25, "quarter": 0.25, "one and a half": 1.5},
    **{"two and a half": 2.5, "a couple of": 2.0},
}
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_SAME = {0x2019: "'", 0xB5: "u", 0x3BC: "u", 0x2014: "–"}
"""Signs that stand for one another: apostrophes, two letters for micro, dashes."""
_WORDS = "|".join(sorted(_COUNTED, key=len, reverse=True))

NUMBER = (
    r"(?:\d{1,4} \d{1,3}/\d{1,3}|\d{1,4}/\d{1,4}|\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?"
    rf"|\d+(?:[.,']\d+)*|[.,]\d+|(?:{_WORDS})(?![a-z]))"
)
"""What may be a number in a text that `plain` made."""

_DAYS_A_MONTH = 30.4375
_MONTH = "month"
_UNITS = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("wk", "wks", "week", "weeks"), "wk"),
    **dict.fromkeys(("mo", "mos", "month", "months"), _MONTH),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "y"),
}
_HOURS = {"min": 1 / 60, "h": 1.0, "d": 24.0, "wk": 168.0, "y": 8766.0}
_TIME = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = rf"(?P<number>{NUMBER}) ?(?P<unit>{_TIME})(?![a-z])"
_PARTS = re.compile(_PART)
_BARE_PART = rf"{NUMBER} ?(?:{_TIME})(?![a-z])"
LENGTH = rf"{_BARE_PART}(?:(?:,| and)? ?{_BARE_PART})*"
"""What may be a length of time: "2 h", "1 day and 6 hours", "half a year"."""

_RANGE = re.compile(r"\d ?(?:-|–|to|or) ?\d")
_ONE_NUMBER = "one number and not a range; the middle of it, or ask twice"


def plain(text: str) -> str:
    """The text in small letters, spaced once, with fractions written out."""
    spread = "".join(f" {_FRACTIONS[one]}" if one in _FRACTIONS else one for one in text)
    return " ".join(spread.casefold().translate(_SAME).split())


def refuse_range(text: str) -> None:
    """Raise Unclear for "2-3 g" and "4 to 6 hours"."""
    if _RANGE.search(text):
        raise Unclear(_ONE_NUMBER)


def number_of(text: str) -> float:
    """The number that `NUMBER` found.

    Raises:
        Unclear: "1,250" is 1.25 to some and 1250 to others.
    """
    if text in _COUNTED:
        return _COUNTED[text]
    whole, _, part = text.rpartition(" ") if "/" in text else ("", "", text)
    if "/" in part:
        above, below = part.split("/")
        if int(below) == 0:
            raise Unclear("a number")
        return int(whole or 0) + int(above) / int(below)
    return float(_pointed(text.replace(" ", "").replace("'", "")))


def _pointed(digits: str) -> str:
    """Digits with a point for fractions and nothing between thousands."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}", digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        without, point = digits.replace(",", ""), as_text(float(digits.replace(",", ".")))
        raise Unclear(f"{without} or {point}, whichever is meant")
    if len(re.findall(r"[.,]", digits)) > 1:
        raise Unclear("a number with one point")
    return digits.replace(",", ".")


def length_of(text: str) -> str | None:
    """A length of time in one unit, as "90 min" or "14 d"; None if it is none.

    A month is rounded to whole days. Raises Unclear.
    """
    if not re.fullmatch(LENGTH, text):
        return None
    parts = [(number_of(one["number"]), _UNITS[one["unit"]]) for one in _PARTS.finditer(text)]
    if len(parts) == 1:
        return _in_one(*parts[0])
    hours = sum(
        number * (_DAYS_A_MONTH * 24 if unit == _MONTH else _HOURS[unit]) for number, unit in parts
    )
    return f"{as_text(round(hours, 6))} h"


def _in_one(number: float, unit: str) -> str:
    if unit == _MONTH:
        return f"{max(1, round(number * _DAYS_A_MONTH))} d"
    return f"{as_text(number * 7)} d" if unit == "wk" else f"{as_text(number)} {unit}"


class Often:
    """How often: the time between two doses as text, where it ends in the text, and whether a day.

    `bare` is a mere "daily" or "a day", which after an amount may mean all of a day.
    """

    __slots__ = ("bare", "end", "every")

    def __init__(self, every: str, end: int, *, bare: bool = False) -> None:
        self.every, self.end, self.bare = every, end, bare


_PER = r"(?: ?(?:a|an|per|each|every|/) ?| )"
_SPAN = r"(?P<span>day|d|week|wk|hour|h|night|month|daily|weekly)(?![a-z])"
_TIMES = re.compile(
    rf"(?:(?P<number>{NUMBER}) ?(?:x|×|times)|(?P<word>once|twice|thrice)){_PER}{_SPAN}"
)
_EVERY = re.compile(rf"(?:every|each) (?P<length>(?:{NUMBER} ?)?(?:{_TIME})(?![a-z]))")
_COUNT_PER = re.compile(rf"(?P<number>{NUMBER}) ?(?:/|per) ?{_SPAN}")
_Q = re.compile(rf"q\.? ?(?P<length>{NUMBER} ?(?:{_TIME})(?![a-z]))")
_OTHER = re.compile(r"every (?:other|second) (?P<span>day|night|week)(?![a-z])")
_HOURLY = re.compile(rf"(?P<number>{NUMBER})[ -]?hourly(?![a-z])")
_DAY_PARTS = re.compile(
    r"(?:every |each |in the )?"
    r"(?:(?P<two>mornings? and (?:every )?(?:evening|night)s?)|(?:morning|evening|night)s?)"
    r"(?![a-z])"
)
_BARE = re.compile(r"(?:daily|(?:a|per|each|every|/) ?(?:day|d)|nightly)(?![a-z])")
_LATIN = re.compile(r"(?P<word>q\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d)\.?(?![a-z])")
_COUNTS = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "qd": 1.0, "bid": 2.0, "tid": 3.0, "qid": 4.0}
_SPANS = {
    **dict.fromkeys(("day", "d", "daily", "night"), 24.0),
    **dict.fromkeys(("week", "wk", "weekly"), 168.0),
    **dict.fromkeys(("hour", "h"), 1.0),
    "month": _DAYS_A_MONTH * 24,
}


def often_at(text: str, at: int = 0) -> Often | None:
    """How often, said from a place in the text on; None if nothing is said there of it.

    Times a day are taken as evenly spread. Raises Unclear.
    """
    if found := _BARE.match(text, at):
        return Often("24 h", found.end(), bare=True)
    if found := _TIMES.match(text, at) or _COUNT_PER.match(text, at):
        said = found.groupdict()
        count = number_of(said["number"]) if said["number"] else _COUNTS[said["word"]]
        return _times(count, _SPANS[found["span"]], found.end())
    if found := _OTHER.match(text, at):
        return _times(0.5, _SPANS[found["span"]], found.end())
    if found := _EVERY.match(text, at):
        said = found["length"]
        length = length_of(said) or length_of(f"1 {said}")
        return Often(length, found.end()) if length else None
    if found := _Q.match(text, at):
        length = length_of(found["length"])
        return Often(length, found.end()) if length else None
    if found := _HOURLY.match(text, at):
        return Often(f"{as_text(number_of(found['number']))} h", found.end())
    if found := _LATIN.match(text, at):
        return _times(_COUNTS[found["word"].replace(".", "")], 24.0, found.end())
    if found := _DAY_PARTS.match(text, at):
        return Often("12 h" if found["two"] else "24 h", found.end())
    for word, every in (("hourly", "1 h"), ("weekly", "7 d")):
        if re.compile(rf"{word}(?![a-z])").match(text, at):
            return Often(every, at + len(word))
    return None


def _times(count: float, hours: float, end: int) -> Often:
    if count <= 0.0:
        raise Unclear("a number of times above 0")
    return Often(f"{as_text(hours / count)} h", end)
