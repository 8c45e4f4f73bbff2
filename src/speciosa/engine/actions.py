"""What a solver does at exact times: the sorted list of actions of each person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.events import Ints
from speciosa.engine.numpy_code import Floats

__all__ = ["ADD", "FILL", "INFUSE", "RAISE", "RESET", "SET", "Part", "Settle", "Timetable", "sort"]

SET: Final = 0
"""Parameter number `where` takes the value."""
RESET: Final = 1
"""States return to the start values of the parameters in force; no inflow is left."""
FILL: Final = 2
"""States become row `where` of `vectors`; no inflow is left."""
RAISE: Final = 3
"""Row `where` of `vectors` is added to the states."""
INFUSE: Final = 4
"""The total inflow of state `where` becomes the value, per h."""
ADD: Final = 5
"""The value is added to state `where`."""


@dataclass(frozen=True)
class Timetable:
    """The actions of all people, sorted by person and time, then as they are taken at one time.

    Attributes:
        first: (people + 1,) person i's actions are rows first[i] to first[i + 1] - 1 of the rest.
        time: h, rising within a person.
        kind: `SET`, `RESET`, `FILL`, `RAISE`, `INFUSE` or `ADD`.
        where: a parameter, a row of `vectors` or a state, as the kind says.
        value: what the kind says.
        vectors: (rows, states) for `FILL` and `RAISE`.
        begin: (people,) h, the earliest time at which the person is needed: 0 or an earlier record.
        wrong: for each person who cannot be integrated with these events, what is wrong.
        outcome: (people,) `Outcome` numbers that go with `wrong`; 0 for everybody else.
    """

    first: NDArray[np.intp]
    time: Floats
    kind: Ints
    where: Ints
    value: Floats
    vectors: Floats
    begin: Floats
    wrong: dict[int, str] = field(default_factory=dict[int, str])
    outcome: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, dtype=np.int8))

    def only(self, people: NDArray[np.intp]) -> Timetable:
        """The actions of these people, numbered from 0 in the order given."""
        count = self.first[people + 1] - self.first[people]
        first = np.concatenate(([0], np.cumsum(count)))
        return self._rows(np.repeat(self.first[people] - first[:-1], count), first, people)

    def before(self, ends: Floats) -> Timetable:
        """Without the actions at or after each person's end."""
        person = np.repeat(np.arange(ends.size), np.diff(self.first))
        kept = self.time < ends[person]
        first = np.searchsorted(person[kept], np.arange(ends.size + 1))
        return replace(
            self,
            first=first,
            time=self.time[kept],
            kind=self.kind[kept],
            where=self.where[kept],
            value=self.value[kept],
        )

    def _rows(
        self, shift: NDArray[np.intp], first: NDArray[np.intp], people: NDArray[np.intp]
    ) -> Timetable:
        rows = np.arange(shift.size) + shift
        place = {int(person): number for number, person in enumerate(people)}
        return Timetable(
            first=first,
            time=self.time[rows],
            kind=self.kind[rows],
            where=self.where[rows],
            value=self.value[rows],
            vectors=self.vectors,
            begin=self.begin[people],
            wrong={place[who]: said for who, said in self.wrong.items() if who in place},
            outcome=self.outcome[people],
        )


Number = TypeVar("Number", np.int64, np.float64)
Settle = Callable[[Floats, Timetable, Floats], tuple[Floats, NDArray[np.int8]]]
"""Integrates people (k, parameters) along a timetable and gives their states (k, states) at the
ends (k,), and their outcomes (k,). No action at an end changes states."""


class Part:
    """Actions of one kind; numbers stand for every row.

    At one time the smaller `turn` comes first, and within a turn the smaller `order`.
    """

    def __init__(
        self,
        kind: int,
        person: Ints,
        time: Floats,
        *,
        turn: int,
        where: ArrayLike = 0,
        value: ArrayLike = 0.0,
        order: ArrayLike = 0,
    ) -> None:
        rows = (person.size,)
        self.person, self.time = person, time
        # No room is taken for numbers that stand for all rows.
        self.kind = np.broadcast_to(np.int64(kind), rows)
        self.turn = np.broadcast_to(np.int64(turn), rows)
        self.where = np.broadcast_to(np.asarray(where, dtype=np.int64), rows)
        self.value = np.broadcast_to(np.asarray(value, dtype=float), rows)
        self.order = np.broadcast_to(np.asarray(order, dtype=np.int64), rows)


def _sorted(who: Ints, time: Floats) -> bool:
    """Whether one part rises in person and time, with no two actions at once."""
    later = (np.diff(who) > 0) | ((np.diff(who) == 0) & (np.diff(time) > 0))
    return bool(later.all())


def sort(parts: list[Part], people: int, vectors: Floats, begin: Floats) -> Timetable:
    """The timetable of these actions."""

    parts = [part for part in parts if part.person.size] or parts[:1]

    def joined(columns: list[NDArray[Number]]) -> NDArray[Number]:
        return np.ascontiguousarray(columns[0]) if len(parts) == 1 else np.concatenate(columns)

    who, time = joined([part.person for part in parts]), joined([part.time for part in parts])
    if len(parts) == 1 and _sorted(who, time):
        order = slice(None)  # the most common case, and sorting would be most of the work
    else:
        first = joined([part.order for part in parts]), joined([part.turn for part in parts])
        order = np.lexsort((*first, time, who))
    return Timetable(
        first=np.searchsorted(who[order], np.arange(people + 1, dtype=np.int64), side="left"),
        time=time[order],
        kind=joined([part.kind for part in parts])[order],
        where=joined([part.where for part in parts])[order],
        value=joined([part.value for part in parts])[order],
        vectors=vectors,
        begin=begin,
        outcome=np.zeros(people, dtype=np.int8),
    )
