"""Claims on inflammation and on oxidants.

Large amounts of extract lower swelling in mice and rats, and nobody has looked in people. The
compound that articles name for it is mitragynine: the least that did anything to cells in a dish is
held against what is unbound in people's blood after the largest dose that an article names, and so
is a tenth of the effect. Total plasma would be the wrong side of the comparison, since most of the
drug in it is bound. That mitragynine does not reach it denies what is claimed of it, and no more:
what in the extract acts on swelling is not known, and was never followed in blood.

Assumed: half inhibition at 10 umol/L (the record says why). Left out: other antioxidants of the
leaf, which take up oxidants in the test tube at lower concentrations than mitragynine; the model
has no voice about them.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import EFFECT, LARGEST, LESS
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Every, Measured, Ratio, Some

_ALONE = "of what may lower inflammation it holds mitragynine alone"

_LOWERS = Part(
    "kratom lowers inflammation in people",
    about="people",
    grade=Grade("none"),
    seen=Measured("inflammation/people/mediator"),
)

_MITRAGYNINE = Part(
    "enough mitragynine gets into people's blood to lower inflammation",
    about="people",
    grade=Grade("none"),
    model=Some(
        (
            People(LARGEST, "inflammation.inhibition", at_least=EFFECT),
            People(
                LARGEST,
                "unbound.mitragynine",
                at_least="inflammation/effective/mitragynine/unbound",
                measure="cmax",
            ),
        )
    ),
)

CASES = (
    Case(
        "anti-inflammatory",
        parts=(
            Part(
                "large amounts of kratom extract lower swelling in mice",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (Step(-1, "imprecision", "five animals in each group, one laboratory"),),
                ),
                seen=Every(
                    (
                        Ratio(
                            "inflammation/animal/ear/extract_500",
                            "inflammation/animal/ear/control",
                            at_most=1.0,
                        ),
                        Ratio(
                            "inflammation/animal/ear/extract_1000",
                            "inflammation/animal/ear/control",
                            at_most=1.0,
                        ),
                    )
                ),
            ),
            _LOWERS,
            Part(
                "kratom eases pain because it lowers inflammation",
                about="people",
                grade=Grade("none"),
                seen=Measured("pain/people/inflammation"),
                model=People(LARGEST, "inflammation.mediator", at_most=LESS, measure="min"),
                built_in=_ALONE,
            ),
            _MITRAGYNINE,
        ),
        gap="Nobody has looked for less swelling in people who took kratom.",
        short="Its compounds lower inflammation and swelling, which eases pain.",
    ),
    Case(
        "arthritis-fibromyalgia",
        parts=(
            Part(
                "kratom eases the pain of arthritis and fibromyalgia",
                about="people",
                grade=Grade("none"),
                seen=Measured("pain/people/arthritis"),
                model=People(
                    "leaf-5-g-inflammatory", "pain.relief", at_least="bands/pain.relief/mild"
                ),
            ),
            _LOWERS,
            _MITRAGYNINE,
        ),
        gap="No study has followed people with either illness who took kratom.",
    ),
    Case(
        "antioxidant",
        parts=(
            Part(
                "kratom takes up harmful oxygen in a test tube",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (Step(-2, "indirectness", "a colour reaction in alcohol, with no cell in it"),),
                ),
                # 1 mg/mL; mitragynine by itself needs more than twice that.
                seen=Every(
                    (
                        Bound("inflammation/scavenging/DPPH/extract/methanol", at_most=1000),
                        Bound("inflammation/scavenging/DPPH/extract/water", at_most=1000),
                    )
                ),
            ),
            Part(
                "kratom protects the nerves of people from harmful oxygen",
                about="people",
                grade=Grade("none"),
                seen=Measured("inflammation/people/oxidants"),
                model=People(LARGEST, "inflammation.scavenged", at_least=EFFECT),
                built_in="it holds one antioxidant of the leaf, mitragynine, and no other",
            ),
        ),
        gap="Nobody has measured such damage in people before and after kratom.",
    ),
)
