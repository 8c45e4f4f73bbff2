"""A problem made ready for code: lowered programs, the pattern of its Jacobian, its exact states.

States are renumbered: those that a method integrates come first, then the first-order depots, whose
course between two events is known exactly (`y e^(-k t)`, with an infusion as well). A depot would
otherwise set the step of the whole system while it decays to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.codegen.derive import along, derivatives
from speciosa.engine.codegen.graph import Graph
from speciosa.engine.codegen.lower import Hoisted, linear_decay, lower
from speciosa.engine.problem import Problem

__all__ = ["Equations", "Slopes"]


@dataclass(frozen=True)
class Jacobian:
    """Slopes of the integrated rates.

    Attributes:
        rates: roots of the integrated rates, then of the exact ones.
        entries: (row, column) among integrated states -> root.
        forced: (row, exact state counted from 0) -> root.
        timed: row -> root of the slope in time.
    """

    rates: tuple[int, ...]
    entries: Mapping[tuple[int, int], int]
    forced: Mapping[tuple[int, int], int]
    timed: Mapping[int, int]


@dataclass(frozen=True)
class Slopes:
    """What forward sensitivities need; columns are places among the wanted parameters.

    Attributes:
        rates: roots of the integrated rates.
        entries: (row, column) among integrated states -> slope of a rate in a state.
        forced: (row, exact state counted from 0) -> the same in an exact state.
        sources: (row, column) -> slope of a rate in a parameter.
        drift: total derivatives in time of entries, forced and sources, in this order.
        paces: (exact state counted from 0, column) -> slope of its k; over parameters alone.
        start: (place, column) -> slope of a start value; over parameters alone.
        seen: (output, place of a state) -> slope of an output in a state.
        given: (output, column) -> slope of an output in a parameter.
    """

    rates: tuple[int, ...]
    entries: Mapping[tuple[int, int], int]
    forced: Mapping[tuple[int, int], int]
    sources: Mapping[tuple[int, int], int]
    drift: tuple[int, ...]
    paces: Mapping[tuple[int, int], int]
    start: Mapping[tuple[int, int], int]
    seen: Mapping[tuple[int, int], int]
    given: Mapping[tuple[int, int], int]


class Equations:
    """The graph of a problem and what the code generator reads from it.

    Leaves: 0 is time, then the states in the problem's order, then the parameters, then what is
    hoisted; below 0, what is infused into each state, in the new order.
    """

    def __init__(self, problem: Problem, chosen: Sequence[int]) -> None:
        n, p = len(problem.states), len(problem.parameters)
        self.problem, self.n, self.p, self.m = problem, n, p, len(chosen)
        graph = self.graph = Graph()
        self.time = graph.leaf(0)
        self._states = [graph.leaf(1 + i) for i in range(n)]
        parameters = [graph.leaf(1 + n + i) for i in range(p)]
        inputs = [self.time, *self._states, *parameters]
        self._parameters = parameters
        self._inflow = [graph.leaf(-1 - i) for i in range(n)]
        self._rates = graph.grow(problem.rates, inputs)
        observed = graph.grow(problem.observe, inputs)
        self._every_output = observed
        self._observed = [observed[i] for i in chosen]
        self.hoisted = Hoisted(graph, 1 + n + p)
        self._varying = {self.time, *self._states, *self._inflow}

        decay = linear_decay(graph, self._rates, self._states)
        if len(decay) == n:  # one must be left for a method to step with
            decay.popitem()
        integrated = [i for i in range(n) if i not in decay]
        renumbered: list[int] = [*integrated, *decay]
        self.order: NDArray[np.intp] = np.array(renumbered, dtype=np.intp)
        self.steps = len(integrated)
        self._paces = tuple(decay.values())
        self.decay = tuple(self.hoisted.leaf(node) for node in self._paces)
        self.rates = self._lower([self._rates[i] for i in integrated])
        # All outputs are lowered, so that which of them are asked for changes no bit of anything.
        self.observed = self._lower(observed)
        self.observe = tuple(self.observed[i] for i in chosen)
        start = graph.grow(problem.start, parameters)
        self.start = tuple(start[i] for i in renumbered)
        read = set(graph.reachable(self.observe))
        self.needed = tuple(place for place, i in enumerate(renumbered) if self._states[i] in read)
        self._renumbered = renumbered

    @property
    def pieces(self) -> int:
        """How many numbers a lane keeps per person: parameters and what is hoisted."""
        return self.p + len(self.hoisted.leaves)

    def place_of(self, leaf: int) -> tuple[str, int]:
        """What a leaf is and its place: "t", "y" (in the new order), "p", or "r" (infused)."""
        if leaf < 0:
            return "r", -1 - leaf
        if leaf == 0:
            return "t", 0
        if leaf <= self.n:
            return "y", self._renumbered.index(leaf - 1)
        return "p", leaf - 1 - self.n

    def bounds(self, place: int) -> tuple[float, float]:
        """Lower and upper bound of a state in the new order; nan where there is none."""
        state = self._renumbered[place]
        return self.problem.lower[state], self.problem.upper[state]

    def jacobian(self) -> Jacobian:
        """Rates and their slopes, lowered together."""
        graph = self.graph
        roots = [self._rates[i] for i in self._renumbered]
        slopes = derivatives(graph, roots[: self.steps], self._varying)
        places = {self._states[i]: place for place, i in enumerate(self._renumbered)}
        entries: dict[tuple[int, int], int] = {}
        forced: dict[tuple[int, int], int] = {}
        timed: dict[int, int] = {}
        for row, found in enumerate(slopes):
            for leaf, slope in found.items():
                if leaf == self.time:
                    timed[row] = slope
                elif places[leaf] < self.steps:
                    entries[row, places[leaf]] = slope
                else:
                    forced[row, places[leaf] - self.steps] = slope
        low = iter(self._lower([*roots, *entries.values(), *forced.values(), *timed.values()]))
        return Jacobian(
            tuple(next(low) for _ in roots),
            {key: next(low) for key in entries},
            {key: next(low) for key in forced},
            {key: next(low) for key in timed},
        )

    def watched(self, outputs: Sequence[int]) -> tuple[int, ...]:
        """Roots of outputs, by position in the problem."""
        return self._lower([self._every_output[output] for output in outputs])

    def slopes(self, wanted: Sequence[int]) -> Slopes:
        """Slopes for these parameters, by position."""
        graph, steps = self.graph, self.steps
        columns = {self._parameters[p]: column for column, p in enumerate(wanted)}
        places = {self._states[i]: place for place, i in enumerate(self._renumbered)}
        roots = [self._rates[i] for i in self._renumbered]
        entries: dict[tuple[int, int], int] = {}
        forced: dict[tuple[int, int], int] = {}
        sources: dict[tuple[int, int], int] = {}
        found = derivatives(graph, roots[:steps], {*self._states, *columns})
        for row, slopes in enumerate(found):
            for leaf, slope in slopes.items():
                if leaf in columns:
                    sources[row, columns[leaf]] = slope
                elif places[leaf] < steps:
                    entries[row, places[leaf]] = slope
                else:
                    forced[row, places[leaf] - steps] = slope
        sources = dict(sorted(sources.items(), key=lambda one: (one[0][1], one[0][0])))
        every = [*entries.values(), *forced.values(), *sources.values()]
        seeds = {self.time: graph.constant(1.0)}
        for place, i in enumerate(self._renumbered):
            seeds[self._states[i]] = graph.op("add", roots[place], self._inflow[place])
        low = iter(self._lower([*roots[:steps], *every]))
        seen: dict[tuple[int, int], int] = {}
        given: dict[tuple[int, int], int] = {}
        for output, slopes in enumerate(
            derivatives(graph, self._observed, {*self._states, *columns})
        ):
            for leaf, slope in slopes.items():
                if leaf in columns:
                    given[output, columns[leaf]] = slope
                else:
                    seen[output, places[leaf]] = slope
        given = dict(sorted(given.items(), key=lambda one: (one[0][1], one[0][0])))
        outputs = iter(self._lower([*seen.values(), *given.values()]))
        return Slopes(
            rates=tuple(next(low) for _ in range(steps)),
            entries={key: next(low) for key in entries},
            forced={key: next(low) for key in forced},
            sources={key: next(low) for key in sources},
            drift=self._lower(along(graph, every, seeds)),
            paces=_by_column(derivatives(graph, self._paces, columns), columns),
            start=_by_column(derivatives(graph, self.start, columns), columns),
            seen={key: next(outputs) for key in seen},
            given={key: next(outputs) for key in given},
        )

    def _lower(self, roots: Sequence[int]) -> tuple[int, ...]:
        return lower(self.graph, roots, self._varying, self.hoisted)


def _by_column(
    slopes: Sequence[Mapping[int, int]], columns: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """(row, column) -> slope."""
    return {
        (row, columns[leaf]): slope
        for row, found in enumerate(slopes)
        for leaf, slope in found.items()
    }
