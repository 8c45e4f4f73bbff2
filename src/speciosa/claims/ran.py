"""A test of what the model says: how many of the same virtual people have so much of an effect.

In each draw of what we do not know, people are counted for whom the bound is kept. The draw says
yes if they are at least the share asked for. Yes in nine draws of ten is a yes, in one of ten or
fewer a no; in between, what we do not know does not let the model decide.

Two runs are compared within a person, at doses and with a margin that were fixed beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.claims.answer import Answer, Point, Reply
from speciosa.claims.bench import Bench, Need
from speciosa.claims.margins import MOST, SURE

__all__ = ["HOW", "People"]

Array = NDArray[np.float64]

HOW = ("difference", "apart", "ratio")


@dataclass(frozen=True)
class People:
    """So many people have so much of an output.

    Attributes:
        simulation: whose people are looked at.
        output: what is looked at.
        at_least: the bound, a number or the id of a record; or `at_most`.
        at_most: the same, from above.
        measure: as in a table of measures.
        window: the same.
        than: another simulation; the difference from it is looked at, person by person.
        how: of a comparison, difference, apart (its size without its sign) or ratio.
        share: of people who must keep the bound, a number or the id of a record.
    """

    simulation: str
    output: str
    at_least: float | str | None = None
    at_most: float | str | None = None
    measure: str = "max"
    window: str = "all"
    than: str = ""
    how: str = "difference"
    share: float | str = MOST

    def __post_init__(self) -> None:
        if self.how not in HOW:
            raise ValueError(f"how: got {self.how!r}; expected one of {', '.join(HOW)}")

    @property
    def needs(self) -> tuple[Need, ...]:
        """The output in one or two simulations."""
        names = [self.simulation, *([self.than] if self.than else [])]
        return tuple(Need(name, self.output) for name in names)

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `seen.Test`."""
        first, *others = (
            bench.values(need, self.measure, self.window, variant) for need in self.needs
        )
        values = _against(first, others[0], self.how) if others else first
        bound = self.at_least if self.at_least is not None else self.at_most
        if bound is None:
            raise ValueError(f"{self.simulation}, {self.output}: a bound is missing")
        unit = bench.ran(self.simulation, variant).units[self.output, self.measure, self.window]
        limit = bench.limit(bound, "1" if self.how == "ratio" else unit)
        known = np.isfinite(values)
        limits = bench.drawn(bound)[:, None]
        kept = values >= limits if self.at_least is not None else values <= limits
        with np.errstate(invalid="ignore"):
            shares = (kept & known).sum(axis=1) / known.sum(axis=1)
        shares = shares[np.isfinite(shares)]
        wanted = bench.value(self.share)
        side = "at least" if self.at_least is not None else "at most"
        against = f" ({self.how} from {self.than})" if self.than else ""
        what = self.output if self.measure == "max" else f"{self.measure} of {self.output}"
        label = f"{what} {side} {limit:.3g} in {self.simulation}{against}"
        ids = tuple(one for one in (bound, self.share) if isinstance(one, str))
        names = tuple(need.simulation for need in self.needs)
        if not shares.size:
            nobody = f"simulated: {label} can be told of nobody"
            return Reply(Answer.UNSURE, nobody, records=ids, simulations=names)
        enough = shares >= wanted
        low, middle, high = (float(end) for end in np.percentile(shares, (5, 50, 95)))
        sure = bench.value(SURE)
        answer = Answer.UNSURE
        if enough.mean() >= sure:
            answer = Answer.YES
        elif (~enough).mean() >= sure:  # and not "at most 1 - sure", which is 0.0999...8
            answer = Answer.NO
        return Reply(
            answer=answer,
            because=f"simulated: {label} in {middle:.0%} of people (90 %: {low:.0%} to {high:.0%})"
            f", asked of {wanted:.0%}",
            records=ids,
            simulations=names,
            points=(
                Point(label, middle, low, high, "share of people", "simulated", wanted, "at least"),
            ),
        )


def _against(values: Array, others: Array, how: str) -> Array:
    if how == "ratio":
        with np.errstate(divide="ignore", invalid="ignore"):
            return values / others
    return np.abs(values - others) if how == "apart" else values - others
