"""How each person's integration ended, and what to do about it.

A person who cannot be integrated is an outcome with advice, never the end of a cohort.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Outcome", "advice"]


class Outcome(IntEnum):
    """How one person's integration ended."""

    OK = 0
    """All outputs are there."""
    STEP_LIMIT = 1
    """More steps than allowed between two events, by both solvers."""
    STEP_TOO_SMALL = 2
    """No step, however small, met the tolerance."""
    NOT_FINITE = 3
    """A state or its rate became infinite or undefined."""
    BAD_INPUT = 4
    """A parameter, a start value, a lag, an F, a rate or a duration of doses that cannot be used;
    nothing
    was integrated. With sensitivities: two events that change places when a parameter moves."""
    NO_STEADY_STATE = 5
    """A record asks for a steady state (SS) that the person does not have."""


_WHAT_TO_DO = {
    Outcome.STEP_LIMIT: (
        "needed more steps than max_steps allows",
        "raise max_steps, or loosen rtol; a rate constant far above the others is the usual cause",
    ),
    Outcome.STEP_TOO_SMALL: (
        "met the tolerance with no step, however small",
        "loosen rtol or atol, or look for a jump or a pole in the equation of this state",
    ),
    Outcome.NOT_FINITE: (
        "became infinite or undefined",
        "look for a division by zero, a negative base of a power, or a parameter far out of range",
    ),
    Outcome.NO_STEADY_STATE: (
        "has no steady state under the doses recorded here: it changes with every further dose",
        "give fewer or smaller doses, or look for a loss of this state that is 0 or saturated",
    ),
}


def advice(outcome: Outcome, person: int, time: float, state: str) -> str:
    """One sentence on a failed integration: who, when, which state, and what to change."""
    what, then = _WHAT_TO_DO[outcome]
    return f"person {person}, at {time:.6g} h: {state} {what}; {then}"
