"""Claims on the evidence itself: what users report, and how much is known.

Reports are shares of those who were asked, and who was asked decides what is heard: people found
through sellers and friends of kratom praise it, people in treatment much less. How much is known is
counted in this project's own evidence: trials of relief in patients, and where the numbers of the
model come from.

Left out: posts in forums, of which no share was seen.
"""

from __future__ import annotations

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import COMMON, MOST
from speciosa.claims.seen import Agree, Bound, Computed, Count, Every
from speciosa.evidence import Study, observations, studies

_ENOUGH = 2
"""Controlled trials in patients: two is what a medicine has to show before it is sold."""

_EFFECTS = ("pain", "mood", "arousal", "muscle", "inflammation", "tolerance", "dependence")
"""Systems whose numbers say what kratom is taken for, and what taking it every day does."""


def is_of_kratom(study: Study) -> bool:
    """Whether anybody in it was given kratom or its main alkaloid."""
    return any(arm.mg.get("mitragynine", 0) > 0 for arm in study.arms)


def is_trial_in_patients(study: Study) -> bool:
    """Whether kratom was held against a placebo in people who had pain of their own."""
    doses = [arm.mg.get("mitragynine", 0) for arm in study.arms if arm.pain != "none"]
    return is_of_kratom(study) and 0 in doses and any(doses)


def few_trials(bench: Bench) -> Reply:
    """Whether fewer controlled trials of pain in patients are held than a medicine needs."""
    known = studies()
    of_pain = [
        one
        for one in (bench.observation(identity) for identity in observations())
        if one.output.startswith("pain.") and is_of_kratom(known[one.study])
    ]
    held = dict.fromkeys(one.study for one in of_pain)
    found = [name for name in held if is_trial_in_patients(known[name])]
    return Reply(
        answer=Answer.YES if len(found) < _ENOUGH else Answer.NO,
        because=f"controlled studies of kratom in patients with pain: {len(found)}, of {len(held)} "
        f"study of kratom and pain that is held here; {_ENOUGH} would do",
        records=tuple(one.id for one in of_pain),
    )


def most_not_of_people(bench: Bench) -> Reply:
    """Whether most numbers on its effects are assumed, or of animals and cells."""
    held = [one for word in _EFFECTS for one in bench.records(f"{word}/")]
    people = [
        one
        for one in held
        if one.status != "assumed"
        and one.conditions.get("species") == "human"
        and "system" not in one.conditions  # a cell or a test tube with something human in it
    ]
    assumed = sum(one.status == "assumed" for one in held)
    share = 1 - len(people) / len(held)
    return Reply(
        answer=Answer.YES if share > bench.value(MOST) else Answer.NO,
        because=f"of {len(held)} numbers on its effects {len(people)} were measured in people and "
        f"{assumed} are assumed",
        records=(*(one.id for one in held), MOST),
    )


_ASKED = Step(-1, "risk of bias", "people chose to answer, and many were found by its friends")

CASES = (
    Case(
        "user-reports-positive",
        parts=(
            Part(
                "users tell of good and of bad effects",
                about="people",
                grade=Grade("observational", (_ASKED,)),
                seen=Every(
                    (
                        Count("use/effects/helpful/smith-2017", at_least=COMMON),
                        Count("use/side_effects/any/garcia-romeu-2020", at_least=COMMON),
                        Count("use/side_effects/any/coe-2019", at_least=COMMON),
                    )
                ),
            ),
            Part(
                "most users say that kratom helps",
                about="people",
                grade=Grade("observational", (_ASKED,)),
                seen=Agree(
                    (
                        # Of those who used it in place of opioids; how many they were is not told.
                        Bound("use/motive/helpful_for_opioids/coe-2019", at_least=MOST),
                        Count("use/effects/helpful/smith-2017", at_least=MOST),
                    ),
                    on="who is asked",
                ),
            ),
        ),
        gap="No one has asked a fair draw of all who have tried it.",
    ),
    Case(
        "more-research-needed",
        parts=(
            Part(
                "too few good trials have tested kratom on people in pain",
                about="document",
                grade=Grade(
                    "document",
                    (Step(-1, "publication bias", "trials that nobody printed are not seen"),),
                ),
                seen=Computed(few_trials),
            ),
            Part(
                "most numbers that foretell its effects were not measured in people",
                about="document",
                grade=Grade(
                    "document",
                    (Step(-1, "indirectness", "counted in the numbers of this project alone"),),
                ),
                seen=Computed(most_not_of_people),
            ),
        ),
        gap="What such trials would find, no one knows.",
    ),
)
