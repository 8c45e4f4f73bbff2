"""Claims on dependence.

That it can develop is decided by the survey that found least of it, and that it goes with how much
and how often, by odds and by users of every day beside those of now and then. Whether it is less
than that of opioids is asked of like and like alone: people in one country, the same criteria, the
same span of life. One survey of users and one of patients on opioids meet that, and do not decide.

Left out of the comparison: disorders of the past year, for which nothing of the kind stands on the
side of opioids; Malaysian men who drink it daily, almost all of whom met the criteria of another
interview; deaths; and rats, which take 7-OH by themselves and mitragynine not. How bad it is to
stop was never asked of both with the same scale.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import COMMON
from speciosa.claims.seen import Bound, Count, Every, Measured, Ratio

_BUILT_IN = "its equation lets dependence grow with use, at paces of other opioids"
_SURVEYS = (
    "use/disorder/moderate_or_severe/garcia-romeu-2020",
    "use/disorder/any/hill-2024",
    "use/dependence/severe/singh-2014",
)
_WITH_MORE = (
    Bound("use/dependence/odds_above_three_glasses/singh-2019-disorder", at_least=1.0),
    Bound("use/withdrawal/odds_above_three_glasses/singh-2019-disorder", at_least=1.0),
    Ratio(
        "use/dependence/believed/regular/assanangkornchai-2007",
        "use/dependence/believed/occasional/assanangkornchai-2007",
        at_least=1.0,
    ),
)

CASES = (
    Case(
        "dependence-develops",
        parts=(
            Part(
                "some people who take kratom often or much come to depend on it",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(
                            -1, "risk of bias", "people who chose to answer, and tell of themselves"
                        ),
                        Step(
                            1,
                            "large effect",
                            "no one depends on what he never took; half of drinkers",
                        ),
                        Step(1, "dose response", "more with more glasses a day and with daily use"),
                    ),
                ),
                seen=Every((*(Count(one, at_least=COMMON) for one in _SURVEYS), *_WITH_MORE)),
                built_in=_BUILT_IN,
            ),
        ),
        gap="How many of all users it strikes is not known.",
    ),
    Case(
        "less-addictive-than-opioids",
        parts=(
            Part(
                "fewer people get hooked on kratom leaf than on opioids",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(-1, "risk of bias", "users who chose to answer beside patients"),
                        Step(-1, "imprecision", "129 users"),
                    ),
                ),
                seen=Ratio(
                    "use/disorder/ever/smith-2022-disorder",
                    "dependence/people/disorder/opioids/boscarino-2015",
                    at_most=1.0,
                ),
                built_in=_BUILT_IN,
            ),
            Part(
                "fewer people get hooked on strong 7-OH than on opioids",
                about="people",
                grade=Grade("none"),
                seen=Measured("use/disorder/7oh/", species="human"),
                beside=True,
            ),
        ),
        gap="No study has asked users of both in the same way.",
    ),
)
