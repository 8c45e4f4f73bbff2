"""From the rows of a data file to what the engine takes: events, and times to look at.

Each person's clock starts at their first row and never goes back: where TIME falls at a reset, the
engine's clock goes on instead. Nothing depends on what its hands show.

A prediction at the time of a dose is the value after it, unless the dose stands further down in
the file: then it is the value a moment before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.engine import Events
from speciosa.errors import InputError
from speciosa.trial.arms import nanomoles
from speciosa.trial.compartments import COMPARTMENTS
from speciosa.trial.complaints import Said
from speciosa.trial.data import Data

__all__ = ["Looks", "clock", "entries", "events", "looks"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BEFORE = 1e-6  # h
_PAUSE = 1.0  # h between the last row before a reset at which TIME falls, and the reset


@dataclass(frozen=True)
class Looks:
    """Where predictions are read.

    Attributes:
        times: (people, T) h on the engine's clock, rising; nan after a person's last.
        rows: rows of the data that ask for a prediction, (observations,).
        person: whose each is.
        column: where it stands in `times`.
    """

    times: Floats
    rows: NDArray[np.intp]
    person: Ints
    column: NDArray[np.intp]

    def of_rows(self, values: Floats) -> Floats:
        """(copies * people, T) as (copies, observations)."""
        people = len(self.times)
        by_copy = values.reshape(-1, people, values.shape[1])
        return by_copy[:, self.person, self.column]


def clock(data: Data) -> Floats:
    """The engine's time of each row, h."""
    begins = np.zeros(len(data.time), dtype=bool)
    begins[data.first] = True
    step = np.diff(data.time, prepend=data.time[0])
    jump = np.where((step < 0) & ~begins, _PAUSE - step, 0.0)
    added = np.cumsum(jump)
    start = data.first[data.person]
    return data.time - data.time[start] + (added - added[start])


def looks(data: Data, at: Floats) -> Looks:
    """Times of the rows that ask for a prediction. Raises InputError if there are none."""
    rows = np.flatnonzero(data.observed)
    if not rows.size:
        raise InputError(data.raw.source, Said("no observation"), "rows with EVID 0 to predict")
    moment = np.cumsum((np.diff(at, prepend=np.inf) != 0) | (np.diff(data.person, prepend=-1) != 0))
    last_dose = np.full(moment[-1] + 1, -1)
    acting = np.flatnonzero(data.gives | data.resets)
    np.maximum.at(last_dose, moment[acting], acting)
    time = at[rows] - np.where(last_dose[moment[rows]] > rows, _BEFORE, 0.0)
    person = data.person[rows]
    order = np.lexsort((time, person))
    new_person = np.diff(person[order], prepend=-1) != 0
    new = new_person | (np.diff(time[order], prepend=np.inf) != 0)
    place = np.cumsum(new)
    start = np.maximum.accumulate(np.where(new_person, place, 0))
    column = np.empty(len(rows), dtype=np.intp)
    column[order] = place - start
    times = np.full((len(data.ids), int(column.max()) + 1), np.nan)
    times[:, 0] = 0.0  # for those whom nobody looks at
    times[person, column] = time
    return Looks(times, rows, person, column)


def entries(data: Data, states: Sequence[str], usual: str) -> tuple[Ints, tuple[str, ...]]:
    """For each row, the state that a dose enters and the drug that it is of.

    `usual` is the drug of a dose that names no compartment; it enters the gut.

    Raises:
        InputError: a dose enters a compartment that the model does not have.
    """
    known = {one.number: one for one in COMPARTMENTS}
    known[0] = next(one for one in COMPARTMENTS if one.drug == usual)
    held = {number: one for number, one in known.items() if one.name in states}
    drugs = ", ".join(dict.fromkeys(one.drug for one in COMPARTMENTS if one.name in states))
    data.refuse(
        "CMT",
        data.gives & ~np.isin(data.compartment, list(held)),
        f"a drug that the scenario's product or [[with]] holds, with kinetics: {drugs}",
    )
    state = {number: states.index(one.name) for number, one in held.items()}
    index = np.array([state.get(number, 0) for number in data.compartment.tolist()], dtype=np.int64)
    drug = {number: one.drug for number, one in held.items()}
    return index, tuple(drug.get(number, "") for number in data.compartment.tolist())


def events(
    data: Data, at: Floats, compartment: Ints, drugs: Sequence[str], copies: int = 1
) -> Events:
    """Doses (in nmol) and resets of all people, `copies` times: those of the first copy first."""
    kept = np.flatnonzero(data.gives | data.resets)
    per_mg = {drug: nanomoles(drug, 1.0) if drug else 0.0 for drug in set(drugs)}
    factor = np.array([per_mg[drugs[row]] for row in kept.tolist()])
    gives = data.gives[kept]
    person = np.add.outer(np.arange(copies) * len(data.ids), data.person[kept]).ravel()
    columns = {
        "time": at[kept],
        "amount": data.amount[kept] * factor,
        "compartment": compartment[kept],
        "evid": data.evid[kept],
        "rate": data.rate[kept] * factor,
        "addl": data.addl[kept],
        "ii": np.where(gives, data.ii[kept], 0.0),
        "duration": data.duration[kept],
        "ss": data.ss[kept],
    }
    return Events.build(person=person, **{n: np.tile(c, copies) for n, c in columns.items()})
