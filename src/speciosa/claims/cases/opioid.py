"""Claims on opioid receptors.

What binds was measured in cells with the human receptor. Where in the body it acts was separated in
animals alone; people show by their pupils that something acts in the brain.

Pseudoindoxyl counts as a part of kratom: it is made of 7-OH in people's blood, and products that
are sold hold it. Left out: relief in mice, in which 7-OH and pseudoindoxyl are alike by numbers
from memory.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import INACTIVE
from speciosa.claims.seen import Agree, Bound, Every, Measured, Ratio

_IN_CELLS = Step(-1, "indirectness", "cells with a cloned receptor; potency in people is inferred")
_LABORATORIES = Step(-1, "inconsistency", "laboratories differ up to ten-fold")
_ANY = 0.01
"""Share of the largest response: more than none. As a share is drawn it is never quite 0."""

CASES = (
    Case(
        "opioid-alkaloids-act-on-opioid-receptors",
        parts=(
            Part(
                "two main parts of kratom bind to opioid receptors and switch them on",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (Step(-1, "inconsistency", "mitragynine switched on 0 to 65 %, by the assay"),),
                ),
                seen=Every(
                    (
                        Bound("opioid/mu/Ki/mitragynine", at_most=INACTIVE),
                        Bound("opioid/mu/Ki/hydroxymitragynine", at_most=INACTIVE),
                        Bound("opioid/mu/Emax/mitragynine", at_least=_ANY),
                        Bound("opioid/mu/Emax/hydroxymitragynine", at_least=_ANY),
                    )
                ),
            ),
            Part(
                "enough kratom reaches opioid receptors in people's brains to narrow their pupils",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(
                            -1, "risk of bias", "ten users, who knew what they took, with no dummy"
                        ),
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
                "kratom acts on opioid receptors in people's spines and in the rest of the body",
                about="people",
                grade=Grade("none"),
                seen=Every(
                    (
                        Measured("opioid/people/cord/", species="human"),
                        Measured("opioid/people/outside/", species="human"),
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
                "7-OH is the strongest of all parts of kratom at the opioid receptor",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (
                        _IN_CELLS,
                        Step(
                            -1,
                            "risk of bias",
                            "how much stronger pseudoindoxyl is was written down from memory",
                        ),
                    ),
                ),
                seen=Agree(
                    (
                        Ratio(
                            "opioid/mu/EC50/pseudoindoxyl/varadi-2016",
                            "opioid/mu/EC50/hydroxymitragynine/varadi-2016",
                            at_least=1.0,
                        ),
                        Bound("opioid/mu/stronger_than_7oh/pseudoindoxyl/kamble-2020", at_most=0),
                    )
                ),
            ),
        ),
        gap="Pseudoindoxyl is stronger, and how much of it people get is hardly known.",
    ),
)
