"""What a scenario left to a default or a draw, and how far it may lie from what was taken for it.

Each fact has two ends, and each end is the scenario with that fact stated and all else the same:

    content         the 5th and the 95th of 100 products, by the record that a run draws from
    weight of one   the same of capsules or spoons
    use before      the scenario's words for none and for regular use
    CYP2D6          the scenario's words for least and most activity
    weight          the 5th and the 95th of 100 people, by the records of weight; of the sex if said
    age             20 to 80 y: adults whom a call is about; a convention
    sex             either
    illness         none, or one each of liver, kidney and heart

A content is stated per gram, mL or piece, as the contents that were stated are.

Assumed: facts lie where they lie independently of each other, so each is moved alone.
Left out: a fact of which an end is no scenario, such as more than leaf was ever seen to hold; when,
by which route and for how long medicines and kratom are taken, and pain. What a laboratory's
certificate leaves open is not asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import ScenarioError
from speciosa.people.draws import Draws
from speciosa.people.who import People as Drawn
from speciosa.people.who import Population
from speciosa.product.content import Product
from speciosa.trial.checks import dose_unit
from speciosa.trial.quantities import Amount
from speciosa.trial.scenario import Scenario
from speciosa.trial.tables import People
from speciosa.trial.weighed import weighed

__all__ = ["SEVEN", "End", "Open", "plausible"]

SEVEN = "hydroxymitragynine"
"""Besides what a product is taken for, the one alkaloid that is asked for by itself."""

_LOW, _HIGH = 0.05, 0.95
_MANY = 2000
"""People whose weights are looked at; the noise of their percentiles is a kilogram."""
_AGES = ("20 y", "80 y")
_ILL = ("liver disease", "kidney disease", "heart disease")


@dataclass(frozen=True, slots=True)
class End:
    """A fact at one end: as one would write it, and the scenario that states it."""

    says: str
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Open:
    """A fact that was not stated, by the key that would state it, and its two ends."""

    key: str
    ends: tuple[End, End]


def plausible(scenario: Scenario) -> Iterator[Open]:
    """The facts that a scenario left open, in the order in which a case is taken."""
    product = weighed(scenario.product)
    if scenario.product.certificate is None:
        for alkaloid in dict.fromkeys((product.main, SEVEN)):
            if product.source.get(alkaloid):  # "" where it is stated
                yield from _content(scenario, product, alkaloid)
    if weight := _weight_of_one(scenario, product):
        yield weight
    yield from _who(scenario)


def _content(scenario: Scenario, product: Product, alkaloid: str) -> Iterator[Open]:
    """mg of an alkaloid per gram, mL or piece; what is in proportion to it moves along."""
    record = product.source[alkaloid]
    table = "product" if alkaloid == "mitragynine" else "product.profile"
    key = f"{table}.{alkaloid}"

    def held(share: float) -> Amount:
        mg = product.content(_at(record, share))[alkaloid][0]
        return Amount(_rounded(mg), f"mg/{product.per}")

    yield from _open(scenario, key, (str(held(_LOW)), str(held(_HIGH))))


def _weight_of_one(scenario: Scenario, product: Product) -> Open | None:
    """Grams of one capsule or spoon, where doses are counted in them; doses are then weighed."""
    unit = dose_unit(scenario)
    low, high = (float(product.size(unit, _every(share))[0]) for share in (_LOW, _HIGH))
    if low == high:
        return None

    def end(grams: float) -> End:
        grams = _rounded(grams)
        return End(f"{grams:g} g", _weighed(scenario, grams))

    return Open("regimen.dose", (end(low), end(high)))


def _weighed(scenario: Scenario, grams: float) -> Scenario:
    """The scenario with every dose in grams, each of its units weighing so much."""

    def text(dose: Amount) -> str:
        return str(Amount(dose.value * grams, "g"))

    regimen, habit = scenario.regimen, scenario.who.experience
    changes: dict[str, object] = {"regimen.dose": text(regimen.dose)}
    if regimen.steps:
        steps = scenario.filled()["regimen"]["steps"]
        pairs = zip(steps, regimen.steps, strict=True)
        changes["regimen.steps"] = [{**plain, "dose": text(one.dose)} for plain, one in pairs]
    if habit is not None and habit.dose is not None and "dose" in habit.model_fields_set:
        changes[f"{_word(scenario)}.experience.dose"] = text(habit.dose)
    return scenario.replace(**changes)


def _who(scenario: Scenario) -> Iterator[Open]:
    who, word = scenario.who, _word(scenario)
    ends: dict[str, tuple[object, object]] = {
        "experience": ("naive", "regular"),
        "cyp2d6": ("poor", "ultrarapid"),
        "weight": _weights(scenario),
        "age": _AGES,
        "sex": ("female", "male"),
        "conditions": ([], list(_ILL)),
    }
    if scenario.regimen.dose.value == 0.0:
        del ends["experience"]  # nobody is used to nothing
    for key, pair in ends.items():
        if key not in who.model_fields_set:
            yield from _open(scenario, f"{word}.{key}", pair)


def _weights(scenario: Scenario) -> tuple[str, str]:
    """The 5th and the 95th of 100 reference weights, of the sex that was stated."""
    who, states = scenario.who, "sex" in scenario.who.model_fields_set
    if isinstance(who, People):
        women = who.sex.female
    else:
        women = float(who.sex == "female") if states else 0.5
    everybody = Population(age=(0.0, 0.0), weight=None, female=women, cyp2d6={"normal": 1.0})
    weights = Drawn(everybody, Draws(scenario.run.seed), _MANY).weight
    low, high = np.percentile(weights, [100.0 * _LOW, 100.0 * _HIGH])
    return f"{low:.0f} kg", f"{high:.0f} kg"


def _open(scenario: Scenario, key: str, values: tuple[object, object]) -> Iterator[Open]:
    """The fact with its ends; none where what else was stated contradicts an end."""
    try:
        first, second = (End(_said(one), scenario.replace(**{key: one})) for one in values)
    except ScenarioError:
        return
    yield Open(key, (first, second))


def _said(value: object) -> str:
    return value if isinstance(value, str) else ", ".join(_ILL) if value else "none"


def _word(scenario: Scenario) -> str:
    return "people" if scenario.people else "person"


def _at(record: str, share: float) -> Callable[[str], NDArray[np.float64]]:
    """The luck of one record; all others stay in their middle."""
    return lambda name: np.array([share if name == record else 0.5])


def _every(share: float) -> Callable[[str], NDArray[np.float64]]:
    return lambda name: np.array([share])


def _rounded(value: float) -> float:
    """Three digits, in which a fact would be stated."""
    return float(f"{value:.3g}")
