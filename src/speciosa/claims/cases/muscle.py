"""Claims on muscle.

Nobody has measured the tone of a muscle after kratom in people. The model can deny, if tone does
not fall in it whatever its numbers may be; it cannot affirm. That pain and tension feed each other
is written into it, so about their circle people alone are asked: what pain did to muscle at rest,
and what drugs that relax muscle did to pain.

Left out: cramps in withdrawal, and stiffness by large doses of strong opioids.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.grams import contradicted, said
from speciosa.claims.margins import LARGEST, LESS
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Computed, Measured, Ratio, Test

_MODERATE, _AVOIDED = "muscle-relaxation-5-to-15-g", "dose-over-7-g"
_RELAXED = Measured("muscle/people/relaxed/")


def _looser(simulation: str) -> Test:
    """Most people's muscles are a tenth less tense at some time after the dose."""
    return People(simulation, "muscle.tension", at_most=LESS, measure="min")


CASES = (
    Case(
        "muscle-relaxation",
        parts=(
            Part(
                "kratom makes tense muscles less tense",
                about="people",
                grade=Grade("none"),
                seen=_RELAXED,
                model=_looser(LARGEST),
            ),
            Part(
                "kratom stops spasms",
                about="people",
                grade=Grade("none"),
                seen=Measured("muscle/people/spasm/"),
            ),
        ),
        gap="Nobody has measured how tense muscles are after kratom.",
    ),
    Case(
        "spasticity-stress-injury",
        parts=(
            Part(
                "kratom eases stiff muscles after an injury",
                about="people",
                grade=Grade("none"),
                seen=Measured("muscle/people/spasticity/"),
            ),
            Part(
                "kratom eases muscles that stress makes tense",
                about="people",
                grade=Grade("none"),
                seen=Measured("muscle/people/stress/"),
            ),
        ),
        gap="No study has followed people with stiff muscles on kratom.",
    ),
    Case(
        "pain-tension-cycle",
        parts=(
            Part(
                "pain in a muscle keeps it tense for as long as it hurts",
                about="people",
                grade=Grade(
                    "experiment",
                    (
                        Step(-2, "indirectness", "pain of ten minutes, for tension that lasts"),
                        Step(-1, "imprecision", "ten people"),
                    ),
                ),
                seen=Ratio(
                    "muscle/people/tone_after_pain/svensson-1998",
                    "muscle/people/pain/svensson-1998",
                    at_least=1.0,
                ),
                model=_looser(LARGEST),
                built_in="pain tightens muscle in it, and tense muscle hurts",
            ),
            Part(
                "a muscle that stays tense hurts more",
                about="people",
                grade=Grade("none"),
                seen=Measured("muscle/people/tension_hurts/", species="human"),
            ),
            Part(
                "drugs that relax muscle lessen pain",
                about="people",
                grade=Grade(
                    "trial",
                    (
                        Step(-2, "risk of bias", "as the review of the trials judged"),
                        Step(-1, "indirectness", "such drugs make drowsy too; acute back pain"),
                    ),
                ),
                seen=Bound("muscle/anchor/cashin-2021/pain", at_least=0.0),
            ),
        ),
        gap="Muscles that have hurt for years may not act like those in a test.",
        short="Lasting tension worsens pain, a vicious circle that relaxation breaks.",
    ),
    Case(
        _MODERATE,
        parts=(
            Part(
                "5 g of leaf makes muscles less tense",
                about="people",
                grade=Grade("none"),
                seen=_RELAXED,
                model=_looser("leaf-5-g"),
            ),
            Part(
                "15 g of leaf makes muscles less tense",
                about="people",
                grade=Grade("none"),
                seen=_RELAXED,
                model=_looser(LARGEST),
            ),
            Part(
                "5 to 15 g is a moderate dose",
                about="document",
                grade=Grade("document"),
                seen=Computed(lambda _: contradicted(_MODERATE, _AVOIDED)),
            ),
        ),
        gap=f"{said(_MODERATE, _AVOIDED)}, and nobody has measured the effect.",
    ),
)
