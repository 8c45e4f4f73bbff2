"""Courses of doses, each made of a few words: stop, taper, breaks, titration, rotation.

A course is what a scenario's `[regimen]` says: a dose, steps from times on, and an end. All of it
is pure: hours and amounts in, hours and amounts out. Which of two courses is better is nowhere in
this file, nor in what is made of it: courses are compared, and none is prescribed.

True: a taper by a share of the first dose falls in a straight line and ends; one by a share of the
dose that is left never ends by itself, so it needs a word about where it stops. Sources use the one
or the other, one after the other, or do not say which they mean.
Assumed: a month is 30 days, as in the plans of clinics; the hours of the day stay as they were.
Left out: a taper by fewer doses a day; pauses that depend on how somebody feels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from speciosa.errors import InputError

__all__ = [
    "DAY",
    "MONTH",
    "WEEK",
    "Course",
    "Step",
    "after",
    "breaks",
    "fading",
    "given",
    "rotation",
    "steady",
    "stop",
    "taper",
    "titration",
    "whole",
]

DAY = 24.0
WEEK = 7 * DAY
MONTH = 30 * DAY

Step = tuple[float, float]
"""A time (h), and the dose from then on."""

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Course:
    """`dose` from time zero on, then what `steps` say, until `end` (h), when no more is taken."""

    dose: float
    steps: tuple[Step, ...]
    end: float

    @property
    def doses(self) -> tuple[float, ...]:
        """Every dose in the order in which it is reached."""
        return (self.dose, *(dose for _, dose in self.steps))

    @property
    def stops(self) -> bool:
        """Whether it comes down to nothing within its own time."""
        return self.doses[-1] == 0.0

    def at(self, time: float) -> float:
        """The dose that holds at a time (h)."""
        if time >= self.end:
            return 0.0
        held = [dose for start, dose in self.steps if start <= time]
        return held[-1] if held else self.dose


def steady(dose: float, length: float) -> Course:
    """The same dose for `length` hours."""
    _positive("dose", dose)
    _positive("length", length)
    return Course(dose, (), length)


def stop() -> Course:
    """Nothing from time zero on: an abrupt stop."""
    return Course(0.0, (), DAY)


def taper(dose: float, share: float, period: float) -> Course:
    """Down by `share` of the first dose at the start of each `period` (h), until nothing is left.

    The first cut comes at once. A last piece that is smaller than a cut goes with it.
    """
    _positive("dose", dose)
    _positive("period", period)
    _share("share", share)
    cuts = math.ceil(round(1.0 / share, _DIGITS))
    sizes = [dose * max(0.0, 1.0 - share * cut) for cut in range(1, cuts + 1)]
    return _falling(sizes, period)


def fading(dose: float, share: float, period: float, until: float = 0.1) -> Course:
    """Down by `share` of what is left at the start of each `period` (h).

    Such a taper never ends by itself: it does once less than `until` of the first dose is left.
    """
    _positive("dose", dose)
    _positive("period", period)
    _share("share", share)
    _share("until", until)
    sizes: list[float] = []
    left = 1.0 - share
    while left > until:
        sizes.append(dose * left)
        left *= 1.0 - share
    return _falling([*sizes, 0.0], period)


def given(dose: float, steps: Sequence[Step], end: float) -> Course:
    """A clinician's own: `dose`, and then steps in order, each with its time (h) and dose."""
    before = 0.0
    for start, size in steps:
        if start <= before:
            raise InputError("steps", start, f"a time after {before:g} h, steps in order")
        if size < 0.0:
            raise InputError("steps", size, "a dose of 0 or more")
        before = start
    if end <= before:
        raise InputError("end", end, f"a time after the last step, {before:g} h")
    return Course(dose, tuple(steps), end)


def breaks(dose: float, off: float, every: float, length: float) -> Course:
    """The dose, but for the last `off` hours of each `every` hours, for `length` hours."""
    _positive("dose", dose)
    _positive("off", off)
    _positive("length", length)
    if off >= every:
        raise InputError("off", off, f"less than every, {every:g} h")
    steps: list[Step] = []
    start = 0.0
    while start < length:
        if start > 0.0:
            steps.append((start, dose))
        if start + every - off < length:
            steps.append((start + every - off, 0.0))
        start += every
    return Course(dose, tuple(steps), length)


def titration(low: float, high: float, rises: int, period: float, length: float) -> Course:
    """From `low` to `high` in so many equal `rises`, one at the end of each `period` (h)."""
    _positive("low", low)
    _positive("period", period)
    if high <= low:
        raise InputError("high", high, f"more than low, {low:g}")
    if rises < 1:
        raise InputError("rises", rises, "a whole number of at least 1")
    if length <= rises * period:
        raise InputError("length", length, f"more than the rises take, {rises * period:g} h")
    step = (high - low) / rises
    rising = ((rise * period, low + rise * step) for rise in range(1, rises + 1))
    return Course(low, tuple(rising), length)


def rotation(course: Course, strains: Sequence[str]) -> Course:
    """The course with one strain after the other: the same course.

    Names of strains and colours of veins say nothing about what is inside, so to change them
    changes no dose of anything. That is the whole of it; the names are only looked at.
    """
    if len(set(strains)) < 2:
        raise InputError("strains", list(strains), "at least two names to go round")
    return course


def whole(course: Course, unit: float) -> Course:
    """The course in whole pieces of `unit`, such as capsules: each dose the nearest, halves down.

    A cut that is smaller than a piece waits until it makes one. The last dose stays nothing.
    """
    _positive("unit", unit)
    dose = _pieces(course.dose, unit)
    steps: list[Step] = []
    held = dose
    for start, size in course.steps:
        rounded = _pieces(size, unit)
        if rounded != held:
            steps.append((start, rounded))
            held = rounded
    return replace(course, dose=dose, steps=tuple(steps))


def after(course: Course, dose: float, earlier: Sequence[Step], length: float) -> Course:
    """`dose` with the steps `earlier` for `length` hours first, and then the course."""
    _positive("length", length)
    kept = [(start, size) for start, size in earlier if start < length]
    later = [(start + length, size) for start, size in course.steps]
    return Course(dose, (*kept, (length, course.dose), *later), course.end + length)


def _falling(sizes: Sequence[float], period: float) -> Course:
    """The sizes in order, one for each period; the last of them is nothing."""
    first, *others = (round(size, _DIGITS) for size in sizes)
    steps = tuple((place * period, size) for place, size in enumerate(others, 1))
    return Course(first, steps, len(sizes) * period)


def _pieces(size: float, unit: float) -> float:
    """So much in whole pieces; half a piece is none."""
    return math.ceil(round(size / unit - 0.5, _DIGITS)) * unit


def _positive(key: str, value: float) -> None:
    if not 0.0 < value < math.inf:
        raise InputError(key, value, "a number above 0")


def _share(key: str, value: float) -> None:
    if not 0.0 < value < 1.0:
        raise InputError(key, value, "a share between 0 and 1")
