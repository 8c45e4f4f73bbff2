"""Event records: what is given to whom, when and where, in the meaning of NONMEM.

True for every record, after NONMEM's rules:

    EVID 0   an observation; changes nothing (outputs come at the times asked for)
    EVID 1   a dose: `amount` into `compartment` at once, or with `rate` > 0 as an infusion
    EVID 2   another event; changes nothing
    EVID 3   reset: states return to their start values, every dose still to come is cancelled
    EVID 4   reset, then dose
    ADDL, II `addl` more doses, `ii` hours apart
    lag, F   belong to the compartment: a dose enters at time + lag as F * amount; an infusion keeps
             its rate and lasts F * amount / rate

A dose still to come at a reset is one that was recorded before it and has not entered: waiting for
its lag, a repeat, or the rest of an infusion. Records of a person at one time keep their order.

Left out for now: steady state, modelled rate and duration, parameters that change with time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.errors import InputError

__all__ = ["Events"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

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
        rate: amount per h; 0 for a dose at once.
        addl: further doses.
        ii: h between them.
    """

    person: Ints
    time: Floats
    amount: Floats
    compartment: Ints
    evid: Ints
    rate: Floats
    addl: Ints
    ii: Floats

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
        }
        columns = _columns(given)
        whole = {name: _whole(name, columns[name]) for name in _WHOLE}
        amounts, rates, gaps = columns["amount"], columns["rate"], columns["ii"]
        kind, repeats = whole["evid"], whole["addl"]
        gives = (kind == 1) | (kind == 4)
        _refuse("person", whole["person"], whole["person"] < 0, "an index from 0")
        _refuse("time", columns["time"], ~np.isfinite(columns["time"]), "a finite time in h")
        _refuse("evid", kind, (kind < 0) | (kind > 4), "0, 1, 2, 3 or 4")
        _refuse("compartment", whole["compartment"], whole["compartment"] < 0, "an index from 0")
        _refuse("amount", amounts, ~(np.isfinite(amounts) & (amounts >= 0)), "0 or more, finite")
        _refuse("amount", amounts, (amounts > 0) & ~gives, "0 unless evid is 1 or 4")
        _refuse("rate", rates, ~(np.isfinite(rates) & (rates >= 0)), "0, or a finite rate above 0")
        _refuse("rate", rates, (rates > 0) & ~gives, "0 unless evid is 1 or 4")
        _refuse(
            "addl",
            repeats,
            (repeats < 0) | (repeats > MOST_REPEATS),
            f"0 to {MOST_REPEATS} further doses",
        )
        _refuse("addl", repeats, (repeats > 0) & ~gives, "0 unless evid is 1 or 4")
        _refuse("ii", gaps, ~(np.isfinite(gaps) & (gaps >= 0)), "0 or more h, finite")
        _refuse("ii", gaps, (repeats > 0) & (gaps == 0), "above 0 h where addl is above 0")
        order = np.lexsort((columns["time"], whole["person"]))
        return cls(
            person=whole["person"],
            time=columns["time"],
            amount=amounts,
            compartment=whole["compartment"],
            evid=kind,
            rate=rates,
            addl=repeats,
            ii=gaps,
        )._rows(order)

    @classmethod
    def none(cls) -> Events:
        """No events at all."""
        return cls.build(person=(), time=())

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
        )

    def check(self, *, people: int, states: int) -> None:
        """Refuse records of people or compartments that do not exist.

        Raises:
            InputError: naming the column, the row (in order of person and time) and the value.
        """
        _refuse("person", self.person, self.person >= people, f"0 to {people - 1}")
        gives = (self.evid == 1) | (self.evid == 4)
        _refuse(
            "compartment",
            self.compartment,
            gives & (self.compartment >= states),
            f"0 to {states - 1}",
        )


_WHOLE = ("person", "compartment", "evid", "addl")


def _columns(given: dict[str, ArrayLike]) -> dict[str, Floats]:
    """All columns as floats of one length."""
    columns: dict[str, Floats] = {}
    for name, values in given.items():
        try:
            columns[name] = np.asarray(values, dtype=float)
        except (TypeError, ValueError):
            raise InputError(f"events, column {name}", values, "numbers") from None
        if columns[name].ndim > 1:
            raise InputError(f"events, column {name}", columns[name].shape, "one dimension")
    sizes = {name: column.size for name, column in columns.items() if column.ndim}
    rows = sizes.get("person", max(sizes.values(), default=1))
    for name, size in sizes.items():
        if size != rows:
            raise InputError(f"events, column {name}", f"{size} rows", f"{rows} rows, or one value")
    return {name: np.array(np.broadcast_to(column, (rows,))) for name, column in columns.items()}


def _whole(name: str, column: Floats) -> Ints:
    broken = ~np.isfinite(column) | (column != np.round(column)) | (np.abs(column) > 2**53)
    _refuse(name, column, broken, "a whole number")
    return column.astype(np.int64)


def _refuse(name: str, column: Floats | Ints, wrong: NDArray[np.bool_], expected: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(f"events, column {name}, row {row}", column[row].item(), expected)


def _ranges(first: NDArray[np.intp], count: NDArray[np.intp]) -> NDArray[np.intp]:
    """first[0], first[0]+1 … count[0] of them, then first[1] …"""
    if not count.size:
        return np.zeros(0, dtype=np.intp)
    ends = np.cumsum(count, dtype=np.intp)
    return np.arange(ends[-1], dtype=np.intp) + np.repeat(first - (ends - count), count)
