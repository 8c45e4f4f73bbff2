"""What a test answers, and how answers go together.

    yes      what was asked is so
    no       it is not so
    mixed    it is so under one condition and not under another; `on` names it
    unsure   what is known does not decide

An answer is sure where the whole interval lies on one side of the bound. Of statements that must
all be so the weakest decides: a no, then what nobody knows, then what depends (Kleene's logic, with
one value more).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

__all__ = ["Answer", "Point", "Reply", "agree", "decide", "every", "some", "weakest"]


class Answer(StrEnum):
    """One of four."""

    YES = "yes"
    NO = "no"
    MIXED = "mixed"
    UNSURE = "unsure"

    @property
    def sure(self) -> bool:
        """Whether it is yes or no."""
        return self in (Answer.YES, Answer.NO)


_WEAKEST = (Answer.NO, Answer.UNSURE, Answer.MIXED, Answer.YES)
_STRONGEST = (Answer.YES, Answer.MIXED, Answer.UNSURE, Answer.NO)


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a figure, with the ends of its interval.

    `kind` is record, observed or simulated. It keeps its `bound` on one side: at least or at most.
    """

    label: str
    value: float
    low: float
    high: float
    unit: str
    kind: str
    bound: float | None = None
    side: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "label": self.label,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "kind": self.kind,
            "bound": self.bound,
            "side": self.side,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its reason and what it rests on.

    Attributes:
        answer: one of four.
        because: the reason in one line, with the numbers.
        records: ids of records, observations and facts.
        simulations: names.
        points: for a figure.
        on: for a mixed answer, what it depends on, in plain words that follow "depends on".
    """

    answer: Answer
    because: str
    records: tuple[str, ...] = ()
    simulations: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    on: str = ""


def decide(low: float, high: float, at_least: float | None, at_most: float | None) -> Answer:
    """Yes if the whole interval keeps the bound, no if none of it does."""
    if at_least is not None:
        return _side(low >= at_least, high < at_least)
    if at_most is not None:
        return _side(high <= at_most, low > at_most)
    raise ValueError("a bound is missing")


def weakest(answers: Iterable[Answer]) -> Answer:
    """The one that decides where all must be so."""
    return min(answers, key=_WEAKEST.index)


def every(replies: Sequence[Reply]) -> Reply:
    """All must be so: the weakest decides."""
    return _by(replies, _WEAKEST)


def some(replies: Sequence[Reply]) -> Reply:
    """One of them is enough: the strongest decides."""
    return _by(replies, _STRONGEST)


def agree(replies: Sequence[Reply], on: str) -> Reply:
    """Several looked at the same thing: those that are sure decide, if they say the same.

    Where some say yes and some no the answer is mixed, and depends `on` which of them is right.
    """
    sure = {reply.answer for reply in replies if reply.answer.sure}
    if len(sure) > 1:
        return replace(_merged(replies, replies), answer=Answer.MIXED, on=on)
    return _by(replies, (*sure, Answer.MIXED, Answer.UNSURE))


def _by(replies: Sequence[Reply], order: Iterable[Answer]) -> Reply:
    """The first answer in this order, with the reasons of those that gave it."""
    for answer in order:
        deciding = [reply for reply in replies if reply.answer == answer]
        if deciding:
            on = next((reply.on for reply in deciding if reply.on), "")
            return replace(_merged(replies, deciding), answer=answer, on=on)
    raise ValueError("nothing was asked")


def _merged(replies: Sequence[Reply], deciding: Sequence[Reply]) -> Reply:
    """All that was looked at, and the reasons of those that decide."""
    return Reply(
        answer=Answer.UNSURE,
        because="; ".join(dict.fromkeys(reply.because for reply in deciding)),
        records=tuple(dict.fromkeys(one for reply in replies for one in reply.records)),
        simulations=tuple(dict.fromkeys(one for reply in replies for one in reply.simulations)),
        points=tuple(dict.fromkeys(point for reply in replies for point in reply.points)),
    )


def _side(within: bool, outside: bool) -> Answer:
    if within:
        return Answer.YES
    return Answer.NO if outside else Answer.UNSURE
