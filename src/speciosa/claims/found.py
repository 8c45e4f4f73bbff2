"""A test that waits for evidence: whatever is on record of one thing, against a bound.

Most of what people claim nobody has measured. A test of this kind names the place where a
measurement would stand, so that a verdict changes on the day when one is written down there.
"""

from __future__ import annotations

from dataclasses import dataclass

from speciosa.claims.answer import Answer, Reply, agree
from speciosa.claims.bench import Bench, Need
from speciosa.claims.seen import Bound

__all__ = ["Found"]


@dataclass(frozen=True)
class Found:
    """Every record whose id begins so keeps a bound; without any it is unsure.

    Attributes:
        start: of the ids.
        what: that is looked for, in a few words for the reason.
        at_least: the bound, a number or the id of a record; or `at_most`.
        at_most: the same, from above.
        on: what a mixed answer depends on.
    """

    start: str
    what: str
    at_least: float | str | None = None
    at_most: float | str | None = None
    on: str = "which study is right"

    @property
    def needs(self) -> tuple[Need, ...]:
        """None."""
        return ()

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `seen.Test`."""
        held = bench.records(self.start)
        if not held:
            return Reply(Answer.UNSURE, f"no record of {self.what} was found ({self.start})")
        tests = [Bound(one.id, at_least=self.at_least, at_most=self.at_most) for one in held]
        return agree([test.ask(bench, variant) for test in tests], self.on)
