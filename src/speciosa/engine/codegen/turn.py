"""What happens between steps: actions of the timetable, the end of a person, the next one.

    turn(job)    for every lane that is `due`

Lanes are looked at one by one, since each has a timetable of its own. What needs the equations
(start values, numbers that hang on a changed parameter, the last outputs) is computed for all lanes
together, and the lanes concerned are looked at again. Lanes that are not due keep every bit.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job, Phase
from speciosa.engine.codegen.stepper import Stepper
from speciosa.engine.codegen.watch import Watch
from speciosa.engine.timetable import FILL, INFUSE, RAISE, RESET, SET

__all__ = ["PER_LANE", "write_turn"]

NEVER = float("inf")
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
            with f.count_to(f.whole(f.width)) as k, f.when(self._get("due", k) > 0.0):
                self._one(k)
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

    # One lane.
    def _one(self, k: Value) -> None:
        with self._if_phase(k, Phase.ENDED):
            self._finish(k)
            self._take(k)
        with self._if_phase(k, Phase.RUNNING):
            self._act(k)
        with self._if_phase(k, Phase.LOADED), self._if_clean():
            self._copy_states(k, "start")
            self._set("phase", k, int(Phase.RUNNING))
            self.f.store(self.f.whole(1), self.again)

    def _finish(self, k: Value) -> None:
        """Write down how a person ended."""
        f, equations = self.f, self.stepper.equations
        person = self._get("person", k)
        with f.when(person >= 0):
            for slot, value in (
                (Job.OUTCOME_AT, self._get("outcome", k)),
                (Job.REACHED_AT, self._get("t", k)),
                (Job.STEPS_AT, self._get("taken", k)),
            ):
                f.store(value, f.load(self.job, Kind.POINTER, slot), person)
            final = f.place(
                f.load(self.job, Kind.POINTER, Job.FINAL_AT), person * equations.n, Kind.NUMBER
            )
            with f.count_to(f.whole(equations.n)) as i:
                f.store(self._number("y", i, k), final, i)
            self._suspect(person, k)

    def _suspect(self, person: Value, k: Value) -> None:
        """The state whose error is the largest, or is no number."""
        f = self.f
        worst, which = f.variable(f.constant(-1.0, Kind.NUMBER)), f.variable(f.whole(0))
        with f.count_to(f.whole(self.stepper.equations.steps)) as i:
            error = f.size(self._number("error", i, k))
            more = (error > f.load(worst, Kind.NUMBER)) | ~error.equals(error)
            with f.when(more):
                f.store(error, worst)
                f.store(i, which)
        f.store(f.load(which, Kind.WHOLE), f.load(self.job, Kind.POINTER, Job.SUSPECT_AT), person)

    def _take(self, k: Value) -> None:
        """Take the next person into a lane, or leave it idle."""
        f, job = self.f, self.job
        person = f.load(job, Kind.WHOLE, Job.NEXT)
        people = f.load(job, Kind.WHOLE, Job.PEOPLE)
        with f.when(person >= people):
            for name, value in (("t", 0.0), ("h", 0.0), ("due", 0.0), ("stop", NEVER)):
                self._set(name, k, value)
            self._set("next", k, NEVER)
            self._set("person", k, -1)
            self._set("phase", k, int(Phase.IDLE))
            busy = self._at("busy")
            f.store(f.load(busy, Kind.WHOLE) - 1, busy)
        with f.when(person < people):
            f.store(person + 1, job, Job.NEXT)
            self._set("person", k, person)
            count = self.stepper.equations.p
            row = f.place(self._array(Job.PARAMETERS_AT), person * count, Kind.NUMBER)
            with f.count_to(f.whole(count)) as i:
                self._set_number("p", i, k, f.load(row, Kind.NUMBER, i))
            for name, slot in (("action", Job.FIRST_AT), ("last", Job.LAST_AT)):
                self._set(name, k, f.load(self._array(slot), Kind.WHOLE, person))
            self._set("t", k, f.load(self._array(Job.BEGIN_AT), Kind.NUMBER, person))
            self._set("end", k, f.load(self._array(Job.END_AT), Kind.NUMBER, person))
            self._set("row", k, f.load(self._array(Job.ROW_AT), Kind.WHOLE, person))
            cursor = f.load(self._array(Job.TIMES_FIRST_AT), Kind.WHOLE, person)
            self._set("cursor", k, cursor)
            self._set("next", k, f.load(self._array(Job.TIMES_AT), Kind.NUMBER, cursor))
            for name, value in (("kept", 0.0), ("h", 0.0), ("outcome", 0), ("taken", 0)):
                self._set(name, k, value)
            if self.stepper.watch is not None:
                # As if beyond every level: what begins there has not crossed.
                with f.count_to(f.whole(self.stepper.watch.count)) as j:
                    self._set_number("g", j, k, f.constant(1.0, Kind.NUMBER))
                    self._set_number("fire", j, k, f.constant(0.0, Kind.NUMBER))
                    f.store(f.whole(0), self._at("crossings"), j * f.width + k)
            extra = ("S k", "S new") if self.stepper.tangents is not None else ()
            for name in (*self.stepper.cleared, *extra):
                with f.count_to(f.whole(self.stepper.memory.count(name))) as i:
                    self._set_number(name, i, k, f.constant(0.0, Kind.NUMBER))
            self._set("phase", k, int(Phase.LOADED))
            for flag in (self.dirty, self.again):
                f.store(f.whole(1), flag)

    def _act(self, k: Value) -> None:
        """Take every action that is due; stop before those that need a changed parameter."""
        f = self.f
        if self.stepper.watch is not None:
            with f.count_to(f.whole(self.stepper.watch.count)) as j:
                place = j * f.width + k
                with f.when(f.load(self._at("fire"), Kind.NUMBER, place) > 0.0):
                    self._fire(j, k, place)
        going = f.variable(f.whole(1))
        with f.as_long_as(lambda: f.load(going, Kind.WHOLE) > 0):
            f.store(f.whole(0), going)
            action, end = self._get("action", k), self._get("end", k)
            more = action < self._get("last", k)
            when = f.variable(f.constant(NEVER, Kind.NUMBER))
            with f.when(more):
                f.store(f.load(self._array(Job.TIME_AT), Kind.NUMBER, action), when)
            time = f.load(when, Kind.NUMBER)
            now = time <= self._get("t", k)
            with f.when(now):
                self._set("action", k, action + 1)
                self._apply(k, action, going)
            with f.when(~now):
                self._set("stop", k, f.smaller(time, end))
                over = self._get("t", k) >= end
                with f.when(over):
                    self._set("phase", k, int(Phase.CLOSING))
                    f.store(f.whole(1), self.closing)
                    f.store(f.whole(1), self.again)
                with f.when(~over):
                    self._set("due", k, 0.0)

    def _fire(self, j: Value, k: Value, place: Value) -> None:
        """What a trigger does, at its time."""
        f = self.f
        f.store(f.constant(0.0, Kind.NUMBER), self._at("fire"), place)
        count = f.load(self._at("crossings"), Kind.WHOLE, place)
        f.store(count + 1, self._at("crossings"), place)
        assert self.stepper.watch is not None
        row = self._get("person", k) * self.stepper.watch.count + j
        room = f.load(self.job, Kind.WHOLE, Job.CROSSINGS)
        f.store(self._get("t", k), self._array(Job.CROSSED_AT), row * room + count)
        with f.when(f.load(self._array(Job.RESETS_AT), Kind.WHOLE, j) > 0):
            self._copy_states(k, "start")
        first = self._array(Job.GIFTS_FIRST_AT)
        slot = f.variable(f.load(first, Kind.WHOLE, j))
        end = f.load(first, Kind.WHOLE, j + 1)
        with f.as_long_as(lambda: f.load(slot, Kind.WHOLE) < end):
            gift = f.load(slot, Kind.WHOLE)
            where = f.load(self._array(Job.GIFTS_WHERE_AT), Kind.WHOLE, gift)
            amount = f.load(self._array(Job.GIFTS_AT), Kind.NUMBER, gift)
            self._set_number("y", where, k, self._number("y", where, k) + amount)
            f.store(gift + 1, slot)

    def _apply(self, k: Value, action: Value, going: Value) -> None:
        f = self.f
        kind = f.load(self._array(Job.KIND_AT), Kind.WHOLE, action)
        where = f.load(self._array(Job.WHERE_AT), Kind.WHOLE, action)
        value = f.load(self._array(Job.VALUE_AT), Kind.NUMBER, action)
        f.store(f.whole(1), going)
        with f.when(kind.equals(SET)):
            self._set_number("p", where, k, value)
            for flag in (self.dirty, self.again):
                f.store(f.whole(1), flag)
            f.store(f.whole(0), going)
        with f.when(kind.equals(RESET)):
            self._copy_states(k, "start")
        if self.stepper.tangents is not None:
            self._slopes(k, action, kind, where)
            self._shift(k, action, going, self.stepper.tangents.columns)
        with f.when(kind.equals(FILL) | kind.equals(RAISE)):
            fills = kind.equals(FILL)
            n = self.stepper.equations.n
            row = f.place(self._array(Job.VECTORS_AT), where * n, Kind.NUMBER)
            zero = f.constant(0.0, Kind.NUMBER)
            with f.count_to(f.whole(n)) as i:
                held = f.choose(fills, zero, self._number("y", i, k))
                self._set_number("y", i, k, held + f.load(row, Kind.NUMBER, i))
                flow = f.choose(fills, zero, self._number("inflow", i, k))
                self._set_number("inflow", i, k, flow)
        with f.when(kind.equals(INFUSE)):
            self._set_number("inflow", where, k, value)
        with f.when(kind > INFUSE):
            self._set_number("y", where, k, self._number("y", where, k) + value)

    def _copy_states(self, k: Value, source: str) -> None:
        f = self.f
        with f.count_to(f.whole(self.stepper.equations.n)) as i:
            self._set_number("y", i, k, self._number(source, i, k))
            self._set_number("inflow", i, k, f.constant(0.0, Kind.NUMBER))
        if self.stepper.tangents is not None:
            size = self.stepper.tangents.columns * self.stepper.equations.n
            with f.count_to(f.whole(size)) as i:
                self._set_number("S", i, k, self._number("S start", i, k))
                self._set_number("S flow", i, k, f.constant(0.0, Kind.NUMBER))

    def _slopes(self, k: Value, action: Value, kind: Value, where: Value) -> None:
        """What an action does to the columns: its value and its vector change with parameters."""
        f, n = self.f, self.stepper.equations.n
        assert self.stepper.tangents is not None
        columns = self.stepper.tangents.columns
        values, zero = self._array(Job.VALUE_SLOPES_AT), f.constant(0.0, Kind.NUMBER)
        with f.count_to(f.whole(columns)) as j:
            slope = f.load(values, Kind.NUMBER, action * columns + j)
            with f.when(kind.equals(INFUSE)):
                self._set_number("S flow", j * n + where, k, slope)
            with f.when(kind > INFUSE):
                place = j * n + where
                self._set_number("S", place, k, self._number("S", place, k) + slope)
            with f.when(kind.equals(FILL) | kind.equals(RAISE)):
                fills = kind.equals(FILL)
                row = f.place(
                    self._array(Job.VECTOR_SLOPES_AT), (where * columns + j) * n, Kind.NUMBER
                )
                with f.count_to(f.whole(n)) as i:
                    for name, more in (("S", f.load(row, Kind.NUMBER, i)), ("S flow", zero)):
                        held = f.choose(fills, zero, self._number(name, j * n + i, k))
                        self._set_number(name, j * n + i, k, held + more)

    def _shift(self, k: Value, action: Value, going: Value, columns: int) -> None:
        """Note an action whose time hangs on a parameter.

        Rates just before and just after it are needed, so no other action may come between.
        """
        f = self.f
        with f.when(f.load(self.job, Kind.WHOLE, Job.TIMED) > 0):
            f.store(f.whole(1), self.again)
            f.store(f.whole(0), going)
            row = f.place(self._array(Job.TIME_SLOPES_AT), action * columns, Kind.NUMBER)
            with f.count_to(f.whole(columns)) as j:
                slope = f.load(row, Kind.NUMBER, j)
                with f.when(~slope.equals(0.0)):
                    self._set("shift", k, action)

    # All lanes.
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

    # Memory of one lane.
    def _at(self, name: str) -> Value:
        return self.stepper.memory.at(self.f, self.work, name)

    def _all(self, name: str) -> Value:
        return self.stepper.memory.load(self.f, self.work, name)

    def _array(self, slot: Job) -> Value:
        return self.f.load(self.job, Kind.POINTER, slot)

    def _get(self, name: str, k: Value) -> Value:
        whole = self.stepper.memory.kind(name) == Kind.WHOLES
        return self.f.load(self._at(name), Kind.WHOLE if whole else Kind.NUMBER, k)

    def _set(self, name: str, k: Value, value: Value | float) -> None:
        f = self.f
        if not isinstance(value, Value):
            whole = self.stepper.memory.kind(name) == Kind.WHOLES
            value = f.constant(value, Kind.WHOLE if whole else Kind.NUMBER)
        f.store(value, self._at(name), k)

    def _number(self, name: str, i: Value, k: Value) -> Value:
        return self.f.load(self._at(name), Kind.NUMBER, i * self.f.width + k)

    def _set_number(self, name: str, i: Value, k: Value, value: Value) -> None:
        self.f.store(value, self._at(name), i * self.f.width + k)

    @contextmanager
    def _if_phase(self, k: Value, phase: Phase) -> Generator[None]:
        with self.f.when(self._get("phase", k).equals(int(phase))):
            yield

    @contextmanager
    def _if_clean(self) -> Generator[None]:
        """Not in the pass that loaded the person: start values are computed after it."""
        with self.f.when(self.f.load(self.dirty, Kind.WHOLE).equals(0)):
            yield
