"""Outputs at the asked times that a step has passed.

    rows(job)    writes every output before the time in `limit`, lane by lane

Each lane has its own list of times and its own place in it. All lanes look at their next time at
once; those whose next time is not passed write to a row that nobody reads. Outputs are turned from
one vector per output to one row per person inside the registers.
"""

from __future__ import annotations

from collections.abc import Sequence

from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job
from speciosa.engine.codegen.stepper import Stepper
from speciosa.engine.codegen.tangents import Column

__all__ = ["padded", "write_rows"]

NEVER = float("inf")


def padded(outputs: int, width: int) -> int:
    """Numbers in a row: outputs come in whole vectors."""
    return max(1, -(-outputs // width)) * width


def write_rows(stepper: Stepper) -> None:
    """Add `rows` to the module."""
    equations, memory = stepper.equations, stepper.memory
    memory.add("limit")
    memory.add("next")
    memory.add("cursor", kind=Kind.WHOLES)
    memory.add("row", kind=Kind.WHOLES)
    with stepper.writing("rows") as (f, job, work):
        times, out = f.load(job, Kind.POINTER, Job.TIMES_AT), f.load(job, Kind.POINTER, Job.OUT_AT)
        nobody = f.all_lanes(f.load(job, Kind.WHOLE, Job.ROWS))
        t, h = memory.load(f, work, "t"), memory.load(f, work, "h")
        limit = memory.load(f, work, "limit")
        seen, o, p = (memory.at(f, work, name) for name in ("seen", "o", "p"))
        # A step may be too short to be divided by; nothing lies inside it.
        moves = h > 1e-300
        per_h = f.choose(moves, 1.0 / f.choose(moves, h, f.numbers(1.0)), f.numbers(0.0))

        def passed() -> Value:
            return memory.load(f, work, "next") < limit

        with f.as_long_as(lambda: f.any(passed())):
            mine, when = passed(), memory.load(f, work, "next")
            since = f.choose(mine, when - t, f.numbers(0.0))
            theta = since * per_h
            stepper.look(f, work, theta, h, [i for i in equations.needed if i < equations.steps])
            exact = [i for i in equations.needed if i >= equations.steps]
            if exact:
                stepper.depots(f, job, work, theta * h, seen, exact, 0)
            f.call("observe", when, seen, p, o)
            row = memory.load(f, work, "row")
            rows = f.choose(mine, row, nobody)
            _write(f, equations, out, rows, o)
            if stepper.tangents is not None:
                slopes = f.load(job, Kind.POINTER, Job.SLOPES_AT)
                first = rows * stepper.tangents.columns
                read = stepper.between(f, theta, h)

                def state(column: Column, i: int) -> Value:
                    stages = stepper.stages(f, column.stages)
                    return read(column.start, column.end, stages, i)

                def write(j: Value, found: Value) -> None:
                    _write(f, equations, slopes, first + j, found)

                stepper.tangents.see(f, job, work, when, state, write)
            one = f.converted("zext", mine, Kind.WHOLES)
            memory.store(f, work, "row", row + one)
            cursor = memory.load(f, work, "cursor") + one
            memory.store(f, work, "cursor", cursor)
            memory.store(f, work, "next", _gathered(f, times, cursor))


def _gathered(f: Function, base: Value, index: Value) -> Value:
    """One number of an array for each lane."""
    result = f.numbers(NEVER)
    for k in range(f.width):
        result = f.with_lane(result, k, f.load(base, Kind.NUMBER, f.lane(index, k)))
    return result


def _write(f: Function, equations: Equations, out: Value, rows: Value, o: Value) -> None:
    wide = padded(equations.m, f.width)
    starts = [f.lane(rows, k) * wide for k in range(f.width)]
    for block in range(0, wide, f.width):
        columns = [
            f.load(o, Kind.NUMBERS, i) if i < equations.m else f.numbers(0.0)
            for i in range(block, block + f.width)
        ]
        for k, value in enumerate(_turned(f, columns)):
            f.store(value, f.place(out, starts[k] + block, Kind.NUMBER), aligned=False)


def _turned(f: Function, columns: Sequence[Value]) -> list[Value]:
    """A square of numbers, rows for columns: pairs at distance 1, 2, 4 change places."""
    found = list(columns)
    width, distance = f.width, 1
    while distance < width:
        low = [j if not j & distance else width + j - distance for j in range(width)]
        high = [j + distance if not j & distance else width + j for j in range(width)]
        for i in range(width):
            if not i & distance:
                a, b = found[i], found[i + distance]
                found[i], found[i + distance] = f.shuffled(a, b, low), f.shuffled(a, b, high)
        distance *= 2
    return found
