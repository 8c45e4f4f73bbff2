"""What happens between steps: actions of the timetable, the end of a person, the next one.

    turn(job)    for every lane that is `due`

Lanes are looked at one by one, since each has a timetable of its own. What needs the equations
(start values, numbers that hang on a changed parameter, the last outputs) is computed for all lanes
together, and the lanes concerned are looked at again. Lanes that are not due keep every bit.
"""

from __future__ import annotations

from dataclasses import dataclass

from speciosa.engine.codegen.act import act
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.lane import NEVER, Lane
from speciosa.engine.codegen.layout import Job, Phase
from speciosa.engine.codegen.person import finish, restart, take
from speciosa.engine.codegen.stepper import Stepper
from speciosa.engine.codegen.watch import Watch

__all__ = ["PER_LANE", "write_turn"]

LARGEST_FIRST = 1.0  # h; only a state at rest would start with more
SMALLEST_FIRST = 1e-6  # h

PER_LANE = {
    "stop": Kind.NUMBERS,  # the next action or the end
    "end": Kind.NUMBERS,  # the last output time
    "kept": Kind.NUMBERS,  # the step that the person began with after the action before; 0 for none
    "old": Kind.NUMBERS,  # logarithm of the error of the step before
    "fresh": Kind.NUMBERS,  # 1 until a step was limited by its error
    "due": Kind.NUMBERS,  # 1 for a lane that `turn` must look at
    "touched": Kind.NUMBERS,
    "person": Kind.WHOLES,
    "phase": Kind.WHOLES,
    "outcome": Kind.WHOLES,
    "action": Kind.WHOLES,
    "last": Kind.WHOLES,  # one past the person's last action
    "tries": Kind.WHOLES,  # steps since the last action
    "taken": Kind.WHOLES,
}


def write_turn(stepper: Stepper) -> None:
    """Add `turn` to the module."""
    for name, kind in PER_LANE.items():
        stepper.memory.add(name, kind=kind)
    stepper.memory.add("busy", kind=Kind.WHOLES)  # its first lane: how many lanes hold somebody
    with stepper.writing("turn") as (f, job, work):
        _Turn(stepper, f, job, work).write()


@dataclass
class _Turn:
    stepper: Stepper
    f: Function
    job: Value
    work: Value

    def write(self) -> None:
        f, memory = self.f, self.stepper.memory
        memory.store(f, self.work, "touched", self._all("due"))
        self.again, self.dirty = f.variable(f.whole(1)), f.variable(f.whole(0))
        self.closing = f.variable(f.whole(0))
        self._pass()
        if self.stepper.watch is not None:
            # What an action carried over a level acts in its turn, and so on.
            self._watch(self.stepper.watch)
            with f.as_long_as(lambda: f.load(self.again, Kind.WHOLE) > 0):
                self._pass()
                self._watch(self.stepper.watch)
        self._begin()

    def _watch(self, watch: Watch) -> None:
        """Fire the triggers that an action has carried over their level."""
        f, memory = self.f, self.stepper.memory
        watch.look(f, self.job, self.work, self._all("t"), self._at("y"))
        touched = self._all("touched") > 0.0
        running = touched & self._all("phase").equals(int(Phase.RUNNING))
        found = watch.crossed(f, self.job, self.work, running)
        watch.fire(f, self.work, found)
        watch.accept(f, self.work, touched)
        hunting, none = self._all("hunting"), f.constant(0, Kind.WHOLES)
        memory.store(f, self.work, "hunting", f.choose(touched, none, hunting))
        any_ = found[0]
        for lanes in found[1:]:
            any_ = any_ | lanes
        with f.when(f.any(any_)):
            memory.store(f, self.work, "due", f.choose(any_, f.numbers(1.0), f.numbers(0.0)))
            f.store(f.whole(1), self.again)

    def _pass(self) -> None:
        """Look at the lanes that are due until none is."""
        f, memory, tangents = self.f, self.stepper.memory, self.stepper.tangents
        with f.as_long_as(lambda: f.load(self.again, Kind.WHOLE) > 0):
            for flag in (self.again, self.dirty, self.closing):
                f.store(f.whole(0), flag)
            if tangents is not None:
                none = f.constant(-1, Kind.WHOLES)
                memory.store(f, self.work, "shift", none)
                with f.when(f.load(self.job, Kind.WHOLE, Job.TIMED) > 0):
                    before = self._at("f before")
                    tangents.velocities(f, self.job, self.work, self._all("t"), before)
            with f.count_to(f.whole(f.width)) as k:
                flags = (self.again, self.dirty, self.closing)
                lane = Lane(self.stepper, f, self.job, self.work, k, *flags)
                with f.when(lane.get("due") > 0.0):
                    self._one(lane)
            if tangents is not None:
                shifted = self._all("shift")
                with f.when(f.any(shifted >= 0)):
                    after = self._at("f after")
                    tangents.velocities(f, self.job, self.work, self._all("t"), after)
                    tangents.shift(f, self.job, self.work, shifted)
            with f.when(f.load(self.dirty, Kind.WHOLE) > 0):
                p, start = self._at("p"), self._at("start")
                f.call("prepare", p)
                f.call("start", p, start)
                if self.stepper.tangents is not None:
                    f.call("paces", p, self._at("kp"))
                    f.call("start_slopes", p, self._at("S start"))
            with f.when(f.load(self.closing, Kind.WHOLE) > 0):
                self._close()

    def _one(self, lane: Lane) -> None:
        """A lane by itself."""
        f = self.f
        with f.when(lane.get("phase").equals(int(Phase.ENDED))):
            finish(lane)
            take(lane)
        with f.when(lane.get("phase").equals(int(Phase.RUNNING))):
            act(lane)
        loaded = lane.get("phase").equals(int(Phase.LOADED))
        # Not in the pass that loaded the person: start values are computed after it.
        with f.when(loaded & f.load(self.dirty, Kind.WHOLE).equals(0)):
            restart(lane)
            lane.set("phase", int(Phase.RUNNING))
            lane.raised(self.again)

    def _close(self) -> None:
        """The last outputs of lanes that reached their end, then their end."""
        f, memory = self.f, self.stepper.memory
        closing = self._all("phase").equals(int(Phase.CLOSING))
        memory.store(f, self.work, "limit", f.choose(closing, f.numbers(NEVER), f.numbers(-NEVER)))
        memory.store(f, self.work, "h", f.choose(closing, f.numbers(0.0), self._all("h")))
        f.call("rows", self.job)
        ended = f.choose(closing, f.constant(int(Phase.ENDED), Kind.WHOLES), self._all("phase"))
        memory.store(f, self.work, "phase", ended)

    def _begin(self) -> None:
        """The first step of the lanes that were looked at, and their first stage."""
        f, stepper, memory = self.f, self.stepper, self.stepper.memory
        touched = self._all("touched") > 0.0
        y, at, atol = self._at("y"), self._at("at"), self._at("atol")
        stepper.begin(f, self.job, self.work, self._all("t"), touched)
        kept = self._all("kept")
        guess = f.variable(kept)
        with f.when(f.any(touched & ~(kept > 0.0))):
            f.store(self._guess(y, at, atol), guess)
        step = f.load(guess, Kind.NUMBERS)
        for name, value in (
            ("h", f.choose(kept > 0.0, kept, step)),
            ("fresh", f.numbers(1.0)),
            ("old", f.numbers(0.0)),
        ):
            memory.store(f, self.work, name, f.choose(touched, value, self._all(name)))
        none = f.constant(0, Kind.WHOLES)
        memory.store(f, self.work, "tries", f.choose(touched, none, self._all("tries")))

    def _guess(self, y: Value, rate: Value, atol: Value) -> Value:
        """A first step: a hundredth of the time in which the states would change by their size."""
        f, rtol = self.f, self._all("rtol")
        size, speed = f.variable(f.numbers(0.0)), f.variable(f.numbers(0.0))
        with f.count_to(f.whole(self.stepper.equations.steps)) as i:
            here = f.load(y, Kind.NUMBERS, i)
            per = 1.0 / f.fused(rtol, f.size(here), f.load(atol, Kind.NUMBERS, i))
            for total, part in ((size, here), (speed, f.load(rate, Kind.NUMBERS, i))):
                share = part * per
                f.store(f.fused(share, share, f.load(total, Kind.NUMBERS)), total)
        guess = f.root(f.load(size, Kind.NUMBERS) / (f.load(speed, Kind.NUMBERS) + 1e-30)) * 0.01
        guess = f.choose(guess > SMALLEST_FIRST, guess, f.numbers(SMALLEST_FIRST))
        return f.choose(guess < LARGEST_FIRST, guess, f.numbers(LARGEST_FIRST))

    def _at(self, name: str) -> Value:
        return self.stepper.memory.at(self.f, self.work, name)

    def _all(self, name: str) -> Value:
        return self.stepper.memory.load(self.f, self.work, name)
