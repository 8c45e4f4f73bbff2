"""Measures: one number per person, output and window, named as the field names them.

    concentrations   cmax tmax auc_inf auc_last auc_24 half_life trough last time_above accumulation
    effects          max tmax min mean last

`trough` is the value at the end of a dosing interval, `accumulation` the area of the last dosing
interval over that of the first, `time_above` the hours at or above the limit of quantification.

Outputs of one kind are measured together, a row for each person and output. A row knows nothing of
the others, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from speciosa.trial.nca import analyse, area, total
from speciosa.trial.percentiles import Few, told
from speciosa.trial.windows import Look, Window

__all__ = [
    "CONCENTRATION_MEASURES",
    "EFFECT_MEASURES",
    "Looked",
    "Measure",
    "Measuring",
    "Name",
    "measure_all",
    "unit_of",
]

Array = NDArray[np.float64]

CONCENTRATION_MEASURES = (
    "cmax",
    "tmax",
    "auc_inf",
    "auc_last",
    "auc_24",
    "half_life",
    "trough",
    "last",
    "time_above",
    "accumulation",
)
EFFECT_MEASURES = ("max", "tmax", "min", "mean", "last")
_DAY = 24.0
AT_ONCE = 2**17
"""Values of curves that are measured at a time (1 MiB): they stay near the processor."""


class Name(NamedTuple):
    """What is measured: of which output, in which window."""

    output: str
    measure: str
    window: str
    unit: str


@dataclass(frozen=True)
class Measure:
    """One measure of one output in one window; `held` has the shape (people,)."""

    output: str
    measure: str
    window: str
    unit: str
    held: Array | Few

    @property
    def values(self) -> Array:
        """The measure of each person, (people,)."""
        return told(self.held) if self.held.dtype == np.float32 else self.held.astype(np.float64)


@dataclass(frozen=True)
class Looked:
    """An output that is measured: as a concentration, or as an effect.

    `lloq` is the limit of quantification of a concentration.
    """

    name: str
    unit: str
    concentration: bool
    lloq: float = 0.0


def unit_of(measure: str, unit: str) -> str:
    """Unit of a measure of an output that has the given unit."""
    if measure in {"tmax", "half_life", "time_above"}:
        return "h"
    if measure.startswith("auc"):
        return f"{unit}*h"
    if measure == "vz_f":
        return "L/kg"
    return "1" if measure == "accumulation" else unit


class Measuring:
    """Takes every measure of some outputs, of many people at once.

    Attributes:
        names: of the measures, output by output.
    """

    def __init__(self, look: Look, outputs: Sequence[Looked]) -> None:
        self.look, self.outputs = look, tuple(outputs)
        kinds = {(one.concentration, one.lloq): one for one in outputs}
        self._groups = [
            (one, [place for place, other in enumerate(outputs) if _alike(one, other)])
            for one in kinds.values()
        ]
        # What is measured is seen on somebody who took nothing.
        nothing = np.zeros((1, look.times.size))
        of_kind = {
            key: [(name, window) for name, window, _ in _measured(one, nothing, look)]
            for key, one in kinds.items()
        }
        self.names: list[Name] = []
        self._first: list[int] = []
        for one in outputs:
            self._first.append(len(self.names))
            self.names += [
                Name(one.name, name, window, unit_of(name, one.unit))
                for name, window in of_kind[one.concentration, one.lloq]
            ]

    def take(self, values: Array) -> Array:
        """The measures of people, (people, measures); `values` is (people, times, outputs)."""
        people, times, _ = values.shape
        found = np.empty((people, len(self.names)))
        at_once = max(1, AT_ONCE // max(1, values[0].size)) if people else 1
        for start in range(0, people, at_once):
            some = slice(start, start + at_once)
            curves = np.ascontiguousarray(values[some].transpose(0, 2, 1))
            for one, places in self._groups:
                rows = np.take(curves, places, axis=1).reshape(-1, times)
                first = np.array([self._first[place] for place in places])
                for more, (_, _, numbers) in enumerate(_measured(one, rows, self.look)):
                    found[some, first + more] = numbers.reshape(len(curves), -1)
        return found


def measure_all(
    output: str, unit: str, values: Array, plan: Look, lloq: float, *, concentration: bool
) -> list[Measure]:
    """Take every measure of one output; `values` is (people, times) at `plan.times`."""
    measuring = Measuring(plan, [Looked(output, unit, concentration, lloq)])
    found = measuring.take(values[:, :, None])
    return [Measure(*name, numbers) for name, numbers in zip(measuring.names, found.T, strict=True)]


def _alike(one: Looked, other: Looked) -> bool:
    return (one.concentration, one.lloq) == (other.concentration, other.lloq)


def _measured(kind: Looked, rows: Array, look: Look) -> Iterator[tuple[str, str, Array]]:
    return _concentration(rows, look, kind.lloq) if kind.concentration else _effect(rows, look)


def _concentration(values: Array, plan: Look, lloq: float) -> Iterator[tuple[str, str, Array]]:
    areas: dict[str, Array] = {}
    repeated = len(plan.windows) > 1
    for window in plan.windows:
        name = window.name
        t, sampled = plan.times[window.samples] - window.start, values[:, window.samples]
        found = analyse(t, sampled, lloq)
        areas[name] = found.auc_last
        yield "cmax", name, found.cmax
        yield "tmax", name, found.tmax
        yield "auc_last", name, found.auc_last
        if not repeated:
            yield "auc_inf", name, found.auc_inf
        if not repeated or (name != "all" and window.end - window.start >= _DAY):
            day = t <= _DAY
            yield "auc_24", name, area(t[day], sampled[:, day], lloq)
        if name == "last" or not repeated:
            tail = plan.times[window.tail] - window.start
            yield "half_life", name, analyse(tail, values[:, window.tail], lloq).half_life
        last = values[:, window.inside][:, -1]
        if repeated and name != "all":
            yield "trough", name, last
        yield "last", name, last
        if lloq > 0.0:
            yield "time_above", name, _time_above(values, plan, window, lloq)
    if repeated:
        with np.errstate(divide="ignore", invalid="ignore"):
            yield "accumulation", "last", areas["last"] / areas["first"]


def _effect(values: Array, plan: Look) -> Iterator[tuple[str, str, Array]]:
    for window in plan.windows:
        # Samples are drawn for concentrations; an effect is looked at all the time.
        t, inside = plan.times[window.inside] - window.start, values[:, window.inside]
        most, least = inside.max(axis=1), inside.min(axis=1)
        yield "max", window.name, most
        known = np.isfinite(most) & np.isfinite(least)
        yield "tmax", window.name, np.where(known, t[np.argmax(inside, axis=1)], np.nan)
        yield "min", window.name, least
        yield "mean", window.name, total(inside * _shares(t))
        yield "last", window.name, inside[:, -1]


def _shares(t: Array) -> Array:
    """The share of each time in the mean over all: that of a curve straight between the times."""
    if t[-1] == t[0]:
        return np.where(np.arange(t.size) == 0, 1.0, 0.0)
    step = np.diff(t)
    return (np.append(step, 0.0) + np.append(0.0, step)) / (2.0 * (t[-1] - t[0]))


def _time_above(values: Array, plan: Look, window: Window, lloq: float) -> Array:
    """Hours at or above the limit, with straight lines between the output times."""
    t, y = plan.times[window.inside], values[:, window.inside] - lloq
    step = np.diff(t)
    a, b = y[:, :-1], y[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(a != b, np.maximum(a, b) / np.abs(a - b), 1.0)
    share = np.where((a >= 0) & (b >= 0), 1.0, np.where((a < 0) & (b < 0), 0.0, crossing))
    return total(share * step)
