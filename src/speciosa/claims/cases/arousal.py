"""Claims on waking, focus, sleepiness and sleep.

What decides: one trial of pure mitragynine against placebo in eight people, which found more
arousal and attention at its lowest dose and prints no size; a comparison of users with others by
six tests of thinking; ten users who were watched. No trial has measured sleepiness by dose, and
no count of bad sleep in people who take kratom was found: it was counted when they stopped, which
is withdrawal and no side effect.

Left out: calls to poison centres, which are numerators without a denominator.
"""

from __future__ import annotations

import math
from dataclasses import replace

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import BASE, Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.cases.pain import COLD, COLD_GRADE
from speciosa.claims.claim import claims
from speciosa.claims.found import Found
from speciosa.claims.grade import Grade, Step
from speciosa.claims.grams import grams
from speciosa.claims.margins import BELOW, COMMON, LESS, MORE, MOST
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Computed, Count, Some

__all__ = ["CASES", "FOCUS", "FOCUS_GRADE", "low_dose_wakes", "users_do_better"]

_SEDATION = "arousal.sedation"
_SLEEPIER = "bands/arousal.sedation/mild"
_WIDE_AWAKE = "bands/arousal.stimulation/mild"

_AROUSED = "prevete-2025/arousal_dose"
_DISTRESSED = "prevete-2025/distress_dose"
_CONTENT = "product/mitragynine/leaf"
_BETTER = "use/thinking/tests_better/singh-2019-thinking"

_FOUND = 1.96 + 1.28
"""Standard errors that a true difference must measure to be found nine times in ten."""
_MEDIUM = 0.5
"""Standard deviations: a difference that is called medium (Cohen's convention)."""


def low_dose_wakes(bench: Bench) -> Reply:
    """Whether the dose at which a trial found more arousal and attention is a low one of leaf.

    The trial gave pure mitragynine. What 1 to 3 g of leaf hold of it, the range that an article
    calls low, must enclose the dose; otherwise nobody has tested a low dose.
    """
    doses = grams(claims()["dose-1-3-g"].claim)
    if doses is None:
        raise ValueError("dose-1-3-g names no dose")
    woke, upset = bench.observation(_AROUSED), bench.observation(_DISTRESSED)
    content = bench.record(_CONTENT)
    low, high = doses.low * content.value, doses.high * content.value
    inside = low <= woke.value <= high
    return Reply(
        answer=Answer.YES if inside else Answer.UNSURE,
        because=f"a trial found more arousal and attention at {woke.value:g} mg of mitragynine "
        f"and distress at {upset.value:g} mg; {doses} of leaf hold {low:.3g} to {high:.3g} mg",
        records=(woke.id, upset.id, content.id),
    )


def users_do_better(bench: Bench) -> Reply:
    """Whether users did better than others in most tests of thinking; a no must have been seen.

    That no test came out better says something only if it would have, had users been better by a
    medium difference: as large a study finds it nine times in ten.
    """
    one = bench.record(_BETTER)
    users, others = (int(one.conditions[name]) for name in ("users", "others"))
    least = _FOUND * math.sqrt(1 / users + 1 / others)
    held = Bound(_BETTER, at_least=MOST).ask(bench, BASE)
    small = held.answer == Answer.NO and least > _MEDIUM
    return replace(
        held,
        answer=Answer.UNSURE if small else held.answer,
        because=f"{held.because}; {users} users and {others} others, by whom no difference under "
        f"{least:.2f} standard deviations would be found for sure",
    )


FOCUS = Computed(low_dose_wakes)
FOCUS_GRADE = Grade(
    "trial",
    (
        Step(-1, "risk of bias", "single-blind, with many tests of which few came out"),
        Step(-1, "imprecision", "eight people"),
        Step(-1, "indirectness", "pure mitragynine and no leaf"),
    ),
)

CASES = (
    Case(
        "no-sedation-at-appropriate-dose",
        parts=(
            Part(
                "a usual dose of kratom makes people less sleepy than opioid pills do",
                about="people",
                grade=Grade("none"),
                seen=Found(
                    "arousal/people/less_opioid/",
                    "sleepiness under leaf less that under an opioid",
                    at_most=BELOW,
                ),
                # Less than one of the two would do, so that the model denies only if it is neither.
                model=Some(
                    tuple(
                        People(opioid, _SEDATION, at_least=_SLEEPIER, than="leaf-3-g")
                        for opioid in ("oxycodone-10-mg", "morphine-30-mg")
                    )
                ),
            ),
            Part(
                "a usual dose of kratom eases pain",
                about="people",
                grade=COLD_GRADE,
                seen=COLD,
                model=People("leaf-3-g", "pain.relief", at_least="bands/pain.relief/mild"),
            ),
        ),
        gap="No trial has measured how sleepy people get from kratom and from opioids.",
        short="Right doses relieve pain without the sedation of opioids.",
    ),
    Case(
        "energy-focus-low-dose",
        parts=(
            Part(
                "people who use kratom say that it wakes them up",
                about="people",
                grade=Grade(
                    "observational",
                    (Step(-1, "risk of bias", "ten users, asked about doses of their own choice"),),
                ),
                seen=Count(
                    "use/effects/relief_and_stimulation_together/smith-2023",
                    at_least=MOST,
                ),
            ),
            Part(
                "a low dose of kratom makes people more awake and sharp",
                about="people",
                grade=FOCUS_GRADE,
                seen=FOCUS,
                model=Some(
                    (
                        People("leaf-1-g", "arousal.stimulation", at_least=_WIDE_AWAKE),
                        People("leaf-3-g", "arousal.stimulation", at_least=_WIDE_AWAKE),
                    )
                ),
            ),
        ),
        gap="The one small trial saw it with less than a low dose of leaf holds.",
    ),
    Case(
        "cognition-clarity",
        parts=(
            Part(
                "one dose of kratom makes people think more clearly",
                about="people",
                grade=FOCUS_GRADE,
                seen=FOCUS,
                model=Some(
                    tuple(
                        People(leaf, "arousal.focus", at_least=MORE)
                        for leaf in ("leaf-1-g", "leaf-3-g", "leaf-5-g")
                    )
                ),
            ),
            Part(
                "people who use kratom think more clearly than others",
                about="people",
                grade=Grade(
                    "observational",
                    (
                        Step(-1, "risk of bias", "nobody was tested before he began to use it"),
                        Step(-1, "imprecision", "70 users and 25 others"),
                    ),
                ),
                seen=Computed(users_do_better),
            ),
        ),
        gap="No one has tested thinking with a dose of leaf against a sham.",
    ),
    Case(
        "side-effect-insomnia",
        parts=(
            Part(
                "bad sleep is common in people who use kratom",
                about="people",
                grade=Grade("none"),
                seen=Found(
                    "use/side_effects/sleep/",
                    "how many sleep badly while they use it",
                    at_least=COMMON,
                ),
                model=People(
                    "leaf-5-g",
                    "arousal.sleep",
                    measure="min",
                    at_most=LESS,
                    share=COMMON,
                ),
            ),
        ),
        gap="Counts of bad sleep are of people who had stopped.",
    ),
)
