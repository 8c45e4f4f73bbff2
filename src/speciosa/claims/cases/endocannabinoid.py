"""Claims on the endocannabinoid system.

Nobody has measured that an alkaloid of kratom binds a cannabinoid receptor. The bound of what could
have been missed is a record, and the variant `endocannabinoid-direct` takes it at its worst.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.ran import People
from speciosa.claims.seen import Measured

_LARGEST = "leaf-15-g"
"""The largest dose that any of the articles names, so that a small one cannot be the reason."""
_FELT = 0.05
"""Share of receptors: less than the lowest dose of any drug that is felt is known to hold."""

_RECEPTORS = Part(
    "parts of kratom bind to the body's cannabis receptors",
    about="laboratory",
    grade=Grade("experiment", (Step(-2, "publication bias", "what was not found is not printed"),)),
    seen=Measured("endocannabinoid/Ki/"),
    model=People(_LARGEST, "endocannabinoid.occupancy", at_least=_FELT),
)

CASES = (
    Case(
        "endocannabinoid-receptor-binding",
        parts=(_RECEPTORS,),
        gap="No laboratory has printed a test of kratom at these receptors.",
        short="Kratom alkaloids bind and mimic the endocannabinoid system.",
    ),
)
