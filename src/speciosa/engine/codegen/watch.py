"""Code for triggers: watch outputs, and close in on the time at which one crosses its level.

    watch(t, y, p, levels, g)    how far each watched output is beyond its level, crossing upwards

A step that crosses is not kept while it is longer than `LOCATED`: the lane tries again from where
it is, up to a hair before the crossing that a straight line predicts, and then steps over it. So
what is located is a crossing of the integrated solution and not of an interpolation.
"""

from __future__ import annotations

from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job, Memory
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.programs import leaves
from speciosa.engine.triggers import LOCATED

__all__ = ["Watch"]

PATIENCE = 3  # straight lines in a row that fell short; then the step is halved


class Watch:
    """Memory and functions for some triggers: (output position, rising)."""

    def __init__(
        self,
        module: Module,
        equations: Equations,
        memory: Memory,
        watched: tuple[tuple[int, bool], ...],
    ) -> None:
        self.module, self.equations, self.memory = module, equations, memory
        self.count = len(watched)
        self.rising = [rising for _, rising in watched]
        self.roots = equations.watched([output for output, _ in watched])
        for name in ("g", "g new", "fire"):
            memory.add(name, self.count)
        memory.add("crossings", self.count, Kind.WHOLES)
        memory.add("hunting", kind=Kind.WHOLES)

    def write(self) -> None:
        """Add `watch`."""
        pointer = Kind.POINTER
        with self.module.function("watch", [Kind.NUMBERS, *[pointer] * 4]) as f:
            t, y, p, levels, g = f.arguments
            found = emit(f, self.equations.graph, self.roots, leaves(f, self.equations, p, y, t))
            for place, value in enumerate(found):
                level = f.all_lanes(f.load(levels, Kind.NUMBER, place))
                beyond = value - level if self.rising[place] else level - value
                f.store(beyond, g, place)

    def look(self, f: Function, job: Value, work: Value, t: Value, y: Value) -> None:
        """Evaluate to `g new`."""
        p, g = self.memory.at(f, work, "p"), self.memory.at(f, work, "g new")
        f.call("watch", t, y, p, f.load(job, Kind.POINTER, Job.LEVELS_AT), g)

    def crossed(self, f: Function, job: Value, work: Value, which: Value) -> list[Value]:
        """For each trigger, the lanes among `which` in which it has crossed between g and g new."""
        g, new, crossings = (self.memory.at(f, work, name) for name in ("g", "g new", "crossings"))
        most = f.load(job, Kind.POINTER, Job.MOST_CROSSINGS_AT)
        found: list[Value] = []
        for j in range(self.count):
            before, after = f.load(g, Kind.NUMBERS, j), f.load(new, Kind.NUMBERS, j)
            left = f.load(crossings, Kind.WHOLES, j) < f.all_lanes(f.load(most, Kind.WHOLE, j))
            found.append(which & left & (before <= 0.0) & (after > 0.0))
        return found

    def fire(self, f: Function, work: Value, found: list[Value]) -> None:
        """Note what `turn` must act on."""
        fire = self.memory.at(f, work, "fire")
        for j, lanes in enumerate(found):
            f.store(f.choose(lanes, f.numbers(1.0), f.load(fire, Kind.NUMBERS, j)), fire, j)

    def accept(self, f: Function, work: Value, which: Value) -> None:
        """What was new is now."""
        g, new = self.memory.at(f, work, "g"), self.memory.at(f, work, "g new")
        for j in range(self.count):
            now = f.choose(which, f.load(new, Kind.NUMBERS, j), f.load(g, Kind.NUMBERS, j))
            f.store(now, g, j)

    def judge(
        self, f: Function, job: Value, work: Value, kept: Value, h: Value
    ) -> tuple[Value, Value, Value]:
        """After a step: lanes that still keep it, lanes that fire, and the step of the others.

        A step over a crossing is repeated shorter, or fires if it is short enough.
        """
        memory = self.memory
        found = self.crossed(f, job, work, kept)
        any_ = found[0]
        for lanes in found[1:]:
            any_ = any_ | lanes
        short = h <= LOCATED
        fires = any_ & short
        back = any_ & ~short
        self.fire(f, work, [lanes & short for lanes in found])
        g, new = memory.at(f, work, "g"), memory.at(f, work, "g new")
        distance = h
        for j, lanes in enumerate(found):
            before, after = f.load(g, Kind.NUMBERS, j), f.load(new, Kind.NUMBERS, j)
            share = before / (before - after)
            distance = f.choose(lanes, f.smaller(distance, h * share), distance)
        hunting = memory.load(f, work, "hunting")
        none, one = f.constant(0, Kind.WHOLES), f.constant(1, Kind.WHOLES)
        distance = f.choose(hunting >= PATIENCE, h * 0.5, distance)
        closer = distance - LOCATED / 4
        again = f.choose(closer > LOCATED / 2, closer, f.numbers(LOCATED / 2))
        # The step after one that fell just short goes over the crossing.
        still = kept & ~back
        over = still & (hunting > 0) & ~fires
        step = f.choose(back, again, f.choose(over, f.numbers(0.9 * LOCATED), f.numbers(-1.0)))
        hunting = f.choose(back, hunting + one, f.choose(still, none, hunting))
        memory.store(f, work, "hunting", hunting)
        self.accept(f, work, still)
        return still, fires, step
