"""What is likely, in plain words: in the first hours, later, and in the days after.

Everything is read from the object that `speciosa simulate --json --series` prints. An effect has
its word by the same bounds by which people are counted (records `bands/<output>/<word>`), at its
strongest in a stretch of time. Withdrawal has its word by its scale (`regimen/withdrawal/<word>`),
and is told of those with a habit, or with days of doses. Ranges hold 9 of 10.

True: stretches that follow each other and say the same are one. Where doses end, a new one begins,
so that nobody reads on of an effect that is no longer sought.

Left out: when in the day a dose is taken, which a scenario does not say. Time counts from the first
dose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from speciosa.report import words
from speciosa.report.fan import Band, Fan, fans
from speciosa.report.findings import who_of
from speciosa.trial.company import RISKS, dangerous, withheld
from speciosa.trial.daily import scale
from speciosa.trial.quantities import hours_of
from speciosa.trial.shares import WORDS, bounds_of

__all__ = [
    "CHOICES",
    "EFFECTS",
    "WITHDRAWAL",
    "Said",
    "breath",
    "choices",
    "first",
    "likely",
    "shown",
]

EFFECTS = ("pain.relief", "arousal.sedation", "gut.nausea")
"""Effects of which the words tell; each has bounds."""

WITHDRAWAL = "dependence.score"
"""Points of the scale of withdrawal, which has words of its own."""

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
    effects, withdrawal = tuple(_effects(plain)), _withdrawal(plain)
    if not effects:
        return ()
    some = effects[0].fan
    last, stop = float(some.times[-1]), _stop(some, plain["scenario"]["regimen"])
    found: list[tuple[float, float, str]] = []
    for start, end in _stretches(some, stop):
        inside = (some.times >= start) & (some.times <= end)
        said = f"Most likely {_listed([one.said(inside) for one in effects])}."
        if withdrawal is not None:
            said += f" {withdrawal.alone(inside)}"
        if found and found[-1][2] == said and start != stop:
            start = found.pop()[0]
        found.append((start, end, said))
    assumed = {line.partition(" = ")[0] for line in plain["assumptions"]}
    asked = "regimen.for" not in assumed or bool(plain["scenario"]["regimen"].get("steps"))
    return tuple(Said(_when(start, end, last, stop, asked), said) for start, end, said in found)


@dataclass(frozen=True)
class _Effect:
    """An effect over time, and from where on it has which of its words."""

    name: str
    fan: Fan
    bounds: Sequence[float]
    words: Sequence[str]

    def said(self, inside: Any) -> str:
        """`mild pain relief (9 of 10: none to moderate)`, at its strongest inside a stretch."""
        middle, reach = self._words(inside)
        return f"{'no' if middle == self.words[0] else middle} {self.name}{reach}"

    def alone(self, inside: Any) -> str:
        """The same as a sentence of its own: `Withdrawal: mild (9 of 10: none to moderate).`"""
        middle, reach = self._words(inside)
        return f"{words.sentence(self.name)}: {middle}{reach}."

    def _words(self, inside: Any) -> tuple[str, str]:
        """The middle, and in brackets how far it reaches where that is not one word."""
        band = _best(self.fan)
        middle, low, high = (self._word(line[inside]) for line in (band.median, band.p05, band.p95))
        return middle, "" if low == high else f" (9 of 10: {low} to {high})"

    def _word(self, values: Any) -> str:
        most = float(np.nanmax(values, initial=0.0))
        return self.words[sum(most >= bound for bound in self.bounds)]


def _effects(plain: Mapping[str, Any]) -> Iterator[_Effect]:
    """Those of which there is something to tell."""
    hidden = withheld(plain["scenario"])
    held = {name: shown(plain, name) for name in EFFECTS if name not in hidden}
    limits = bounds_of(held)
    for name, fan in held.items():
        if fan is not None:
            bounds = [record.value for record in limits[name].values()]
            yield _Effect(CHOICES[name], fan, bounds, WORDS)


def _withdrawal(plain: Mapping[str, Any]) -> _Effect | None:
    """Withdrawal, where kratom was taken before or is taken for days."""
    hidden = WITHDRAWAL in withheld(plain["scenario"])
    if hidden or (fan := shown(plain, WITHDRAWAL)) is None:
        return None
    habit = who_of(plain).get("experience") not in (None, "naive")
    if not habit and (len(fan.doses) < 2 or fan.doses[-1] < _DAY):
        return None
    bounds = scale()
    return _Effect("withdrawal", fan, [*bounds.values()], (WORDS[0], *bounds))


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


def _stop(fan: Fan, regimen: Mapping[str, Any]) -> float | None:
    """When the next dose would be due after the last; None where that is not looked at."""
    if len(fan.doses) < 2 or not regimen.get("every"):
        return None
    stop = fan.doses[-1] + hours_of(regimen["every"])
    return stop if stop < float(fan.times[-1]) else None


def _stretches(fan: Fan, stop: float | None) -> Iterator[tuple[float, float]]:
    """Stretches of the time that was looked at, in hours."""
    last = float(fan.times[-1])
    middle = _SOME_HOURS if len(fan.doses) < 2 else _DAY
    until = last if stop is None else stop
    cuts = [0.0, *(one for one in (_FIRST_HOURS, middle) if one < until), until]
    if stop is not None:  # what the last dose does is soon over, and what its end does is not
        cuts += [*(one for one in (stop + _DAY,) if one < last), last]
    yield from pairwise(cuts)


def _when(start: float, end: float, last: float, stop: float | None, asked: bool) -> str:
    """A stretch in words; `asked` tells whether somebody said for how long doses are taken."""
    if stop is not None and start == stop:
        why = "" if asked else ", since no length was given"
        until = f"After that, up to {_moment(end)}" if end == last else "In the day after that"
        return f"Doses end at {_moment(start)}{why}. {until}"
    if start == 0.0:
        days = end >= 2.0 * _DAY
        return f"In the first {f'{end / _DAY:.0f} days' if days else f'{end:g} hours'}"
    if start == _FIRST_HOURS and end < 2.0 * _DAY:
        return f"From {start:g} to {end:g} hours"
    return f"After that, up to {_moment(end)}"


def _moment(hours: float) -> str:
    return f"{hours:g} hours" if hours < 2.0 * _DAY else f"day {hours / _DAY:.0f}"


def _listed(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
