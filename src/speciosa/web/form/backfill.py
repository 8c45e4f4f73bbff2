"""What was taken before, from a line as one would say it.

    before("3 g every 6 h since March", today)
    before("twice a day for two years", today)
    before("2 g 3/day since spring", today, "US")
    before("never", today)

A line is read whole or not at all. What is not said of a dose, how often, or how long has its
default, and what was understood is shown with it. What says that there was something, and neither
how much nor since when, is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from speciosa.web.form.amounts import DOSE_UNIT, dose_in
from speciosa.web.form.seasons import season_at
from speciosa.web.form.spoken import (
    LENGTH,
    NUMBER,
    Unclear,
    length_of,
    often_at,
    plain,
    refuse_range,
)

__all__ = ["EXAMPLE", "Before", "before"]

EXAMPLE = "such as '3 g every 6 h since March 2024' or 'never'"

_NEVER = frozenset(
    ("never", "none", "no", "naive", "nothing", "first time", "never before", "not before", "0")
)
_YES = frozenset(("yes", "y", "yes, daily", "yes daily", "yeah", "yep", "a lot", "often"))
_REGULAR = frozenset(("regular", "regularly"))


@dataclass(frozen=True, slots=True)
class Before:
    """What was taken before: a word, or the keys dose, every and for, with those that were said."""

    word: str = ""
    parts: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def value(self) -> str | dict[str, str]:
        """As a scenario has it."""
        return self.word or self.parts


def before(text: str, today: date, country: str = "") -> Before:
    """What the line says; in which country, as far as that is known, tells when a season began.

    Raises:
        Unclear: a part of it has no meaning here, or two.
    """
    said = plain(text).rstrip(".!")
    if said in _NEVER:
        return Before("naive")
    if said in _REGULAR:
        return Before("regular")
    if said in _YES:
        raise Unclear(_HOW_MANY.format("months"))
    refuse_range(_without_days(said))
    found = _Line(said, today, country)
    found.read()
    if not found.parts:
        raise Unclear(f"what was taken before, {EXAMPLE}")
    return Before(parts={key: found.parts[key] for key in _KEYS if key in found.parts})


_KEYS = ("dose", "every", "for")
_DOSE = re.compile(
    rf"(?:(?P<times>{NUMBER}) ?[x×*] ?(?!(?:a|per|each) (?:day|week)))?"
    rf"(?P<number>{NUMBER}) ?(?:level )?(?P<unit>{DOSE_UNIT})"
)
_OVER = r"(?:about |over |almost |nearly |around |roughly |more than )?"
_FOR = re.compile(
    rf"(?:(?:for|over|during|since|in) )?(?:the )?(?:last |past )?{_OVER}"
    rf"(?P<length>{LENGTH})(?P<ago> ago)?(?![a-z])"
)
_LAST_YEAR = re.compile(
    r"(?:for|over|during|in) the (?:last|past) (?P<length>year|month|week|day)(?![a-z])"
)
_VAGUE = re.compile(
    r"(?:(?:for|since|over|during) )?(?:the last |the past )?"
    r"(?:(?:many|some|several|a few|few) )?"
    r"(?:(?P<unit>days|weeks|months|years)|ages|a long time|a while)(?: now)?(?![a-z])"
)
_HOW_MANY = "About how many {}?"
_SINCE = re.compile(r"(?:(?:starting|started|start)(?: in| on)?|since|from|beginning) (?:the )?")
_FILLER = re.compile(
    r"(?:i(?:'ve| have)?|took|taken|taking|take|been|used|using|use|have|has|and|of|at a time"
    r"|each time|kratom|powder|leaf|tea|now|about|around|roughly|usually|mostly|on average)"
    r"(?![a-z])|[,;: ]"
)


class _Line:
    """Reads one line from left to right."""

    def __init__(self, text: str, today: date, country: str) -> None:
        self.text, self.today, self.country, self.at = text, today, country, 0
        self.parts: dict[str, str] = {}
        self.bare = False

    def read(self) -> None:
        """All of it, or Unclear."""
        readers: tuple[Callable[[], bool], ...] = (
            self._dose,
            self._often,
            self._since,
            self._lasting,
            self._vague,
            self._filler,
        )
        while self.at < len(self.text):
            if not any(reader() for reader in readers):
                rest = self.text[self.at :]
                shown = rest if len(rest) <= 40 else f"{rest[:37]}..."
                raise Unclear(f"what was taken before, {EXAMPLE}; not understood: {shown!r}")
        if self.bare and "dose" in self.parts:
            dose = self.parts["dose"]
            raise Unclear(f"'{dose} once a day', or how many doses that is in a day")

    def _put(self, key: str, value: str, end: int) -> bool:
        if self.parts.get(key, value) != value:
            what = {"dose": "one dose", "every": "one 'how often'", "for": "one length of time"}
            raise Unclear(f"{what[key]}; {self.parts[key]} and {value} are both there")
        self.parts[key] = value
        self.at = end
        return True

    def _dose(self) -> bool:
        found = _DOSE.match(self.text, self.at)
        return found is not None and self._put("dose", dose_in(found), found.end())

    def _often(self) -> bool:
        found = often_at(self.text, self.at)
        if found is None:
            return False
        self.bare = self.bare or found.bare
        return self._put("every", found.every, found.end)

    def _lasting(self) -> bool:
        if found := _LAST_YEAR.match(self.text, self.at):
            length = length_of(f"1 {found['length']}")
        elif found := _FOR.match(self.text, self.at):
            if found["ago"]:
                raise Unclear("since when, or for how long, up to now; such as 'for 2 years'")
            length = length_of(found["length"])
        else:
            return False
        return length is not None and self._put("for", length, found.end())

    def _vague(self) -> bool:
        if found := _VAGUE.match(self.text, self.at):
            raise Unclear(_HOW_MANY.format(found["unit"] or "months"))
        return False

    def _since(self) -> bool:
        found = _SINCE.match(self.text, self.at)
        if found is None:
            return False
        if ago := re.compile(rf"(?P<length>{LENGTH}) ago").match(self.text, found.end()):
            length = length_of(ago["length"])
            return length is not None and self._put("for", length, ago.end())
        day = season_at(self.text, found.end(), self.today, self.country) or _day_at(
            self.text, found.end(), self.today
        )
        if day is None:
            return False
        start, end = day
        days = (self.today - start).days
        if days < 1:
            raise Unclear(f"a day before today, {self.today.isoformat()}")
        return self._put("for", f"{days} d", end)

    def _filler(self) -> bool:
        found = _FILLER.match(self.text, self.at)
        if found is None:
            return False
        self.at = found.end()
        return True


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>" + "|".join((*_LONG, "sept", *_MONTHS)) + r")\.?(?![a-z])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d])"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-(?P<number>\d{{1,2}})(?:-{_DAY})?(?!\d)",
        rf"(?P<number>\d{{1,2}})/{_YEAR}",
        rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH} {_DAY}(?!\d)(?:,? {_YEAR})?",
        rf"(?:last )?{_MONTH}(?:,? {_YEAR})?",
        _YEAR,
    )
)
_SLASHED = re.compile(rf"(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}")
_DAYS = re.compile(r"\d{1,4}-\d{1,2}(?:-\d{1,2})?")


def _without_days(said: str) -> str:
    """A text in which no date looks like a range."""
    return _DAYS.sub("", said) if re.search(r"(?:19|20)\d\d-", said) else said


def _day_at(text: str, at: int, today: date) -> tuple[date, int] | None:
    """The day that stands at a place in the text and where it ends; the first of a month or year.

    Raises Unclear.
    """
    if found := _SLASHED.match(text, at):
        return _slashed(found), found.end()
    for one, word in enumerate(_WEEKDAYS):
        if found := re.compile(rf"(?:last )?{word}(?![a-z])").match(text, at):
            back = (today.weekday() - one) % 7 or 7
            return today - timedelta(days=back), found.end()
    if found := re.compile(r"yesterday(?![a-z])").match(text, at):
        return today - timedelta(days=1), found.end()
    for pattern in _DATES:
        if found := pattern.match(text, at):
            return _day(found.groupdict(), today), found.end()
    return None


def _slashed(found: re.Match[str]) -> date:
    """A date such as 13/5/2021; Unclear where day and month can be taken for each other."""
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if first <= 12 and second <= 12 and first != second:
        raise Unclear("a date with the month in letters, such as '5 May 2021'")
    return _made(year, *((first, second) if first <= 12 else (second, first)))


def _day(said: dict[str, str | None], today: date) -> date:
    name, number = said.get("month"), said.get("number")
    month = _MONTHS.index(name[:3]) + 1 if name else int(number or 1)
    day = int(said.get("day") or 1)
    if year := said.get("year"):
        return _made(int(year), month, day)
    if month == today.month and not said.get("day"):
        raise Unclear(f"the year too, such as '{_LONG[month - 1].capitalize()} {today.year - 1}'")
    this_year = _made(today.year, month, day)
    return this_year if this_year < today else _made(today.year - 1, month, day)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("a day that exists, such as '2021-05-01'") from None
