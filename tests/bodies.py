"""Bodies for the tests: who is in them, how far each number may reach, and their bare equations.

A range here is wider than anybody believes of a person, so that a law that holds inside it holds
for every draw of a record. Nothing here is evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import MappingProxyType

import numpy as np
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

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
    "metabolism.wall": Range(0, 0.95),
    "metabolism.kinact": _log(0.01, 100),
    "metabolism.KI": _log(10, 1e6),
    "metabolism.unbound_share": Range(0, 1),
    "metabolism.flow": _log(1, 1e3),
    "metabolism.kdeg": _log(1e-3, 1),
    "metabolism.autoinhibition": Range(0, 1),
    "opioid.Ki": _log(0.01, 1e4),
    "opioid.EC50": _log(0.01, 1e5),
    "opioid.Emax": Range(0, 0.98),
    "opioid.relief_gain": _log(0.1, 100),
    "pain.spinal": Range(0, 1),
    "pain.descending": Range(0, 1),
    "pain.k_descending": _log(0.05, 20),
    "pain.k_felt": _log(0.5, 60),
    "tolerance.k_on": _log(1e-4, 1),
    "tolerance.k_off": _log(1e-4, 1),
    "person.weight": Range(40, 150),
    "person.activity": Range(0, 5),
    "person.pain": Range(0, 10),
    "gut.nausea_gain": _log(0.1, 10),
    "gut.nausea_threshold": _log(0.05, 3),
    "gut.nausea_steepness": Range(1, 12),
    "gut.withdrawal_nausea": Range(0, 1),
    "gut.transit_gain": _log(0.1, 10),
    "gut.transit_slowing": Range(0, 1),
    "gut.withdrawal_hurry": Range(0, 5),
    "gut.other_slowing": Range(0, 1),
    "gut.other_half": _log(1, 1e5),
    "heart.herg_IC50": _log(10, 1e7),
    "heart.usual_qt": Range(350, 450),
    "heart.lengthening": _log(10, 500),
    "heart.usual_rate": Range(40, 110),
    "heart.quicken_noradrenaline": Range(0, 0.9),
    "heart.quicken_stimulation": Range(0, 0.5),
    "heart.quicken_withdrawal": Range(0, 1),
    "heart.slow_opioid": Range(0, 0.5),
    "heart.usual_fall": Range(0, 20),
    "heart.fall_alpha1": Range(0, 100),
    "heart.fall_opioid": Range(0, 50),
    "heart.dizzy_fall": Range(5, 60),
    "heart.dizzy_steepness": Range(1, 10),
    "autonomic.pupil_gain": _log(0.1, 20),
    "autonomic.usual_pupil": Range(2, 8),
    "autonomic.narrowing": Range(0, 0.9),
    "autonomic.widening": Range(0, 1),
    "autonomic.usual_dry": Range(0, 0.3),
    "autonomic.drying": Range(0, 1),
    "liver.trace": _log(0.01, 100),
    "liver.injury_latency": _log(24, 5000),
    "liver.evenness": Range(1, 6),
    "monoamine.Ki": _log(1, 1e5),
    "monoamine.raises_noradrenaline": Range(0, 6),
    "monoamine.raises_serotonin": Range(0, 6),
    "monoamine.vessels": Range(0, 0.95),
    "monoamine.recruited": Range(0, 3),
    "monoamine.rebound": Range(0, 6),
    "monoamine.released": Range(0, 3),
    "monoamine.depleted": Range(0, 0.9),
    "arousal.gain": _log(0.005, 10),
    "arousal.EC50": _log(1, 1e9),
    "arousal.Emax": Range(0, 0.995),
    "arousal.slope": Range(0.8, 6),
    "arousal.synergy": Range(0, 10),
    "arousal.Ki": _log(100, 1e6),
    "arousal.wakefulness": Range(0, 0.95),
    "arousal.half_stimulant": _log(0.01, 100),
    "arousal.unexplained": Range(0, 0.9),
    "arousal.arousing_rise": _log(0.1, 10),
    "arousal.arousing_steepness": Range(1.2, 4),
    "arousal.sharpened": Range(0, 3),
    "arousal.scattered": Range(0, 0.95),
    "arousal.kept_awake": Range(0, 0.99),
    "arousal.restless": Range(0, 0.95),
    "mood.gain": _log(0.01, 100),
    "mood.rewarding": Range(0, 10),
    "mood.brightening": Range(0, 2),
    "mood.comfort": Range(0, 10),
    "mood.gloom": Range(0, 10),
    "mood.unrest": Range(0, 10),
    "mood.strained": Range(0, 10),
    "mood.reassured": Range(0, 0.95),
    "mood.dampened": Range(0, 0.95),
    "mood.calmed": Range(0, 0.95),
    "mood.eased": Range(0, 0.9),
    "pain.hyperalgesia": Range(0, 1),
    "pain.gain": _log(0.05, 20),
    "pain.half_rise": _log(0.1, 10),
    "pain.soothed": Range(0, 1),
    "pain.k_sensitisation": _log(1e-3, 1),
    "pain.usual_time": _log(1, 120),
    "pain.stretch": _log(0.1, 10),
    "muscle.gain": _log(0.05, 20),
    "muscle.k_tension": _log(0.1, 60),
    "muscle.IC50_twitch": _log(1e2, 1e7),
    "inflammation.IC50_mediator": _log(1, 1e7),
    "inflammation.IC50_oxidant": _log(1, 1e9),
    "inflammation.k_mediator": _log(0.01, 10),
    "endocannabinoid.direct": Range(0, 1),
    "endocannabinoid.Ki": _log(1, 1e6),
    "endocannabinoid.boost": Range(0, 5),
    "endocannabinoid.adaptation": Range(0, 1),
    "endocannabinoid.k_adaptation": _log(1e-4, 0.1),
    "dependence.pace": _log(1e-4, 1),
    "dependence.half_gap": _log(0.05, 5),
    "dependence.suddenness": Range(1.1, 5),
    "dependence.scale": Range(10, 64),
    "opioid.Ki_kappa": _log(0.01, 1e5),
    "opioid.Ki_delta": _log(0.01, 1e5),
    "person.inflamed": Range(0, 1),
    "person.neuropathic": Range(0, 1),
    "person.muscular": Range(0, 1),
    "person.sensitised": Range(0, 1),
    **{f"pain.{name}": Range(0, 1) for name in ("mediated", "peripheral", "spared", "adrenergic")},
    **{f"muscle.{name}": Range(0, 1) for name in ("reflex", "relaxed_gaba", "relaxed_opioid")},
    "breathing.gain": _log(0.05, 5),
    "breathing.sedative": Range(0, 0.99),
    "breathing.resting": Range(30, 55),
    "breathing.feedback": Range(1.2, 9),
    "breathing.most": Range(3, 20),
    "breathing.k_co2": _log(1, 15),
    "breathing.numbing": Range(60, 130),
    "breathing.steepness": Range(3, 15),
    "breathing.highest": Range(180, 400),
    "breathing.failing": Range(0.05, 0.6),
    "breathing.abruptness": Range(3, 40),
    # What a system is given when it stands alone.
    **{
        f"input.{share}": Range(0, 1)
        for share in ("inflamed", "neuropathic", "muscular", "sensitised")
    },
    "input.gut_sensitivity": Range(0, 1),
    "input.nausea_sensitivity": Range(0, 1),
    "input.pupil_sensitivity": Range(0, 1),
    "input.withdrawal": Range(0, 1),
    "input.drive": Range(0, 1e4),
    "input.bound": Range(0, 1e4),
    "input.drive_outside": Range(0, 1e4),
    "input.bound_outside": Range(0, 1e4),
    "input.exposure": Range(0, 1e5),
    "input.present": Range(0, 1e5),
    "input.at_herg": Range(0, 1e5),
    "input.noradrenaline": Range(0, 10),
    "input.stimulation": Range(0, 1),
    "input.alpha1": Range(0, 1),
    "input.brain": Range(0, 1e5),
    "input.pull": Range(0, 1e4),
    "input.held": Range(0, 1e4),
    "input.antidote": Range(0, 1e3),
    "input.sympathetic": Range(1, 10),
    "input.dopamine": Range(0.1, 5),
    "input.serotonin": Range(1, 10),
    "input.sedative": Range(0, 1e9),
    "input.awakener": Range(0, 1e6),
    "input.stimulant": Range(0, 1e3),
    "input.felt": Range(0, 10),
    "input.gaba": Range(0, 1),
    "input.cannabinoid": Range(1, 3),
    "input.mediator": Range(0, 1),
    "input.tension": Range(0, 1),
    "input.through": Range(0, 1),
    "input.unbound": Range(0, 1e5),
    "input.scavenger": Range(0, 1e5),
    "input.outside": Range(0, 1e5),
    "input.at_kappa": Range(0, 1e5),
    "input.at_delta": Range(0, 1e5),
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
    "metabolism.missing": Range(0, 1),
    "pain.control": Range(0, 1),
    "pain.sense": Range(0, 10),
    "tolerance.amount": Range(0, 100),
    "dependence.lean": Range(0, 1),
    "breathing.dissolved": Range(20, 180),
    "liver.exposed": Range(0, 1e5),
    "pain.sensitisation": Range(0, 1),
    "muscle.tightness": Range(0, 1),
    "inflammation.prostaglandin": Range(0, 1),
    "endocannabinoid.receptors": Range(1, 3),
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
    """Products of products, a way back, an enzyme that fills, one that is lost, two medicines."""
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
            "fragile": [Member("CYP3A", {"enzyme": "CYP3A"})],
            "inactivation": [Member("child.CYP3A", {"drug": "child", "enzyme": "CYP3A"})],
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
            Member(name, attributes={"form": "tea", "uptake": name, "origin": "kratom"})
            for name in drugs
        ],
        "route": routes,
        "enzyme": [Member(name) for name in enzymes],
        "ligand": [Member(name) for name in ligands],
        "saturable": [],
        "wall": [],
        "fragile": [],
        "inactivation": [],
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
