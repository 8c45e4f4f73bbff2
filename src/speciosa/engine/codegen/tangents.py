"""Forward sensitivities: S = d(states)/d(parameter), one column per parameter.

Along the solution, S' = J(t) S + F(t), with the Jacobian J and the slope F of the rates in the
parameter. The columns follow the steps that the states have taken (the staggered approach of
Caracotsios and Stewart, Comput. Chem. Eng. 9 (1985) 359-365): J and F are evaluated once for all
columns, and each column costs a few sparse products. The columns do not enter the error estimate.

    slopes(t, y, p, inflow, flows, dy, J, F)   rates with their slopes
    paces(p, kp), start_slopes(p, S0)          once per person
    see(t, y, p, Oy, Op)                       slopes of the outputs
    drift(t, y, p, inflow, Jd, Fd)             total derivatives of J and F in time
    carry(job)                                 every column over the step; written by the method

Depots that are known exactly have columns that are known exactly: y(t) = y0 e^(k t) + r t phi(k t)
changes with k by Q = t y0 e^(k t) + r t^2 phi'(k t).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.equations import Equations, Slopes
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job, Memory
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.programs import Inside, add_inflow, leaves

__all__ = ["Column", "Tangents"]


class Tangents:
    """Memory and functions for the columns of some parameters."""

    def __init__(
        self,
        module: Module,
        equations: Equations,
        memory: Memory,
        wanted: Sequence[int],
        stages: int,
    ) -> None:
        self.module, self.equations, self.memory = module, equations, memory
        self.slopes: Slopes = equations.slopes(wanted)
        self.columns, self.count = len(wanted), stages
        n, steps, q = equations.n, equations.steps, len(wanted)
        exact = n - steps
        self.matrix = [*self.slopes.entries, *((i, steps + e) for i, e in self.slopes.forced)]
        for name, count in (
            ("S", q * n),
            ("S new", q * n),
            ("S start", q * n),
            ("S flow", q * n),
            ("S k", q * stages * steps),
            ("J", stages * len(self.matrix)),
            ("F", stages * len(self.slopes.sources)),
            ("grown", stages * exact),
            ("moved", stages * exact),
            ("flown", stages * exact),
            ("kp", q * exact),
            ("J drift", len(self.matrix)),
            ("F drift", len(self.slopes.sources)),
            ("f before", n),
            ("f after", n),
            ("x", n),
            ("S seen", n),
            ("S o", equations.m),
            ("Oy", len(self.slopes.seen)),
            ("Op", len(self.slopes.given)),
        ):
            memory.add(name, max(1, count))
        memory.add("shift", kind=Kind.WHOLES)  # the action whose time hangs on a parameter, or -1

    @property
    def evaluated(self) -> tuple[tuple[str, int], ...]:
        """The arrays that `evaluate` writes, and their sizes."""
        return ("J", len(self.matrix)), ("F", len(self.slopes.sources))

    def write(self) -> None:
        """Add what does not hang on the method."""
        equations, pointer = self.equations, Kind.POINTER
        slopes = self.slopes
        _table(self.module, "source_rows", [row for row, _ in slopes.sources])
        _table(self.module, "source_first", _firsts(slopes.sources, self.columns))
        _table(self.module, "given_rows", [row for row, _ in slopes.given])
        _table(self.module, "given_first", _firsts(slopes.given, self.columns))
        kinds = [Kind.NUMBERS, pointer, pointer, pointer, Kind.WHOLE, pointer, pointer, pointer]
        with self.module.function("slopes", kinds) as f:
            t, y, p, inflow, flows, dy, matrix, sources = f.arguments
            roots = [
                *slopes.rates,
                *slopes.entries.values(),
                *slopes.forced.values(),
                *slopes.sources.values(),
            ]
            found = iter(emit(f, equations.graph, roots, leaves(f, equations, p, y, t)))
            _store(f, found, dy, equations.steps)
            inside = Inside(f, equations, y)
            for slot, (_, place) in enumerate(self.matrix):
                f.store(inside.slope(next(found), place), matrix, slot)
            _store(f, found, sources, len(slopes.sources))
            add_inflow(f, equations.steps, inflow, flows, dy)
        with self.module.function("see", [Kind.NUMBERS, *[pointer] * 4]) as f:
            t, y, p, by_state, by_parameter = f.arguments
            roots = [*slopes.seen.values(), *slopes.given.values()]
            found = iter(emit(f, equations.graph, roots, leaves(f, equations, p, y, t)))
            inside = Inside(f, equations, y)
            for slot, (_, place) in enumerate(slopes.seen):
                f.store(inside.slope(next(found), place), by_state, slot)
            _store(f, found, by_parameter, len(slopes.given))
        with self.module.function("drift", [Kind.NUMBERS, *[pointer] * 5]) as f:
            t, y, p, inflow, matrix, sources = f.arguments
            leaf = leaves(f, equations, p, y, t, inflow)
            found = iter(emit(f, equations.graph, slopes.drift, leaf))
            inside = Inside(f, equations, y)
            for slot, (_, place) in enumerate(self.matrix):
                f.store(inside.slope(next(found), place), matrix, slot)
            _store(f, found, sources, len(slopes.sources))
        for name, wanted, rows in (
            ("paces", slopes.paces, equations.n - equations.steps),
            ("start_slopes", slopes.start, equations.n),
        ):
            with self.module.function(name, [pointer, pointer]) as f:
                p, into = f.arguments
                self._once(f, p, into, wanted, rows)

    def _once(
        self, f: Function, p: Value, into: Value, wanted: Mapping[tuple[int, int], int], rows: int
    ) -> None:
        """A dense table of slopes that hang on parameters alone, column by column."""
        equations = self.equations
        values = emit(f, equations.graph, list(wanted.values()), leaves(f, equations, p))
        found = dict(zip(wanted, values, strict=True))
        for column in range(self.columns):
            for row in range(rows):
                value = found.get((row, column), f.numbers(0.0))
                f.store(value, into, column * rows + row)

    def array(self, f: Function, work: Value, name: str, stage: int, size: int) -> Value:
        """The part of an array that belongs to a stage."""
        return f.place(self.memory.at(f, work, name), stage * size, Kind.NUMBERS)

    def evaluate(
        self, f: Function, job: Value, work: Value, t: Value, y: Value, into: Value, stage: int
    ) -> None:
        """Rates, J and F of a stage."""
        p, inflow = self.memory.at(f, work, "p"), self.memory.at(f, work, "inflow")
        flows = f.load(job, Kind.WHOLE, Job.INFUSIONS)
        matrix = self.array(f, work, "J", stage, len(self.matrix))
        sources = self.array(f, work, "F", stage, len(self.slopes.sources))
        f.call("slopes", t, y, p, inflow, flows, into, matrix, sources)

    def velocities(self, f: Function, job: Value, work: Value, t: Value, into: Value) -> None:
        """Rates of all states, depots included."""
        equations, memory = self.equations, self.memory
        p, y, inflow = (memory.at(f, work, name) for name in ("p", "y", "inflow"))
        f.call("rates", t, y, p, inflow, f.load(job, Kind.WHOLE, Job.INFUSIONS), into)
        for place, pace in enumerate(equations.decay, start=equations.steps):
            (k,) = emit(f, equations.graph, [pace], leaves(f, equations, p))
            flow = f.load(inflow, Kind.NUMBERS, place)
            f.store(f.fused(k, f.load(y, Kind.NUMBERS, place), flow), into, place)

    def shift(self, f: Function, job: Value, work: Value, shifted: Value) -> None:
        """A jump later by dt: the states went on for dt as before it, and not as after it."""
        memory, n = self.memory, self.equations.n
        before, after, columns = (memory.at(f, work, name) for name in ("f before", "f after", "S"))
        slopes = f.load(job, Kind.POINTER, Job.TIME_SLOPES_AT)
        with f.count_to(f.whole(self.columns)) as j:
            late = f.numbers(0.0)
            for k in range(f.width):
                action = f.lane(shifted, k)
                real = action >= 0
                place = f.choose(real, action, f.whole(0)) * self.columns + j
                slope = f.load(slopes, Kind.NUMBER, place)
                zero = f.constant(0.0, Kind.NUMBER)
                late = f.with_lane(late, k, f.choose(real, slope, zero))
            column = f.place(columns, j * n, Kind.NUMBERS)
            with f.count_to(f.whole(n)) as i:
                change = f.load(before, Kind.NUMBERS, i) - f.load(after, Kind.NUMBERS, i)
                # Lanes that are not concerned may hold anything, and keep what they have.
                held = f.load(column, Kind.NUMBERS, i)
                moved = f.fused(change, late, held)
                concerned = ~late.equals(0.0)
                f.store(f.choose(concerned, moved, held), column, i)

    def see(
        self,
        f: Function,
        job: Value,
        work: Value,
        when: Value,
        read: Callable[[Column, int], Value],
        write: Callable[[Value, Value], None],
    ) -> None:
        """The slopes of the outputs at a time inside the step, column by column.

        `read` gives an integrated state of a column at that time, `write` takes the column's number
        and its slopes. The depots' `grown`, `moved` and `flown` of stage 0 are those of this time.
        """
        memory, equations = self.memory, self.equations
        p, seen = memory.at(f, work, "p"), memory.at(f, work, "seen")
        by_state, by_parameter = memory.at(f, work, "Oy"), memory.at(f, work, "Op")
        f.call("see", when, seen, p, by_state, by_parameter)
        needed = sorted({place for _, place in self.slopes.seen})
        with f.count_to(f.whole(self.columns)) as j:
            column = Column(self, f, job, work, j)
            held: dict[int, Value] = {}
            for i in needed:
                if i < equations.steps:
                    held[i] = read(column, i)
                else:
                    held[i] = column.exact(i, 0)
            o = memory.at(f, work, "S o")
            totals: list[Value] = [f.numbers(0.0)] * equations.m
            for slot, (output, place) in enumerate(self.slopes.seen):
                slope = f.load(by_state, Kind.NUMBERS, slot)
                totals[output] = f.fused(slope, held[place], totals[output])
            for output, value in enumerate(totals):
                f.store(value, o, output)
            column.add(o, by_parameter, "given")
            write(j, o)


class Column:
    """One column while it is carried on."""

    def __init__(self, tangents: Tangents, f: Function, job: Value, work: Value, j: Value) -> None:
        self.tangents, self.f, self.job, self.work, self.j = tangents, f, job, work, j
        equations, memory = tangents.equations, tangents.memory
        n, steps = equations.n, equations.steps

        def at(name: str, size: int) -> Value:
            return f.place(memory.at(f, work, name), j * size, Kind.NUMBERS)

        self.start, self.end, self.flow = at("S", n), at("S new", n), at("S flow", n)
        self.stages = at("S k", tangents.count * steps)
        self.paces = at("kp", n - steps)

    def exact(self, place: int, stage: int) -> Value:
        """The column of a depot at the time of a stage."""
        f, tangents = self.f, self.tangents
        steps = tangents.equations.steps
        size = tangents.equations.n - steps
        grown, moved, flown = (
            f.load(tangents.array(f, self.work, name, stage, size), Kind.NUMBERS, place - steps)
            for name in ("grown", "moved", "flown")
        )
        pace = f.load(self.paces, Kind.NUMBERS, place - steps)
        flow = f.load(self.flow, Kind.NUMBERS, place)
        value = f.fused(flow, flown, pace * moved)
        return f.fused(f.load(self.start, Kind.NUMBERS, place), grown, value)

    def rate(self, stage: int, x: Value, into: Value) -> None:
        """J x + F of a stage, and what is infused."""
        f, tangents = self.f, self.tangents
        self.product("J", stage, x, into)
        sources = tangents.array(f, self.work, "F", stage, len(tangents.slopes.sources))
        self.add(into, sources, "source")
        flows = f.load(self.job, Kind.WHOLE, Job.INFUSIONS)
        add_inflow(f, tangents.equations.steps, self.flow, flows, into)

    def timed(self, into: Value) -> None:
        """The slope in time of J x + F at the start of the step: J' S + F' + J S' of the depots."""
        f, tangents = self.f, self.tangents
        equations, memory = tangents.equations, tangents.memory
        self.product("J drift", 0, self.start, into)
        self.add(into, memory.at(f, self.work, "F drift"), "source")
        p, y = memory.at(f, self.work, "p"), memory.at(f, self.work, "y")
        changing: list[Value] = []
        for exact, pace in enumerate(equations.decay):
            place = equations.steps + exact
            (k,) = emit(f, equations.graph, [pace], leaves(f, equations, p))
            own = f.load(self.paces, Kind.NUMBERS, exact) * f.load(y, Kind.NUMBERS, place)
            own = own + f.load(self.flow, Kind.NUMBERS, place)
            changing.append(f.fused(k, f.load(self.start, Kind.NUMBERS, place), own))
        matrix = memory.at(f, self.work, "J")
        for slot, (row, place) in enumerate(tangents.matrix):
            if place >= equations.steps:
                slope = f.load(matrix, Kind.NUMBERS, slot)
                held = f.load(into, Kind.NUMBERS, row)
                f.store(f.fused(slope, changing[place - equations.steps], held), into, row)

    def product(self, name: str, stage: int, x: Value, into: Value) -> None:
        """A matrix with the pattern of J times x."""
        f, tangents = self.f, self.tangents
        matrix = tangents.array(f, self.work, name, stage, len(tangents.matrix))
        states = [f.load(x, Kind.NUMBERS, place) for place in range(tangents.equations.n)]
        totals: dict[int, Value] = {}
        for slot, (row, place) in enumerate(tangents.matrix):
            slope = f.load(matrix, Kind.NUMBERS, slot)
            if row in totals:
                totals[row] = f.fused(slope, states[place], totals[row])
            else:
                totals[row] = slope * states[place]
        for row in range(tangents.equations.steps):
            f.store(totals.get(row, f.numbers(0.0)), into, row)

    def add(self, into: Value, values: Value, table: str) -> None:
        """Add the entries of this column from a table sorted by column."""
        f = self.f
        rows, firsts = (Value(f, f"@{table}_{word}", Kind.POINTER) for word in ("rows", "first"))
        slot = f.variable(f.load(firsts, Kind.WHOLE, self.j))
        end = f.load(firsts, Kind.WHOLE, self.j + 1)
        with f.as_long_as(lambda: f.load(slot, Kind.WHOLE) < end):
            now = f.load(slot, Kind.WHOLE)
            row = f.load(rows, Kind.WHOLE, now)
            value = f.load(into, Kind.NUMBERS, row) + f.load(values, Kind.NUMBERS, now)
            f.store(value, into, row)
            f.store(now + 1, slot)


def _store(f: Function, found: Iterator[Value], into: Value, count: int) -> None:
    for place in range(count):
        f.store(next(found), into, place)


def _firsts(entries: Mapping[tuple[int, int], int], columns: int) -> list[int]:
    """Where each column begins in a table sorted by column, and where the last one ends."""
    return [sum(column < j for _, column in entries) for j in range(columns + 1)]


def _table(module: Module, name: str, numbers: Sequence[int]) -> None:
    shown = ", ".join(f"i64 {number}" for number in numbers) or "i64 0"
    size = max(1, len(numbers))
    module.declared[name] = f"@{name} = internal constant [{size} x i64] [{shown}]"
