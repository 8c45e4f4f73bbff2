"""How sure we are, in the words of GRADE, with every step up or down and its reason.

A body of evidence starts by its kind and then moves, a step for each reason. Randomised trials and
experiments start high, what was only watched starts low [guyatt-2008]. So does a model start high,
and is moved down for inputs that nobody measured and for results that nobody checked [brozek-2021].
Statutes and what an agency printed are facts that can be looked up.

Some steps follow from the records themselves and are taken here, so that nobody forgets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["DOMAINS", "LEVELS", "STARTS", "UP", "Certainty", "Grade", "Step", "graded", "undecided"]

LEVELS = ("very low", "low", "moderate", "high")
STARTS = {
    "trial": 3,
    "experiment": 3,
    "document": 3,
    "model": 3,
    "observational": 1,
    "cases": 0,
    "none": 0,
}
"""Kinds of evidence, and the level where each starts."""
DOMAINS = (
    "risk of bias",
    "inconsistency",
    "indirectness",
    "imprecision",
    "publication bias",
    "large effect",
    "dose response",
    "opposing bias",
)
"""Reasons to move: the first five down, the last three up."""
UP = DOMAINS[5:]


@dataclass(frozen=True, slots=True)
class Step:
    """So many levels down (below zero) or up, in which domain, and why."""

    by: int
    domain: str
    why: str

    def __post_init__(self) -> None:
        if self.domain not in DOMAINS or not 1 <= abs(self.by) <= 3:
            raise ValueError(f"{self}: a domain of GRADE and one to three steps")
        if (self.by > 0) != (self.domain in UP):
            raise ValueError(f"{self}: the domain moves the other way")


@dataclass(frozen=True, slots=True)
class Grade:
    """Where the evidence of a part starts, and the steps that a person took."""

    start: str
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if self.start not in STARTS:
            raise ValueError(f"start: got {self.start!r}; expected one of {', '.join(STARTS)}")


@dataclass(frozen=True, slots=True)
class Certainty:
    """The level reached, and how."""

    level: str
    start: str
    steps: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "level": self.level,
            "start": self.start,
            "steps": [{"by": s.by, "domain": s.domain, "why": s.why} for s in self.steps],
        }


def graded(grade: Grade, more: Iterable[Step] = ()) -> Certainty:
    """The level after all steps, never above the highest or below the lowest.

    What lifts above the highest is no store of trust from which a step down could be paid.
    """
    steps: Sequence[Step] = (*grade.steps, *more)
    lifted = STARTS[grade.start] + sum(step.by for step in steps if step.by > 0)
    reached = min(lifted, len(LEVELS) - 1) + sum(step.by for step in steps if step.by < 0)
    level = LEVELS[max(0, reached)]
    return Certainty(level, grade.start, tuple(steps))


def undecided(grade: Grade) -> Certainty:
    """What does not decide is very low, whatever was looked at."""
    reached = LEVELS.index(graded(grade).level)
    why = "what is known does not decide"
    return graded(grade, [Step(-reached, "imprecision", why)] if reached else [])
