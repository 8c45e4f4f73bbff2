"""Measures: one number per person, output and window, named as the field names them.

    concentrations   cmax tmax auc_inf auc_last auc_24 half_life trough last time_above accumulation
    effects          max tmax min mean last

`trough` is the value at the end of a dosing interval, `accumulation` the area of the last dosing
interval over that of the first, `time_above` the hours at or above the limit of quantification.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.trial.nca import analyse, area, total
from speciosa.trial.windows import Look, Window

__all__ = ["CONCENTRATION_MEASURES", "EFFECT_MEASURES", "Measure", "measure_all", "unit_of"]

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


@dataclass(frozen=True)
class Measure:
    """One measure of one output in one window; `values` has the shape (people,)."""

    output: str
    measure: str
    window: str
    unit: str
    values: Array


def unit_of(measure: str, unit: str) -> str:
    """Unit of a measure of an output that has the given unit."""
    if measure in {"tmax", "half_life", "time_above"}:
        return "h"
    if measure.startswith("auc"):
        return f"{unit}*h"
    if measure == "vz_f":
        return "L/kg"
    return "1" if measure == "accumulation" else unit


def measure_all(
    output: str, unit: str, values: Array, plan: Look, lloq: float, *, concentration: bool
) -> list[Measure]:
    """Take every measure of one output; `values` is (people, times) at `plan.times`."""
    take = _concentration(values, plan, lloq) if concentration else _effect(values, plan)
    return [
        Measure(output, name, window, unit_of(name, unit), numbers)
        for name, window, numbers in take
    ]


def _concentration(values: Array, plan: Look, lloq: float) -> Iterator[tuple[str, str, Array]]:
    areas: dict[str, Array] = {}
    repeated = len(plan.windows) > 1
    for window in plan.windows:
        name = window.name
        t = plan.times[window.samples] - window.start
        found = analyse(t, values[:, window.samples], lloq)
        areas[name] = found.auc_last
        yield "cmax", name, found.cmax
        yield "tmax", name, found.tmax
        yield "auc_last", name, found.auc_last
        if not repeated:
            yield "auc_inf", name, found.auc_inf
        day = plan.times[window.samples] - window.start <= _DAY
        if not repeated or (name != "all" and window.end - window.start >= _DAY):
            yield "auc_24", name, area(t[day], values[:, window.samples][:, day], lloq)
        if name == "last" or not repeated:
            tail = plan.times[window.tail] - window.start
            yield "half_life", name, analyse(tail, values[:, window.tail], lloq).half_life
        if repeated and name != "all":
            yield "trough", name, values[:, window.dense[-1]]
        yield "last", name, values[:, window.dense[-1]]
        if lloq > 0.0:
            yield "time_above", name, _time_above(values, plan, window, lloq)
    if repeated:
        with np.errstate(divide="ignore", invalid="ignore"):
            yield "accumulation", "last", areas["last"] / areas["first"]


def _effect(values: Array, plan: Look) -> Iterator[tuple[str, str, Array]]:
    for window in plan.windows:
        # Samples are drawn for concentrations; an effect is looked at all the time.
        t = plan.times[window.dense] - window.start
        inside = values[:, window.dense]
        yield "max", window.name, inside.max(axis=1)
        known = np.isfinite(inside).all(axis=1)
        yield "tmax", window.name, np.where(known, t[np.argmax(inside, axis=1)], np.nan)
        yield "min", window.name, inside.min(axis=1)
        span = t[-1] - t[0]
        area = total(np.diff(t) * (inside[:, 1:] + inside[:, :-1]) / 2.0)
        mean = area / span if span > 0 else inside[:, 0]
        yield "mean", window.name, mean
        yield "last", window.name, inside[:, -1]


def _time_above(values: Array, plan: Look, window: Window, lloq: float) -> Array:
    """Hours at or above the limit, with straight lines between the output times."""
    t, y = plan.times[window.dense], values[:, window.dense] - lloq
    step = np.diff(t)
    a, b = y[:, :-1], y[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(a != b, np.maximum(a, b) / np.abs(a - b), 1.0)
    share = np.where((a >= 0) & (b >= 0), 1.0, np.where((a < 0) & (b < 0), 0.0, crossing))
    return total(share * step)
