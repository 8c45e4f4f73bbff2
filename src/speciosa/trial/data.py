"""Event records of people, in NONMEM's columns and in its meaning.

    ID     whose; a person's rows stand together
    TIME   h, on one clock for each person; it may fall only at a reset
    AMT    mg of the drug whose compartment the dose enters
    RATE   mg per h; DUR h instead of it; neither is a dose at once
    EVID   0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose
    ADDL   further doses, II h apart; with SS 1 or 2, II is the interval at steady state
    CMT    where a dose enters; nothing or 0 is the gut, for the main alkaloid of the product
    MDV    1 makes an other event of a row that is no dose, where EVID does not say
    DV     what was measured; kept, and not used

A row without EVID is a dose if AMT, RATE, DUR or SS says so, else an observation. Every other
column is a covariate or is carried along. RATE -1 and -2 stand for a rate or duration that the
model holds; this one has none, so they are refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.trial.checks import MOST_DOSES
from speciosa.trial.compartments import find_compartment, suggestion
from speciosa.trial.complaints import Said
from speciosa.trial.datafile import Column, Raw, numbers, raw_file, raw_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ROLES", "Data"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.bool_]

ROLES = ("ID", "TIME", "AMT", "RATE", "DUR", "EVID", "ADDL", "II", "SS", "CMT", "MDV", "DV")
"""Columns with a meaning of their own."""

_TEXTS = ("ID", "CMT")
_LATEST = 1e6  # h, more than a century; what is above was counted in something else
_LARGEST = 100_000.0  # mg, the most that a scenario takes for a dose


@dataclass(frozen=True)
class Data:
    """Checked event records, one element per row, in the order of the file.

    Attributes:
        raw: the rows as they were read; `raw.columns` holds every column by its name.
        ids: people as the file calls them, in order of appearance.
        person: whose row, an index into `ids`.
        time: h.
        amount: mg.
        rate: mg per h; 0 where there is none.
        duration: h; 0 where there is none.
        evid: 0 to 4.
        addl: further doses.
        ii: h.
        ss: 0, 1 or 2.
        compartment: a number of `compartments.COMPARTMENTS`; 0 for the usual one.
    """

    raw: Raw
    ids: tuple[str, ...]
    person: Ints
    time: Floats
    amount: Floats
    rate: Floats
    duration: Floats
    evid: Ints
    addl: Ints
    ii: Floats
    ss: Ints
    compartment: Ints

    @staticmethod
    def read(source: str | os.PathLike[str] | pd.DataFrame) -> Data:
        """The records of a CSV file or of a pandas table.

        Raises:
            InputError: a row cannot be; the message names file, line, column and value.
            OSError: the file cannot be read.
        """
        if isinstance(source, str | os.PathLike):
            return _checked(_Columns(raw_file(source, _TEXTS)))
        return _checked(_Columns(raw_frame(source, _TEXTS)))

    @property
    def gives(self) -> Rows:
        """Rows that are doses."""
        return (self.evid == 1) | (self.evid == 4)

    @property
    def resets(self) -> Rows:
        """Rows before which everything starts again."""
        return self.evid >= 3

    @property
    def observed(self) -> Rows:
        """Rows that ask for a prediction."""
        return self.evid == 0

    @property
    def first(self) -> Ints:
        """The first row of each person, (people,)."""
        return np.flatnonzero(np.diff(self.person, prepend=-1))

    @cached_property
    def others(self) -> Mapping[str, Column]:
        """Columns without a meaning of their own, by the name that the file gives them."""
        return {name: c for name, c in self.raw.columns.items() if name.upper() not in ROLES}

    def refuse(self, column: str, wrong: Rows, expected: str) -> None:
        """Raise InputError about the first row that is wrong, if any is."""
        _Columns(self.raw).refuse(column, wrong, expected)


class _Columns:
    """The columns of a file by their role, and how one complains about them."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.names = {name.upper(): name for name in raw.columns}

    def __len__(self) -> int:
        return len(self.raw.rows)

    def __contains__(self, role: str) -> bool:
        return role in self.names

    def texts(self, role: str) -> Column:
        """A column that was read as texts; empty ones if the file has none."""
        if role not in self:
            return np.full(len(self), "", dtype=object)
        return self.raw.columns[self.names[role]]

    def numbers(self, role: str) -> Floats:
        """A column of numbers, nan where there is none; what is no number is refused."""
        if role not in self:
            return np.full(len(self), np.nan)
        found, wrong = numbers(self.raw.columns[self.names[role]])
        self.refuse(role, wrong, _number_of(role))
        return found

    def whole(self, role: str, expected: str, low: int, high: int) -> Floats:
        """A column of whole numbers within bounds, nan where there is none."""
        found = self.numbers(role)
        wrong = ~np.isnan(found) & ((found != np.round(found)) | (found < low) | (found > high))
        self.refuse(role, wrong, expected)
        return found

    def refuse(self, role: str, wrong: Rows, expected: str) -> None:
        """Raise InputError about the first row that is wrong, if any is."""
        if not wrong.any():
            return
        row = int(np.argmax(wrong))
        name = self.names.get(role.upper(), role)
        where = f"{self.raw.source}, {self.raw.counted} {self.raw.rows[row]}, column {name}"
        column = self.raw.columns.get(name)
        raise InputError(where, _as_written(None if column is None else column[row]), expected)


def _checked(columns: _Columns) -> Data:
    """All records, or one message about the first thing that is wrong."""
    for role, what in (("ID", "whose row it is"), ("TIME", "when, in h")):
        if role not in columns:
            known = ", ".join(columns.raw.columns)
            got = Said(f"columns {known}")
            raise InputError(columns.raw.source, got, f"a column {role} ({what})")
    ids, person = _people(columns)
    time = columns.numbers("TIME")
    columns.refuse("TIME", np.isnan(time), "a time in h")
    columns.refuse("TIME", np.abs(time) > _LATEST, f"a time in h, at most {_LATEST:.0f}")
    amount, rate, duration = (columns.numbers(role) for role in ("AMT", "RATE", "DUR"))
    ss = columns.whole("SS", "0, 1 or 2", 0, 2)
    evid = _evid(columns, amount, rate, duration, ss)
    falls = (np.diff(time, prepend=np.inf) < 0) & (np.diff(person, prepend=-1) == 0)
    columns.refuse(
        "TIME", falls & (evid < 3), "a time not before the row above (only EVID 3 or 4 starts anew)"
    )
    addl = columns.whole("ADDL", f"a whole number from 0 to {MOST_DOSES}", 0, MOST_DOSES)
    ii = columns.numbers("II")
    gives = (evid == 1) | (evid == 4)
    _doses(columns, gives, amount=amount, rate=rate, duration=duration, addl=addl, ii=ii, ss=ss)
    return Data(
        raw=columns.raw,
        ids=ids,
        person=person,
        time=time,
        amount=np.nan_to_num(amount),
        rate=np.nan_to_num(rate),
        duration=np.nan_to_num(duration),
        evid=evid,
        addl=np.nan_to_num(addl).astype(np.int64),
        ii=np.nan_to_num(ii),
        ss=np.nan_to_num(ss).astype(np.int64),
        compartment=_compartments(columns, gives),
    )


def _people(columns: _Columns) -> tuple[tuple[str, ...], Ints]:
    """People in order of appearance, and whose each row is."""
    import pandas as pd

    column = columns.texts("ID")
    columns.refuse("ID", column == "", "whose row it is")
    found, names = pd.factorize(column)
    person = found.astype(np.int64)
    columns.refuse(
        "ID",
        np.diff(person, prepend=-1) < 0,
        "all rows of one person together (NONMEM would take this for another person)",
    )
    return tuple(str(name) for name in names), person


def _evid(columns: _Columns, amount: Floats, rate: Floats, duration: Floats, ss: Floats) -> Ints:
    """EVID, or what the other columns say where it is missing."""
    evid = columns.whole("EVID", "0, 1, 2, 3 or 4", 0, 4)
    mdv = columns.whole("MDV", "0 or 1", 0, 1)
    dosed = sum((np.nan_to_num(one) != 0 for one in (amount, rate, duration, ss)), start=False)
    implied = np.where(dosed, 1.0, np.where(mdv == 1, 2.0, 0.0))
    return np.where(np.isnan(evid), implied, evid).astype(np.int64)


def _doses(
    columns: _Columns,
    gives: Rows,
    *,
    amount: Floats,
    rate: Floats,
    duration: Floats,
    addl: Floats,
    ii: Floats,
    ss: Floats,
) -> None:
    """Refuse a dose that cannot be, and what only a dose can have on another row."""
    for role, held in (("AMT", amount), ("RATE", rate), ("DUR", duration), ("SS", ss)):
        columns.refuse(role, ~gives & (np.nan_to_num(held) != 0), "nothing where EVID is no dose")
    columns.refuse("ADDL", ~gives & (addl > 0), "nothing where EVID is no dose")
    modelled = (rate == -1) | (rate == -2)
    columns.refuse("RATE", modelled, "mg per h, or DUR in h (the model holds neither)")
    columns.refuse("RATE", rate < 0, "mg per h above 0, or 0 for a dose at once")
    columns.refuse("DUR", duration < 0, "h above 0, or 0 for a dose at once")
    columns.refuse("DUR", (duration > 0) & (rate > 0), "nothing beside RATE (one of the two)")
    endless = (rate > 0) & (ss == 1) & (np.nan_to_num(amount) == 0)
    columns.refuse("AMT", gives & np.isnan(amount) & ~endless, "a dose in mg")
    wrong = (amount < 0) | (amount > _LARGEST)
    columns.refuse("AMT", wrong, f"a dose in mg, from 0 to {_LARGEST:g}")
    columns.refuse("II", ii < 0, "h, 0 or more")
    spaced = np.nan_to_num(ii) > 0
    columns.refuse("II", (addl > 0) & ~spaced, "h above 0 where ADDL is above 0")
    columns.refuse("II", (ss > 0) & ~spaced & ~endless, "h above 0 where SS is above 0")


def _compartments(columns: _Columns, gives: Rows) -> Ints:
    """The number of each dose's compartment; what a row that is no dose says is not looked at."""
    texts = columns.texts("CMT")
    known = {"": 0, "0": 0}
    for text in dict.fromkeys(texts[gives]):
        if text in known:
            continue
        found = find_compartment(text)
        columns.refuse("CMT", gives & (texts == text) & (found is None), suggestion(text))
        known[text] = found.number if found else 0
    return np.array([known[t] if g else 0 for t, g in zip(texts, gives, strict=True)], np.int64)


def _number_of(role: str) -> str:
    if role == "TIME":
        return "a number of hours (not a time of day, such as 8:30)"
    return "a number, or . where there is none"


def _as_written(value: object) -> object:
    """A value as it stands in the file."""
    if isinstance(value, float):
        return Said("nothing") if np.isnan(value) else Said(f"{value:.12g}")
    return value or Said("nothing")
