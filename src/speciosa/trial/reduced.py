"""What stays of people while they are integrated: their measures, and curves of the first of them.

The engine hands over people as its threads finish them, so measures are taken in those threads, and
no more curves are held at a time than each thread works on.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from speciosa.trial.measures import Measure, measure_all
from speciosa.trial.plan import Plan

__all__ = ["Reduced"]

Array = NDArray[np.float64]


class Reduced:
    """A keeper (`engine.save.Keeper`) of the measures of everybody.

    Attributes:
        measures: of every output, (people,) each; a person who failed has nan.
        curves: (people, times, outputs) of the first people, at the times of the series.
    """

    def __init__(self, plan: Plan, outputs: Sequence[str], curves: int) -> None:
        self.plan, self.names, self.shown = plan, tuple(outputs), curves
        self.measures: list[Measure] = []
        self.curves: Array = np.empty((0, 0, 0))
        self._people = 0
        self._lock = threading.Lock()

    def begin(self, people: int, times: Array, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        shape = (min(self.shown, people), self.plan.look.series.size, len(self.names))
        self._people, self.measures, self.curves = people, [], np.full(shape, np.nan)

    def take(self, first: int, values: Array, outcome: NDArray[np.int8]) -> None:
        """See `Keeper`."""
        found = list(self._measured(values))
        with self._lock:
            if not self.measures:
                self.measures = [_room(one, self._people) for one in found]
        for held, new in zip(self.measures, found, strict=True):
            held.values[first : first + len(values)] = new.values
        shown = self.curves[first : first + len(values)]
        shown[:] = values[: len(shown), self.plan.look.series]

    def end(self) -> None:
        """See `Keeper`."""

    def stop(self) -> None:
        """See `Keeper`."""

    def _measured(self, values: Array) -> list[Measure]:
        found: list[Measure] = []
        plan = self.plan
        for place, name in enumerate(self.names):
            concentration = name.startswith(("plasma.", "unbound.", "brain."))
            found += measure_all(
                name,
                plan.model.unit_of(name),
                np.ascontiguousarray(values[:, :, place]),
                plan.look,
                plan.scenario.output.lloq if name.startswith("plasma.") else 0.0,
                concentration=concentration,
            )
        return found


def _room(one: Measure, people: int) -> Measure:
    return Measure(one.output, one.measure, one.window, one.unit, np.full(people, np.nan))
