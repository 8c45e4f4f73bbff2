"""What every method's code has in common: the lanes' memory, sums of stages, depots, the error.

A method's code is a `Stepper`. Its `step` function tries one step in every lane: it reads t, the
step h and the states y, and writes the new states and the square of the error over the tolerance.
Its `look` code gives states inside the last step. Both are written once per model into the module.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager

from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job, Memory
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.programs import leaves
from speciosa.engine.codegen.tangents import Tangents
from speciosa.engine.codegen.vector_math import exponential
from speciosa.engine.codegen.watch import Watch

__all__ = ["TIGHTEST", "Stepper", "Watched", "combined", "copy", "summed", "weighted"]

Watched = tuple[tuple[int, bool], ...]

UNROLLED = 24
"""Systems up to this size are written out state by state; larger ones loop over states."""
TIGHTEST = 1e-37
"""Absolute tolerances are held to these by the caller: reciprocals are single-precision."""
MOST_AVERAGED = 16
"""The error is a mean over at most so many states: in a large model at rest it must not vanish."""


class Stepper(ABC):
    """A method for one set of equations."""

    order: int
    """Order of the solution, for the step-size control."""
    cleared: tuple[str, ...] = ("k", "new")
    """Arrays that begin with 0 for each person: what stands in them, times 0, must be 0."""
    first_is_last: bool
    """Whether the last stage of a step is the first of the next, and what `k` begins with."""

    def __init__(
        self,
        module: Module,
        equations: Equations,
        memory: Memory,
        wanted: Sequence[int],
        watched: Watched,
        stages: int,
    ) -> None:
        self.module, self.equations, self.memory = module, equations, memory
        self.tangents = Tangents(module, equations, memory, wanted, stages) if wanted else None
        self.watch = Watch(module, equations, memory, watched) if watched else None
        n = equations.n
        for name, count in (
            ("y", n),
            ("new", n),
            ("at", n),
            ("inflow", n),
            ("start", n),
            ("seen", n),
            ("error", n),
            ("atol", n),
            ("o", max(1, equations.m)),
        ):
            memory.add(name, count)
        for name in ("t", "h", "e2", "rtol"):
            memory.add(name)

    def settle(self) -> None:
        """Make room for the parameters, once everything that is hoisted is known."""
        self.memory.add("p", self.equations.pieces)

    @property
    def averaged(self) -> int:
        """What the sum of squares is divided by."""
        return min(self.equations.steps, MOST_AVERAGED)

    @abstractmethod
    def write(self) -> None:
        """Add `step` and whatever it needs to the module."""

    @abstractmethod
    def between(
        self, f: Function, theta: Value, h: Value
    ) -> Callable[[Value, Value, Sequence[Value], int], Value]:
        """Dense output at the share `theta` of the last step.

        What comes back gives state `i`, from arrays of states at the start and at the end of the
        step and from the arrays of stages.
        """

    @abstractmethod
    def stages(self, f: Function, base: Value) -> list[Value]:
        """The arrays of all stages, from where they begin."""

    def look(self, f: Function, work: Value, theta: Value, h: Value, states: Sequence[int]) -> None:
        """Write these integrated states at the share `theta` of the last step to `seen`."""
        memory = self.memory
        y, new, seen = (memory.at(f, work, name) for name in ("y", "new", "seen"))
        k, read = self.stages(f, memory.at(f, work, "k")), self.between(f, theta, h)
        for i in states:
            f.store(read(y, new, k, i), seen, i)

    def begin(self, f: Function, job: Value, work: Value, t: Value, touched: Value) -> None:
        """Rates at the states of lanes that begin anew, to `at`."""
        y, at = self.memory.at(f, work, "y"), self.memory.at(f, work, "at")
        self.rates(f, job, work, t, y, at)

    @abstractmethod
    def pass_on(self, f: Function, work: Value, kept: Value) -> None:
        """Carry over to the next step what a kept one leaves for it."""

    @property
    @abstractmethod
    def extra(self) -> str | None:
        """A function that must run before `look`, called with the job.

        It writes to `e2 between` what `step` writes to `e2`, for states inside the step.
        """

    def each(self, f: Function) -> Iterator[Value]:
        """Every integrated state, written out or as a loop."""
        count = self.equations.steps
        if count <= UNROLLED:
            yield from (f.whole(i) for i in range(count))
            return
        with f.count_to(f.whole(count)) as i:
            yield i

    @contextmanager
    def writing(self, name: str) -> Generator[tuple[Function, Value, Value]]:
        """A function that takes the job: the function, the job, the lanes' memory."""
        with self.module.function(name, [Kind.POINTER]) as f:
            (job,) = f.arguments
            yield f, job, f.load(job, Kind.POINTER, Job.WORK_AT)

    def rates(self, f: Function, job: Value, work: Value, t: Value, y: Value, into: Value) -> None:
        """Call `rates`."""
        flows = f.load(job, Kind.WHOLE, Job.INFUSIONS)
        p, inflow = self.memory.at(f, work, "p"), self.memory.at(f, work, "inflow")
        f.call("rates", t, y, p, inflow, flows, into)

    def stage(
        self, f: Function, job: Value, work: Value, t: Value, y: Value, into: Value, stage: int
    ) -> None:
        """The rates of a stage, with their slopes where columns are carried."""
        if self.tangents is None:
            self.rates(f, job, work, t, y, into)
        else:
            self.tangents.evaluate(f, job, work, t, y, into, stage)

    def take(self, f: Function, kept: Value, source: Value, into: Value) -> None:
        """Copy the integrated states of the lanes that hold."""
        for i in self.each(f):
            f.store_where(kept, f.load(source, Kind.NUMBERS, i), into, i)

    def depots(
        self,
        f: Function,
        job: Value,
        work: Value,
        after: Value,
        into: Value,
        only: Sequence[int] | None = None,
        stage: int | None = None,
    ) -> None:
        """The exact states a time after the start of the step.

        y' = k y + r gives y e^x + r t (e^x - 1) / x with x = k t; near 0 the quotient is written as
        its series, which is exact to a rounding for |x| < 1e-4. With a stage and columns to carry,
        what they need of it is kept as well.
        """
        equations, memory = self.equations, self.memory
        p, y, inflow = (memory.at(f, work, name) for name in ("p", "y", "inflow"))
        powers: list[tuple[int, Value, Value]] = []
        for place, pace in enumerate(equations.decay, start=equations.steps):
            if only is not None and place not in only:
                continue
            (k,) = emit(f, equations.graph, [pace], leaves(f, equations, p))
            x = after * k
            grown = exponential(f, x)
            powers.append((place, x, grown))
            f.store(f.load(y, Kind.NUMBERS, place) * grown, into, place)
        if not powers:
            return
        if self.tangents is not None and stage is not None:
            self._keep_growth(f, work, after, powers, stage)
        with f.when(f.load(job, Kind.WHOLE, Job.INFUSIONS) > 0):
            for place, x, grown in powers:
                small = f.size(x) < 1e-4
                divisor = f.choose(small, f.numbers(1.0), x)
                series = f.fused(f.fused(x, x * (1.0 / 6.0), x * 0.5), f.numbers(1.0), 1.0)
                share = f.choose(small, series, (grown - 1.0) / divisor)
                flow = f.load(inflow, Kind.NUMBERS, place) * after
                f.store(f.fused(flow, share, f.load(into, Kind.NUMBERS, place)), into, place)

    def _keep_growth(
        self,
        f: Function,
        work: Value,
        after: Value,
        powers: Sequence[tuple[int, Value, Value]],
        stage: int,
    ) -> None:
        """What the columns of depots take from a time: see `Tangents`."""
        assert self.tangents is not None
        steps = self.equations.steps
        size = self.equations.n - steps
        grown_at, moved_at, flown_at = (
            self.tangents.array(f, work, name, stage, size) for name in ("grown", "moved", "flown")
        )
        y, inflow = self.memory.at(f, work, "y"), self.memory.at(f, work, "inflow")
        for place, x, grown in powers:
            small = f.size(x) < 1e-3
            divisor = f.choose(small, f.numbers(1.0), x)
            near = f.fused(x, x * (1.0 / 6.0) + 0.5, f.numbers(1.0))
            share = f.choose(small, near, (grown - 1.0) / divisor)  # phi
            near = f.fused(x, x * 0.125 + 1.0 / 3.0, f.numbers(0.5))
            bend = f.choose(small, near, (grown - share) / divisor)  # its slope
            flow = f.load(inflow, Kind.NUMBERS, place) * after
            moved = f.fused(f.load(y, Kind.NUMBERS, place), grown, flow * bend) * after
            f.store(grown, grown_at, place - steps)
            f.store(moved, moved_at, place - steps)
            f.store(share * after, flown_at, place - steps)

    def error(
        self,
        f: Function,
        work: Value,
        of: Callable[[Value], Value],
        to: str = "e2",
        shares: str | None = "error",
    ) -> None:
        """The mean square of the error of each state over atol + rtol |state at the end|.

        The quotient is formed by a single-precision reciprocal, which is ample for a step size. A
        state beyond its range looks perfect until it is infinite, and then it is nan.
        """
        memory, width = self.memory, f.width
        new, atol = memory.at(f, work, "new"), memory.at(f, work, "atol")
        rtol = memory.load(f, work, "rtol")
        single = f"<{width} x float>"
        total = f.variable(f.numbers(0.0))
        for i in self.each(f):
            size = f.size(f.load(new, Kind.NUMBERS, i))
            allowed = f.fused(rtol, size, f.load(atol, Kind.NUMBERS, i))
            short = f.instruction(
                f"fptrunc {f.type_of(Kind.NUMBERS)} {allowed.text} to {single}", Kind.NUMBERS
            )
            one = f.instruction(f"fdiv {single} splat (float 1.0), {short.text}", Kind.NUMBERS)
            inverse = f.instruction(
                f"fpext {single} {one.text} to {f.type_of(Kind.NUMBERS)}", Kind.NUMBERS
            )
            share = of(i) * inverse
            if shares is not None:
                f.store(share, memory.at(f, work, shares), i)
            f.store(f.fused(share, share, f.load(total, Kind.NUMBERS)), total)
        memory.store(f, work, to, f.load(total, Kind.NUMBERS) * (1.0 / self.averaged))


def combined(
    f: Function, weights: Sequence[float], stages: Sequence[Value], i: Value | int
) -> Value:
    """The sum of weights times stages of one state; at least one weight is not 0."""
    total: Value | None = None
    for weight, stage in zip(weights, stages, strict=False):
        if weight:
            value = f.load(stage, Kind.NUMBERS, i)
            total = value * weight if total is None else f.fused(weight, value, total)
    assert total is not None
    return total


def copy(f: Function, kept: Value, source: Value, into: Value, count: int) -> None:
    """Copy an array in the lanes that hold."""
    with f.count_to(f.whole(count)) as i:
        f.store_where(kept, f.load(source, Kind.NUMBERS, i), into, i)


def weighted(
    f: Function, weights: Sequence[float], stages: Sequence[Value], scale: Value | None = None
) -> list[tuple[Value, Value]]:
    """Weights, times a scale, each with its stage; weights of 0 are left out."""
    return [
        (f.numbers(weight) if scale is None else scale * weight, stage)
        for weight, stage in zip(weights, stages, strict=False)
        if weight
    ]


def summed(
    f: Function, start: Value | None, weights: Sequence[tuple[Value, Value]], i: Value | int
) -> Value:
    """`start` plus the sum of weights (vectors) times stages of one state."""
    total = start
    for weight, stage in weights:
        value = f.load(stage, Kind.NUMBERS, i)
        total = weight * value if total is None else f.fused(weight, value, total)
    assert total is not None
    return total
