"""Bodies for the tests: who is in them, and their bare equations. Nothing here is evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import MappingProxyType

import numpy as np
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from tests.ranges import NUMBERS, STATES, Range

from speciosa.compile import Flat, Member, flatten, flatten_alone
from speciosa.engine import Events, Problem, Program, Solution, reference
from speciosa.engine.python_code import scalar
from speciosa.errors import EvidenceError
from speciosa.evidence.load import find
from speciosa.language import Each, Output, System
from speciosa.model.needs import systems_behind
from speciosa.model.wiring import EFFECTS, SYSTEMS, TRAITS, WIRES

Array = NDArray[np.float64]
Named = Mapping[str, float]
Fate = tuple[str, str, str | None]
"""One metabolic route: the drug, the enzyme, and what it becomes, if the model follows that."""
Sets = Mapping[str, Sequence[Member]]
"""Members of further index sets, by their word; a set that is not named has none."""

POOLS = ("gut", "upper", "lower", "central", "deep")
"""Where drug can be; the brain mirrors the blood and holds no amount of its own."""


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
    more: Sets = MappingProxyType({}),
    outputs: Sequence[Output] = (),
) -> Body:
    """The wired body with these drugs; each is a ligand where `ligands` does not say otherwise.

    With `outputs` it has the systems behind them alone, and is much quicker.
    """
    members = _members(drugs, fates, drugs if ligands is None else ligands, more)
    held = systems_behind(outputs) if outputs else SYSTEMS
    return Body(flatten(held, WIRES, members, TRAITS))


def alone(
    system: type[System],
    drugs: Sequence[str] = ("leafine",),
    fates: Sequence[Fate] = (),
    more: Sets = MappingProxyType({}),
) -> Body:
    """One system by itself, its inputs left open."""
    return Body(flatten_alone(system, _members(drugs, fates, drugs, more)))


@cache
def one_drug(*outputs: Output) -> Body:
    """One ligand that nothing is known to metabolise."""
    return whole(("leafine",), outputs=outputs)


@cache
def tea(*outputs: Output) -> Body:
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
        outputs=outputs,
    )


@cache
def family(*outputs: Output) -> Body:
    """Products of products, a way back, enzymes that fill, come and go, two medicines."""
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
        {
            "saturable": [Member("grandchild", {"drug": "grandchild"})],
            "wall": [Member("parent.CYP3A", {"drug": "parent", "enzyme": "CYP3A"})],
            "changing": [Member("CYP3A", {"enzyme": "CYP3A"})],
            "inhibition": [Member("parent.CYP2D6", {"drug": "parent", "enzyme": "CYP2D6"})],
            "inactivation": [Member("child.CYP3A", {"drug": "child", "enzyme": "CYP3A"})],
            "induction": [Member("morphine.CYP3A", {"drug": "morphine", "enzyme": "CYP3A"})],
        },
        outputs=outputs,
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
    more: Sets,
) -> dict[Each, Sequence[Member]]:
    routes = [
        Member(
            ".".join(part for part in fate if part),
            {"drug": fate[0], "enzyme": fate[1], "product": fate[2]},
        )
        for fate in fates
    ]
    enzymes = dict.fromkeys(fate[1] for fate in fates)
    sets: dict[str, Sequence[Member]] = {
        "drug": [
            Member(
                name,
                attributes={"form": "tea", "uptake": name, "origin": "kratom", "brain": name},
            )
            for name in drugs
        ],
        "deep": [Member(name, {"drug": name}) for name in drugs],
        "route": routes,
        "enzyme": [Member(name, attributes={"organ": "liver"}) for name in enzymes],
        "ligand": [Member(name) for name in ligands],
        "saturable": [],
        "wall": [],
        "changing": [],
        "inhibition": [],
        "inactivation": [],
        "induction": [],
        "effect": [Member(name) for name in EFFECTS],
        "site": [Member("alpha2A"), Member("SERT")],
        "binding": [
            Member(f"{name}.{site}", {"drug": name, "site": site})
            for name in ligands
            for site in ("alpha2A", "SERT")
        ],
        **more,
    }
    used = {q.each for system in SYSTEMS for q in system.named if q.each is not None}
    used |= {onto for each in used for onto in each.maps.values()}
    return {each: sets.get(each.word, sets["ligand"]) for each in used}


def _floats(values: ArrayLike) -> list[float]:
    return np.asarray(values, dtype=float).tolist()
