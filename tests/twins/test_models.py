"""Every model that can be built, and the problem of the benchmarks, against the slow twin.

Every state of every person is compared at every time. Its error is measured against the largest
value that this state has in this person. A state that never grows beyond `SMALL` is held to
`SMALL` in place of its peak: what is as small as the absolute tolerance is not followed by any
solver, and a state that stays at 0 has no peak.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from benchmarks import spec, spec_problem

from speciosa import Scenario
from speciosa.engine import Events, Problem, Program, reference, solve
from speciosa.engine.codegen.lanes import METHODS
from speciosa.engine.solve import Method
from speciosa.evidence.load import records
from speciosa.model import Model, Substance, can_follow, forms
from speciosa.model.variants import VARIANTS
from speciosa.people.draws import Draws
from speciosa.product.alkaloids import KNOWN
from speciosa.product.content import central
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import plan

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
PEOPLE = 2
SMALL = 1e-6  # of a state's unit
LONGEST = 15 * 24.0
"""Hours of a regimen; months of the same are no other test, and SciPy takes minutes for them."""
TOGETHER = 12
"""Medicines of one model; a model of all is nobody's and takes SciPy an hour."""
DOSE = 1e5  # nmol, some 40 mg of mitragynine
TAKEN = {
    "alcohol": 3e8,
    "buprenorphine": 1e4,
    "fentanyl": 300.0,
    "midazolam": 1.5e4,
    "morphine": 3e4,
    "oxycodone": 3e4,
}
"""nmol, about what people take, where `DOSE` would be nothing or would kill. Where breath stops,
the time at which it does, and carbon dioxide with it, hang on the last digit, and no solver is
told from another by it."""
UNUSUAL = {("every-drug", "tsit5"): 1e-4}
"""Share of a peak, for a method that the model itself does not take: minutes after fentanyl into a
vein tsit5 is 3e-5 off in the control of pain from above."""


@dataclass(frozen=True)
class Case:
    """People of a problem whose outputs are its states."""

    problem: Problem
    parameters: np.ndarray
    events: Events
    times: np.ndarray

    @property
    def exact(self) -> np.ndarray:
        """(people, T, states) by SciPy, a hundred times tighter than what is held against it.

        By LSODA: between its steps DOP853 is no better than 1e-8 where they are long.
        """
        found = reference.solve(
            self.problem,
            self.parameters,
            self.events,
            self.times,
            rtol=1e-12,
            atol=1e-14,
            method="LSODA",
            max_steps=1_000_000,
        )
        assert not found.advice
        return found.values


def of_states(problem: Problem) -> Problem:
    """The problem with every state as an output, and nothing else."""
    n, p = len(problem.states), len(problem.parameters)
    whole = Program(1 + n + p, (), (), tuple(range(1, 1 + n)))
    return replace(problem, outputs=problem.states, observe=whole)


def example(path: Path, variants: tuple[str, ...] = ()) -> Case:
    """Drawn people of a scenario, every dose a record of its own: a week of habit, two of doses."""
    scenario = Scenario.load(path)
    if scenario.who.experience:
        scenario = scenario.replace(**{"person.experience.for": "7 d"})
    prepared = plan(scenario, variants)
    model, start = prepared.model, prepared.start
    rows = [
        (person, time - start, amount, f"absorption.gut.{dose.drug}")
        for dose in prepared.doses(central, PEOPLE)
        for person in range(PEOPLE)
        for time, amount in zip(
            dose.times, np.broadcast_to(dose.nmol, (PEOPLE, dose.times.size))[person], strict=True
        )
        if time < LONGEST
    ]
    person, time, amount, into = zip(*rows, strict=True)
    events = Events.build(
        person=person,
        time=time,
        amount=amount,
        compartment=[model.problem.states.index(name) for name in into],
    )
    table = parameters(model, prepared.population, Draws(5), PEOPLE, None)
    times = prepared.look.times[prepared.look.times < LONGEST][::10] - start
    return Case(of_states(model.problem), table, events, times)


def followed() -> list[Substance]:
    """Each drug that the evidence can follow, as it is taken; what has no form is only made."""
    medicines = {i.split("/")[2] for i in records("elimination") if "/CL/" in i}
    taken = [Substance(name, "leaf", name) for name in sorted(KNOWN) if can_follow(name)]
    return taken + [
        Substance(m, forms(m)[0], forms(m)[0], "medicine") for m in sorted(medicines) if forms(m)
    ]


def acts_in_the_brain(one: Substance) -> bool:
    return f"distribution/Kpuu/{one.name}" in records("distribution")


def all_drugs(variants: tuple[str, ...] = ()) -> Model:
    """The whole body with every drug that has an effect in it."""
    return Model.build(filter(acts_in_the_brain, followed()), variants)


def dosed(taken: list[Substance], model: Model) -> Case:
    """A dose of each drug into the gut and into the blood, four hours apart."""
    rows = [
        (
            person,
            4.0 * place,
            TAKEN.get(one.name, DOSE),
            model.problem.states.index(f"{into}.{one.name}"),
        )
        for person in range(PEOPLE)
        for place, one in enumerate(taken)
        for into in ("absorption.gut", "distribution.central")
    ]
    person, time, amount, into = zip(*rows, strict=True)
    events = Events.build(person=person, time=time, amount=amount, compartment=into)
    prepared = plan(Scenario.load(EXAMPLES[0]))
    table = parameters(model, prepared.population, Draws(6), PEOPLE, None)
    return Case(of_states(model.problem), table, events, HOURS)


def every_drug() -> Case:
    """Every drug that has an effect, in the whole body."""
    return dosed([*filter(acts_in_the_brain, followed())], all_drugs())


def company(first: int) -> Case:
    """Some of those that only meet others at enzymes, with the victim of most and with kratom."""
    known = {one.name: one for one in followed()}
    some = [one for one in known.values() if not acts_in_the_brain(one)][first : first + TOGETHER]
    taken = [known["mitragynine"], known["midazolam"], *some]
    return dosed(taken, Model.build(taken, outputs=["plasma"]))


def benchmark() -> Case:
    events = Events.build(
        person=np.arange(PEOPLE), time=0.0, amount=spec.DOSE, addl=spec.NDOSE - 1, ii=spec.II
    )
    times = spec_problem.HOURS[::7]
    return Case(spec_problem.problem(), spec_problem.parameters(PEOPLE), events, times)


CASES: dict[str, Callable[[], Case]] = {
    **{path.stem: lambda path=path: example(path) for path in EXAMPLES},
    "every-drug": every_drug,
    **{
        f"company-{first}": lambda first=first: company(first)
        for first in range(0, sum(not acts_in_the_brain(one) for one in followed()), TOGETHER)
    },
    "benchmark": benchmark,
}
HOURS = np.arange(0.0, 96.0, 0.25)
"""So close that no drug comes into the gut and is gone unseen: an error is a share of a peak."""
FEW: tuple[str, ...] = ("two-grams-of-tea", "benchmark")


@cache
def solved(name: str) -> tuple[Case, np.ndarray]:
    case = CASES[name]()
    return case, case.exact


def worst(name: str, method: Method, rtol: float, atol: float) -> float:
    """The largest error, of a state's peak."""
    case, exact = solved(name)
    found = solve(
        case.problem, case.parameters, case.events, case.times, method=method, rtol=rtol, atol=atol
    )
    assert not found.advice
    peak = np.maximum(np.abs(exact).max(axis=1, keepdims=True), SMALL)
    return float((np.abs(found.values - exact) / peak).max())


def told(
    request: pytest.FixtureRequest, name: str, method: Method, rtol: float, off: float
) -> None:
    """Into the report of the test, from where `docs/credibility.py` takes it.

    Not by `record_property`, which warns of the usual form of that report.
    """
    request.node.user_properties.append(("error", f"{name} {method} {rtol:g} {off:.2g}"))


each_case = pytest.mark.parametrize(
    "name", [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in CASES]
)
each_method = pytest.mark.parametrize("method", METHODS)


def test_every_drug_of_the_evidence_is_among_them() -> None:
    held = records("elimination", "fitted")
    drugs = {i.split("/")[2] for i in held if i.startswith("elimination/CL/") and i.count("/") == 2}
    cases = [name for name in CASES if name.startswith(("every", "company"))]
    states = {s.rpartition(".")[2] for name in cases for s in CASES[name]().problem.states}
    assert drugs <= states


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_has_the_equations_of_the_model(variant: str) -> None:
    """Another record is another number: what is tested of the equations holds for it as well."""
    base, other = all_drugs(), all_drugs((variant,))
    assert other.problem.digest == base.problem.digest
    assert other.hash != base.hash


@each_method
@each_case
def test_at_the_usual_tolerance(name: str, method: Method, request: pytest.FixtureRequest) -> None:
    found = worst(name, method, rtol=1e-6, atol=1e-8)
    told(request, name, method, 1e-6, found)
    assert found <= UNUSUAL.get((name, method), 1e-5)


def test_the_model_does_not_take_the_method_that_errs_more() -> None:
    model = all_drugs()
    assert {method for _, method in UNUSUAL} == {"tsit5"}
    assert model.choice.method != "tsit5"


@each_method
@each_case
def test_at_a_tight_tolerance(name: str, method: Method, request: pytest.FixtureRequest) -> None:
    found = worst(name, method, rtol=1e-10, atol=1e-14)
    told(request, name, method, 1e-10, found)
    assert found <= 1e-8
