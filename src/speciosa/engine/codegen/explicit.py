"""Code for explicit Runge-Kutta methods, from a file of `speciosa.engine.methods`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Memory
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.stepper import Stepper, Watched, copy, summed, weighted
from speciosa.engine.codegen.tangents import Column, Tangents
from speciosa.engine.methods import tsit5, vern7

__all__ = ["TSIT5", "VERN7", "Explicit", "Tableau"]

USUAL = 2.0
"""Extra stages up to so many times the largest of the others say nothing against a step."""

Rows = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Tableau:
    """What a method file defines; `extra` stages are needed between steps alone."""

    order: int
    nodes: Sequence[float]
    stages: Rows
    weights: Sequence[float]
    error: Sequence[float]
    dense: Rows
    extra_nodes: Sequence[float] = ()
    extra_stages: Rows = ()


TSIT5 = Tableau(tsit5.ORDER, tsit5.NODES, tsit5.STAGES, tsit5.WEIGHTS, tsit5.ERROR, tsit5.DENSE)
VERN7 = Tableau(
    vern7.ORDER,
    vern7.NODES,
    vern7.STAGES,
    vern7.WEIGHTS,
    vern7.ERROR,
    vern7.DENSE,
    vern7.EXTRA_NODES,
    vern7.EXTRA,
)


class Explicit(Stepper):
    """Stages one after the other; each is the rate at a state that the earlier ones give."""

    def __init__(
        self,
        module: Module,
        equations: Equations,
        memory: Memory,
        wanted: Sequence[int],
        watched: Watched,
        tableau: Tableau,
    ) -> None:
        count = len(tableau.stages)
        super().__init__(
            module, equations, memory, wanted, watched, count + len(tableau.extra_nodes)
        )
        self.tableau, self.order = tableau, tableau.order
        self.first_is_last = tuple(tableau.weights[:-1]) == tuple(tableau.stages[-1])
        self.count = count
        memory.add("k", (count + len(tableau.extra_nodes)) * equations.steps)
        if tableau.extra_nodes:
            memory.add("e2 between")

    def stages(self, f: Function, base: Value) -> list[Value]:
        """All of them, those for dense output alone at the end."""
        count = self.count + len(self.tableau.extra_nodes)
        return [f.place(base, s * self.equations.steps, Kind.NUMBERS) for s in range(count)]

    def begin(self, f: Function, job: Value, work: Value, t: Value, touched: Value) -> None:
        """Rates at the states of lanes that begin anew, to `at` and as their first stage."""
        super().begin(f, job, work, t, touched)
        if not self.first_is_last:
            return
        memory = self.memory
        self.take(f, touched, memory.at(f, work, "at"), memory.at(f, work, "k"))
        if self.tangents is not None:
            spare = self.count - 1  # whose J and F were passed on already
            y, at = memory.at(f, work, "y"), memory.at(f, work, "at")
            self.tangents.evaluate(f, job, work, t, y, at, spare)
            self._first(f, work, touched, self.tangents, spare)

    def pass_on(self, f: Function, work: Value, kept: Value) -> None:
        """The last stage of a step that was kept is the first of the next."""
        if not self.first_is_last:
            return
        k = self.stages(f, self.memory.at(f, work, "k"))
        first, last = k[0], k[self.count - 1]
        self.take(f, kept, last, first)
        if self.tangents is not None:
            self._first(f, work, kept, self.tangents, self.count - 1)

    def _first(
        self, f: Function, work: Value, lanes: Value, tangents: Tangents, source: int
    ) -> None:
        """J and F of a stage become those of the first."""
        for name, size in tangents.evaluated:
            held = tangents.array(f, work, name, source, size)
            copy(f, lanes, held, tangents.array(f, work, name, 0, size), size)

    def write(self) -> None:
        """Add `step`, and `more` where dense output needs stages of its own."""
        memory, tableau = self.memory, self.tableau
        with self.writing("step") as (f, job, work):
            t, h = memory.load(f, work, "t"), memory.load(f, work, "h")
            y, new, at = (memory.at(f, work, name) for name in ("y", "new", "at"))
            k = self.stages(f, memory.at(f, work, "k"))
            if not self.first_is_last:
                self.stage(f, job, work, t, y, k[0], 0)
            rows = list(zip(tableau.nodes, tableau.stages, strict=True))
            for s, (node, weights) in enumerate(rows[1:], start=1):
                last = self.first_is_last and s == self.count - 1
                into = new if last else at
                known = at if node == tableau.nodes[s - 1] else None
                self._move(f, job, work, h, node, weights, k, into, known, s)
                self.stage(f, job, work, f.fused(node, h, t), into, k[s], s)
            if not self.first_is_last:
                known = at if tableau.nodes[-1] == 1.0 else None
                self._move(f, job, work, h, 1.0, tableau.weights, k, new, known)
            errors = weighted(f, tableau.error, k, h)
            self.error(f, work, lambda i: summed(f, None, errors, i))
        if self.tableau.extra_nodes:
            with self.writing("more") as (f, job, work):
                t, h = memory.load(f, work, "t"), memory.load(f, work, "h")
                at, k = memory.at(f, work, "at"), self.stages(f, memory.at(f, work, "k"))
                extra = zip(self.tableau.extra_nodes, self.tableau.extra_stages, strict=True)
                for s, (node, weights) in enumerate(extra, start=self.count):
                    self._move(f, job, work, h, node, weights, k, at, None, s)
                    self.stage(f, job, work, f.fused(node, h, t), at, k[s], s)
                self._doubt(f, work, h, k)
        if self.tangents is not None:
            with self.writing("carry") as (f, job, work):
                self._carry(f, job, work, self.tangents)

    def _doubt(self, f: Function, work: Value, h: Value, k: Sequence[Value]) -> None:
        """To `e2 between`, how far the extra stages stick out beyond those that were tested.

        On a smooth solution all stages are of a size. Where a step is too long for a fast state
        that is near 0 or held at a bound, nothing is seen of it at the end of the step, but each
        extra stage multiplies it again.
        """

        def excess(i: Value) -> Value:
            sizes = [f.size(f.load(stage, Kind.NUMBERS, i)) for stage in k]
            usual = USUAL * reduce(f.larger, sizes[: self.count])
            return h * reduce(add, [f.larger(0.0, size - usual) for size in sizes[self.count :]])

        self.error(f, work, excess, to="e2 between", shares=None)

    def _carry(self, f: Function, job: Value, work: Value, tangents: Tangents) -> None:
        """The same stages for every column, with J and F where the states had them."""
        tableau, steps = self.tableau, self.equations.steps
        h, x = self.memory.load(f, work, "h"), self.memory.at(f, work, "x")
        nodes = (*tableau.nodes, *tableau.extra_nodes)
        rows = (*tableau.stages, *tableau.extra_stages)
        with f.count_to(f.whole(tangents.columns)) as j:
            column = Column(tangents, f, job, work, j)
            k = self.stages(f, column.stages)
            for s, weights in enumerate(rows):
                into = x
                if s == self.count - 1 and self.first_is_last:
                    into = column.end
                scaled = weighted(f, weights, k, h)
                for i in self.each(f):
                    f.store(summed(f, f.load(column.start, Kind.NUMBERS, i), scaled, i), into, i)
                exact = self._growth(s, nodes)
                for place in range(steps, self.equations.n):
                    value = f.load(column.start, Kind.NUMBERS, place)
                    f.store(column.exact(place, exact) if s else value, into, place)
                column.rate(s, into, k[s])
            if not self.first_is_last:
                scaled = weighted(f, tableau.weights, k, h)
                for i in self.each(f):
                    value = summed(f, f.load(column.start, Kind.NUMBERS, i), scaled, i)
                    f.store(value, column.end, i)
                for place in range(steps, self.equations.n):
                    f.store(
                        column.exact(place, self._growth(self.count, (*nodes[: self.count], 1.0))),
                        column.end,
                        place,
                    )

    def _growth(self, s: int, nodes: Sequence[float]) -> int:
        """The stage that worked out the depots of this stage's time."""
        while s and s - 1 < self.count and nodes[s] == nodes[s - 1]:
            s -= 1
        return s

    @property
    def extra(self) -> str | None:
        """`more`, where there are extra stages."""
        return "more" if self.tableau.extra_nodes else None

    def between(
        self, f: Function, theta: Value, h: Value
    ) -> Callable[[Value, Value, Sequence[Value], int], Value]:
        """y + h times the sum of polynomials in theta times stages."""
        weights: list[tuple[Value, int]] = []
        for s, row in enumerate(self.tableau.dense):
            if any(row):
                value = f.numbers(row[-1])
                for coefficient in reversed(row[:-1]):
                    value = f.fused(value, theta, coefficient)
                weights.append((value * theta * h, s))

        def read(start: Value, _: Value, stages: Sequence[Value], i: int) -> Value:
            terms = [(weight, stages[s]) for weight, s in weights]
            return summed(f, f.load(start, Kind.NUMBERS, i), terms, i)

        return read

    def _move(
        self,
        f: Function,
        job: Value,
        work: Value,
        h: Value,
        node: float,
        weights: Sequence[float],
        k: Sequence[Value],
        into: Value,
        known: Value | None = None,
        stage: int | None = None,
    ) -> None:
        """The state at which a stage is evaluated; `known` holds the depots of its time, if any."""
        y = self.memory.at(f, work, "y")
        if known is None:
            self.depots(f, job, work, h * node, into, stage=stage)
        elif known.text != into.text:
            for place in range(self.equations.steps, self.equations.n):
                f.store(f.load(known, Kind.NUMBERS, place), into, place)
        scaled = weighted(f, weights, k, h)
        for i in self.each(f):
            f.store(summed(f, f.load(y, Kind.NUMBERS, i), scaled, i), into, i)
