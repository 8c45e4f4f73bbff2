"""What a scenario means to the packages below: a product, timetables of doses, a population."""

from __future__ import annotations

from speciosa.people import Population, Weight
from speciosa.product.content import Product, Stated
from speciosa.regimen import Schedule, before, doses
from speciosa.trial.checks import contents, dose_unit
from speciosa.trial.tables import Medicine, People, Person, Tables

__all__ = ["Taken", "history", "medicine", "population", "product", "regimen"]

Taken = tuple[Schedule, str]
"""When, and the unit that amounts are counted in."""


def product(scenario: Tables) -> Product:
    """The product, with what the scenario or its certificate states of it."""
    stated = contents(scenario.product)
    per = "mL" if any(amount.unit == "mg/mL" for amount in stated.values()) else "g"
    known = {name: Stated(amount.value, amount.below) for name, amount in stated.items()}
    return Product(scenario.product.kind, known, per)


def regimen(scenario: Tables) -> Taken:
    """The doses of the product from time zero on, in g, mL, capsules or tsp."""
    plan = scenario.regimen
    steps = tuple((step.start, step.dose.value) for step in plan.steps)
    schedule = doses(plan.dose.value, plan.every, plan.duration or 0.0, steps)
    return schedule, dose_unit(plan)


def history(scenario: Tables, memory: float) -> Taken:
    """What a regular user took of the same product before time zero.

    Doses older than `memory` (h) are left out. Somebody naive has an empty history.
    """
    habit = scenario.who.experience
    if habit is None or habit.dose is None:
        return Schedule(), dose_unit(scenario.regimen)
    return before(habit.dose.value, habit.every, habit.duration, memory), habit.dose.unit


def medicine(taken: Medicine) -> Taken:
    """The doses of another medicine, in mg or mL; none if the scenario gives no dose."""
    if taken.dose is None:
        return Schedule(), "mg"
    schedule = doses(taken.dose.value, taken.every, taken.duration or 0.0, start=taken.at)
    return schedule, taken.dose.unit


def population(scenario: Tables) -> Population:
    """Who takes it; of one person, everybody has what the scenario states."""
    if scenario.people:
        return _spread(scenario.people)
    return _same(scenario.person or Person())


def _same(person: Person) -> Population:
    return Population(
        age=(person.age, person.age),
        weight=Weight(person.weight),
        female=1.0 if person.sex == "female" else 0.0,
        cyp2d6={person.cyp2d6: 1.0},
        pain=person.pain,
    )


def _spread(people: People) -> Population:
    weight = people.weight
    return Population(
        age=(people.age.low, people.age.high),
        weight=None if weight is None else Weight(weight.median, weight.cv),
        female=people.sex.female,
        cyp2d6=people.cyp2d6.model_dump(),
        pain=people.pain,
    )
