"""The bench on which claims are tested: records, observations, facts and simulations, by name.

Every look goes through here, so that a test can put another record in a record's place and see the
verdict change, and so that a simulation that ten claims ask for runs once.

A simulation is a scenario file in `simulations/`. All run with the same seed, so that person 17 is
the same person in each of them, and what two of them differ by is a difference within one person.
Each runs with the model as it stands and with every variant that changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import EvidenceError, InputError, SolverError
from speciosa.evidence import Observation, Record, find, observations, records
from speciosa.model import VARIANTS
from speciosa.people.draws import REPLICATE, Draws
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding
from speciosa.safety.laws import Law, laws
from speciosa.trial.alternatives import BASE
from speciosa.trial.cohort import cohort
from speciosa.trial.plan import Plan, plan
from speciosa.trial.scenario import Scenario

__all__ = ["BASE", "FACTS", "PEOPLE", "REPLICATES", "SEED", "Bench", "Need", "Ran", "simulations"]

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

PEOPLE, REPLICATES, SEED = 50, 30, 1
FACTS = ("emergency", "interaction", "interaction-drug", "person", "plan", "product", "regimen")
"""Files of facts whose ids a claim may name; those of law are records of their own."""

HOME = Path(__file__).parent / "simulations"


@dataclass(frozen=True, slots=True)
class Need:
    """An output of a simulation that a test looks at."""

    simulation: str
    output: str


@dataclass(frozen=True)
class Ran:
    """What a simulation showed with one variant.

    Attributes:
        values: by (output, measure, window): (replicates, people).
        units: by the same.
        records: ids of the records behind the model.
        assumed: how many of them are assumed.
    """

    values: Mapping[tuple[str, str, str], Array]
    units: Mapping[tuple[str, str, str], str]
    records: tuple[str, ...]
    assumed: int


def simulations() -> dict[str, Path]:
    """The scenario files by name."""
    return {path.stem: path for path in sorted(HOME.glob("*.toml"))}


@dataclass
class Bench:
    """Where tests look things up.

    Attributes:
        people: of each simulation.
        replicates: draws of what we do not know.
        seed: of all chance.
        instead: records that stand in for those of the same id, to see what hangs on them: where
            they are looked up, and in the model, but not in the content of products.
        scenarios: simulations beside those of the package, by name: a user's own.
        progress: called with (people done, people).
    """

    people: int = PEOPLE
    replicates: int = REPLICATES
    seed: int = SEED
    instead: Mapping[str, Record] = field(default_factory=dict[str, Record])
    scenarios: Mapping[str, Scenario] = field(default_factory=dict[str, Scenario])
    progress: Progress | None = None

    def __post_init__(self) -> None:
        self._ran: dict[tuple[str, str], Ran] = {}
        self._looked_up: dict[str, Record | None] = {}

    def bring(self, scenarios: Mapping[str, Scenario]) -> None:
        """Add simulations of one's own; what was simulated of another by such a name is gone."""
        changed = {name for name, one in scenarios.items() if self.scenarios.get(name) != one}
        self._ran = {at: ran for at, ran in self._ran.items() if at[0] not in changed}
        self.scenarios = {**self.scenarios, **scenarios}

    def record(self, identity: str) -> Record:
        """A record. Raises EvidenceError."""
        return self.instead.get(identity) or find([identity])[identity]

    def record_or_none(self, identity: str) -> Record | None:
        """A record; None for the id of an observation, a fact or a law."""
        if identity not in self._looked_up:
            try:
                self._looked_up[identity] = self.record(identity)
            except EvidenceError:
                self._looked_up[identity] = None
        return self._looked_up[identity]

    def records(self, start: str) -> tuple[Record, ...]:
        """Every record whose id begins so."""
        held = records(start.split("/", 1)[0])
        ids = [one for one in (*held, *self.instead) if one.startswith(start)]
        return tuple(self.record(one) for one in dict.fromkeys(ids))

    def observation(self, identity: str) -> Observation:
        """An observation. Raises EvidenceError."""
        if identity not in observations():
            raise EvidenceError("observation", identity, "the id of a record or an observation")
        return observations()[identity]

    def fact(self, identity: str) -> Finding:
        """A fact of the check. Raises EvidenceError."""
        for name in FACTS:
            if identity in facts(name):
                return facts(name)[identity]
        raise EvidenceError("fact", identity, "the id of a fact")

    def laws(self) -> Mapping[str, Law]:
        """Every record of a law."""
        return laws()

    def value(self, bound: float | str) -> float:
        """A number, or the value of the record of that id."""
        return self.record(bound).value if isinstance(bound, str) else bound

    def limit(self, bound: float | str, unit: str) -> float:
        """A bound of something in this unit. Raises EvidenceError for a record in another."""
        if isinstance(bound, str) and self.record(bound).unit_text != unit:
            raise EvidenceError(f"unit of {bound}", self.record(bound).unit_text, unit)
        return self.value(bound)

    def drawn(self, bound: float | str) -> Array:
        """The same for each replicate, (replicates,): a record is drawn from its spread."""
        if not isinstance(bound, str):
            return np.full(self.replicates, bound)
        luck = Draws(self.seed).stratified(REPLICATE, bound, self.replicates)
        return self.record(bound).spread.quantile(luck)

    def run(self, needs: Iterable[Need]) -> None:
        """Simulate all that is needed and was not simulated before. Raises SolverError."""
        wanted: dict[str, set[str]] = {}
        for need in needs:
            wanted.setdefault(need.simulation, set()).add(need.output)
        left = {
            name: asked | self._outputs(name)
            for name, asked in wanted.items()
            if not asked <= self._outputs(name)
        }
        plans = {
            name: self._distinct(self.scenario(name), sorted(outputs))
            for name, outputs in left.items()
        }
        total = sum(len(one) for one in plans.values()) * self._rows
        done = 0
        for name, distinct in plans.items():
            for variants, prepared in distinct:
                ran = self._one(name, prepared, sorted(left[name]), done, total)
                done += self._rows
                for variant in variants:
                    self._ran[name, variant] = ran

    def ran(self, simulation: str, variant: str = BASE) -> Ran:
        """What a simulation showed; it must have been run."""
        return self._ran[simulation, variant]

    def values(self, need: Need, measure: str, window: str, variant: str) -> Array:
        """A measure of an output, (replicates, people). Raises InputError for one it lacks."""
        held = self.ran(need.simulation, variant).values
        place = (need.output, measure, window)
        if place not in held:
            known = (f"{m} in {w}" for output, m, w in held if output == need.output)
            raise InputError(
                f"measure of {need.output} in {need.simulation}",
                f"{measure} in {window}",
                f"one of {', '.join(dict.fromkeys(known))}",
            )
        return held[place]

    def scenario(self, name: str) -> Scenario:
        """The scenario of a simulation. Raises EvidenceError."""
        if name in self.scenarios:
            return self.scenarios[name]
        if name not in simulations():
            raise EvidenceError("simulation", name, "one of " + ", ".join(simulations()))
        return Scenario.load(simulations()[name])

    def _outputs(self, name: str) -> set[str]:
        """What was kept of a simulation; nothing before it ran."""
        ran = self._ran.get((name, BASE))
        return set() if ran is None else {output for output, _, _ in ran.values}

    def says(self, name: str) -> str:
        """What a simulation is, in a sentence."""
        if name in self.scenarios:
            one = self.scenarios[name]
            return f"{one.product.kind}, {one.regimen.dose}; from the file of the claim."
        return simulations()[name].read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")

    @property
    def _rows(self) -> int:
        return self.people * (1 + self.replicates)

    def _distinct(self, scenario: Scenario, outputs: list[str]) -> list[tuple[list[str], Plan]]:
        """Plans that differ, each with the names of the variants that it stands for."""
        found: dict[str, tuple[list[str], Plan]] = {}
        for name in (BASE, *VARIANTS):
            one = self._instead(plan(scenario, () if name == BASE else (name,), outputs))
            found.setdefault(one.model.hash, ([], one))[0].append(name)
        return list(found.values())

    def _instead(self, one: Plan) -> Plan:
        """A plan whose model has the records that stand in for others."""
        held = tuple(self.instead.get(record.id, record) for record in one.model.records)
        return replace(one, model=replace(one.model, records=held))

    def _one(self, name: str, prepared: Plan, outputs: list[str], before: int, total: int) -> Ran:
        watch = self.progress
        found = cohort(
            prepared,
            outputs,
            people=self.people,
            replicates=self.replicates,
            seed=self.seed,
            series=False,
            progress=None if watch is None else lambda done, _: watch(before + done, total),
        )
        if not found.computed:
            raise SolverError(f"simulation {name}: {' '.join(found.advice)}")
        places = [(one.output, one.measure, one.window) for one in found.names]
        used = [*prepared.model.records, *find(prepared.dosing_records).values()]
        return Ran(
            values={
                place: held.astype(np.float64)
                for place, held in zip(places, found.replicated, strict=True)
            },
            units={place: one.unit for place, one in zip(places, found.names, strict=True)},
            records=tuple(dict.fromkeys(record.id for record in used)),
            assumed=len({record.id for record in used if record.status == "assumed"}),
        )
