"""When a season began, where a place says which half of the year it is in.

True: spring comes in March in the north and in September in the south.
Assumed: seasons begin with the first of a month, as weather services count them.
Left out: places in the tropics, and all that are not listed: a season there is asked about.
"""

from __future__ import annotations

import re
from datetime import date

from speciosa.web.form.spoken import Unclear

__all__ = ["season_at"]

_NORTH = frozenset(
    (
        *("US", "CA", "GB", "IE", "FR", "DE", "NL", "BE", "LU", "DK", "SE", "NO"),
        *("FI", "IS", "PL", "CZ", "SK", "AT", "CH", "IT", "ES", "PT", "HU", "RO"),
        *("BG", "GR", "HR", "SI", "EE", "LV", "LT", "UA", "TR", "JP", "KR"),
    )
)
_SOUTH = frozenset(("AU", "NZ", "ZA", "AR", "CL", "UY"))
_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON = re.compile(
    r"(?P<last>last )?(?:this )?(?P<name>spring|summer|autumn|fall|winter)"
    r"(?:(?: of)? (?P<year>(?:19|20)\d\d))?(?![a-z\d])"
)
_ASKED = "In which month did it begin, about?"


def season_at(text: str, at: int, today: date, country: str) -> tuple[date, int] | None:
    """The first day of the season that stands at a place in the text, and where that ends.

    Raises Unclear where the country does not say when it is, where it has two parts in one year,
    and for a "last" one, which some take for the one before.
    """
    found = _SEASON.match(text, at)
    if found is None:
        return None
    month, code = _MONTHS[found["name"]], country[:2].upper()
    if code in _SOUTH:
        month = (month + 5) % 12 + 1
    elif code not in _NORTH:
        raise Unclear(_ASKED)
    if found["last"] or (month == 12 and found["year"]):
        raise Unclear(_ASKED)
    year = int(found["year"] or today.year)
    day = date(year, month, 1)
    if day >= today and not found["year"]:
        day = date(year - 1, month, 1)
    return day, found.end()
