"""What is likely, in plain words: in the first hours, later, and in the days after.

Everything is read from the object that `speciosa simulate --json --series` prints. An effect has
its word by the same bounds by which people are counted (records `bands/<output>/<word>`), at its
strongest in a stretch of time. Ranges hold 9 of 10.

Left out: when in the day a dose is taken, which a scenario does not say. Time counts from the first
dose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from speciosa.report import words
from speciosa.report.fan import Band, Fan, fans
from speciosa.trial.company import RISKS, dangerous, withheld
from speciosa.trial.shares import WORDS, bounds_of

__all__ = ["CHOICES", "EFFECTS", "Said", "breath", "choices", "first", "likely", "shown"]

EFFECTS = ("pain.relief", "arousal.sedation", "gut.nausea")
"""Effects of which the words tell; each has bounds."""

CHOICES: Mapping[str, str] = {
    "pain.relief": "pain relief",
    "arousal.sedation": "sleepiness",
    "arousal.stimulation": "feeling awake",
    "breathing.risk": "risk to breathing",
    "arousal.risk": "risk of deep sleep",
    "breathing.drive": "breathing",
    "gut.nausea": "nausea",
    "gut.transit": "slow gut",
    "mood.level": "mood",
    "heart.rate": "pulse",
    "tolerance.level": "tolerance",
    "dependence.withdrawal": "withdrawal",
}
"""What may be looked at besides levels in blood, in words that nobody has to look up."""

_FIRST_HOURS = 4.0
_SOME_HOURS = 12.0
_DAY = 24.0
_LEAST_SLOWER = 0.5  # %; less is said to be none


@dataclass(frozen=True)
class Said:
    """A stretch of time in words, and what is likely in it."""

    when: str
    what: str


def choices(scenario: Mapping[str, Any], levels: Iterable[str]) -> dict[str, str]:
    """Outputs that may be looked at, by their words; `levels` are those in blood.

    What may not be read in this company is left out.
    """
    hidden = withheld(scenario)
    blood = {name: f"{words.drug(name.removeprefix('plasma.'))} in blood" for name in levels}
    return {name: said for name, said in {**CHOICES, **blood}.items() if name not in hidden}


def first(scenario: Mapping[str, Any]) -> str:
    """The output that tells most: the risk to breath in dangerous company, else pain relief."""
    company = dangerous(one["drug"] for one in scenario.get("with") or ())
    return "breathing.risk" if company and RISKS[0] not in withheld(scenario) else "pain.relief"


def shown(plain: Mapping[str, Any], output: str, kinds: Sequence[str] = ()) -> Fan | None:
    """The fan of an output, with these kinds of spread alone where some are named.

    None where the output is not in the result, or is told only with bounds that it has not.
    """
    rows = [row for row in plain["series"]["outputs"] if row["output"] == output]
    kept = [row for row in rows if row["kind"] in kinds] if kinds else rows
    if not kept:
        return None
    part = {**plain, "series": {**plain["series"], "outputs": kept}}
    return next(iter(fans(part)), None)


def likely(plain: Mapping[str, Any]) -> tuple[Said, ...]:
    """What is likely in each stretch of time."""
    hidden = withheld(plain["scenario"])
    told = [name for name in EFFECTS if name not in hidden]
    held = {name: fan for name in told if (fan := shown(plain, name)) is not None}
    bounds = {
        name: [record.value for record in limits.values()]
        for name, limits in bounds_of(held).items()
    }
    some = next(iter(held.values()), None)
    if some is None:
        return ()
    found: list[Said] = []
    for when, start, end in _stretches(some):
        inside = (some.times >= start) & (some.times <= end)
        parts = [
            _effect(CHOICES[name], _best(fan), inside, bounds[name]) for name, fan in held.items()
        ]
        found.append(Said(when, f"Most likely {_listed(parts)}."))
    return tuple(found)


def breath(plain: Mapping[str, Any]) -> str:
    """One sentence about breath over the whole time, as far as it may be told."""
    hidden = withheld(plain["scenario"])
    risk = shown(plain, "breathing.risk")
    if "breathing.risk" in hidden or risk is None:
        return (
            "The model cannot tell what this mix does to breath. That is no sign that it is safe."
        )
    if "breathing.drive" not in hidden and (drive := shown(plain, "breathing.drive")) is not None:
        band = _best(drive)
        least, low, high = (
            100.0 * (1.0 - float(np.nanmin(line))) for line in (band.median, band.p95, band.p05)
        )
        if high < _LEAST_SLOWER:
            return "Breath: the model sees no slowing that one could feel."
        reach = words.span(max(low, 0.0), max(high, 0.0))
        return (
            f"Breath: at its slowest most likely {words.number(max(least, 0.0), 2)} % below "
            f"usual (9 of 10: {reach} %)."
        )
    band = _best(risk)
    most, low, high = (float(np.nanmax(line)) for line in (band.median, band.p05, band.p95))
    return (
        f"Breath: a risk of {words.number(most, 2)} where 0 is none and 1 is the most "
        f"(9 of 10: {words.span(low, high)})."
    )


def _best(fan: Fan) -> Band:
    """The widest knowledge there is: of both kinds of spread, or of people alone."""
    return next(fan.bands[kind] for kind in reversed(words.KINDS) if kind in fan.bands)


def _stretches(fan: Fan) -> Iterator[tuple[str, float, float]]:
    """Stretches of the time that was looked at, in words and in hours."""
    end = float(fan.times[-1])
    middle = _SOME_HOURS if len(fan.doses) < 2 else _DAY
    yield f"In the first {min(_FIRST_HOURS, end):g} hours", 0.0, _FIRST_HOURS
    if end > _FIRST_HOURS:
        yield f"From {_FIRST_HOURS:g} to {min(middle, end):g} hours", _FIRST_HOURS, middle
    if end > middle:
        last = f"{end:g} hours" if end < 2 * _DAY else f"day {end / _DAY:.0f}"
        yield f"After that, up to {last}", middle, end


def _effect(name: str, band: Band, inside: Any, bounds: Sequence[float]) -> str:
    """`mild pain relief (9 of 10: none to moderate)`."""
    middle, low, high = (_word(line[inside], bounds) for line in (band.median, band.p05, band.p95))
    said = f"{'no' if middle == WORDS[0] else middle} {name}"
    return said if low == high else f"{said} (9 of 10: {low} to {high})"


def _word(values: Any, bounds: Sequence[float]) -> str:
    most = float(np.nanmax(values, initial=0.0))
    return WORDS[sum(most >= bound for bound in bounds)]


def _listed(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
