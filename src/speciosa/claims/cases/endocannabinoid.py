"""Claims on the endocannabinoid system.

Nobody has measured that an alkaloid of kratom binds a cannabinoid receptor, nor that it does not.
What mimics the body's own cannabinoids is undone by a blocker of their receptor, as naloxone undoes
an opioid; in mice the blocker left acute relief alone, and naloxone did not. Relief of nerve pain
it is said to have lessened, which may come about by way of the receptor without any binding to it.
The model holds people's brains against a bound of what could have been missed, at the largest dose;
as that bound is assumed, and no more, what the model says is shown and has no voice.

Left out: withdrawal that such a blocker brings on after weeks, since morphine does the same.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import LARGEST
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Bound, Measured, Some

_FELT = 0.05
"""Share of receptors: less than the lowest dose of any drug that is felt is known to hold."""
_IN_REACH = Some(
    (
        People(LARGEST, "endocannabinoid.occupancy", at_least=_FELT),
        # What would hold half of the receptors, whatever is switched on.
        People(
            LARGEST, "brain.mitragynine", at_least="endocannabinoid/Ki/mitragynine", measure="cmax"
        ),
        People(
            LARGEST,
            "brain.hydroxymitragynine",
            at_least="endocannabinoid/Ki/hydroxymitragynine",
            measure="cmax",
        ),
    )
)
_NOT_PRINTED = Step(-2, "publication bias", "what was not found is not printed")

_ACTS = Part(
    "enough kratom gets to the cannabis receptors of people to act on them",
    about="people",
    grade=Grade("none"),
    seen=Measured("endocannabinoid/people/occupancy"),
    model=_IN_REACH,
    built_in="how firmly it would bind is assumed, since nobody measured it",
)

CASES = (
    Case(
        "endocannabinoid-receptor-binding",
        parts=(
            Part(
                "parts of kratom bind to the body's cannabis receptors",
                about="laboratory",
                grade=Grade("experiment", (_NOT_PRINTED,)),
                seen=Measured("endocannabinoid/Ki/"),
            ),
            Part(
                "kratom eases sudden pain in mice by acting on cannabis receptors",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (
                        Step(-1, "imprecision", "one laboratory and one test of pain"),
                        Step(
                            -1, "indirectness", "mitragynine alone, one dose, no receptor looked at"
                        ),
                    ),
                ),
                # A blocker of the receptor would have to stop it.
                seen=Bound("endocannabinoid/animal/AM251_blocks/acute", at_least=1),
            ),
            _ACTS,
        ),
        gap="No test of any part of kratom at these receptors was found.",
        short="Kratom alkaloids bind and mimic the endocannabinoid system.",
    ),
    Case(
        "endocannabinoid-pain-and-inflammation",
        parts=(
            Part(
                "in animals, kratom eases pain by way of cannabis receptors",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (
                        Step(-1, "indirectness", "one study in mice and one in rats"),
                        Step(-1, "risk of bias", "of one study only the title was seen"),
                    ),
                ),
                seen=Agree(
                    (
                        Bound("endocannabinoid/animal/AM251_blocks/acute", at_least=1),
                        Bound("endocannabinoid/animal/blocks/neuropathic", at_least=1),
                    ),
                    on="the kind of pain",
                ),
            ),
            Part(
                "kratom calms people and eases pain and inflammation by way of cannabis receptors",
                about="people",
                grade=Grade("none"),
                seen=Measured("endocannabinoid/people/blocked"),
            ),
        ),
        gap="Nobody has given people kratom with a drug that blocks these receptors.",
        short="By way of endocannabinoids kratom eases pain, inflames less and relaxes.",
    ),
)
