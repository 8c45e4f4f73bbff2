"""What a professional asks of the page: at what time, and in which words.

A time alone, `6 h`, counts from the first dose, as all times of a scenario do. With `ago` or
`since` it counts from the last dose that was entered, as people say it: `2 h ago`, `since 2 h`.
"""

from __future__ import annotations

import math
import re

from speciosa.errors import InputError, SpeciosaError
from speciosa.trial import Scenario
from speciosa.trial.plan import schedule_of
from speciosa.trial.quantities import time_text
from speciosa.units import convert, parse_quantity, unit

__all__ = ["QUESTION", "hour_of", "last_taken", "question_of", "within"]

QUESTION = "How high, for how long, how dangerous in this company, and how sure is that?"

_LONGEST = 200
_TIME = re.compile(
    r"(?P<since>since )?(?P<length>.*?)"
    r"(?P<back> ago| since| (?:since|after) (?:the )?last(?: dose)?)?"
    r"(?: after (?:the )?first(?: dose)?)?"
)
_MINUTES = re.compile(r"(?<=[\d ])(?:minutes?|mins?)$")


def hour_of(now: str | None, last: float = 0.0) -> float | None:
    """The time of asking in h after the first dose; None where nothing is said.

    Args:
        now: as it is written: `6 h`, or from the last dose on `2 h ago`, `since 2 h`.
        last: when the last dose is taken, h after the first.

    Raises:
        InputError: it is no time.
    """
    if now is None or not now.strip():
        return None
    found = _TIME.fullmatch(" ".join(now.casefold().split()))
    assert found is not None  # a length may be any text
    back = found["since"] or found["back"]
    try:
        length = _MINUTES.sub("min", found["length"])
        value, given = parse_quantity(length, "now")
        hours = convert(value, given, unit("h"))
        if not math.isfinite(hours):
            raise InputError("now", now, "a time that ends")
        if back and hours < 0.0:
            raise InputError("now", now, "a time that has passed")
    except SpeciosaError:
        wanted = 'a time after the first dose, such as "6 h", or after the last, such as "2 h ago"'
        raise InputError("now", now, wanted) from None
    return hours + last if back else hours


def last_taken(scenario: Scenario) -> float:
    """When the last dose of a run is taken, h after time 0; 0 where there is none."""
    return max(schedule_of(scenario).times, default=0.0)


def question_of(text: str | None) -> str:
    """What was asked, in one line; what is mostly asked if nothing is said. Raises InputError."""
    said = (text or "").strip()
    if not said.isprintable() or len(said) > _LONGEST:
        raise InputError("question", text, f"one line of at most {_LONGEST} letters")
    return said or QUESTION


def within(now: float | None, until: float) -> None:
    """Refuse a time of asking that a run until then does not reach. Raises InputError."""
    if now is not None and not 0.0 <= now <= until:
        wanted = f"a time from 0 h to {time_text(until)} after the first dose"
        raise InputError("now", time_text(now), wanted)
