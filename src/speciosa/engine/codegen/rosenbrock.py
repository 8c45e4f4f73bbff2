"""Code for Rodas5P: a linear system per stage, all with one sparse matrix per step.

The matrix is 1 / (h gamma) - J. It is factorised without pivoting away from the diagonal, in the
order of Markowitz (least fill-in first), with every operation written out; zeros of J cost nothing.
Depots that are known exactly enter as functions of time: their slope in time is part of df/dt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job, Memory
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.programs import Inside, add_inflow, leaves
from speciosa.engine.codegen.stepper import Stepper, Watched, combined, summed, weighted
from speciosa.engine.codegen.tangents import Column, Tangents
from speciosa.engine.methods import rodas5p as method

__all__ = ["Rosenbrock", "elimination"]

MISSED = 1e-4


class Rosenbrock(Stepper):
    """Rodas5P for one set of equations."""

    order = method.ORDER
    first_is_last = False
    cleared = ("k", "new", "top")

    def __init__(
        self,
        module: Module,
        equations: Equations,
        memory: Memory,
        wanted: Sequence[int],
        watched: Watched,
    ) -> None:
        super().__init__(module, equations, memory, wanted, watched, len(method.NODES))
        self.jacobian = equations.jacobian()
        self.timed = sorted({row for row, _ in self.jacobian.forced} | set(self.jacobian.timed))
        self.pivots, self.filled = elimination(equations.steps, self.jacobian.entries)
        self.slots = {entry: slot for slot, entry in enumerate(sorted(self.filled))}
        steps = equations.steps
        memory.add("k", len(method.NODES) * steps)
        memory.add("w", len(self.slots))
        memory.add("f", equations.n)
        memory.add("ft", steps)
        memory.add("top", max(1, len(equations.decay)))

    def write(self) -> None:
        """Add `factor`, `eliminate` and `step`."""
        self._write_factor()
        self._write_eliminate()
        memory = self.memory
        with self.writing("step") as (f, job, work):
            t, h = memory.load(f, work, "t"), memory.load(f, work, "h")
            y, new, at, rate, slope, w, p, inflow = (
                memory.at(f, work, name)
                for name in ("y", "new", "at", "f", "ft", "w", "p", "inflow")
            )
            k = self.stages(f, memory.at(f, work, "k"))
            per_h = 1.0 / f.larger(1e-30, h)
            flows = f.load(job, Kind.WHOLE, Job.INFUSIONS)
            f.call("factor", per_h * (1.0 / method.GAMMA), t, y, p, inflow, flows, w, rate, slope)
            last = len(method.NODES) - 1
            for s, node in enumerate(method.NODES):
                if s:
                    previous = s in (last, last - 1)  # those add one stage to the state before
                    shares = weighted(f, method.STAGES[s], k)
                    for i in self.each(f):
                        if previous:
                            moved = f.load(at, Kind.NUMBERS, i) + f.load(k[s - 1], Kind.NUMBERS, i)
                        else:
                            moved = summed(f, f.load(y, Kind.NUMBERS, i), shares, i)
                        f.store(moved, at, i)
                    if node != method.NODES[s - 1]:
                        self.depots(f, job, work, h * node, at)
                    self.rates(f, job, work, f.fused(node, h, t), at, rate)
                shares = weighted(f, method.COUPLING[s], k, per_h)
                for i in self.each(f):
                    f.store(summed(f, f.load(rate, Kind.NUMBERS, i), shares, i), k[s], i)
                if method.TIMES[s]:
                    step = h * method.TIMES[s]
                    for row in self.timed:
                        right = f.fused(
                            step, f.load(slope, Kind.NUMBERS, row), f.load(k[s], Kind.NUMBERS, row)
                        )
                        f.store(right, k[s], row)
                f.call("eliminate", w, k[s])
            for i in self.each(f):
                f.store(f.load(at, Kind.NUMBERS, i) + f.load(k[last], Kind.NUMBERS, i), new, i)
            for place in range(self.equations.steps, self.equations.n):
                f.store(f.load(at, Kind.NUMBERS, place), new, place)
            self.error(f, work, lambda i: f.load(k[last], Kind.NUMBERS, i))
            self._force_seen(f, work, h)
        if self.tangents is not None:
            self._write_carry(self.tangents)

    def _write_carry(self, tangents: Tangents) -> None:
        """The same method for every column, a linear system with the matrix that is there already.

        J and F at the stages' times come from dense output: what is known of the states there.
        """
        memory, steps = self.memory, self.equations.steps
        with self.writing("carry") as (f, job, work):
            t, h = memory.load(f, work, "t"), memory.load(f, work, "h")
            y, seen, at, w, x, slope = (
                memory.at(f, work, name) for name in ("y", "seen", "at", "w", "x", "ft")
            )
            for s in sorted(set(self._same.values())):
                node, place = method.NODES[s], y
                if node:
                    self.look(f, work, f.numbers(node), h, range(steps))
                    self.depots(f, job, work, h * node, seen, stage=s)
                    place = seen
                tangents.evaluate(f, job, work, f.fused(node, h, t), place, at, s)
            p, inflow, matrix, sources = (
                memory.at(f, work, name) for name in ("p", "inflow", "J drift", "F drift")
            )
            f.call("drift", t, y, p, inflow, matrix, sources)
            per_h = 1.0 / f.larger(1e-30, h)
            with f.count_to(f.whole(tangents.columns)) as j:
                column = Column(tangents, f, job, work, j)
                k = self.stages(f, column.stages)
                column.timed(slope)
                for s in range(len(method.NODES)):
                    shares = weighted(f, method.STAGES[s], k)
                    for i in self.each(f):
                        f.store(summed(f, f.load(column.start, Kind.NUMBERS, i), shares, i), x, i)
                    for place in range(steps, self.equations.n):
                        value = f.load(column.start, Kind.NUMBERS, place)
                        f.store(column.exact(place, self._same[s]) if s else value, x, place)
                    column.rate(self._same[s], x, k[s])
                    shares = weighted(f, method.COUPLING[s], k, per_h)
                    for i in self.each(f):
                        right = summed(f, f.load(k[s], Kind.NUMBERS, i), shares, i)
                        if method.TIMES[s]:
                            change = f.load(slope, Kind.NUMBERS, i)
                            right = f.fused(h * method.TIMES[s], change, right)
                        f.store(right, k[s], i)
                    f.call("eliminate", w, k[s])
                shares = weighted(f, method.WEIGHTS, k)
                for i in self.each(f):
                    value = f.load(column.start, Kind.NUMBERS, i)
                    f.store(summed(f, value, shares, i), column.end, i)
                for place in range(steps, self.equations.n):
                    f.store(
                        column.exact(place, self._same[len(method.NODES) - 1]), column.end, place
                    )

    @property
    def _same(self) -> dict[int, int]:
        """For each stage, the first one at the same time."""
        return {s: method.NODES.index(node) for s, node in enumerate(method.NODES)}

    def _force_seen(self, f: Function, work: Value, h: Value) -> None:
        """Add what a depot's decay within the step may do to a state that follows it at once.

        Such a state is the depot's course times a number, yet its error estimate sees nothing of
        what bends between the stages (Prothero and Robinson's problem). A polynomial of degree 4
        misses e^(-x) by about `MISSED` x^5; it counts against the largest content so far.
        """
        equations, memory = self.equations, self.memory
        y, top, p, atol = (memory.at(f, work, name) for name in ("y", "top", "p", "atol"))
        rtol = memory.load(f, work, "rtol")
        total = memory.load(f, work, "e2")
        for place, pace in enumerate(equations.decay, start=equations.steps):
            (k,) = emit(f, equations.graph, [pace], leaves(f, equations, p))
            size = f.size(f.load(y, Kind.NUMBERS, place))
            most = f.larger(f.load(top, Kind.NUMBERS, place - equations.steps), size)
            f.store(most, top, place - equations.steps)
            x = f.smaller(1e3, f.size(k * h))
            x2 = x * x
            missed = size * x2 * x2 * x * MISSED
            share = missed / f.fused(rtol, most, f.load(atol, Kind.NUMBERS, place))
            total = f.fused(share, share * (1.0 / self.averaged), total)
        memory.store(f, work, "e2", total)

    def pass_on(self, f: Function, work: Value, kept: Value) -> None:
        """Every step begins anew."""

    @property
    def extra(self) -> str | None:
        """Dense output needs nothing more."""
        return None

    def between(
        self, f: Function, theta: Value, h: Value
    ) -> Callable[[Value, Value, Sequence[Value], int], Value]:
        """y + theta (new - y + (1 - theta) (H0 + theta (H1 + theta H2))): what rests, rests."""
        back = 1.0 - theta

        def read(start: Value, end: Value, stages: Sequence[Value], i: int) -> Value:
            bend = combined(f, method.DENSE[-1], stages, i)
            for row in reversed(method.DENSE[:-1]):
                bend = f.fused(theta, bend, combined(f, row, stages, i))
            held = f.load(start, Kind.NUMBERS, i)
            return f.fused(theta, f.fused(back, bend, f.load(end, Kind.NUMBERS, i) - held), held)

        return read

    def stages(self, f: Function, base: Value) -> list[Value]:
        """All of them."""
        steps = self.equations.steps
        return [f.place(base, s * steps, Kind.NUMBERS) for s in range(len(method.NODES))]

    def _write_factor(self) -> None:
        """factor(g, t, y, p, inflow, flows, w, f, ft): rates, their slope in time, g - J in parts.

        Below the diagonal stand the multipliers, on it the inverse pivots, above it the rest.
        """
        equations, jacobian, pointer = self.equations, self.jacobian, Kind.POINTER
        steps = equations.steps
        kinds = [Kind.NUMBERS, Kind.NUMBERS, pointer, pointer, pointer, Kind.WHOLE]
        with self.module.function("factor", [*kinds, pointer, pointer, pointer]) as f:
            g, t, y, p, inflow, flows, w, rate, slope = f.arguments
            roots = [
                *jacobian.rates,
                *jacobian.entries.values(),
                *jacobian.forced.values(),
                *jacobian.timed.values(),
            ]
            found = iter(emit(f, equations.graph, roots, leaves(f, equations, p, y, t)))
            for place in range(equations.n):
                f.store(next(found), rate, place)
            inside = Inside(f, equations, y)
            entries = {(i, j): inside.slope(next(found), j) for i, j in jacobian.entries}
            forced = {(i, e): inside.slope(next(found), steps + e) for i, e in jacobian.forced}
            timed = {row: next(found) for row in jacobian.timed}
            add_inflow(f, equations.n, inflow, flows, rate)
            for row in self.timed:
                total = timed.get(row, f.numbers(0.0))
                for (at, exact), value in forced.items():
                    if at == row:
                        total = f.fused(value, f.load(rate, Kind.NUMBERS, steps + exact), total)
                f.store(total, slope, row)
            matrix = {entry: -value for entry, value in entries.items()}
            for i in range(steps):
                matrix[i, i] = g + matrix[i, i] if (i, i) in matrix else g
            self._factorised(f, matrix)
            for entry, slot in self.slots.items():
                f.store(matrix[entry], w, slot)

    def _factorised(self, f: Function, matrix: dict[tuple[int, int], Value]) -> None:
        for position, k in enumerate(self.pivots):
            matrix[k, k] = 1.0 / matrix[k, k]
            later = self.pivots[position + 1 :]
            for i in later:
                if (i, k) not in self.filled:
                    continue
                factor = matrix[i, k] * matrix[k, k]
                matrix[i, k] = factor
                for j in later:
                    if (k, j) in self.filled:
                        held = matrix.get((i, j))
                        if held is None:
                            matrix[i, j] = -(factor * matrix[k, j])
                        else:
                            matrix[i, j] = f.fused(-factor, matrix[k, j], held)

    def _write_eliminate(self) -> None:
        """eliminate(w, b): solve in place."""
        with self.module.function("eliminate", [Kind.POINTER, Kind.POINTER]) as f:
            w, b = f.arguments
            x = [f.load(b, Kind.NUMBERS, i) for i in range(self.equations.steps)]

            def entry(i: int, j: int) -> Value:
                return f.load(w, Kind.NUMBERS, self.slots[i, j])

            for position, k in enumerate(self.pivots):
                for i in self.pivots[position + 1 :]:
                    if (i, k) in self.filled:
                        x[i] = f.fused(-entry(i, k), x[k], x[i])
            for position in reversed(range(len(self.pivots))):
                k = self.pivots[position]
                for j in self.pivots[position + 1 :]:
                    if (k, j) in self.filled:
                        x[k] = f.fused(-entry(k, j), x[j], x[k])
                x[k] = x[k] * entry(k, k)
            for i, value in enumerate(x):
                f.store(value, b, i)


def elimination(
    size: int, entries: Mapping[tuple[int, int], int]
) -> tuple[list[int], set[tuple[int, int]]]:
    """The order of pivots and the pattern with fill-in: least (rows - 1) (columns - 1) first."""
    below: list[set[int]] = [set() for _ in range(size)]  # rows of a column
    beside: list[set[int]] = [set() for _ in range(size)]  # columns of a row
    filled = {(i, i) for i in range(size)} | set(entries)
    for i, j in filled:
        if i != j:
            below[j].add(i)
            beside[i].add(j)
    order: list[int] = []
    left = set(range(size))
    while left:
        pivot = min(left, key=lambda k: (len(below[k] & left) * len(beside[k] & left), k))
        order.append(pivot)
        left.remove(pivot)
        for i in below[pivot] & left:
            for j in beside[pivot] & left:
                if i != j:
                    filled.add((i, j))
                    below[j].add(i)
                    beside[i].add(j)
    return order, filled
