"""Event records: what is given to whom, when and where, in the meaning of NONMEM.

    EVID 0    an observation; changes nothing (outputs come at the times asked for)
    EVID 1    a dose: `amount` into `compartment`, at once or as an infusion
    EVID 2    another event; changes nothing
    EVID 3    reset: states return to their start values, every dose still to come is cancelled
    EVID 4    reset, then dose
    RATE, DUR `rate` > 0 or `duration` > 0 make an infusion; rate -1 takes the rate and -2 the
              duration that the model has for the compartment
    ADDL, II  `addl` more doses, `ii` hours apart
    SS        1: as if the dose had been repeated every `ii` hours for ever, and nothing else;
              2: that, on top of what is there
    lag, F    belong to the compartment: a dose enters at time + lag, F * amount of it

What these mean in full is in `docs/events.md`; `timetable` carries it out. A dose still to come at
a reset is one that was recorded before it and has not entered: waiting for its lag, a repeat, or
the rest of an infusion. Records of a person at one time keep their order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.columns import Columns, Ints, refuse
from speciosa.engine.numpy_code import Floats

__all__ = ["Events"]

MOST_REPEATS = 1_000_000
"""A record that repeats more often than this is a slip of the pen."""


@dataclass(frozen=True)
class Events:
    """Event records as columns, sorted by person and time; build them with `Events.build`.

    Attributes:
        person: whose, an index from 0.
        time: h.
        amount: in the unit of the state dosed into.
        compartment: the state dosed into, an index from 0.
        evid: 0 to 4, see above.
        rate: amount per h; 0 for a dose at once, -1 and -2 for the model's rate and duration.
        addl: further doses.
        ii: h between them.
        duration: h that an infusion lasts, given instead of its rate; 0 where it is not.
        ss: 0, 1 or 2, see above.
    """

    person: Ints
    time: Floats
    amount: Floats
    compartment: Ints
    evid: Ints
    rate: Floats
    addl: Ints
    ii: Floats
    duration: Floats
    ss: Ints

    @classmethod
    def build(
        cls,
        *,
        person: ArrayLike,
        time: ArrayLike,
        amount: ArrayLike = 0.0,
        compartment: ArrayLike = 0,
        evid: ArrayLike = 1,
        rate: ArrayLike = 0.0,
        addl: ArrayLike = 0,
        ii: ArrayLike = 0.0,
        duration: ArrayLike = 0.0,
        ss: ArrayLike = 0,
    ) -> Events:
        """Check the columns and sort them; a single number stands for every row.

        Raises:
            InputError: a value cannot be; the message names column and row (from 0, as handed in).
        """
        given = {
            "person": person,
            "time": time,
            "amount": amount,
            "compartment": compartment,
            "evid": evid,
            "rate": rate,
            "addl": addl,
            "ii": ii,
            "duration": duration,
            "ss": ss,
        }
        columns = Columns("events", given, "person")
        whole = {name: columns.whole(name) for name in _WHOLE}
        events = cls(
            person=whole["person"],
            time=columns["time"],
            amount=columns["amount"],
            compartment=whole["compartment"],
            evid=whole["evid"],
            rate=columns["rate"],
            addl=whole["addl"],
            ii=columns["ii"],
            duration=columns["duration"],
            ss=whole["ss"],
        )
        _check_each(events)
        _check_together(events)
        return events._rows(np.lexsort((events.time, events.person)))

    @classmethod
    def none(cls) -> Events:
        """No events at all."""
        return cls.build(person=(), time=())

    @property
    def gives(self) -> NDArray[np.bool_]:
        """Which records are doses."""
        return (self.evid == 1) | (self.evid == 4)

    @property
    def steady_input(self) -> NDArray[np.bool_]:
        """Which records stand for a constant input that has gone on for ever and stops there."""
        return (self.ss == 1) & (self.amount == 0)

    def __len__(self) -> int:
        """The number of records."""
        return len(self.person)

    def only(self, people: NDArray[np.intp]) -> Events:
        """The records of these people, who are numbered from 0 in the order given."""
        first = np.searchsorted(self.person, people, side="left")
        count = np.searchsorted(self.person, people, side="right") - first
        rows = _ranges(first, count)
        return replace(self._rows(rows), person=np.repeat(np.arange(len(people)), count))

    def _rows(self, rows: NDArray[np.intp]) -> Events:
        return Events(
            person=self.person[rows],
            time=self.time[rows],
            amount=self.amount[rows],
            compartment=self.compartment[rows],
            evid=self.evid[rows],
            rate=self.rate[rows],
            addl=self.addl[rows],
            ii=self.ii[rows],
            duration=self.duration[rows],
            ss=self.ss[rows],
        )

    def check(self, *, people: int, states: int) -> None:
        """Refuse records of people or compartments that do not exist.

        Raises:
            InputError: naming the column, the row (in order of person and time) and the value.
        """
        _refuse("person", self.person, self.person >= people, f"0 to {people - 1}")
        _refuse(
            "compartment",
            self.compartment,
            self.gives & (self.compartment >= states),
            f"0 to {states - 1}",
        )


_WHOLE = ("person", "compartment", "evid", "addl", "ss")


def _check_each(e: Events) -> None:
    """Each number by itself."""
    _refuse("person", e.person, e.person < 0, "an index from 0")
    _refuse("time", e.time, ~np.isfinite(e.time), "a finite time in h")
    _refuse("evid", e.evid, (e.evid < 0) | (e.evid > 4), "0, 1, 2, 3 or 4")
    _refuse("compartment", e.compartment, e.compartment < 0, "an index from 0")
    _refuse("amount", e.amount, ~(np.isfinite(e.amount) & (e.amount >= 0)), "0 or more, finite")
    known = (e.rate >= 0) | (e.rate == -1) | (e.rate == -2)
    _refuse(
        "rate",
        e.rate,
        ~(np.isfinite(e.rate) & known),
        "0, a finite rate above 0, -1 (the model's rate) or -2 (the model's duration)",
    )
    lasts = np.isfinite(e.duration) & (e.duration >= 0)
    _refuse("duration", e.duration, ~lasts, "0, or a finite duration above 0 h")
    _refuse(
        "addl",
        e.addl,
        (e.addl < 0) | (e.addl > MOST_REPEATS),
        f"0 to {MOST_REPEATS} further doses",
    )
    _refuse("ii", e.ii, ~(np.isfinite(e.ii) & (e.ii >= 0)), "0 or more h, finite")
    _refuse("ss", e.ss, (e.ss < 0) | (e.ss > 2), "0, 1 or 2")


def _check_together(e: Events) -> None:
    """What one column says against what another does."""
    for name in ("amount", "rate", "duration", "addl", "ss"):
        column: Floats | Ints = getattr(e, name)
        _refuse(name, column, (column != 0) & ~e.gives, "0 unless evid is 1 or 4")
    _refuse(
        "duration",
        e.duration,
        (e.duration > 0) & (e.rate != 0),
        "0 where a rate is given; the one follows from the other",
    )
    _refuse("ii", e.ii, (e.addl > 0) & (e.ii == 0), "above 0 h where addl is above 0")
    _refuse(
        "ii",
        e.ii,
        (e.ss > 0) & (e.ii == 0) & ~e.steady_input,
        "above 0 h where ss is 1 or 2 (only with ss 1 and amount 0 it may be 0)",
    )
    lasting = e.steady_input & ((e.duration > 0) | (e.rate == -2) | (e.addl > 0))
    _refuse(
        "amount",
        e.amount,
        lasting,
        "above 0 for a duration or addl; amount 0 with ss 1 is an input that went on for ever",
    )


_refuse = partial(refuse, "events")


def _ranges(first: NDArray[np.intp], count: NDArray[np.intp]) -> NDArray[np.intp]:
    """first[0], first[0]+1 … count[0] of them, then first[1] …"""
    if not count.size:
        return np.zeros(0, dtype=np.intp)
    ends = np.cumsum(count, dtype=np.intp)
    return np.arange(ends[-1], dtype=np.intp) + np.repeat(first - (ends - count), count)
