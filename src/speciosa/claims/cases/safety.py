"""Claims on how kratom is borne.

Borne well is what people can put up with (the word of the guideline ICH E9): most notice no bad
effect, and few need care for one. Both were asked of users, and those who fared badly do not stay
users, nor answer surveys of an association for kratom. Patrons of tea bars, whom a university went
to see, told of bad effects more than twice as often.

Left out: that people come to depend on it (dependence) and that it can harm the liver (liver); the
trial with 49 people on leaf, whose table of bad effects was not seen; 7-OH products, which no
study of this kind looked at.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import COMMON, MOST
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Count, Every

_STRONG = 0.5
"""As on the scale of nausea: half of the scale is what is called strong there."""
_SELECTED = Step(-1, "risk of bias", "users who were content and chose to answer")

CASES = (
    Case(
        "generally-well-tolerated",
        parts=(
            Part(
                "fewer than one kratom user in 100 needs care for a bad effect",
                about="people",
                grade=Grade("observational", (_SELECTED,)),
                seen=Every(
                    tuple(
                        Count(f"use/side_effects/care/{survey}", at_most=COMMON)
                        for survey in ("garcia-romeu-2020", "grundmann-2017")
                    )
                ),
            ),
            Part(
                "most people who take kratom have no bad effect of it",
                about="people",
                grade=Grade("observational", (_SELECTED,)),
                seen=Agree(
                    tuple(
                        Count(f"use/side_effects/any/{survey}", at_most=MOST)
                        for survey in ("garcia-romeu-2020", "coe-2019", "colorado-tea-bars")
                    ),
                    on="which users are asked",
                ),
                model=Every(
                    (
                        People("leaf-5-g", "gut.nausea", at_most="bands/gut.nausea/strong"),
                        People("leaf-5-g", "heart.dizziness", at_most=_STRONG),
                    )
                ),
            ),
        ),
        gap="Those who fared badly are seldom asked, and nobody has asked users of 7-OH.",
    ),
)
