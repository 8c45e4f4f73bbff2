"""Tests of what was seen: records, observations, facts and laws against bounds.

A number is as sure as its spread: a test is decided where nine tenths of it lie on one side of the
bound. A bound is a number, or the id of a record, and then has a source of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from speciosa.claims.answer import Answer, Point, Reply, agree, decide, every, some
from speciosa.claims.bench import Bench, Need
from speciosa.errors import EvidenceError
from speciosa.evidence import Observation
from speciosa.evidence.spread import Z95
from speciosa.safety.facts import title_of
from speciosa.trial.scores import binomial_bounds

__all__ = [
    "Agree",
    "Bound",
    "Computed",
    "Count",
    "Difference",
    "Every",
    "Known",
    "Measured",
    "Ratio",
    "Some",
    "Test",
]

_Z975 = 1.959963984540054
"""Standard normal quantile at 0.975: what an interval of 95 % was printed with."""
_QUANTILES = (np.arange(200) + 0.5) / 200


class Test(Protocol):
    """Something that can be asked of the bench, with a variant of the model."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """Outputs of simulations that it looks at."""
        ...

    def ask(self, bench: Bench, variant: str) -> Reply:
        """The answer."""
        ...


@dataclass(frozen=True)
class _Seen:
    """A test that needs no simulation, and so is the same in every variant."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Bound(_Seen):
    """A record or an observation against a bound: `at_least` or `at_most`.

    An observation of a mean is as sure as its standard error, or the interval that was printed.
    """

    id: str
    at_least: float | str | None = None
    at_most: float | str | None = None

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`. Raises EvidenceError for an observation without a spread."""
        del variant
        record = bench.record_or_none(self.id)
        if record is not None:
            ends = (record.value, record.spread.p05, record.spread.p95)
            return _held(bench, self, (record.id,), record.id, ends, record.unit_text, "record")
        one = bench.observation(self.id)
        ends = _interval(one)
        return _held(bench, self, (one.id,), one.id, ends, one.unit_text, "observed")


@dataclass(frozen=True)
class Ratio(_Seen):
    """One record over another, each drawn from its spread by itself, against a bound."""

    over: str
    under: str
    at_least: float | str | None = None
    at_most: float | str | None = None

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`. Raises EvidenceError for records in two units, or over one of 0."""
        del variant
        over, under = bench.record(self.over), bench.record(self.under)
        if over.unit_text != under.unit_text:
            raise EvidenceError(f"unit of {under.id}", under.unit_text, f"that of {over.id}")
        if min(under.value, float(under.spread.quantile(_QUANTILES).min())) <= 0.0:
            raise EvidenceError(f"value of {under.id}", under.value, "one that is surely above 0")
        ratios = np.divide.outer(
            over.spread.quantile(_QUANTILES), under.spread.quantile(_QUANTILES)
        )
        low, high = (float(end) for end in np.percentile(ratios, (5, 95)))
        ends = (over.value / under.value, low, high)
        label = f"{over.id} / {under.id}"
        return _held(bench, self, (over.id, under.id), label, ends, "1", "record")


@dataclass(frozen=True)
class Count(_Seen):
    """A share of people that a study counted, as an exact interval (Clopper and Pearson 1934).

    `record` is the id of a record of a share, with the number of people under `n` of its
    conditions, or of an observation of a share.
    """

    record: str
    at_least: float | str | None = None
    at_most: float | str | None = None

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`. Raises EvidenceError for a share without its number of people."""
        del variant
        record = bench.record_or_none(self.record)
        one = bench.observation(self.record) if record is None else record
        n = one.n if isinstance(one, Observation) else one.conditions.get("n")
        share = one.unit_text == "1" and 0.0 <= one.value <= 1.0
        if not isinstance(n, int | float) or not share:
            raise EvidenceError("count", one.id, "a share with the number of people, n, beside it")
        ends = (one.value, *binomial_bounds(round(one.value * n), int(n), 0.9))
        label = f"{one.id}, of {n:g} people"
        kind = "observed" if record is None else "record"
        return _held(bench, self, (one.id,), label, ends, "1", kind)


@dataclass(frozen=True)
class Difference(_Seen):
    """Means of two observations, the first less the second, by Welch's interval.

    With `log`, as a ratio of medians of lognormals with the means and SDs that were printed.
    """

    first: str
    second: str
    at_least: float | str | None = None
    at_most: float | str | None = None
    log: bool = False

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`. Raises EvidenceError for two units, or one without spread or people."""
        del variant
        one, other = bench.observation(self.first), bench.observation(self.second)
        if one.unit_text != other.unit_text:
            raise EvidenceError(f"unit of {other.id}", other.unit_text, f"that of {one.id}")
        (a, va), (b, vb) = (_mean(held, self.log) for held in (one, other))
        width = Z95 * math.sqrt(va + vb)
        ends = (a - b, a - b - width, a - b + width)
        if self.log:
            ends = (math.exp(ends[0]), math.exp(ends[1]), math.exp(ends[2]))
        label = f"{one.id} {'over' if self.log else 'less'} {other.id}"
        unit = "1" if self.log else one.unit_text
        return _held(bench, self, (one.id, other.id), label, ends, unit, "observed")


@dataclass(frozen=True)
class Measured(_Seen):
    """Whether anybody measured it: records that begin so, that are not assumed.

    `species` asks for those of one species alone. None is unsure, since what nobody looked at may
    be so; with `looked` given, the place where it would stand if it were, none is a no.
    """

    start: str
    species: str = ""
    looked: str = ""

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`."""
        del variant
        held = [
            one
            for one in bench.records(self.start)
            if one.status in ("measured", "derived", "fitted")
            and (not self.species or one.conditions.get("species") == self.species)
        ]
        if held:
            return Reply(
                answer=Answer.YES,
                because=f"{len(held)} measured records begin with {self.start}",
                records=tuple(one.id for one in held),
            )
        none = f"no record that begins with {self.start} was measured"
        if self.species:
            none += f" in {self.species}"
        if self.looked:
            return Reply(Answer.NO, f"{none}; looked at: {self.looked}")
        return Reply(Answer.UNSURE, none)


@dataclass(frozen=True)
class Known(_Seen):
    """Facts that say so; yes where they exist, by their own sources and day."""

    facts: tuple[str, ...]

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`."""
        del variant
        held = [bench.fact(one) for one in self.facts]
        said = "; ".join(f"{title_of(one)} ({', '.join(one.sources[:2])})" for one in held)
        return Reply(Answer.YES, said, records=tuple(one.id for one in held))


@dataclass(frozen=True)
class Computed(_Seen):
    """Something that a function finds out by itself; it names what it looked at."""

    function: Callable[[Bench], Reply]

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`."""
        del variant
        return self.function(bench)


@dataclass(frozen=True)
class Every:
    """All tests must be passed; the weakest decides."""

    tests: tuple[Test, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        """Those of all."""
        return _needs(self.tests)

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`."""
        return every([test.ask(bench, variant) for test in self.tests])


@dataclass(frozen=True)
class Some:
    """One test is enough; the strongest decides."""

    tests: tuple[Test, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        """Those of all."""
        return _needs(self.tests)

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`."""
        return some([test.ask(bench, variant) for test in self.tests])


@dataclass(frozen=True)
class Agree:
    """Several studies of the same thing; where they contradict each other it depends `on` which."""

    tests: tuple[Test, ...]
    on: str = "which study is right"

    @property
    def needs(self) -> tuple[Need, ...]:
        """Those of all."""
        return _needs(self.tests)

    def ask(self, bench: Bench, variant: str) -> Reply:
        """See `Test`."""
        return agree([test.ask(bench, variant) for test in self.tests], self.on)


class _Bounded(Protocol):
    """A test with a bound below or above."""

    @property
    def at_least(self) -> float | str | None: ...
    @property
    def at_most(self) -> float | str | None: ...


def _held(
    bench: Bench,
    test: _Bounded,
    ids: tuple[str, ...],
    label: str,
    ends: tuple[float, float, float],
    unit: str,
    kind: str,
) -> Reply:
    """A number with its interval, held against the bound of a test."""
    given = test.at_least if test.at_least is not None else test.at_most
    if given is None:
        raise ValueError(f"{label}: a bound is missing")
    bound, lowest = bench.limit(given, unit), test.at_least is not None
    value = ends[0]
    low, high = min(ends), max(ends)  # a value may stand at the very end of a skewed spread
    said = f"{value:.3g}" if unit == "1" else f"{value:.3g} {unit}"
    side = "at least" if lowest else "at most"
    return Reply(
        answer=decide(low, high, bound if lowest else None, None if lowest else bound),
        because=f"{label} is {said} (90 %: {low:.3g} to {high:.3g}); the bound is "
        f"{side} {bound:.3g}",
        records=(*ids, *((given,) if isinstance(given, str) else ())),
        points=(Point(label, value, low, high, unit, kind, bound, side),),
    )


def _interval(one: Observation) -> tuple[float, float, float]:
    """An observation with its 90 % interval."""
    if one.spread.kind in ("ci90", "ci95"):
        narrow = 1.0 if one.spread.kind == "ci90" else Z95 / _Z975
        low, high = (
            one.value + narrow * (e - one.value) for e in (one.spread.low, one.spread.high)
        )
        return one.value, low, high
    value, variance = _mean(one, log=False)
    width = Z95 * math.sqrt(variance)
    return value, value - width, value + width


def _mean(one: Observation, log: bool) -> tuple[float, float]:
    """Mean and its variance, of people or of their logarithms."""
    if one.n is None:
        raise EvidenceError("observation", one.id, "one that says of how many people it is")
    sd = one.spread.sd_log_people(one.value, one.n) if log else one.spread.sd_people(one.n)
    if not sd == sd:
        raise EvidenceError("observation", one.id, "one with a spread between people")
    if not log:
        return one.value, sd**2 / one.n
    if one.value <= 0.0:
        raise EvidenceError(f"value of {one.id}", one.value, "one above 0, for a ratio")
    centre = math.log(one.value) - (sd**2 / 2 if one.statistic == "mean" else 0.0)
    return centre, sd**2 / one.n


def _needs(tests: Iterable[Test]) -> tuple[Need, ...]:
    return tuple(dict.fromkeys(need for test in tests for need in test.needs))
