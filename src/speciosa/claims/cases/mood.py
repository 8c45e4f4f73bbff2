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

from speciosa.claims.answer import Reply, decide
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import EFFECT, LESS, MOST
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Bound, Computed, Measured, Some
from speciosa.trial.scores import binomial_bounds

_SMALL = 0.1
"""A correlation that is called small; below it there is none worth a word (Cohen's convention)."""
_RECALLED = Step(-1, "risk of bias", "users who chose to answer, looking back, with no others")
_WHO = "whether users look back or are held against others"
_ASSUMED = "every size of mood in it is assumed"


def _mild_euphoria(bench: Bench) -> Reply:
    """Of those who were watched, how many rated euphoria as mild, against most people.

    An exact interval, as of every count; the observation holds no spread of its own.
    """
    one = bench.observation("smith-2024/euphoria_mild")
    if one.n is None:
        raise ValueError(f"{one.id} does not say of how many people it is")
    low, high = binomial_bounds(round(one.value * one.n), one.n, 0.9)
    most = bench.value(MOST)
    return Reply(
        answer=decide(low, high, most, None),
        because=f"{one.value:.0%} of {one.n} people felt mild euphoria (90 %: {low:.0%} to "
        f"{high:.0%}); the bound is at least {most:.0%}",
        records=(one.id, MOST),
    )


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
                        Computed(_mild_euphoria),
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
