"""Named alternatives: the same equations with another record where the literature disagrees.

A variant replaces records by the ones that dispute them. A run names its variants, so that nobody
has to guess which of two published numbers stands behind a curve. Variants that are named together
go into one model; a run of all of them takes each by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from speciosa.errors import InputError
from speciosa.near import nearest

__all__ = ["VARIANTS", "Variant", "unknown_variant"]


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
            {
                "opioid/mu/Ki/speciociliatine": "opioid/mu/Ki/speciociliatine/kruegel-2016",
                "opioid/mu/EC50/speciociliatine": "opioid/mu/EC50/speciociliatine/weak",
            },
        ),
        Variant(
            "speciociliatine-binds-firmly",
            "speciociliatine holds the receptor as firmly as one laboratory found (Ki 54.5)",
            {
                "opioid/mu/Ki/speciociliatine": "opioid/mu/Ki/speciociliatine/obeng-2020",
                "opioid/mu/EC50/speciociliatine": "opioid/mu/EC50/speciociliatine/firm",
            },
        ),
        Variant(
            "endocannabinoid-adapts",
            "lasting opioid response raises cannabinoid receptors, as it does in rats",
            {"endocannabinoid/adaptation": "endocannabinoid/adaptation/on"},
        ),
        Variant(
            "endocannabinoid-direct",
            "alkaloids bind cannabinoid receptors as firmly as could have been missed",
            {"endocannabinoid/direct": "endocannabinoid/direct/on"},
        ),
        Variant(
            "herg-sensitive",
            "mitragynine blocks hERG as firmly as one laboratory found (IC50 333)",
            {"heart/hERG/IC50/mitragynine": "heart/hERG/IC50/mitragynine/tay-2019"},
        ),
        Variant(
            "gut-slowed-otherwise",
            "the leaf slows the gut by a way that is no opioid, as naloxone left it in rats",
            {"gut/other_slowing": "gut/other_slowing/on"},
        ),
        Variant(
            "cyp3a-autoinhibition",
            "mitragynine destroys the liver's CYP3A as in test tubes, which the trial did not see",
            {"metabolism/kinact/mitragynine.CYP3A4": "metabolism/kinact/mitragynine.CYP3A4/tube"},
        ),
        Variant(
            "gut-cyp3a-as-in-tubes",
            "mitragynine destroys the gut's CYP3A as in test tubes, before the trial was fitted",
            {"metabolism/KI/mitragynine.gut_CYP3A4": "metabolism/KI/mitragynine.gut_CYP3A4/prior"},
        ),
    )
}


def unknown_variant(name: str) -> InputError:
    """The error for the name of a variant that there is not: what is near, and where all stand."""
    near = nearest(name, [*VARIANTS]) or next((v for v in VARIANTS if name and name in v), None)
    hint = f"did you mean {near}?" if near else "such as herg-sensitive;"
    return InputError("variants", name, f"the name of a variant: {hint} docs/outputs.md lists all")
