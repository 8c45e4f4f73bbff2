"""The agreed problem of `spec.py` as this engine takes it: its own `rhs`, traced once."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, cast

import numpy as np

from benchmarks import spec
from benchmarks.task import Array, Task
from speciosa.engine import Events, Problem, reference
from speciosa.engine.codegen.graph import Graph

SIGNED = ("AR",)
"""States that may be negative."""
STIFF = {"kar": 1000.0, "kp": 1000.0, "keo7": 300.0}
"""What the stiff variant multiplies."""
HOURS = np.arange(0.0, spec.TEND + 1.0)


class Traced:
    """A number of the problem that writes down what is done with it."""

    def __init__(self, graph: Graph, node: int) -> None:
        self.graph, self.node = graph, node

    def _with(self, kind: str, left: Traced | float, right: Traced | float) -> Traced:
        nodes = [
            x.node if isinstance(x, Traced) else self.graph.constant(float(x))
            for x in (left, right)
        ]
        return Traced(self.graph, self.graph.op(kind, *nodes))

    def __add__(self, other: Traced | float) -> Traced:
        return self._with("add", self, other)

    def __radd__(self, other: float) -> Traced:
        return self._with("add", other, self)

    def __sub__(self, other: Traced | float) -> Traced:
        return self._with("sub", self, other)

    def __rsub__(self, other: float) -> Traced:
        return self._with("sub", other, self)

    def __mul__(self, other: Traced | float) -> Traced:
        return self._with("mul", self, other)

    def __rmul__(self, other: float) -> Traced:
        return self._with("mul", other, self)

    def __truediv__(self, other: Traced | float) -> Traced:
        return self._with("div", self, other)

    def __pow__(self, other: Traced | float) -> Traced:
        return self._with("pow", self, other)

    def __neg__(self) -> Traced:
        return Traced(self.graph, self.graph.op("neg", self.node))

    def __lt__(self, other: float) -> bool:
        # `max(R, 0.0)` asks. States are read at or above their bound of 0, so R is never below.
        return False


def problem() -> Problem:
    """16 states, a parameter for each of THETA, every state an output."""
    states, names = spec.STATES, tuple(spec.THETA)
    n, p = len(states), len(names)
    graph = Graph()
    leaves = [Traced(graph, graph.leaf(i)) for i in range(1 + n + p)]
    y, theta = leaves[1 : 1 + n], dict(zip(names, leaves[1 + n :], strict=True))
    rates = cast("list[Traced]", list(cast("Any", spec).rhs(0.0, y, theta)))
    begin = [
        theta["P0"].node if state == "P" else graph.constant(spec.Y0.get(state, 0.0))
        for state in states
    ]
    no_lag, whole, none = (graph.constant(value) for value in (0.0, 1.0, math.nan))
    everything = range(1 + n + p)
    own = range(1 + n, 1 + n + p)
    return Problem(
        states,
        names,
        states,
        rates=graph.program(everything, [rate.node for rate in rates]),
        observe=graph.program(everything, [one.node for one in y]),
        start=graph.program(own, begin),
        dosing=graph.program(own, [no_lag] * n + [whole] * n + [none] * 2 * n),
        lower=tuple(math.nan if state in SIGNED else 0.0 for state in states),
        upper=(math.nan,) * n,
    )


def parameters(people: int) -> Array:
    """The agreed people."""
    return np.array([list(one.values()) for one in spec.subjects(people)])


def stiff(people: int) -> Array:
    """The same people with three rates far faster than the rest."""
    table = parameters(people)
    for name, factor in STIFF.items():
        table[:, tuple(spec.THETA).index(name)] *= factor
    return table


def task(people: Callable[[int], Array] = parameters) -> Task:
    """42 doses, every state at every hour; where a dose is given, before and after differ."""

    def events(count: int) -> Events:
        return Events.build(
            person=np.arange(count), amount=spec.DOSE, time=0.0, addl=spec.NDOSE - 1, ii=spec.II
        )

    def scipy(count: int, rtol: float, atol: float | Array, method: reference.Method) -> Array:
        everybody = [dict(zip(spec.THETA, row, strict=True)) for row in people(count).tolist()]
        return np.array([spec.solve(one, rtol, float(np.min(atol)), method) for one in everybody])

    easy = people is parameters
    return Task(
        problem=problem(),
        parameters=people,
        events=events,
        times=HOURS,
        compared=HOURS % spec.II != 0.0,
        outputs=spec.STATES,
        atol=1e-8,
        finest="vern7" if easy else "rodas5p",
        scipy=scipy,
        checks=("DOP853", 1e-11) if easy else ("Radau", 1e-9),
    )
