"""All chance of a run as columns between 0 and 1, and rows of such columns as people.

Chance is keyed by name, so the names that a run asks for are its columns: what we do not know (by
records, by fits, by contents of the product) and how people differ (by records and by traits). Each
row is one person in one replicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import EvidenceError
from speciosa.evidence import find
from speciosa.people.draws import REPLICATE, Draws
from speciosa.trial.parameters import apart
from speciosa.trial.plan import Plan
from speciosa.trial.reduced import Reduced
from speciosa.trial.run import Dose, run

__all__ = ["Key", "asked", "known_measures", "measured"]

Array = NDArray[np.float64]
Key = tuple[str, str]
"""Kind of chance (`person` or `replicate`) and the name of the quantity."""


@dataclass(frozen=True, slots=True)
class _Columns(Draws):
    """Chance that was laid out before; what was not stays in its middle, and is noted."""

    columns: Mapping[Key, Array] = field(default_factory=dict[Key, Array])
    missed: dict[Key, None] = field(default_factory=dict[Key, None])

    def uniform(self, kind: str, quantity: str, count: int, start: int = 0) -> Array:
        """See `Draws`."""
        column = self.columns.get((kind, quantity))
        if column is None:
            self.missed[kind, quantity] = None
            return np.full(count, 0.5)
        return column[start : start + count]

    def stratified(self, kind: str, quantity: str, count: int) -> Array:
        """See `Draws`."""
        return self.uniform(kind, quantity, count)


def asked(plan: Plan) -> tuple[Key, ...]:
    """Every name of chance that a run of the plan asks for, but those of exact records."""
    draws = _Columns(0)
    _table(plan, draws, 1)
    return tuple(key for key in draws.missed if not _is_exact(key))


def measured(
    plan: Plan, output: str, measure: str, window: str, columns: Mapping[Key, Array], rows: int
) -> Array:
    """The measure of an output, (rows,), of people with this chance; nan where there is none."""
    held = _taken(plan, output, columns, rows)
    for one in held.measures:
        if (one.measure, one.window) == (measure, window):
            return one.values
    raise KeyError((measure, window))


def known_measures(plan: Plan, output: str) -> list[tuple[str, str]]:
    """Every (measure, window) of an output."""
    return [(one.measure, one.window) for one in _taken(plan, output, {}, 1).measures]


def _taken(plan: Plan, output: str, columns: Mapping[Key, Array], rows: int) -> Reduced:
    draws = _Columns(0, columns)
    keeper = Reduced(plan, [output])
    table, doses = _table(plan, draws, rows)
    run(plan.model, table, doses, plan.look.times, [output], start=plan.start, keep=keeper)
    return keeper


def _table(plan: Plan, draws: Draws, rows: int) -> tuple[Array, list[Dose]]:
    doses = plan.doses(lambda name: draws.stratified(REPLICATE, name, rows), 1)
    return apart(plan.model, plan.population, draws, rows), doses


def _is_exact(key: Key) -> bool:
    kind, name = key
    if kind != REPLICATE:
        return False
    try:
        return find([name])[name].spread.kind == "exact"
    except EvidenceError:  # a fit, or a content that is stated as a limit
        return False
