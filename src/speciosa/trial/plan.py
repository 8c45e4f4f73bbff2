"""From a scenario to a plan: which drugs are followed, who takes them, when is dosed and looked.

What stays open in a plan is chance: the content of the product, the values of records and the
differences between people are drawn when the plan is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import find
from speciosa.model import Model, Substance, can_follow
from speciosa.model.wiring import EFFECTS
from speciosa.people.who import PAIN_SHARES, Population, Weight
from speciosa.product.content import Chance, Product
from speciosa.regimen.schedule import Schedule, before, doses
from speciosa.trial.arms import dose_form, nanomoles
from speciosa.trial.checks import check_adults
from speciosa.trial.run import Dose
from speciosa.trial.scenario import Scenario
from speciosa.trial.tables import Medicine, People, Person
from speciosa.trial.weighed import weighed
from speciosa.trial.windows import Look, look

__all__ = ["FORGOTTEN", "Build", "Plan", "built", "memory", "plan", "schedule_of"]

Array = NDArray[np.float64]

FORGOTTEN = 0.05
"""A habit is followed back until less than this share of its tolerance would still be there."""


Build = Callable[[tuple[Substance, ...], tuple[str, ...], tuple[str, ...]], Model]
"""Makes the model of substances, variants and outputs."""


@dataclass(frozen=True)
class Plan:
    """A scenario made ready to run.

    Attributes:
        scenario: as it was read.
        model: the model of the drugs that it names and that have kinetics.
        population: whom people are drawn from.
        product: what is taken; `dose_unit` is what `schedule` and `habit` count in.
        schedule: doses from time 0 on.
        habit: doses of a regular user before time 0.
        medicines: those of `[[with]]` that are simulated, each with its schedule.
        silent: medicines with a dose whose kinetics no record holds.
        look: output times and windows.
    """

    scenario: Scenario
    model: Model
    population: Population
    product: Product
    dose_unit: str
    schedule: Schedule
    habit: Schedule
    medicines: tuple[tuple[Medicine, Schedule], ...]
    silent: tuple[str, ...]
    look: Look

    @cached_property
    def start(self) -> float:
        """When the integration begins, h: the first dose of the habit, or 0."""
        return min((0.0, *self.habit.times))

    @cached_property
    def alkaloids(self) -> tuple[str, ...]:
        """Alkaloids of the product that the model follows."""
        return tuple(name for name in self.product.alkaloids if name in self.model.drugs)

    @cached_property
    def dosing_records(self) -> tuple[str, ...]:
        """Ids of the records behind the amounts that are taken."""
        masses = (f"substance/molar_mass/{medicine.drug}" for medicine, _ in self.medicines)
        return tuple(dict.fromkeys([*self.product.records(self.dose_unit), *masses]))

    @cached_property
    def trait_records(self) -> tuple[str, ...]:
        """Ids of the records behind the people's traits."""
        who = self.population
        found = [f"people/pain/{who.pain}"]
        found += [f"people/pain/{who.pain}/{share}" for share in PAIN_SHARES]
        if who.weight is None:
            found += [f"people/weight/{part}" for part in ("female", "male", "sd_log")]
        if "person.activity.CYP2D6" in self.model.flat.traits:
            found += [f"people/cyp2d6/{name}" for name, share in who.cyp2d6.items() if share]
        return tuple(found)

    def milligrams(self, alkaloid: str) -> float:
        """mg of an alkaloid in one `dose_unit`, in the middle of what is possible."""
        if alkaloid not in self.alkaloids:
            return 0.0
        return float(self.product.nanomoles(self.dose_unit)[alkaloid][0]) / nanomoles(alkaloid, 1.0)

    def doses(self, chance: Chance, people: int) -> list[Dose]:
        """What everybody takes, for replicates whose luck `chance` is.

        Amounts are (replicates * people, doses): all people of the first replicate come first.
        """
        per_unit = self.product.nanomoles(self.dose_unit, chance)
        times = np.array([*self.habit.times, *self.schedule.times])
        sizes = np.array([*self.habit.amounts, *self.schedule.amounts])
        found = [
            Dose(name, times, np.repeat(per_unit[name], people)[:, None] * sizes)
            for name in self.alkaloids
        ]
        for medicine, schedule in self.medicines:
            amounts = np.array([[nanomoles(medicine.drug, mg) for mg in schedule.amounts]])
            found.append(Dose(medicine.drug, np.array(schedule.times), amounts, medicine.route))
        return found


def built(
    substances: tuple[Substance, ...], variants: tuple[str, ...], outputs: tuple[str, ...]
) -> Model:
    """The model of these, made anew."""
    return Model.build(substances, variants, outputs=outputs)


def plan(
    scenario: Scenario,
    variants: Sequence[str] = (),
    outputs: Sequence[str] = (),
    build: Build = built,
) -> Plan:
    """Make a scenario ready to run; `outputs` are those that are wanted, all when none is named.

    `build` makes the model, or has one at hand.

    Raises:
        InputError: an output or a variant is unknown, or a person is no adult.
    """
    check_adults(scenario)
    kind, who = scenario.product.kind, scenario.who
    product = weighed(scenario.product)
    regimen = scenario.regimen
    unit = regimen.dose.unit
    until = scenario.output.until or 0.0
    schedule = schedule_of(scenario)
    simulated, silent = _medicines(scenario.medicines)
    # What the product is about comes first in every table.
    names = sorted(product.alkaloids, key=lambda name: name != product.main)
    substances = [Substance(n, kind, n) for n in names if can_follow(n)]
    substances += [
        Substance(m.drug, form, form, "medicine") for m, _ in simulated if (form := _form(m))
    ]
    return Plan(
        scenario=scenario,
        model=build(tuple(substances), tuple(variants), tuple(outputs)),
        population=_population(who),
        product=product,
        dose_unit=unit,
        schedule=schedule,
        habit=_habit(who),
        medicines=simulated,
        silent=silent,
        look=look(
            schedule.times or (0.0,),
            schedule.every,
            until,
            scenario.output.sampling,
            _times(simulated),
        ),
    )


def _medicines(
    named: Sequence[Medicine],
) -> tuple[tuple[tuple[Medicine, Schedule], ...], tuple[str, ...]]:
    simulated: list[tuple[Medicine, Schedule]] = []
    silent: list[str] = []
    for medicine in named:
        if medicine.dose is None:
            continue
        if _form(medicine) is None:
            silent.append(medicine.drug)
            continue
        timetable = doses(
            medicine.dose.value, medicine.every, medicine.duration or 0.0, start=medicine.at
        )
        simulated.append((medicine, timetable))
    return tuple(simulated), tuple(dict.fromkeys(silent))


def schedule_of(scenario: Scenario) -> Schedule:
    """The doses of the product in a run, h from time 0."""
    regimen = scenario.regimen
    steps = [(step.start, step.dose.value) for step in regimen.steps]
    taken = doses(regimen.dose.value, regimen.every, regimen.duration or 0.0, steps)
    return _until(taken, scenario.output.until or 0.0)


def _until(schedule: Schedule, end: float) -> Schedule:
    """The doses before the end of the run."""
    kept = [(t, a) for t, a in zip(schedule.times, schedule.amounts, strict=True) if t < end]
    return Schedule(tuple(t for t, _ in kept), tuple(a for _, a in kept), schedule.every)


def _times(simulated: Sequence[tuple[Medicine, Schedule]]) -> list[float]:
    return [time for _, timetable in simulated for time in timetable.times]


def _form(medicine: Medicine) -> str | None:
    return dose_form(medicine.drug, medicine.route)


def _population(who: Person | People) -> Population:
    if isinstance(who, Person):
        return Population(
            age=(who.age, who.age),
            weight=Weight(who.weight),
            female=1.0 if who.sex == "female" else 0.0,
            cyp2d6={who.cyp2d6: 1.0},
            pain=who.pain,
        )
    spread = who.weight
    return Population(
        age=(who.age.low, who.age.high),
        weight=None if spread is None else Weight(spread.median, spread.cv),
        female=who.sex.female,
        cyp2d6=who.cyp2d6.model_dump(),
        pain=who.pain,
    )


def _habit(who: Person | People) -> Schedule:
    habit = who.experience
    if habit is None or habit.dose is None:
        return Schedule()
    return before(habit.dose.value, habit.every, habit.duration, memory())


def memory() -> float:
    """For how long (h) a habit leaves a trace worth following, by the slowest of what adapts."""
    paces = [f"tolerance/k_off/{effect}" for effect in EFFECTS] + ["dependence/pace"]
    slowest = min(record.value for record in find(paces).values())
    return float(np.log(1.0 / FORGOTTEN) / slowest)
