"""Where things lie in memory: what the host and the machine code must agree on.

A call gets one `Job`: whole numbers and addresses, one slot each. All that belongs to the lanes
lies in one block of working memory, as arrays of vectors; lane k of every vector is one person.
"""

from __future__ import annotations

from enum import IntEnum, auto

from speciosa.engine.codegen.ir import Function, Kind, Value

__all__ = ["Job", "Memory", "Phase"]


class Job(IntEnum):
    """Slots of a job; a name ending in `_at` is an address."""

    WORK_AT = 0  # working memory of the lanes, aligned to 64 bytes
    STOP_AT = auto()  # a whole number; once it is not 0 the call returns early
    PEOPLE = auto()
    NEXT = auto()  # the next person to be taken into a lane
    PARAMETERS_AT = auto()  # (people, parameters)
    FIRST_AT = auto()  # (people,) a person's first action
    LAST_AT = auto()  # (people,) one past the last
    TIME_AT = auto()  # (actions,)
    KIND_AT = auto()  # (actions,)
    WHERE_AT = auto()  # (actions,)
    VALUE_AT = auto()  # (actions,)
    VECTORS_AT = auto()  # (vectors, states)
    BEGIN_AT = auto()  # (people,)
    TIMES_AT = auto()  # output times, each list closed by inf
    TIMES_FIRST_AT = auto()  # (people,) where a person's list begins
    END_AT = auto()  # (people,) the last output time
    OUT_AT = auto()  # (rows + 1, outputs padded)
    SLOPES_AT = auto()  # ((rows + 1) * columns, outputs padded), with sensitivities
    VALUE_SLOPES_AT = auto()  # (actions, columns)
    TIME_SLOPES_AT = auto()  # (actions, columns)
    VECTOR_SLOPES_AT = auto()  # (vectors, columns, states)
    LEVELS_AT = auto()  # (triggers,)
    MOST_CROSSINGS_AT = auto()  # (triggers,)
    RESETS_AT = auto()  # (triggers,) whether states return to their start
    GIFTS_FIRST_AT = auto()  # (triggers + 1,) where the doses of a trigger begin
    GIFTS_WHERE_AT = auto()  # (gifts,)
    GIFTS_AT = auto()  # (gifts,)
    CROSSED_AT = auto()  # (people, triggers, CROSSINGS) times
    CROSSINGS = auto()  # room for crossings of one trigger in one person
    TIMED = auto()  # not 0 if any time slope is not 0
    ROW_AT = auto()  # (people,) a person's first row
    ROWS = auto()  # the number of rows; the one after the last may be scribbled on
    FINAL_AT = auto()  # (people, states) states at the end
    OUTCOME_AT = auto()  # (people,)
    REACHED_AT = auto()  # (people,) time reached
    SUSPECT_AT = auto()  # (people,) the state with the largest error
    STEPS_AT = auto()  # (people,) steps tried
    RTOL = auto()  # as a double
    ATOL_AT = auto()  # (states,)
    MOST_STEPS = auto()
    INFUSIONS = auto()  # not 0 if any action is an infusion
    COUNT = auto()


class Phase(IntEnum):
    """What a lane is doing."""

    RUNNING = 0
    LOADED = 1  # parameters are in, start values are not
    CLOSING = 2  # at the last output time
    ENDED = 3  # results wait to be written
    IDLE = 4


class Memory:
    """Working memory: named arrays of vectors, placed one after the other."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, Kind]] = {}
        self._counts: dict[str, int] = {}
        self.vectors = 0

    def add(self, name: str, count: int = 1, kind: Kind = Kind.NUMBERS) -> None:
        """Make room for an array of `count` vectors."""
        self._places[name] = (self.vectors, kind)
        self._counts[name] = count
        self.vectors += count

    def count(self, name: str) -> int:
        """The number of vectors of an array."""
        return self._counts[name]

    def kind(self, name: str) -> Kind:
        """The kind of an array's vectors."""
        return self._places[name][1]

    def at(self, f: Function, work: Value, name: str) -> Value:
        """The address of an array."""
        offset, kind = self._places[name]
        return f.place(work, offset, kind)

    def load(self, f: Function, work: Value, name: str) -> Value:
        """The first vector of an array."""
        offset, kind = self._places[name]
        return f.load(work, kind, offset)

    def store(self, f: Function, work: Value, name: str, value: Value) -> None:
        """Write the first vector of an array."""
        offset, _ = self._places[name]
        f.store(value, work, offset)
