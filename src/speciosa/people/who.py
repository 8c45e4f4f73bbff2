"""Who they are: sex, age, body weight, enzymes and pain of each person.

What a scenario states of one person holds for everybody in it; what it gives as a distribution is
drawn per person. Numbers that stand behind words (reference weights, the activity of a phenotype,
the pain of a pain type) are records, `people/...`.

Assumed: traits are independent of each other, except weight, which may go by sex.
Left out: height, body fat, organ function, genotypes finer than four phenotypes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import find
from speciosa.people.draws import PERSON, Draws

__all__ = ["CYP2D6", "PAIN_SHARES", "People", "Population", "Weight", "known"]

Array = NDArray[np.float64]
Lookup = Callable[[str], "float | Array"]

CYP2D6 = ("poor", "intermediate", "normal", "ultrarapid")
"""Phenotypes in order of activity."""

PAIN_SHARES = ("inflamed", "neuropathic", "muscular", "sensitised")
"""What part of a pain is of which making; each has a record for each type of pain."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Body weights spread lognormally: `median` in kg, `cv` the SD over the mean."""

    median: float
    cv: float = 0.0


@dataclass(frozen=True, slots=True)
class Population:
    """Distributions of traits; one person is a population without any spread.

    `age` is lowest and highest, y. `weight` None stands for the reference weights by sex. `female`
    is a share, and `cyp2d6` holds the share of each phenotype.
    """

    age: tuple[float, float]
    weight: Weight | None
    female: float
    cyp2d6: Mapping[str, float]
    pain: str = "none"


def known(identity: str) -> float:
    """The value of a record, as it stands."""
    return find([identity])[identity].value


@dataclass(frozen=True)
class People:
    """The people `start` to `start + count - 1` of a population; arrays are of shape (count,).

    `value` says what a record holds, for all of them or (count,) for each. A replicate that drew
    other values passes its own, and the people stay the same people.
    """

    population: Population
    draws: Draws
    count: int
    start: int = 0
    value: Lookup = known

    @cached_property
    def female(self) -> NDArray[np.bool_]:
        """Whether each person is a woman."""
        return self._uniform("sex") < self.population.female

    @cached_property
    def age(self) -> Array:
        """Ages, y."""
        low, high = self.population.age
        return low + (high - low) * self._uniform("age")

    @cached_property
    def weight(self) -> Array:
        """Body weights, kg."""
        spread = self.population.weight
        if spread is not None:
            sd = math.sqrt(math.log1p(spread.cv**2))
            return spread.median * np.exp(sd * self.deviation("weight"))
        medians = (self.value("people/weight/female"), self.value("people/weight/male"))
        sd = self.value("people/weight/sd_log")
        return np.where(self.female, *medians) * np.exp(sd * self.deviation("weight"))

    @cached_property
    def phenotype(self) -> NDArray[np.intp]:
        """CYP2D6 phenotypes, as places in `CYP2D6`."""
        shares = [self.population.cyp2d6.get(name, 0.0) for name in CYP2D6]
        ends = np.cumsum(shares) / sum(shares)
        return np.searchsorted(ends, self._uniform("cyp2d6"), side="right")

    @cached_property
    def cyp2d6(self) -> Array:
        """Activity of CYP2D6 by phenotype, 1 = normal."""
        held = [self.value(f"people/cyp2d6/{name}") for name in CYP2D6]
        return np.choose(self.phenotype, [np.broadcast_to(one, self.count) for one in held])

    @cached_property
    def pain(self) -> Array:
        """Pain without treatment, 0 to 10."""
        return np.full(self.count, self.value(f"people/pain/{self.population.pain}"))

    def activity(self, enzyme: str) -> Array:
        """Activity of an enzyme, 1 = usual: by phenotype where there is one.

        Differences among people of one phenotype are not told apart from those of clearance.
        """
        return self.cyp2d6 if enzyme == "CYP2D6" else np.ones(self.count)

    def deviation(self, quantity: str) -> Array:
        """How many standard deviations each person is from the middle in a quantity."""
        return self.draws.normal(PERSON, quantity, self.count, self.start)

    def traits(self, names: tuple[str, ...]) -> dict[str, Array]:
        """Traits by the name that a model gives them: weight, pain, `activity.<enzyme>`, ..."""
        return {name: self._trait(name) for name in names}

    def _trait(self, name: str) -> Array:
        if name.startswith("activity."):
            return self.activity(name.removeprefix("activity."))
        if name in PAIN_SHARES:
            share = self.value(f"people/pain/{self.population.pain}/{name}")
            return np.full(self.count, share)
        return cast("Array", getattr(self, name))

    def _uniform(self, quantity: str) -> Array:
        return self.draws.uniform(PERSON, quantity, self.count, self.start)
