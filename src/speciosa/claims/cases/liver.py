"""Claims on the liver and on organs that kratom can harm.

That it can is shown by cases which experts judged one by one, in a registry of people whose liver
was hurt by drugs and supplements. It came after weeks of use, so that long use can do it too. How
many users it strikes is unknown: users were never counted. Nor is it shown that a long time or a
large amount makes it likelier: half of the cases came within three weeks, one after five doses, and
men who drank it for decades had sound livers. Many had drunk alcohol too (all eight of one series,
liver/alcohol/navarro-2019), so that the certainty goes no higher.

Left out: other organs, of which there are single cases; poisons in the product (product). The model
has no voice: of those whom it will injure it says when, and not whether there are any.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.seen import Bound, Every

CASES = (
    Case(
        "organ-damage",
        parts=(
            Part(
                "weeks of kratom use can harm the liver",
                about="people",
                grade=Grade(
                    "cases",
                    (Step(1, "large effect", "jaundice within weeks that went when use stopped"),),
                ),
                # A case is enough for what can be.
                seen=Every(
                    (
                        Bound("liver/cases/ahmad-2021", at_least=1.0),
                        Bound("liver/cases/schimmel-2020", at_least=1.0),
                        # Half of them after a week or more.
                        Bound("liver/latency/ahmad-2021", at_least=7.0),
                        Bound("liver/latency/schimmel-2020", at_least=7.0),
                    )
                ),
                built_in="it starts from people whom kratom will injure",
            ),
        ),
        gap="Nobody knows how many it strikes, or if more kratom makes it likelier.",
    ),
)
