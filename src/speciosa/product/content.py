"""What a dose of a product holds of each alkaloid.

The content of an alkaloid is what is stated of this product, or what the market's products hold
(record `product/<alkaloid>/<kind>`); where neither is known, as for all but the main alkaloid of
leaf, it is in proportion to the main one (`product/ratio/<alkaloid>`). A market's content is
something that we do not know about this one product, so it is drawn per replicate and is the same
for all people in it.

Assumed: a stated content is exact; a content stated as below a limit lies anywhere between 0 and
the limit; alkaloids vary independently of each other around their proportion to the main one; what
is taken is as rich as what was analysed.
Left out: unevenness within a batch, decay in storage, names of strains (they do not tell content).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import find, records
from speciosa.product.alkaloids import MODELLED
from speciosa.units import convert, unit

__all__ = ["Chance", "Product", "Stated", "central", "main_of"]

Array = NDArray[np.float64]
Chance = Callable[[str], Array]
"""Numbers between 0 and 1, (replicates,), for a name; the same name gives the same numbers."""

_RATIO = "product/ratio/"
_MEASURES = {
    "capsules": "product/capsule_fill",
    "tsp": "product/teaspoon",
    "tbsp": "market/tablespoon",
}


def main_of(kind: str) -> str:
    """The alkaloid that a kind of product is taken for, and its others are in proportion to."""
    return "hydroxymitragynine" if kind == "7-oh" else "mitragynine"


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated content, mg per g, mL or piece; with `below`, a limit that it does not reach."""

    value: float
    below: bool = False


def central(name: str) -> Array:
    """The chance of nobody's luck: every unknown in its middle, one replicate."""
    return np.array([0.5])


@dataclass(frozen=True)
class Product:
    """A product: its kind, and what is stated of its alkaloids.

    Attributes:
        kind: leaf, tea, capsule, extract or 7-oh.
        stated: content by alkaloid.
        per: what contents are per: "g", "mL", or a piece such as "tablet".
    """

    kind: str
    stated: Mapping[str, Stated]
    per: str = "g"

    @property
    def main(self) -> str:
        """The alkaloid that the others are in proportion to."""
        return main_of(self.kind)

    @cached_property
    def source(self) -> Mapping[str, str]:
        """For each alkaloid in it, the record that its content comes from, or "" if stated.

        An alkaloid that is neither stated nor has a record is taken to be absent, as is one that
        is stated to be, and one in proportion to a main alkaloid that is absent.
        """
        held = records("product")
        stated = {name: "" for name in MODELLED if name in self.stated}
        market = {name: f"product/{name}/{self.kind}" for name in MODELLED}
        from_market = {n: record for n, record in market.items() if record in held}
        ratios = {name: f"{_RATIO}{name}" for name in MODELLED if f"{_RATIO}{name}" in held}
        if self.kind == "7-oh" or self._is_absent(self.main):
            ratios = {}  # a purified product has no proportions of the leaf
        if self.per != "g":
            from_market = {}  # known per gram only
        found = {**ratios, **from_market, **stated}
        return {n: found[n] for n in MODELLED if n in found and not self._is_absent(n)}

    @property
    def alkaloids(self) -> tuple[str, ...]:
        """What is in it, of what a simulation follows."""
        return tuple(self.source)

    def records(self, dose_unit: str) -> tuple[str, ...]:
        """Ids of all records behind `nanomoles` of a dose in `dose_unit`."""
        masses = (f"substance/molar_mass/{name}" for name in self.alkaloids)
        measure = (_MEASURES[dose_unit],) if self._is_measured(dose_unit) else ()
        return tuple(dict.fromkeys([*filter(None, self.source.values()), *measure, *masses]))

    def content(self, chance: Chance = central) -> dict[str, Array]:
        """Content of each alkaloid, mg per `per`, of shape (replicates,)."""
        return {name: self._content(name, chance) for name in self.source}

    def nanomoles(self, dose_unit: str, chance: Chance = central) -> dict[str, Array]:
        """nmol of each alkaloid in one `dose_unit` (g, mL, capsules, ...), shape (replicates,)."""
        size = self.size(dose_unit, chance)
        return {
            name: size * convert(mg, unit("mg"), unit("ng")) / _molar_mass(name)
            for name, mg in self.content(chance).items()
        }

    def size(self, dose_unit: str, chance: Chance = central) -> Array:
        """How many `per` one `dose_unit` is: the grams of a capsule, or 1; shape (replicates,)."""
        if self._is_measured(dose_unit):
            return _drawn(_MEASURES[dose_unit], "g", chance)
        return np.ones(1)

    def _is_measured(self, dose_unit: str) -> bool:
        """Whether a record says what one of them weighs; a content per capsule needs no weight."""
        return self.per == "g" and dose_unit in _MEASURES

    def _content(self, name: str, chance: Chance) -> Array:
        if name in self.stated:
            share = chance(f"product/stated/{name}")
            return self.stated[name].value * (share if self.stated[name].below else share**0)
        record = self.source[name]
        if record.startswith(_RATIO):
            return self._content(self.main, chance) * _drawn(record, "1", chance)
        return _drawn(record, "mg/g", chance)

    def _is_absent(self, name: str) -> bool:
        """Whether it is stated that there is none of an alkaloid."""
        return name in self.stated and self.stated[name].value == 0.0


def _drawn(identity: str, wanted: str, chance: Chance) -> Array:
    """A record at the chance of its name, in the unit wanted."""
    record = find([identity])[identity]
    return convert(record.spread.quantile(chance(identity)), record.unit, unit(wanted))


def _molar_mass(name: str) -> float:
    """ng/nmol."""
    identity = f"substance/molar_mass/{name}"
    record = find([identity])[identity]
    return convert(record.value, record.unit, unit("ng/nmol"))
