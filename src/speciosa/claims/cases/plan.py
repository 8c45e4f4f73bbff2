"""Claims on the wider plan for pain, and on asking a professional: advice, judged by its evidence.

What guidelines say of exercise, calm, food and medicines is known. That kratom has a place among
them, and that people who ask first come to less harm, was not studied. That good sense speaks for
asking is no evidence, and nothing here speaks against it.

Left out: which part of a plan suits whom.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.seen import Known, Measured

CASES = (
    Case(
        "holistic-plan",
        parts=(
            Part(
                "pain that lasts is best met by several things at once",
                about="document",
                grade=Grade(
                    "document",
                    (
                        Step(-1, "imprecision", "guidelines call most of the gains small"),
                        Step(-1, "indirectness", "of each part alone; of food for joints only"),
                    ),
                ),
                seen=Known(
                    (
                        "plan/together",
                        "plan/exercise",
                        "plan/physical-therapy",
                        "plan/mindfulness",
                        "plan/nutrition",
                        "plan/first-line-medicines",
                    )
                ),
            ),
            Part(
                "kratom adds anything to a plan of several treatments for pain",
                about="people",
                grade=Grade("none"),
                seen=Measured("use/plan/", species="human"),
            ),
        ),
        gap="No guideline that was read names it, and no trial has put it in one.",
        short="It belongs in a wider pain plan with other treatments.",
    ),
    Case(
        "consult-professional",
        parts=(
            Part(
                "some dangers hang on a person's medicines and illnesses",
                about="people",
                grade=Grade("observational"),
                seen=Known(
                    (
                        "interaction/class/opioid-agonist",
                        "interaction/class/cyp3a-substrate",
                        "person/liver-disease",
                        "person/pregnancy",
                    )
                ),
            ),
            Part(
                "people who ask a doctor first come to less harm from kratom",
                about="people",
                grade=Grade("none"),
                seen=Measured("use/asked_first/", species="human"),
            ),
        ),
        gap="No study has set those who asked beside those who did not.",
    ),
)
