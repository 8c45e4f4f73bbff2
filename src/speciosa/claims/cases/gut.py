"""Claims on the gut.

Common is what one user in a hundred has or more [cioms-1995]. Shares of callers of poison centres
are no shares of users and decide nothing. Nausea was counted in one trial of rising doses, and only
its highest dose is known from hearsay; for a few grams there is no count. Constipation was counted
twice, and held against what people on placebo have, since one in twenty of them is constipated too.

Left out: how bad it is and how long it lasts; what 7-OH products do to the gut, which nobody has
counted; 1118 Thai men, of whom users had common complaints no oftener than others (Saingam and
others 2023), since the abstract does not say whether constipation was one. Drinking against bad
effects is something that users report (colorado-tea-bars), and nobody has tested it.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import COMMON, LESS
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Count, Measured, Test

_PLACEBO = "gut/constipation/share/placebo_trials"


def _constipated(at_least: str) -> tuple[Test, ...]:
    """Both counts of constipated users, held against the same share."""
    return (
        Count("use/side_effects/constipation/assanangkornchai-2007", at_least=at_least),
        Count("singh-2019-constipation/constipated", at_least=at_least),
    )


_NAUSEA = Part(
    "kratom leaf makes at least one user in 100 feel sick",
    about="people",
    grade=Grade(
        "trial",
        (
            Step(-2, "imprecision", "two of eight people, two of whom had placebo"),
            Step(-1, "risk of bias", "told at second hand by an association for kratom"),
            Step(-1, "indirectness", "12 g at once, where half of users take 1 to 3 g"),
        ),
    ),
    # A count at a few grams would stand under use/side_effects/nausea/low.
    seen=Agree(
        (
            Count("use/side_effects/nausea/aka-2024", at_least=COMMON),
            Measured("use/side_effects/nausea/low/"),
        ),
        on="the dose",
    ),
    model=People("leaf-5-g", "gut.nausea", at_least="bands/gut.nausea/mild", share=COMMON),
)

_CONSTIPATION = (
    Part(
        "at least one kratom user in 100 is constipated",
        about="people",
        grade=Grade(
            "observational",
            (Step(-1, "risk of bias", "users told what they laid to the leaf"),),
        ),
        seen=Agree(_constipated(COMMON), on="which study is right"),
    ),
    Part(
        "more kratom users are constipated than people who take none",
        about="people",
        grade=Grade(
            "observational",
            (
                Step(-1, "risk of bias", "those who take none are patients of other trials"),
                Step(-1, "inconsistency", "17 % in Thailand and 6 % in Malaysia"),
            ),
        ),
        seen=Agree(_constipated(_PLACEBO), on="which study is right"),
        model=People("leaf-5-g", "gut.transit", at_most=LESS, measure="min"),
    ),
)

CASES = (
    Case(
        "side-effect-nausea",
        parts=(_NAUSEA,),
        gap="How many feel sick after a few grams was never counted.",
    ),
    Case(
        "side-effect-constipation",
        parts=_CONSTIPATION,
        gap="No trial has counted it by dose.",
    ),
    Case(
        "stay-hydrated",
        parts=(
            Part(
                "a drink of water makes the bad effects of kratom less",
                about="people",
                grade=Grade("none"),
                seen=Measured("gut/water/", species="human"),
            ),
        ),
        gap="Some users do it, and nobody has tested whether it helps.",
    ),
)
