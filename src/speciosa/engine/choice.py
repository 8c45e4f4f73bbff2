"""Which method a problem is integrated with: by counted steps and operations, never by a clock.

    choose(problem, parameters, events, until) -> Choice

A few people are integrated with the method for stiff systems and with the explicit one. The work of
a method is its mean number of steps times the operations of one step. The explicit method is taken
where it does clearly less work and nobody needs very many steps, which is how stiffness shows.

Operations of one step, for n integrated states and d depots that are known exactly; sums are
fused multiplications and additions, one each:

    Tsit5    6 rates + n (entries of its table) + 6 d exponentials
    Rodas5P  Jacobian with rates + elimination + 7 rates + 8 (entries of the matrix with fill-in)
             + n (entries of its tables) + 6 d exponentials

A division counts as 8, a root 10, an exponential 16, a logarithm 20, a hyperbolic tangent 24 and a
power 40. With these the times of one step stand as the counts do, to within a quarter: Rodas5P took
1.9 and 2.2 to 2.5 times as long as Tsit5 where the counts say 1.9 and 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from speciosa.engine.codegen import machine
from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.explicit import TSIT5
from speciosa.engine.codegen.graph import CONSTANT, LEAF, Graph
from speciosa.engine.codegen.rosenbrock import elimination
from speciosa.engine.events import Events
from speciosa.engine.methods import rodas5p
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem
from speciosa.engine.solve import Method, solve

__all__ = ["Choice", "choose", "in_use", "operations"]

CLEARLY: Final = 0.75
"""Share of the other method's work below which the explicit one is taken."""
STIFF: Final = 20
"""So many times the steps of the method for stiff systems, for anybody, are a sign of stiffness."""

WEIGHTS: Final = {"div": 8, "sqrt": 10, "exp": 16, "log": 20, "tanh": 24, "pow": 40, "power": 40}
"""Operations that take longer than one; all others count as one."""


@dataclass(frozen=True)
class Choice:
    """A method, and for each method mean steps of a person and what they cost in operations."""

    method: Method
    steps: Mapping[str, float]
    work: Mapping[str, float]


def choose(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    until: float,
    *,
    rtol: float = 1e-6,
    atol: float | Floats = 1e-8,
) -> Choice:
    """Integrate some people to `until` (h) with both methods and compare.

    `parameters` is (people, parameters). Machine code is needed: without it there is nothing to
    choose.
    """

    def counted(method: Method, most: int) -> tuple[Floats, bool]:
        """Steps of each person, and whether everybody arrived."""
        found = solve(
            problem,
            parameters,
            events,
            [until],
            [],
            method=method,
            rtol=rtol,
            atol=atol,
            max_steps=most,
        )
        return found.steps.astype(float), bool((found.outcome == Outcome.OK).all())

    stiff, fine = counted("rodas5p", 100_000)
    # Whoever needs more is handed over and has taken more steps than this.
    explicit, arrived = counted("tsit5", STIFF * int(stiff.max()))
    steps = {"rodas5p": float(stiff.mean()), "tsit5": float(explicit.mean())}
    work = {method: steps[method] * cost for method, cost in operations(problem).items()}
    stiffly = bool((explicit >= STIFF * stiff).any())
    clearly = work["tsit5"] < CLEARLY * work["rodas5p"]
    method: Method = "tsit5" if fine and arrived and clearly and not stiffly else "rodas5p"
    return Choice(method, steps, work)


def in_use(method: str) -> str:
    """What serves here when a method is asked for: it, or `reference` without machine code."""
    return method if machine.available() else "reference"


def operations(problem: Problem) -> dict[str, int]:
    """Operations of one step of each method, without what it observes."""
    equations = Equations(problem, ())
    graph, n, depots = equations.graph, equations.steps, len(equations.decay)
    rates = _weight(graph, equations.rates)
    slopes = equations.jacobian()
    pivots, filled = elimination(equations.steps, slopes.entries)
    first = _weight(
        graph,
        [
            *slopes.rates,
            *slopes.entries.values(),
            *slopes.forced.values(),
            *slopes.timed.values(),
        ],
    )
    stages = len(rodas5p.NODES)
    solved = stages * len(filled)
    summed = n * (_entries(rodas5p.STAGES) + _entries(rodas5p.COUPLING))
    decayed = 6 * depots * WEIGHTS["exp"]
    explicit = n * (_entries(TSIT5.stages) + _entries([TSIT5.error])) + decayed
    return {
        "rodas5p": first
        + _eliminated(pivots, filled)
        + (stages - 1) * rates
        + solved
        + summed
        + decayed,
        "tsit5": 6 * rates + explicit,
    }


def _weight(graph: Graph, roots: Sequence[int]) -> int:
    kinds = (graph.kind(node) for node in graph.reachable(roots))
    return sum(WEIGHTS.get(kind, 1) for kind in kinds if kind not in (LEAF, CONSTANT))


def _eliminated(pivots: Sequence[int], filled: set[tuple[int, int]]) -> int:
    """One division for each pivot; one multiplication for a row, one more for each of its sums."""
    total = 0
    for position, k in enumerate(pivots):
        later = pivots[position + 1 :]
        rows = sum((i, k) in filled for i in later)
        columns = sum((k, j) in filled for j in later)
        total += WEIGHTS["div"] + rows * (1 + columns)
    return total


def _entries(rows: Iterable[Iterable[float]]) -> int:
    return int(np.sum([np.count_nonzero(list(row)) for row in rows]))
