"""Columns of a data file that stand for a number of the model: what they set, and when.

A column is named after a parameter of the model, or after a trait of a person by its last word
(`pain`, `CYP2D6`); `WT` and `WEIGHT` are body weight. A missing value says nothing: the rows
around it hold, and a person without any keeps what was drawn for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.model import Model
from speciosa.trial.complaints import Said
from speciosa.trial.data import Data
from speciosa.trial.datafile import numbers

__all__ = ["Between", "Changing", "Given", "given"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Between = Literal["nocb", "locf", "linear"]
"""What holds between two rows: the next value, the last value, or a straight line."""

_OTHER_NAMES = {"wt": "person.weight"}
_BOUNDS: Mapping[str, tuple[float, float, str]] = {
    "person.weight": (30.0, 300.0, "a weight from 30 to 300 kg"),
    "person.pain": (0.0, 10.0, "pain from 0 to 10"),
}
_ANY = (0.0, np.inf, "a number, 0 or more")


@dataclass(frozen=True)
class Changing:
    """Records of parameters that change with time, one element for each."""

    person: Ints
    row: NDArray[np.intp]
    parameter: Ints
    value: Floats


@dataclass(frozen=True)
class Given:
    """What covariates say.

    Attributes:
        first: by parameter of the problem, the first value of each person, (people,); nan for who
            has none.
        changing: those that do not stay as they were first; None if all do.
        unused: columns that the model has no use for.
    """

    first: Mapping[int, Floats]
    changing: Changing | None
    unused: tuple[str, ...]

    def write(self, parameters: Floats) -> None:
        """Put first values into parameters, (copies * people, parameters), in place."""
        for index, values in self.first.items():
            all_of = np.resize(values, len(parameters))
            known = ~np.isnan(all_of)
            parameters[known, index] = all_of[known]

    def everybody(self) -> frozenset[int]:
        """Parameters that nobody is without."""
        return frozenset(i for i, values in self.first.items() if not np.isnan(values).any())


def given(data: Data, model: Model) -> Given:
    """The covariates of a data file that the model knows.

    Raises:
        InputError: a value is no number or out of range, or two columns mean the same.
    """
    names = model.problem.parameters
    meant = _names(model)
    taken: dict[str, str] = {}
    first: dict[int, Floats] = {}
    parts: list[Changing] = []
    unused: list[str] = []
    for column in data.others:
        name = meant.get(column.casefold())
        if name is None:
            unused.append(column)
            continue
        if name in taken:
            got = Said(f"columns {taken[name]} and {column}")
            raise InputError(data.raw.source, got, f"one of them, for {name}")
        taken[name] = column
        index = names.index(name)
        first[index], changing = _column(data, column, name, index)
        if changing is not None:
            parts.append(changing)
    return Given(first, _together(parts), tuple(unused))


def _names(model: Model) -> Mapping[str, str]:
    """Every name that a column may have, in lower case, with the parameter that it stands for."""
    traits = {trait.rpartition(".")[2]: trait for trait in model.flat.traits}
    held = model.problem.parameters
    known = {**_OTHER_NAMES, **traits, **{name: name for name in held}}
    return {word.casefold(): name for word, name in known.items() if name in held}


def _column(data: Data, column: str, name: str, index: int) -> tuple[Floats, Changing | None]:
    low, high, expected = _BOUNDS.get(name, _ANY)
    found, wrong = numbers(data.others[column])
    data.refuse(column, wrong | (found < low) | (found > high), expected)
    row = np.flatnonzero(~np.isnan(found))
    person, value = data.person[row], found[row]
    first = np.full(len(data.ids), np.nan)
    begins = np.diff(person, prepend=-1) != 0
    first[person[begins]] = value[begins]
    moves = np.zeros(len(data.ids), dtype=bool)
    moves[person[value != first[person]]] = True
    kept = moves[person]
    if not kept.any():
        return first, None
    parameter = np.full(int(kept.sum()), index, dtype=np.int64)
    return first, Changing(person[kept], row[kept], parameter, value[kept])


def _together(parts: list[Changing]) -> Changing | None:
    if not parts:
        return None
    return Changing(
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.parameter for part in parts]),
        np.concatenate([part.value for part in parts]),
    )
