"""Claims on mood, fear, stress and the release of endorphins.

No trial has held kratom leaf against a dummy for mood. Users who look back say that they are less
sad and less anxious than before; studies that hold users against others find no link of use with
either. Over weeks nobody can tell kratom from hope, or from the end of a withdrawal that brings
sadness and fear to most regular drinkers who stop. So a part asks what a dummy would have shown,
and without that mood and fear cannot be decided. What is felt within the hour people can tell at
once; there the want of a dummy lowers the certainty alone.

Left out: the trial of pure mitragynine in eight and seven people, which saw distress at the largest
dose and prints no score of mood; motives, since why people take it is not what it does.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import EFFECT, LESS, MOST
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Bound, Count, Measured, Some

_SMALL = 0.1
"""A correlation that is called small; below it there is none worth a word (Cohen's convention)."""
_RECALLED = Step(-1, "risk of bias", "users who chose to answer, looking back, with no others")
_WHO = "whether users look back or are held against others"
_ASSUMED = "every size of mood in it is assumed"

CASES = (
    Case(
        "endorphin-release",
        parts=(
            Part(
                "kratom makes the body release endorphins",
                about="people",
                grade=Grade("none"),
                seen=Measured("mood/endorphin/"),
            ),
        ),
        gap="No measurement of endorphins after kratom was found.",
    ),
    Case(
        "mood-enhancement",
        parts=(
            Part(
                "mood is better in people who take kratom",
                about="people",
                grade=Grade("observational", (_RECALLED,)),
                seen=Agree(
                    (
                        Bound("mood/people/less_depressed/grundmann-2023", at_least=1),
                        Bound("mood/people/positive_health/yang-2024-mental", at_least=_SMALL),
                    ),
                    on=_WHO,
                ),
            ),
            Part(
                "kratom lifts mood more than a dummy does",
                about="people",
                grade=Grade("none"),
                seen=Measured("mood/trial/level/"),
                model=People("leaf-5-g", "mood.level", at_least=EFFECT),
                built_in=_ASSUMED,
            ),
        ),
        gap="No trial has tested the leaf for mood.",
    ),
    Case(
        "stress-anxiety-relief",
        parts=(
            Part(
                "large doses of mitragynine calm rats",
                about="laboratory",
                grade=Grade(
                    "experiment", (Step(-1, "imprecision", "one laboratory and two mazes"),)
                ),
                seen=Measured("mood/anxiety/mitragynine/", species="rat"),
            ),
            Part(
                "people who take kratom are less afraid",
                about="people",
                grade=Grade("observational", (_RECALLED,)),
                seen=Agree(
                    (
                        Bound("mood/people/less_anxious/grundmann-2023", at_least=1),
                        Bound("mood/people/internalising/yang-2024-mental", at_most=-_SMALL),
                    ),
                    on=_WHO,
                ),
            ),
            Part(
                "kratom calms fear and stress more than a dummy does",
                about="people",
                grade=Grade("none"),
                seen=Some((Measured("mood/trial/anxiety/"), Measured("mood/trial/stress/"))),
                model=People("leaf-5-g", "mood.anxiety", at_most=LESS, measure="min"),
                built_in=_ASSUMED,
            ),
        ),
        gap="No trial has tested it, and many regular users feel fear when they stop.",
    ),
    Case(
        "euphoria-relaxation",
        parts=(
            Part(
                "people feel a mild high or feel at ease after kratom",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(-1, "risk of bias", "users who knew what they took, with no dummy"),
                        Step(-1, "indirectness", "guests of bars, who took what they are used to"),
                    ),
                ),
                seen=Some(
                    (
                        Bound("mood/people/euphoria/piercey-2025", at_least=1),
                        # Of those who were watched, how many rated euphoria as mild.
                        Count("smith-2024/euphoria_mild", at_least=MOST),
                        Measured("mood/people/at_ease/"),
                    )
                ),
                model=People("leaf-5-g", "mood.level", at_least=EFFECT),
                built_in=_ASSUMED,
            ),
        ),
        gap="No trial has tested this, so hope may be part of it.",
    ),
    Case(
        "emotional-resilience-chronic-pain",
        parts=(
            Part(
                "people in lasting pain bear up better with kratom",
                about="people",
                grade=Grade("none"),
                seen=Measured("mood/people/resilience/"),
            ),
        ),
        gap="No study has scored how people in pain cope on kratom.",
    ),
)
