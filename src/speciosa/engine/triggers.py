"""Events that hang on the states: something happens when an output crosses a level.

    Trigger("pain", 6.0, doses={"gut": 20.0}, most=3)     a rescue dose, at most three times

A crossing is located to 1e-8 h of the solution that is integrated, acts at its own time, and is
counted up to `most` times. It is a change of side: an output that begins beyond the level, or stays
on it, has not crossed it; one that an event carries over the level crosses it at that event.
An output that crosses a level and comes back within one step has not been seen to cross it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from speciosa.engine.numpy_code import Floats
from speciosa.engine.problem import Problem
from speciosa.errors import InputError

__all__ = ["LOCATED", "Armed", "Trigger", "armed"]

LOCATED: Final = 5e-9
"""h; a step over a crossing is repeated until it is no longer than this."""
MOST: Final = 10_000
"""A trigger that is meant to act more often than this is a slip of the pen."""


@dataclass(frozen=True)
class Trigger:
    """What happens when an output crosses a level.

    Attributes:
        output: the name of an output of the problem; it need not be one that is kept.
        level: in the output's unit.
        rising: whether the crossing upwards counts, or the one downwards.
        doses: amounts that enter states at once, by the state's name; without lag and F.
        reset: whether the states return to their start values first; the records go on as they
            are, infusions that run included.
        most: how often it acts in one person.
    """

    output: str
    level: float
    rising: bool = True
    doses: Mapping[str, float] = field(default_factory=dict[str, float])
    reset: bool = False
    most: int = 1


@dataclass(frozen=True)
class Armed:
    """Checked triggers as arrays.

    Attributes:
        watched: for each trigger, the position of its output and whether rising counts.
        levels: (triggers,).
        most: (triggers,).
        reset: (triggers,) 0 or 1.
        first: (triggers + 1,) where the doses of a trigger begin among those of all.
        where: states by position.
        amount: what is added.
    """

    watched: tuple[tuple[int, bool], ...]
    levels: Floats
    most: np.ndarray[tuple[int], np.dtype[np.int64]]
    reset: np.ndarray[tuple[int], np.dtype[np.int64]]
    first: np.ndarray[tuple[int], np.dtype[np.int64]]
    where: np.ndarray[tuple[int], np.dtype[np.int64]]
    amount: Floats


def armed(problem: Problem, triggers: Sequence[Trigger]) -> Armed:
    """Check triggers.

    Raises:
        InputError: an output or a state is unknown, or a number cannot be.
    """
    for place, trigger in enumerate(triggers):
        name = f"trigger {place}"
        if trigger.output not in problem.outputs:
            known = ", ".join(problem.outputs)
            raise InputError(f"{name}, output", trigger.output, f"one of {known}")
        if not np.isfinite(trigger.level):
            raise InputError(f"{name}, level", trigger.level, "a finite number")
        if not 1 <= trigger.most <= MOST:
            raise InputError(f"{name}, most", trigger.most, f"1 to {MOST}")
        for state, amount in trigger.doses.items():
            if state not in problem.states:
                raise InputError(f"{name}, doses", state, f"one of {', '.join(problem.states)}")
            if not (np.isfinite(amount) and amount >= 0):
                raise InputError(f"{name}, dose into {state}", amount, "0 or more, finite")
    counts = [len(trigger.doses) for trigger in triggers]
    doses = [dose for trigger in triggers for dose in trigger.doses.items()]
    return Armed(
        watched=tuple((problem.outputs.index(t.output), t.rising) for t in triggers),
        levels=np.array([t.level for t in triggers], dtype=float),
        most=np.array([t.most for t in triggers], dtype=np.int64),
        reset=np.array([int(t.reset) for t in triggers], dtype=np.int64),
        first=np.concatenate(([0], np.cumsum(np.array(counts, dtype=np.int64)))).astype(np.int64),
        where=np.array([problem.states.index(state) for state, _ in doses], dtype=np.int64),
        amount=np.array([amount for _, amount in doses], dtype=float),
    )
