"""Claims on tolerance.

That it develops is decided by what regular users say of themselves in an interview with criteria.
Men in Malaysia who drank it every day were asked so, and not by their dose alone. Left out: users
who were asked because they already met criteria of a disorder, of which tolerance is one
(use/disorder/tolerance/hill-2024); and that a quarter of users had raised their dose, which people
can need without doing it.

The model has no voice in either claim. Its tolerance grows while the drug is there and goes while
it is not, because that is its equation, and the paces are those of animals with other opioids.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import MOST
from speciosa.claims.seen import Count, Measured

_BUILT_IN = "its equation lets tolerance grow with use and go without"

CASES = (
    Case(
        "tolerance-develops",
        parts=(
            Part(
                "most people who take kratom every day come to need more of it",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(-1, "indirectness", "men in one country, most of them heavy users"),
                        Step(-1, "inconsistency", "a quarter of users elsewhere raised their dose"),
                        Step(1, "large effect", "nearly nine in ten"),
                    ),
                ),
                seen=Count("use/disorder/tolerance/singh-2019-disorder", at_least=MOST),
                built_in=_BUILT_IN,
            ),
        ),
        gap="No study has measured how fast it comes and how far it goes.",
    ),
    Case(
        "breaks-prevent-tolerance",
        parts=(
            Part(
                "days without kratom keep it working as before",
                about="people",
                grade=Grade("none"),
                seen=Measured("tolerance/breaks/", species="human"),
                built_in=_BUILT_IN,
            ),
            Part(
                "days without kratom keep people from depending on it",
                about="people",
                grade=Grade("none"),
                seen=Measured("dependence/breaks/", species="human"),
                built_in="its equation lets dependence grow with use and go without",
            ),
        ),
        gap="No study has compared use with breaks and use without.",
    ),
)
