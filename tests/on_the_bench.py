"""A bench with made-up records, observations and runs, and tests that say what they are told to.

Ids begin with the word of a file of records, or nothing would be looked for there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import BASE, Bench, Need, Ran
from speciosa.claims.case import Part
from speciosa.claims.grade import Grade
from speciosa.claims.seen import Test
from speciosa.errors import EvidenceError
from speciosa.evidence import Observation, Record
from speciosa.evidence.spread import Printed, Spread

__all__ = ["EXACT", "Made", "Says", "answered", "bench", "observation", "part", "ran", "record"]

EXACT = Spread("exact", 0.0)


def record(
    identity: str,
    value: float,
    spread: Spread = EXACT,
    unit: str = "nmol/L",
    status: str = "measured",
    read: str = "verified",
    **conditions: str | float,
) -> Record:
    """A record that nobody has measured; exact where no spread is given."""
    return Record(
        id=identity,
        value=value,
        unit_text=unit,
        spread=Spread("exact", value) if spread is EXACT else spread,
        source="speciosa",
        where="made up",
        read=read,
        status=status,
        conditions=conditions,
    )


def observation(
    identity: str,
    value: float,
    spread: Printed,
    n: int | None = 9,
    unit: str = "mm",
    statistic: str = "mean",
) -> Observation:
    """What a study printed that nobody has done."""
    return Observation(
        id=identity,
        study=identity.split("/", 1)[0],
        output="autonomic.pupil",
        measure="max",
        window="all",
        statistic=statistic,
        arms=("kratom",),
        value=value,
        unit_text=unit,
        spread=spread,
        n=n,
        source="speciosa",
        where="made up",
        read="verified",
        use="none",
    )


@dataclass
class Made(Bench):
    """A bench with observations and runs of its own; a run holds for every variant not named."""

    printed: Mapping[str, Observation] = field(default_factory=dict[str, Observation])
    runs: Mapping[tuple[str, str], Ran] = field(default_factory=dict[tuple[str, str], Ran])

    def observation(self, identity: str) -> Observation:
        if identity not in self.printed:
            raise EvidenceError("observation", identity, "the id of a record or an observation")
        return self.printed[identity]

    def ran(self, simulation: str, variant: str = BASE) -> Ran:
        return self.runs.get((simulation, variant)) or self.runs[simulation, BASE]


def bench(*held: Record | Observation) -> Made:
    """A bench on which these lie."""
    return Made(
        instead={one.id: one for one in held if isinstance(one, Record)},
        printed={one.id: one for one in held if isinstance(one, Observation)},
    )


def ran(
    people: object,
    output: str = "pain.relief",
    unit: str = "1",
    measure: str = "max",
    records: int = 4,
    assumed: int = 0,
) -> Ran:
    """A run with these values: a row for each replicate, a column for each person."""
    place = (output, measure, "all")
    return Ran(
        values={place: np.array(people, dtype=np.float64)},
        units={place: unit},
        records=tuple(f"opioid/made-up/{number}" for number in range(records)),
        assumed=assumed,
    )


@dataclass(frozen=True)
class Says:
    """A test that answers what it is told to; a model names a simulation and its output."""

    answer: Answer
    because: str = "told so"
    records: tuple[str, ...] = ()
    simulation: str = ""
    output: str = "pain.relief"
    with_variant: tuple[tuple[str, Answer], ...] = ()
    on: str = ""

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need(self.simulation, self.output),) if self.simulation else ()

    def ask(self, bench: Bench, variant: str) -> Reply:
        del bench
        return Reply(
            answer=dict(self.with_variant).get(variant, self.answer),
            because=self.because,
            records=self.records,
            simulations=(self.simulation,) if self.simulation else (),
            on=self.on,
        )


def part(
    seen: Test | None,
    model: Test | None = None,
    about: str = "people",
    start: str = "trial",
    built_in: str = "",
    beside: bool = False,
    that: str = "it relieves pain",
) -> Part:
    """A part of a claim."""
    grade = Grade(start if seen is not None else "none")
    return Part(that, about, grade, seen, model, built_in, beside)


def answered(answers: Iterable[Answer]) -> list[Reply]:
    """Replies with these answers, each with a reason, a record and a run of its own."""
    return [
        Reply(one, f"reason {n}", (f"opioid/made-up/{n}",), (f"run-{n}",), on=f"condition {n}")
        for n, one in enumerate(answers)
    ]
