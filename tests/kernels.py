"""A model of every kind of operation, people with hand-made timetables, kernels run on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.compartments import problem

from speciosa.engine import Problem
from speciosa.engine.codegen.lanes import METHODS
from speciosa.engine.codegen.target import Target
from speciosa.engine.compiled import kernel
from speciosa.engine.kernel import Ended, People
from speciosa.engine.numpy_code import Floats
from speciosa.engine.timetable import ADD, FILL, INFUSE, RAISE, RESET, SET, Timetable

# A depot that is known exactly, saturable loss, a power, a state that follows, time itself.
MODEL = problem(
    "depot central effect",
    "ka vm km keo n base",
    "depot central effect both",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["vm"] * x["central"] / (x["km"] + x["central"]),
        x["keo"] * (x["central"] ** x["n"] / (x["central"] ** x["n"] + 2.0) - x["effect"]),
    ],
    lambda x: [
        x["depot"],
        x["central"],
        x["effect"],
        x["central"] * x["effect"] + x["t"] * x["vm"] / x["km"],
    ],
    start=lambda x: [0.0, x["base"], 0.0],
    lower=0.0,
)
ALL = range(4)
TYPICAL = np.array([1.2, 3.0, 5.0, 0.4, 1.6, 0.5])
NAMES = MODEL.parameters
TIMES = np.array([[0.0, 0.5, 1.0, 3.0, 3.5, 7.25, 12.0, 24.0]])

Action = tuple[float, int, int, float]
methods = pytest.mark.parametrize("method", METHODS)


def table(
    *everyone: Sequence[Action], vectors: Sequence[Sequence[float]] = ((0.0, 0.0, 0.0),)
) -> Timetable:
    """Actions (time, kind, where, value) of each person."""
    rows = [action for actions in everyone for action in actions]
    columns = np.array(rows, dtype=float).reshape(len(rows), 4)
    return Timetable(
        first=np.cumsum([0, *map(len, everyone)]),
        time=columns[:, 0].copy(),
        kind=columns[:, 1].astype(np.int64),
        where=columns[:, 2].astype(np.int64),
        value=columns[:, 3].copy(),
        vectors=np.array(vectors, dtype=float),
        begin=np.zeros(len(everyone)),
        outcome=np.zeros(len(everyone), dtype=np.int8),
    )


def people(
    parameters: Floats,
    actions: Timetable,
    times: Floats = TIMES,
    *,
    rtol: float = 1e-9,
    atol: float = 1e-11,
    max_steps: int = 100_000,
    states: int = 3,
) -> People:
    return People(
        parameters=parameters,
        table=actions,
        times=times,
        slopes=None,
        triggers=None,
        rtol=rtol,
        atol=np.full(states, atol),
        max_steps=max_steps,
    )


def run(
    who: People,
    method: str,
    target: Target | None = None,
    chosen: Sequence[int] = ALL,
    which: Problem = MODEL,
) -> tuple[Floats, Ended]:
    """Outputs (people, T, outputs) and how everybody ended."""
    code = kernel(which, chosen, method, target=target)
    count, wide = who.parameters.shape[0], who.times.shape[1]
    rows = code.rows(count * wide)
    ended = code.run(who, rows, np.zeros(1, dtype=np.int64))
    return rows[:-1].reshape(count, wide, code.wide)[:, :, : len(chosen)], ended


def spread(count: int, seed: int = 1) -> Floats:
    return TYPICAL * np.exp(0.4 * np.random.default_rng(seed).standard_normal((count, 6)))


def everything(count: int, seed: int = 2) -> Timetable:
    """People with up to seven actions each, of every kind."""
    rng = np.random.default_rng(seed)
    kinds = {SET: 6, RESET: 1, FILL: 2, RAISE: 2, INFUSE: 3, ADD: 3}
    everyone: list[list[Action]] = []
    for person in range(count):
        when = np.sort(rng.choice([0.0, 0.3, 1.0, 3.0, 3.2, 8.0, 12.0, 24.0, 30.0], person % 8))
        actions: list[Action] = []
        for time in when.tolist():
            kind = int(rng.choice(list(kinds)))
            where = int(rng.integers(0, kinds[kind]))
            size = float(rng.uniform(0.5, 2.0))
            value = size * TYPICAL[where] if kind == SET else 4.0 * size
            actions.append((time, kind, where, value))
        everyone.append(actions)
    return table(*everyone, vectors=[[1.0, 2.0, 0.1], [0.5, 0.0, 0.2]])


def part(who: People, rows: np.ndarray) -> People:
    """Some of them, in this order."""
    times = who.times if len(who.times) == 1 else who.times[rows]
    return replace(who, parameters=who.parameters[rows], table=who.table.only(rows), times=times)


def same(a: tuple[Floats, Ended], b: tuple[Floats, Ended], rows: np.ndarray) -> bool:
    """Whether `b` is some people of `a`, bit for bit."""
    names = ("outcome", "reached", "suspect", "steps", "final")
    return a[0][rows].tobytes() == b[0].tobytes() and all(
        getattr(a[1], name)[rows].tobytes() == getattr(b[1], name).tobytes() for name in names
    )
