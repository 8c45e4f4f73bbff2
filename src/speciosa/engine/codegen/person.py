"""How a lane takes a person in, and writes down how the person before ended."""

from __future__ import annotations

from speciosa.engine.codegen.ir import Kind, Value
from speciosa.engine.codegen.lane import NEVER, Lane
from speciosa.engine.codegen.layout import Job, Phase

__all__ = ["back_to_start", "finish", "restart", "take"]


def finish(lane: Lane) -> None:
    """Write down how a person ended."""
    f, equations = lane.f, lane.stepper.equations
    person = lane.get("person")
    with f.when(person >= 0):
        for slot, value in (
            (Job.OUTCOME_AT, lane.get("outcome")),
            (Job.REACHED_AT, lane.get("t")),
            (Job.STEPS_AT, lane.get("taken")),
        ):
            f.store(value, lane.array(slot), person)
        final = f.place(lane.array(Job.FINAL_AT), person * equations.n, Kind.NUMBER)
        with f.count_to(f.whole(equations.n)) as i:
            f.store(lane.number("y", i), final, i)
        _suspect(lane, person)


def _suspect(lane: Lane, person: Value) -> None:
    """The state whose error is the largest, or is no number."""
    f = lane.f
    worst, which = f.variable(f.constant(-1.0, Kind.NUMBER)), f.variable(f.whole(0))
    with f.count_to(f.whole(lane.stepper.equations.steps)) as i:
        error = f.size(lane.number("error", i))
        more = (error > f.load(worst, Kind.NUMBER)) | ~error.equals(error)
        with f.when(more):
            f.store(error, worst)
            f.store(i, which)
    f.store(f.load(which, Kind.WHOLE), lane.array(Job.SUSPECT_AT), person)


def take(lane: Lane) -> None:
    """Take the next person into a lane, or leave it idle."""
    f, job = lane.f, lane.job
    person = f.load(job, Kind.WHOLE, Job.NEXT)
    people = f.load(job, Kind.WHOLE, Job.PEOPLE)
    with f.when(person >= people):
        for name, value in (("t", 0.0), ("h", 0.0), ("due", 0.0), ("stop", NEVER)):
            lane.set(name, value)
        lane.set("next", NEVER)
        lane.set("person", -1)
        lane.set("phase", int(Phase.IDLE))
        busy = lane.at("busy")
        f.store(f.load(busy, Kind.WHOLE) - 1, busy)
    with f.when(person < people):
        f.store(person + 1, job, Job.NEXT)
        lane.set("person", person)
        count = lane.stepper.equations.p
        row = f.place(lane.array(Job.PARAMETERS_AT), person * count, Kind.NUMBER)
        with f.count_to(f.whole(count)) as i:
            lane.set_number("p", i, f.load(row, Kind.NUMBER, i))
        for name, slot in (("action", Job.FIRST_AT), ("last", Job.LAST_AT)):
            lane.set(name, f.load(lane.array(slot), Kind.WHOLE, person))
        lane.set("t", f.load(lane.array(Job.BEGIN_AT), Kind.NUMBER, person))
        lane.set("end", f.load(lane.array(Job.END_AT), Kind.NUMBER, person))
        lane.set("row", f.load(lane.array(Job.ROW_AT), Kind.WHOLE, person))
        cursor = f.load(lane.array(Job.TIMES_FIRST_AT), Kind.WHOLE, person)
        lane.set("cursor", cursor)
        lane.set("next", f.load(lane.array(Job.TIMES_AT), Kind.NUMBER, cursor))
        for name, value in (("kept", 0.0), ("h", 0.0), ("outcome", 0), ("taken", 0)):
            lane.set(name, value)
        if lane.stepper.watch is not None:
            # As if beyond every level: what begins there has not crossed.
            with f.count_to(f.whole(lane.stepper.watch.count)) as j:
                lane.set_number("g", j, f.constant(1.0, Kind.NUMBER))
                lane.set_number("fire", j, f.constant(0.0, Kind.NUMBER))
                f.store(f.whole(0), lane.at("crossings"), j * f.width + lane.k)
        extra = ("S k", "S new") if lane.stepper.tangents is not None else ()
        for name in (*lane.stepper.cleared, *extra):
            with f.count_to(f.whole(lane.stepper.memory.count(name))) as i:
                lane.set_number(name, i, f.constant(0.0, Kind.NUMBER))
        lane.set("phase", int(Phase.LOADED))
        lane.raised(lane.dirty, lane.again)


def back_to_start(lane: Lane) -> None:
    """The states become their start values; what is infused goes on."""
    with lane.f.count_to(lane.f.whole(lane.stepper.equations.n)) as i:
        lane.set_number("y", i, lane.number("start", i))


def restart(lane: Lane) -> None:
    """The states become their start values, and nothing is infused."""
    f = lane.f
    back_to_start(lane)
    with f.count_to(f.whole(lane.stepper.equations.n)) as i:
        lane.set_number("inflow", i, f.constant(0.0, Kind.NUMBER))
    if lane.stepper.tangents is not None:
        size = lane.stepper.tangents.columns * lane.stepper.equations.n
        with f.count_to(f.whole(size)) as i:
            lane.set_number("S", i, lane.number("S start", i))
            lane.set_number("S flow", i, f.constant(0.0, Kind.NUMBER))
