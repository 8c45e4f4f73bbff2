"""Named alternatives: the same equations with another record where the literature disagrees.

A variant replaces records by the ones that dispute them. A run names its variants, so that nobody
has to guess which of two published numbers stands behind a curve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["VARIANTS", "Variant"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One alternative: what it says, and which record stands in for which."""

    name: str
    says: str
    instead: Mapping[str, str]


VARIANTS: Mapping[str, Variant] = {
    variant.name: variant
    for variant in (
        Variant(
            "speciociliatine-binds-weakly",
            "speciociliatine holds the receptor as weakly as another laboratory found (Ki 560)",
            {"opioid/mu/Ki/speciociliatine": "opioid/mu/Ki/speciociliatine/kruegel-2016"},
        ),
        Variant(
            "cyp3a-autoinhibition",
            "mitragynine destroys the liver's CYP3A as in test tubes, which the trial did not see",
            {"metabolism/autoinhibition/CYP3A4": "metabolism/autoinhibition/CYP3A4/on"},
        ),
    )
}
