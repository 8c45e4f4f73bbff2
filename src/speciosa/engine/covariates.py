"""Parameters that change with time: what is in force when, person by person.

A covariate is a parameter with records: at this time it had this value. What holds between two
records is a choice, made once per parameter:

    nocb    the next value carried back: the value of a record holds for the interval that ends
            there, its end included (NONMEM)
    locf    the last value carried forward: it holds from the record on, its time included
    linear  a straight line from record to record

Before the first record its value holds, after the last the last. Of several records at one time the
first counts for nocb, as it ends the interval, and the last for locf and linear. A person without
records of a parameter keeps the value handed over with their parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, NamedTuple, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.columns import Columns, Ints, refuse
from speciosa.engine.numpy_code import Floats
from speciosa.engine.problem import Op, Problem, Program
from speciosa.errors import InputError

__all__ = ["Changes", "Covariates", "Kind", "with_linear"]

Kind = Literal["nocb", "locf", "linear"]


class Changes(NamedTuple):
    """Parameters that take new values: one row each.

    Attributes:
        person: whose.
        time: h; a nocb value begins just after it.
        parameter: which, an index from 0.
        value: from then on.
        after: whether it begins just after the time, and so after an output there.
    """

    person: Ints
    time: Floats
    parameter: Ints
    value: Floats
    after: NDArray[np.bool_]


@dataclass(frozen=True)
class Covariates:
    """Records of parameters, sorted by parameter, person and time; by `Covariates.build`.

    Attributes:
        person: whose, an index from 0.
        time: h.
        parameter: which, an index from 0 in the order of the problem's parameters.
        value: in the parameter's unit.
        kind: for each parameter with records, what holds between them.
    """

    person: Ints
    time: Floats
    parameter: Ints
    value: Floats
    kind: Mapping[int, Kind]

    @classmethod
    def build(
        cls,
        *,
        person: ArrayLike,
        time: ArrayLike,
        parameter: ArrayLike,
        value: ArrayLike,
        kind: str | Sequence[str] = "nocb",
    ) -> Covariates:
        """Check the columns and sort them; a single number or word stands for every row.

        Raises:
            InputError: a value cannot be; the message names column and row (from 0, as handed in).
        """
        given = {"person": person, "time": time, "parameter": parameter, "value": value}
        columns = Columns("covariates", given, "person")
        kinds = [kind] * columns.rows if isinstance(kind, str) else list(kind)
        if len(kinds) != columns.rows:
            raise columns.wrong_size("kind", len(kinds))
        who, which = columns.whole("person"), columns.whole("parameter")
        _refuse("person", who, who < 0, "an index from 0")
        _refuse("parameter", which, which < 0, "an index from 0")
        _refuse("time", columns["time"], ~np.isfinite(columns["time"]), "a finite time in h")
        _refuse("value", columns["value"], ~np.isfinite(columns["value"]), "a finite number")
        between: dict[int, Kind] = {}
        for row, (number, word) in enumerate(zip(which.tolist(), kinds, strict=True)):
            if word not in get_args(Kind):
                known = f"one of {', '.join(get_args(Kind))}"
                raise InputError(f"covariates, column kind, row {row}", word, known)
            if between.setdefault(number, cast("Kind", word)) != word:
                same = f"{between[number]}, as in the rows of parameter {number} before"
                raise InputError(f"covariates, column kind, row {row}", word, same)
        when = columns["time"]
        order = np.lexsort((when, who, which))
        found = cls(who[order], when[order], which[order], columns["value"][order], between)
        return found._one_each()

    def _one_each(self) -> Covariates:
        """One record of a parameter at each time: the first for nocb, else the last."""
        keys = np.stack([self.parameter, self.person]), self.time
        same = (np.diff(keys[0]) == 0).all(axis=0) & (np.diff(keys[1]) == 0)
        first = np.array([self.kind[p] == "nocb" for p in self.parameter.tolist()], dtype=bool)
        no = np.zeros(min(1, self.person.size), dtype=bool)
        repeats = np.where(first, np.concatenate((no, same)), np.concatenate((same, no)))
        return self._rows(np.flatnonzero(~repeats))

    def _rows(self, rows: NDArray[np.intp]) -> Covariates:
        return replace(
            self,
            person=self.person[rows],
            time=self.time[rows],
            parameter=self.parameter[rows],
            value=self.value[rows],
        )

    def only(self, people: NDArray[np.intp]) -> Covariates:
        """The records of these people, each named once, numbered from 0 in the order given."""
        rank = np.full(max(int(self.person.max(initial=-1)), int(people.max(initial=-1))) + 1, -1)
        rank[people] = np.arange(people.size)
        kept = self._rows(np.flatnonzero(rank[self.person] >= 0))
        moved = replace(kept, person=rank[kept.person])
        return moved._rows(np.lexsort((moved.time, moved.person, moved.parameter)))

    def check(self, *, people: int, parameters: int) -> None:
        """Refuse records of people or parameters that do not exist.

        Raises:
            InputError: naming the column, the row (in order of parameter, person and time).
        """
        _refuse("person", self.person, self.person >= people, f"0 to {people - 1}")
        _refuse("parameter", self.parameter, self.parameter >= parameters, f"0 to {parameters - 1}")

    def linear(self) -> tuple[int, ...]:
        """The parameters that follow straight lines, ascending."""
        return tuple(sorted(p for p, kind in self.kind.items() if kind == "linear"))

    def at(self, person: Ints, time: Floats, parameters: Floats) -> Floats:
        """The parameters in force of these people at these times: (rows, parameters).

        `parameters` (people, parameters) has what does not change.
        """
        found = parameters[person].copy()
        for number, kind in self.kind.items():
            rows = np.flatnonzero(self.parameter == number)
            if not rows.size:
                continue
            who, when, value = self.person[rows], self.time[rows], self.value[rows]
            first = np.searchsorted(who, person, side="left")
            last = np.searchsorted(who, person, side="right") - 1
            has = last >= first
            before = _placed(who, when, person, time, "left" if kind == "nocb" else "right")
            here = before if kind == "nocb" else before - 1
            low = np.minimum(np.maximum(here, first), np.maximum(last, 0))
            now = value[low]
            if kind == "linear":
                high = np.minimum(low + 1, np.maximum(last, 0))
                apart = when[high] - when[low]
                share = np.clip(time - when[low], 0.0, apart) / np.where(apart > 0, apart, 1.0)
                now = now + np.where(apart > 0, share, 0.0) * (value[high] - now)
            found[has, number] = now[has]
        return found

    def changes(self, parameters: int) -> Changes:
        """Every new value after a person's beginning, for a problem made by `with_linear`.

        `parameters` is the number of parameters before it. The slope of the first linear parameter
        has this number, the time from which it counts the next.
        """
        parts: list[Changes] = []
        for number, kind in self.kind.items():
            rows = np.flatnonzero(self.parameter == number)
            who, when, value = self.person[rows], self.time[rows], self.value[rows]
            follows = np.flatnonzero(np.diff(who) == 0)
            if kind != "linear":
                new = follows[value[follows + 1] != value[follows]]
                at = when[new] if kind == "nocb" else when[new + 1]
                parts.append(_changes(who[new], at, number, value[new + 1], kind == "nocb"))
                continue
            slope = np.zeros(rows.size)
            slope[follows] = np.diff(value)[follows] / np.diff(when)[follows]
            extra = parameters + 2 * self.linear().index(number)
            parts += [
                _changes(who, when, number, value, False),
                _changes(who, when, extra, slope, False),
                _changes(who, when, extra + 1, when, False),
            ]
        if not parts:
            parts.append(_changes(*(np.zeros(0, np.int64), np.zeros(0), 0, np.zeros(0), False)))
        return Changes(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def with_linear(problem: Problem, parameters: Sequence[int]) -> Problem:
    """The problem with straight lines in place of these parameters: value + slope (t - since).

    The value keeps its place; slope and since follow as two more parameters each, at the end. Start
    values and dosing see the value alone. A line is a polynomial of time, so the rates stay as
    smooth as they were between two records, and no state is added.
    """
    if not parameters:
        return problem
    n, p = len(problem.states), len(problem.parameters)
    extra = [
        f"{word} of {problem.parameters[number]}"
        for number in parameters
        for word in ("slope", "beginning")
    ]
    lines = {1 + n + number: 1 + n + p + 2 * i for i, number in enumerate(parameters)}
    return replace(
        problem,
        parameters=(*problem.parameters, *extra),
        rates=_rewritten(problem.rates, len(extra), lines),
        observe=_rewritten(problem.observe, len(extra), lines),
        start=_rewritten(problem.start, len(extra), {}),
        dosing=_rewritten(problem.dosing, len(extra), {}),
    )


def _rewritten(program: Program, extra: int, lines: Mapping[int, int]) -> Program:
    """The program with more inputs; `lines` has, for an input that becomes a line, its slope."""
    first = program.inputs + extra + len(program.constants)
    new = {slot: slot + extra * (slot >= program.inputs) for slot in range(first - extra)}
    ops: list[Op] = []
    for slot, slope in lines.items():
        for op in (Op("sub", (0, slope + 1)), Op("mul", (slope, -1)), Op("add", (slot, -1))):
            # -1 stands for the operation before.
            args = tuple(first + len(ops) - 1 if arg < 0 else arg for arg in op.args)
            ops.append(Op(op.kind, args))
        new[slot] = first + len(ops) - 1
    shift = extra + len(ops)
    for slot in range(first - extra, program.slots):
        new[slot] = slot + shift
    ops += [Op(op.kind, tuple(new[arg] for arg in op.args)) for op in program.ops]
    labels = ("",) * (3 * len(lines)) + program.labels if program.labels else ()
    results = tuple(new[slot] for slot in program.results)
    return Program(program.inputs + extra, program.constants, tuple(ops), results, labels)


def _placed(
    who: Ints, when: Floats, person: Ints, time: Floats, side: Literal["left", "right"]
) -> NDArray[np.intp]:
    """Where each (person, time) would be put into these rows, sorted by person and time."""
    steps = np.unique(np.concatenate((when, time)))
    wide = steps.size + 1
    keys = who * wide + np.searchsorted(steps, when)
    return np.searchsorted(keys, person * wide + np.searchsorted(steps, time), side=side)


def _changes(who: Ints, at: Floats, parameter: int, value: Floats, after: bool) -> Changes:
    return Changes(
        who, at, np.full(who.size, parameter, dtype=np.int64), value, np.full(who.size, after)
    )


_refuse = partial(refuse, "covariates")
