"""Claims on what kratom does together with medicines and other substances.

Decided by the one trial in people, which measured two probes of enzymes; and by what an opioid and
alcohol did to the breath of people, with what was counted in deaths and calls beside it. Of calls
no share is used: within them, those with other drugs are held against those without. The bound of
a change in blood is that of the guideline; one medicine that goes beyond it is enough for "it
interacts", and the trial found one that did and one that did not.

The model is asked whether leaf makes people drowsier beside an opioid, where two agonists compete
for one receptor. On blood it is not asked: what kratom does to the enzyme in the gut was fitted to
that trial.

Left out: what other medicines do to kratom, which was never measured in people; serotonin, the
heart and fits, known from single cases.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Count, Every, Known, Some

_NO_EFFECT = "interactions/cutoff/no_effect"

_TOGETHER = Part(
    "kratom does more harm with other drugs than by itself",
    about="people",
    grade=Grade(
        "trial",
        (
            Step(-1, "indirectness", "oxycodone in the trial; of kratom, those who called or died"),
            Step(-1, "imprecision", "24 people and one other drug, alcohol"),
        ),
    ),
    seen=Every(
        (
            # Alcohol takes more from the drive to breathe than the opioid took alone.
            Bound("breathing/people/isohypercapnic/alcohol_on_oxycodone", at_most=1.0),
            # Odds of one are no difference.
            Bound("use/calls/odds_serious_with_others/post-2019", at_least=1.0),
            # Most who died had taken something else, so that half of them at most had not.
            Count("use/deaths/alone/olsen-2019", at_most=0.5),
            Count("use/deaths/alone/corkery-2019", at_most=0.5),
            Known(("interaction/class/opioid-agonist", "interaction/stacked-sedatives")),
        )
    ),
    model=People(
        "leaf-3-g-with-oxycodone-10-mg",
        "arousal.sedation",
        at_least="bands/arousal.sedation/mild",
        than="oxycodone-10-mg",
    ),
)

CASES = (
    Case(
        "interacts-with-medicines",
        parts=(
            Part(
                "kratom lets more of at least one medicine into the blood",
                about="people",
                grade=Grade(
                    "trial",
                    (
                        Step(-1, "imprecision", "twelve people, one small dose, one such medicine"),
                        Step(-1, "risk of bias", "only the abstract was read, in a copy"),
                    ),
                ),
                seen=Some(
                    (
                        Bound("tanna-2023/midazolam/auc_ratio", at_least=_NO_EFFECT),
                        Bound("tanna-2023/midazolam/cmax_ratio", at_least=_NO_EFFECT),
                        Bound("tanna-2023/dextromethorphan/auc_ratio", at_least=_NO_EFFECT),
                    )
                ),
            ),
            _TOGETHER,
        ),
        gap="Two drugs were tried with it: one rose, one did not, and the rest are a guess.",
    ),
    Case(
        "avoid-combining",
        parts=(_TOGETHER,),
        gap="How much each drug adds to the harm is not known.",
    ),
)
