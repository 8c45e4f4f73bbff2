"""What stays of people while they are integrated: their measures, and curves of the first of them.

The engine hands over people as its threads finish them, so measures are taken in those threads, and
no more curves are held at a time than each thread works on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from speciosa.trial.measures import Looked, Measure, Measuring
from speciosa.trial.plan import Plan
from speciosa.trial.telling import is_concentration

__all__ = ["Reduced"]

Array = NDArray[np.float64]


class Reduced:
    """A keeper (`engine.save.Keeper`) of the measures of everybody.

    Attributes:
        names: of the measures.
        numbers: (people, measures); a person who failed has nan.
        curves: (people, times, outputs) of the first people, at the times of the series. It is
            given, so that many keepers can fill one array in turn.
    """

    def __init__(self, plan: Plan, outputs: Sequence[str], curves: Array | None = None) -> None:
        self.plan = plan
        self._measuring = Measuring(plan.look, [_looked(plan, name) for name in outputs])
        self.names = self._measuring.names
        self.numbers: Array = np.empty((0, len(self.names)))
        self.curves: Array = np.empty((0, 0, 0)) if curves is None else curves

    @property
    def measures(self) -> list[Measure]:
        """The measures of every output, (people,) each."""
        return [Measure(*one, held) for one, held in zip(self.names, self.numbers.T, strict=True)]

    def begin(self, people: int, times: Array, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        self.numbers = np.full((people, len(self.names)), np.nan)
        self.curves[:] = np.nan

    def take(self, first: int, values: Array, outcome: NDArray[np.int8]) -> None:
        """See `Keeper`."""
        self.numbers[first : first + len(values)] = self._measuring.take(values)
        shown = self.curves[first : first + len(values)]
        if len(shown):
            shown[:] = values[: len(shown), self.plan.look.series]

    def end(self) -> None:
        """See `Keeper`."""

    def stop(self) -> None:
        """See `Keeper`."""


def _looked(plan: Plan, name: str) -> Looked:
    return Looked(
        name,
        plan.model.unit_of(name),
        concentration=is_concentration(name),
        lloq=plan.scenario.output.lloq if name.startswith("plasma.") else 0.0,
    )
