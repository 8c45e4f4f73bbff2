"""What a lane does at the time of an action: of its timetable, or of a trigger."""

from __future__ import annotations

from speciosa.engine.codegen.ir import Kind, Value
from speciosa.engine.codegen.lane import NEVER, Lane
from speciosa.engine.codegen.layout import Job, Phase
from speciosa.engine.codegen.person import back_to_start, restart
from speciosa.engine.timetable import FILL, INFUSE, RAISE, RESET, SET

__all__ = ["act"]


def act(lane: Lane) -> None:
    """Take every action that is due; stop before those that need a changed parameter."""
    f = lane.f
    if lane.stepper.watch is not None:
        with f.count_to(f.whole(lane.stepper.watch.count)) as j:
            place = j * f.width + lane.k
            with f.when(f.load(lane.at("fire"), Kind.NUMBER, place) > 0.0):
                _fire(lane, j, place)
    going = f.variable(f.whole(1))
    with f.as_long_as(lambda: f.load(going, Kind.WHOLE) > 0):
        f.store(f.whole(0), going)
        action, end = lane.get("action"), lane.get("end")
        more = action < lane.get("last")
        when = f.variable(f.constant(NEVER, Kind.NUMBER))
        with f.when(more):
            f.store(f.load(lane.array(Job.TIME_AT), Kind.NUMBER, action), when)
        time = f.load(when, Kind.NUMBER)
        now = time <= lane.get("t")
        with f.when(now):
            lane.set("action", action + 1)
            _apply(lane, action, going)
        with f.when(~now):
            lane.set("stop", f.smaller(time, end))
            over = lane.get("t") >= end
            with f.when(over):
                lane.set("phase", int(Phase.CLOSING))
                lane.raised(lane.closing, lane.again)
            with f.when(~over):
                lane.set("due", 0.0)


def _fire(lane: Lane, j: Value, place: Value) -> None:
    """What a trigger does, at its time."""
    f = lane.f
    f.store(f.constant(0.0, Kind.NUMBER), lane.at("fire"), place)
    count = f.load(lane.at("crossings"), Kind.WHOLE, place)
    f.store(count + 1, lane.at("crossings"), place)
    assert lane.stepper.watch is not None
    row = lane.get("person") * lane.stepper.watch.count + j
    room = f.load(lane.job, Kind.WHOLE, Job.CROSSINGS)
    f.store(lane.get("t"), lane.array(Job.CROSSED_AT), row * room + count)
    with f.when(f.load(lane.array(Job.RESETS_AT), Kind.WHOLE, j) > 0):
        back_to_start(lane)
    first = lane.array(Job.GIFTS_FIRST_AT)
    slot = f.variable(f.load(first, Kind.WHOLE, j))
    end = f.load(first, Kind.WHOLE, j + 1)
    with f.as_long_as(lambda: f.load(slot, Kind.WHOLE) < end):
        gift = f.load(slot, Kind.WHOLE)
        where = f.load(lane.array(Job.GIFTS_WHERE_AT), Kind.WHOLE, gift)
        amount = f.load(lane.array(Job.GIFTS_AT), Kind.NUMBER, gift)
        lane.set_number("y", where, lane.number("y", where) + amount)
        f.store(gift + 1, slot)


def _apply(lane: Lane, action: Value, going: Value) -> None:
    """One action of the timetable."""
    f = lane.f
    kind = f.load(lane.array(Job.KIND_AT), Kind.WHOLE, action)
    where = f.load(lane.array(Job.WHERE_AT), Kind.WHOLE, action)
    value = f.load(lane.array(Job.VALUE_AT), Kind.NUMBER, action)
    f.store(f.whole(1), going)
    with f.when(kind.equals(SET)):
        lane.set_number("p", where, value)
        lane.raised(lane.dirty, lane.again)
        f.store(f.whole(0), going)
    with f.when(kind.equals(RESET)):
        restart(lane)
    if lane.stepper.tangents is not None:
        _slopes(lane, action, kind, where)
        _shift(lane, action, going, lane.stepper.tangents.columns)
    with f.when(kind.equals(FILL) | kind.equals(RAISE)):
        fills = kind.equals(FILL)
        n = lane.stepper.equations.n
        row = f.place(lane.array(Job.VECTORS_AT), where * n, Kind.NUMBER)
        zero = f.constant(0.0, Kind.NUMBER)
        with f.count_to(f.whole(n)) as i:
            held = f.choose(fills, zero, lane.number("y", i))
            lane.set_number("y", i, held + f.load(row, Kind.NUMBER, i))
            flow = f.choose(fills, zero, lane.number("inflow", i))
            lane.set_number("inflow", i, flow)
    with f.when(kind.equals(INFUSE)):
        lane.set_number("inflow", where, value)
    with f.when(kind > INFUSE):
        lane.set_number("y", where, lane.number("y", where) + value)


def _slopes(lane: Lane, action: Value, kind: Value, where: Value) -> None:
    """What an action does to the columns: its value and its vector change with parameters."""
    f, n = lane.f, lane.stepper.equations.n
    assert lane.stepper.tangents is not None
    columns = lane.stepper.tangents.columns
    values, zero = lane.array(Job.VALUE_SLOPES_AT), f.constant(0.0, Kind.NUMBER)
    with f.count_to(f.whole(columns)) as j:
        slope = f.load(values, Kind.NUMBER, action * columns + j)
        with f.when(kind.equals(INFUSE)):
            lane.set_number("S flow", j * n + where, slope)
        with f.when(kind > INFUSE):
            place = j * n + where
            lane.set_number("S", place, lane.number("S", place) + slope)
        with f.when(kind.equals(FILL) | kind.equals(RAISE)):
            fills = kind.equals(FILL)
            row = f.place(lane.array(Job.VECTOR_SLOPES_AT), (where * columns + j) * n, Kind.NUMBER)
            with f.count_to(f.whole(n)) as i:
                for name, more in (("S", f.load(row, Kind.NUMBER, i)), ("S flow", zero)):
                    held = f.choose(fills, zero, lane.number(name, j * n + i))
                    lane.set_number(name, j * n + i, held + more)


def _shift(lane: Lane, action: Value, going: Value, columns: int) -> None:
    """Note an action whose time hangs on a parameter.

    Rates just before and just after it are needed, so no other action may come between.
    """
    f = lane.f
    with f.when(f.load(lane.job, Kind.WHOLE, Job.TIMED) > 0):
        lane.raised(lane.again)
        f.store(f.whole(0), going)
        row = f.place(lane.array(Job.TIME_SLOPES_AT), action * columns, Kind.NUMBER)
        with f.count_to(f.whole(columns)) as j:
            slope = f.load(row, Kind.NUMBER, j)
            with f.when(~slope.equals(0.0)):
                lane.set("shift", action)
