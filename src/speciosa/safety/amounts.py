"""How much one dose and one day of a case hold, with what bounds it.

The largest dose of the regimen counts. A day of one dose alone is that dose; doses further apart
than a day are taken as one on the day they fall on, because a limit is for each day.

Assumed: as `product.content` assumes of what a product holds; unknowns vary independently. Bounds
are the middle 90 of 100 draws of what is not known, the same in every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from speciosa.people.draws import REPLICATE, Draws
from speciosa.product.content import Product
from speciosa.product.pieces import PIECES, SPOONS
from speciosa.safety.finding import Estimate
from speciosa.trial import Scenario
from speciosa.trial.quantities import Amount
from speciosa.trial.weighed import weighed
from speciosa.units import convert, unit

__all__ = ["Amounts", "number", "span"]

Array = NDArray[np.float64]

_DRAWS = 2000
_SEED = 1
_LOW, _HIGH = 5, 95
_SPOONED = (*SPOONS, PIECES["capsule"])


@dataclass(frozen=True)
class Amounts:
    """The amounts of a scenario."""

    scenario: Scenario

    @cached_property
    def product(self) -> Product:
        """What is taken."""
        return weighed(self.scenario.product)

    @cached_property
    def largest(self) -> tuple[str, Amount]:
        """The largest dose of the regimen, with its key."""
        regimen = self.scenario.regimen
        every = [("regimen.dose", regimen.dose)]
        every += [(f"regimen.steps[{i}].dose", one.dose) for i, one in enumerate(regimen.steps)]
        return max(every, key=lambda pair: pair[1].value)

    @property
    def doses_a_day(self) -> float:
        """Doses in 24 h, and one where they are further apart."""
        every = self.scenario.regimen.every
        return max(1.0, 24.0 / every) if every else 1.0

    @property
    def again(self) -> bool:
        """Whether more than one dose is taken, now or before."""
        return self.scenario.regimen.every is not None or self.scenario.who.experience is not None

    def milligrams(self, alkaloid: str) -> Estimate:
        """mg of an alkaloid in the largest dose; nothing where the product has none of it."""
        _, dose = self.largest
        held = self._content.get(alkaloid, np.zeros(1))
        mg = held * self.product.size(dose.unit, _chance) * dose.value
        return _estimate(f"{alkaloid} in one dose", mg, "mg")

    def weight(self, dose: Amount) -> Estimate | None:
        """Grams of a dose that was counted or spooned; None where its weight is not estimated."""
        grams = self._grams(dose)
        if grams is None or dose.unit not in _SPOONED or dose.value <= 0.0:
            return None
        return _estimate("product in one dose", grams, "g")

    def grams_a_day(self) -> Estimate | None:
        """Grams of product in a day; None where a piece or a volume has no known weight."""
        _, dose = self.largest
        grams = self._grams(dose)
        if grams is None:
            return None
        return _estimate("product in a day", grams * self.doses_a_day, "g/d")

    def share(self) -> Estimate | None:
        """7-Hydroxymitragynine as a share of all alkaloids, %; None where it holds neither.

        Of the total that the certificate prints, or else of the sum of what it prints and of what
        leaf holds besides.
        """
        seven = self._content.get("hydroxymitragynine")
        if seven is None:
            return None
        total = sum(self._content.values(), np.zeros(1))
        paper = self.scenario.product.certificate
        printed = paper.results.get("total_alkaloids") if paper else None
        if printed and printed.value and printed.unit == f"mg/{self.product.per}":
            total = np.maximum(printed.value, seven)
        if not np.any(total > 0.0):
            return None
        return _estimate("7-OH of all alkaloids", 100.0 * seven / total, "%")

    def _grams(self, dose: Amount) -> Array | None:
        if self.product.per == "g":
            return self.product.size(dose.unit, _chance) * dose.value
        paper = self.scenario.product.certificate
        weight = paper.results.get("unit_weight") if paper else None
        if weight is None or weight.value is None or self.product.per == "mL":
            return None
        return np.array([convert(weight.value, unit(weight.unit), unit("g")) * dose.value])

    @cached_property
    def _content(self) -> dict[str, Array]:
        return self.product.content(_chance)


def number(value: float) -> str:
    """A number in two figures, as one says it: 0.36, 28, 480, 2300."""
    if value == 0.0:
        return "0"
    places = 1 - int(np.floor(np.log10(abs(value))))
    rounded = round(value, places)
    return (
        f"{rounded:.{max(places, 0)}f}".rstrip("0").rstrip(".") if places > 0 else f"{rounded:.0f}"
    )


def span(estimate: Estimate) -> str:
    """An estimate as "about 28 mg (14 to 55)"."""
    name = estimate.unit.replace("/d", " a day")
    said = f"about {number(estimate.value)} {name}"
    if estimate.low is None or estimate.high is None:
        return said
    low, high = number(estimate.low), number(estimate.high)
    return said if low == high else f"{said} ({low} to {high})"


def _estimate(of: str, drawn: Array, of_unit: str) -> Estimate:
    low, middle, high = (float(np.percentile(drawn, at)) for at in (_LOW, 50, _HIGH))
    return Estimate(of, middle, low, high, of_unit, "counted")


@cache
def _chance(name: str) -> Array:
    """The same for every case, so that a check of another dose draws nothing anew."""
    drawn = Draws(_SEED).stratified(REPLICATE, name, _DRAWS)
    drawn.setflags(write=False)
    return drawn
