"""Claims on serotonin, noradrenaline and dopamine.

Binding was measured on human receptors. That it matters for pain was seen in mice, whose relief two
blockers in the cord undo. Of people the model has no voice: that noradrenaline and dopamine rise
with opioid response was written into it. On clear thinking the one trial of pure mitragynine is
asked as for other claims on it (arousal): it helped at less than a low dose of leaf holds.

Left out: receptors of dopamine, to which no affinity of an alkaloid was measured.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.cases.arousal import FOCUS, FOCUS_GRADE
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import INACTIVE, LARGEST, MORE
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Bound, Every, Measured

_WRITTEN = "that they rise with opioid response was assumed, and the size with it"
_IN_CELLS = Step(-1, "indirectness", "cells with a cloned receptor")
_QUOTED = Step(-1, "risk of bias", "numbers read in texts that quote the laboratory")


CASES = (
    Case(
        "serotonin-norepinephrine",
        parts=(
            Part(
                "parts of kratom bind to receptors of serotonin and noradrenaline",
                about="laboratory",
                grade=Grade("experiment", (_IN_CELLS, _QUOTED)),
                seen=Every(
                    (
                        Bound("monoamine/Ki/paynantheine.5HT1A", at_most=INACTIVE),
                        Bound("monoamine/Ki/speciogynine.5HT1A", at_most=INACTIVE),
                        Bound("monoamine/Ki/mitragynine.alpha2A", at_most=INACTIVE),
                    )
                ),
            ),
            Part(
                "in mice, serotonin and noradrenaline help kratom to ease pain",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (
                        Step(-1, "indirectness", "mitragynine was put into the brain of mice"),
                        Step(
                            -1, "imprecision", "one laboratory, and serotonin in one of two tests"
                        ),
                    ),
                ),
                seen=Every(
                    (
                        Bound("monoamine/animal/idazoxan_blocks/relief", at_least=1),
                        Bound("monoamine/animal/cyproheptadine_blocks/relief", at_least=1),
                    )
                ),
            ),
            Part(
                "kratom acts on serotonin and noradrenaline in people",
                about="people",
                grade=Grade("none"),
                seen=Measured("monoamine/people/"),
                model=People(LARGEST, "monoamine.noradrenaline", at_least=MORE),
                built_in=_WRITTEN,
            ),
            Part(
                "kratom lifts mood and eases pain by way of serotonin and noradrenaline",
                about="people",
                grade=Grade("none"),
                seen=Measured("mood/people/monoamine/"),
            ),
        ),
        gap="Nobody has blocked either of them in people who took kratom.",
        short="It acts on serotonin and noradrenaline, which lifts mood and eases pain.",
    ),
    Case(
        "dopamine-serotonin-release",
        parts=(
            Part(
                "parts of kratom release dopamine in the brain",
                about="people",
                grade=Grade(
                    "experiment",
                    (Step(-1, "inconsistency", "release rose, fell or did not change"),),
                ),
                seen=Agree(
                    (
                        Bound("monoamine/animal/dopamine_rises/mitragynine/mouse", at_least=1),
                        Bound(
                            "monoamine/animal/dopamine_rises/mitragynine/rat/one_dose", at_least=1
                        ),
                        Bound("monoamine/animal/dopamine_rises/mitragynine/rat/day_4", at_least=1),
                        Bound(
                            "monoamine/animal/dopamine_rises/hydroxymitragynine/small", at_least=1
                        ),
                    ),
                    on="the part of kratom, the dose and the day",
                ),
                model=People("leaf-5-g", "monoamine.dopamine", at_least=MORE),
                built_in=_WRITTEN,
            ),
            Part(
                "kratom releases serotonin",
                about="people",
                grade=Grade("none"),
                seen=Measured("monoamine/serotonin/released/"),
                model=People("leaf-5-g", "monoamine.serotonin", at_least=MORE),
                built_in="only a block of its transporter raises serotonin in it, and none was "
                "measured for kratom",
            ),
            Part(
                "kratom makes people think more clearly",
                about="people",
                grade=FOCUS_GRADE,
                seen=FOCUS,
                model=People("leaf-5-g", "arousal.focus", at_least=MORE),
            ),
        ),
        gap="No measurement of serotonin after kratom was found.",
        short="It releases dopamine and serotonin, for clarity and concentration.",
    ),
)
