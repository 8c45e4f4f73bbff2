"""Claims on opioid receptors.

What binds was measured in cells with the human receptor. Where in the body it acts was separated in
animals alone; people show that something acts, by their pupils.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.seen import Bound, Every, Measured, Ratio

_IN_CELLS = Step(-1, "indirectness", "cells with a cloned receptor; potency in people is inferred")
_LABORATORIES = Step(-1, "inconsistency", "laboratories differ up to ten-fold")

CASES = (
    Case(
        "opioid-alkaloids-act-on-opioid-receptors",
        parts=(
            Part(
                "two main parts of kratom bind to opioid receptors and switch them on",
                about="laboratory",
                grade=Grade("experiment"),
                seen=Every(
                    (
                        # 10 umol/L is where a screen calls a compound inactive.
                        Bound("opioid/mu/Ki/mitragynine", at_most=10_000),
                        Bound("opioid/mu/Ki/hydroxymitragynine", at_most=10_000),
                        Bound("opioid/mu/Emax/mitragynine", at_least=0.01),
                        Bound("opioid/mu/Emax/hydroxymitragynine", at_least=0.01),
                    )
                ),
            ),
            Part(
                "enough of it reaches opioid receptors in people to show",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(-1, "risk of bias", "ten users, who knew what they took"),
                        Step(1, "dose response", "narrow pupils are the sign of opioids"),
                    ),
                ),
                seen=Every(
                    (
                        Bound("smith-2024/pupil_right", at_most=0.0),
                        Bound("smith-2024/pupil_left", at_most=0.0),
                    )
                ),
            ),
            Part(
                "it acts in the brain, in the cord and outside of both",
                about="people",
                grade=Grade("experiment"),
                seen=Every(
                    (
                        Measured("pain/animal/effective/mitragynine_brain", species="human"),
                        Measured("pain/peripheral/kratom"),
                    )
                ),
            ),
        ),
        gap="No study in people has told brain, cord and the rest of the body apart.",
        short="Kratom acts on opioid receptors in brain, spinal cord and periphery.",
    ),
    Case(
        "seven-oh-most-potent",
        parts=(
            Part(
                "7-OH is stronger at the opioid receptor than mitragynine",
                about="laboratory",
                grade=Grade("experiment", (_IN_CELLS, _LABORATORIES)),
                seen=Ratio(
                    "opioid/mu/EC50/mitragynine", "opioid/mu/EC50/hydroxymitragynine", at_least=1.0
                ),
            ),
            Part(
                "no other part of kratom is as strong as 7-OH",
                about="laboratory",
                grade=Grade("experiment", (_IN_CELLS,)),
                seen=Ratio(
                    "opioid/mu/EC50/pseudoindoxyl/varadi-2016",
                    "opioid/mu/EC50/hydroxymitragynine/varadi-2016",
                    at_least=1.0,
                ),
            ),
        ),
        gap="How much pseudoindoxyl a person's blood makes of it is hardly known.",
    ),
)
