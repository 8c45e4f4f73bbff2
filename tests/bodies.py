"""Bodies for the tests: who is in them, how far each number may reach, and their bare equations.

A range here is wider than anybody believes of a person, so that a law that holds inside it holds
for every draw of a record. Nothing here is evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from speciosa.compile import Flat, Member, flatten, flatten_alone
from speciosa.engine import Events, Problem, Program, Solution, reference
from speciosa.engine.python_code import scalar
from speciosa.errors import EvidenceError
from speciosa.evidence.load import find
from speciosa.language import Each, System
from speciosa.model.wiring import SYSTEMS, TRAITS, WIRES

Array = NDArray[np.float64]
Named = Mapping[str, float]
Fate = tuple[str, str, str | None]
"""One metabolic route: the drug, the enzyme, and what it becomes, if the model follows that."""

POOLS = ("gut", "upper", "lower", "central", "deep")
"""Where drug can be; the brain mirrors the blood and holds no amount of its own."""


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, evenly, or evenly in the logarithm where `log` says so."""

    low: float
    high: float
    log: bool = False

    def at(self, share: float) -> float:
        """The number at a share of the way, 0 to 1."""
        if self.log:
            return self.low * (self.high / self.low) ** share
        return self.low + share * (self.high - self.low)


def _log(low: float, high: float) -> Range:
    return Range(low, high, log=True)


NUMBERS: Mapping[str, Range] = {
    "absorption.ka": _log(0.05, 20),
    "absorption.lag": Range(0, 2),
    "absorption.delivered": Range(0, 1),
    "absorption.scale": Range(0.1, 10),
    "distribution.V1": _log(1, 1e4),
    "distribution.Q": _log(0.1, 1e3),
    "distribution.V2": _log(1, 1e5),
    "distribution.reference_weight": Range(60, 80),
    "distribution.volume_exponent": Range(0, 1.5),
    "distribution.flow_exponent": Range(0, 1.5),
    "distribution.fu": _log(1e-3, 1),
    "distribution.Kpuu": _log(0.01, 10),
    "distribution.keo": _log(0.05, 60),
    "distribution.molar_mass": Range(200, 600),
    "elimination.CL": _log(0.1, 1e3),
    "elimination.Km": _log(10, 1e7),
    "elimination.reference_weight": Range(60, 80),
    "elimination.weight_exponent": Range(0, 1.5),
    "metabolism.share": Range(0, 1),
    "metabolism.first_pass": Range(0, 0.95),
    "opioid.Ki": _log(0.01, 1e4),
    "opioid.EC50": _log(0.01, 1e5),
    "opioid.Emax": Range(0, 0.98),
    "opioid.gain": _log(0.1, 100),
    "pain.spinal": Range(0, 1),
    "pain.descending": Range(0, 1),
    "pain.k_descending": _log(0.05, 20),
    "pain.k_felt": _log(0.5, 60),
    "tolerance.k_on": _log(1e-4, 1),
    "tolerance.k_off": _log(1e-4, 1),
    "person.weight": Range(40, 150),
    "person.activity": Range(0, 5),
    "person.pain": Range(0, 10),
    # What a system is given when it stands alone.
    "input.uptake": Range(0, 1e6),
    "input.usual": Range(0, 1e6),
    "input.activity": Range(0, 5),
    "input.arriving": Range(0, 1e6),
    "input.lost": Range(0, 1e6),
    "input.gone": Range(0, 1e6),
    "input.concentration": Range(0, 1e5),
    "input.weight": Range(40, 150),
    "input.ligand": Range(0, 1e5),
    "input.sensitivity": Range(0, 1),
    "input.response": Range(0, 1),
    "input.opioid": Range(0, 1),
    "input.stimulus": Range(0, 10),
}

STATES: Mapping[str, Range] = {
    **{f"absorption.{pool}": Range(0, 1e6) for pool in ("gut", "upper", "lower")},
    **{f"distribution.{pool}": Range(0, 1e6) for pool in ("central", "deep", "free")},
    "elimination.left": Range(0, 1e8),
    "pain.control": Range(0, 1),
    "pain.sense": Range(0, 10),
    "tolerance.amount": Range(0, 100),
}


@dataclass(frozen=True)
class Body:
    """A flat problem as plain functions of named numbers."""

    flat: Flat

    @property
    def problem(self) -> Problem:
        return self.flat.problem

    @property
    def states(self) -> tuple[str, ...]:
        return self.problem.states

    @property
    def parameters(self) -> tuple[str, ...]:
        return self.problem.parameters

    @cached_property
    def drugs(self) -> tuple[str, ...]:
        return tuple(s.rpartition(".")[2] for s in self.states if s.startswith("absorption.gut."))

    def rates(self, states: ArrayLike, parameters: ArrayLike) -> Array:
        """The rate of each state, per h."""
        return np.array(scalar(self.problem.rates)([0.0, *_floats(states), *_floats(parameters)]))

    def observed(self, states: ArrayLike, parameters: ArrayLike) -> dict[str, float]:
        """Every output by name."""
        run = scalar(self.problem.observe)
        found = run([0.0, *_floats(states), *_floats(parameters)])
        return dict(zip(self.problem.outputs, found, strict=True))

    def start(self, parameters: ArrayLike) -> Array:
        """The states before anything was taken."""
        return np.array(scalar(self.problem.start)(_floats(parameters)))

    def vector(self, given: Named) -> Array:
        """Parameters in order, each by its full name or by its name without member."""
        found = [given.get(name, given.get(word(name))) for name in self.parameters]
        missing = [n for n, value in zip(self.parameters, found, strict=True) if value is None]
        assert not missing, missing
        return np.array(found, dtype=float)

    def place(self, state: str) -> int:
        """Where a state stands."""
        return self.states.index(state)

    def amounts(self) -> Problem:
        """The same problem with the states themselves as outputs."""
        ahead = 1 + len(self.states)
        seen = Program(ahead + len(self.parameters), (), (), tuple(range(1, ahead)))
        return replace(self.problem, outputs=self.states, observe=seen)

    def from_state(self, states: Array) -> Problem:
        """`amounts` of a body that begins in these states."""
        n = len(self.parameters)
        start = Program(n, tuple(states.tolist()), (), tuple(range(n, n + len(states))))
        return replace(self.amounts(), start=start)


def word(flat_name: str) -> str:
    """`system.quantity` of a flat name."""
    return ".".join(flat_name.split(".")[:2])


def whole(
    drugs: Sequence[str],
    fates: Sequence[Fate] = (),
    ligands: Sequence[str] | None = None,
    saturable: Sequence[str] = (),
) -> Body:
    """The wired body with these drugs; each is a ligand where `ligands` does not say otherwise."""
    members = _members(drugs, fates, drugs if ligands is None else ligands, saturable)
    return Body(flatten(SYSTEMS, WIRES, members, TRAITS))


def alone(
    system: type[System],
    drugs: Sequence[str] = ("leafine",),
    fates: Sequence[Fate] = (),
    saturable: Sequence[str] = (),
) -> Body:
    """One system by itself, its inputs left open."""
    return Body(flatten_alone(system, _members(drugs, fates, drugs, saturable)))


@cache
def one_drug() -> Body:
    """One ligand that nothing is known to metabolise."""
    return whole(("leafine",))


@cache
def tea() -> Body:
    """The alkaloids of a brew, one of which becomes another in part."""
    minor = ("speciogynine", "paynantheine", "speciociliatine")
    return whole(
        ("mitragynine", *minor, "hydroxymitragynine"),
        (
            ("mitragynine", "CYP3A", "hydroxymitragynine"),
            ("mitragynine", "CYP2D6", None),
            ("hydroxymitragynine", "CYP3A", None),
        ),
        ("mitragynine", "hydroxymitragynine", "speciociliatine"),
    )


@cache
def family() -> Body:
    """Products of products, one that fills its enzyme, a way back, and two other medicines."""
    return whole(
        ("parent", "child", "grandchild", "morphine", "naloxone"),
        (
            ("parent", "CYP3A", "child"),
            ("parent", "CYP2D6", "grandchild"),
            ("parent", "CYP2C", None),
            ("child", "CYP3A", "grandchild"),
            ("child", "CYP2D6", "parent"),
            ("morphine", "UGT", None),
        ),
        ("parent", "child", "morphine", "naloxone"),
        ("grandchild",),
    )


BODIES: Mapping[str, Callable[[], Body]] = {"one drug": one_drug, "tea": tea, "family": family}


def shares(count: int) -> st.SearchStrategy[Array]:
    """So many numbers from 0 to 1, both ends included; a byte each, so that drawing is quick."""
    drawing = st.binary(min_size=count, max_size=count)
    return drawing.map(lambda drawn: np.frombuffer(drawn, dtype=np.uint8) / 255.0)


def drawn(names: Iterable[str], ranges: Mapping[str, Range]) -> st.SearchStrategy[Array]:
    """One number for each name, anywhere in its range."""
    within = [ranges[word(name)] for name in names]
    return shares(len(within)).map(
        lambda found: np.array([r.at(u) for r, u in zip(within, found, strict=True)])
    )


def people(body: Body) -> st.SearchStrategy[Array]:
    """Parameters of a person anywhere in the wide ranges."""
    return drawn(body.parameters, NUMBERS)


def moments(body: Body) -> st.SearchStrategy[Array]:
    """States anywhere in their physical range."""
    return drawn(body.states, STATES)


def believed(body: Body) -> st.SearchStrategy[Array]:
    """Parameters drawn from the spread of their records; in the wide range where there is none."""
    spreads = [_quantile(p.evidence, NUMBERS[word(p.name)]) for p in body.flat.parameters]
    spreads += [NUMBERS[word(trait)].at for trait in body.flat.traits]
    return shares(len(spreads)).map(
        lambda found: np.array([q(u) for q, u in zip(spreads, found, strict=True)])
    )


def doses(body: Body, until: float = 24.0, most: int = 6) -> st.SearchStrategy[Events]:
    """Up to `most` swallowed or injected doses in the first hours, at once or over a while."""
    into = [body.place(f"absorption.gut.{drug}") for drug in body.drugs]
    into += [body.place(f"distribution.central.{drug}") for drug in body.drugs]
    dose = st.tuples(
        st.integers(0, 4 * int(until)).map(lambda quarter: quarter / 4),
        st.integers(1, 1_000).map(lambda n: n * 1e3),
        st.sampled_from(into),
        st.sampled_from([0.0, 0.0, 5e4]),
    )
    return st.lists(dose, min_size=1, max_size=most).map(
        lambda rows: Events.build(
            person=np.zeros(len(rows)),
            time=[row[0] for row in rows],
            amount=[row[1] for row in rows],
            compartment=[row[2] for row in rows],
            rate=[row[3] for row in rows],
        )
    )


def given_once(body: Body, nmol: Named, time: float = 0.0) -> Events:
    """One dose of each drug, swallowed, at one time."""
    return Events.build(
        person=np.zeros(len(nmol)),
        time=time,
        amount=list(nmol.values()),
        compartment=[body.place(f"absorption.gut.{drug}") for drug in nmol],
    )


def precisely(
    problem: Problem, parameters: Array, events: Events, times: ArrayLike, rtol: float = 1e-10
) -> Solution:
    """One person by the slow twin, tightly; whoever fails is told at once."""
    found = reference.solve(
        problem, parameters[None, :], events, times, rtol=rtol, atol=1e-9, max_steps=200_000
    )
    assert not found.failed.size, found.advice
    return found


def entered(body: Body, parameters: Array, events: Events, until: float) -> float:
    """nmol that has come in by a time: what was taken, after its lag, times its F."""
    n = len(body.states)
    early = scalar(body.problem.dosing)(_floats(parameters))
    total = 0.0
    for time, amount, state, rate in zip(
        events.time, events.amount, events.compartment, events.rate, strict=True
    ):
        since = until - time - early[state]
        arrives = early[n + state] * amount
        if since >= 0:
            total += min(arrives, rate * since) if rate > 0 else arrives
    return total


def inside(body: Body, amounts: Array) -> Array:
    """nmol of all drugs in all pools, and what has left; `amounts` is (..., states)."""
    counted = [
        place
        for place, state in enumerate(body.states)
        if state == "elimination.left" or state.split(".")[1] in POOLS
    ]
    return amounts[..., counted].sum(axis=-1)


def _quantile(identity: str, otherwise: Range) -> Callable[[float], float]:
    try:
        spread = find([identity])[identity].spread
    except EvidenceError:
        return otherwise.at
    # Out to three standard deviations; beyond lie numbers that no cohort will meet.
    return lambda share: float(spread.quantile(0.00135 + share * 0.9973))


def _members(
    drugs: Sequence[str],
    fates: Sequence[Fate],
    ligands: Sequence[str],
    saturable: Sequence[str] = (),
) -> dict[Each, list[Member]]:
    routes = [
        Member(
            ".".join(part for part in fate if part),
            {"drug": fate[0], "enzyme": fate[1], "product": fate[2]},
        )
        for fate in fates
    ]
    enzymes = dict.fromkeys(fate[1] for fate in fates)
    sets = {
        "drug": [
            Member(name, attributes={"form": "tea", "uptake": name, "origin": "kratom"})
            for name in drugs
        ],
        "route": routes,
        "enzyme": [Member(name) for name in enzymes],
        "ligand": [Member(name) for name in ligands],
        "saturable": [Member(name, {"drug": name}) for name in saturable],
    }
    used = {q.each for system in SYSTEMS for q in system.named if q.each is not None}
    return {each: sets.get(each.word, []) for each in used}


def _floats(values: ArrayLike) -> list[float]:
    return np.asarray(values, dtype=float).tolist()
