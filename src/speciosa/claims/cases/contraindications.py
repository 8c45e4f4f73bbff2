"""The claim on who should not take kratom without medical guidance.

Three groups, three kinds of evidence: newborns in whom harm was seen; children and milk, of which
nobody knows anything; illness, where harm is feared from cases, from other opioids and from cells.
Ranks of danger are those of the facts of the check.

Left out: age, medicines and habits, on which the claim says nothing.
"""

from __future__ import annotations

import re

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.seen import Bound, Computed, Every, Known
from speciosa.evidence.load import systems

_ILL = (
    "person/liver-disease",
    "person/heart-disease",
    "person/epilepsy",
    "person/sleep-apnoea",
    "person/copd",
)
_UNTRIED = ("person/breastfeeding", "person/under-16", "person/under-18")
_GRAVE = ("emergency", "danger", "warning")

_WHO = re.compile(r"\b(child(ren)?|adolescents?|lactating|breast-?feeding|breast milk)\b", re.I)


def untried(bench: Bench) -> Reply:
    """Whether no number here was measured in children, or in milk.

    One that was would have to be read before anything is said.
    """
    found = [
        record.id
        for word in systems()
        for record in bench.records(f"{word}/")
        if record.status == "measured" and _WHO.search(str(record.conditions.get("people", "")))
    ]
    if found:
        return Reply(Answer.UNSURE, "somebody has looked; to be read", records=tuple(found))
    return Reply(
        Answer.YES,
        "no number was measured in children or in milk",
        records=_UNTRIED,
    )


def grave(bench: Bench) -> Reply:
    """Whether for each of these illnesses the danger is ranked as serious, or worse."""
    facts = [bench.fact(one) for one in _ILL]
    light = [fact.title for fact in facts if fact.severity not in _GRAVE]
    said = "; ".join(f"{fact.title}: {fact.severity}, {fact.certainty}" for fact in facts)
    if light:
        return Reply(Answer.NO, f"not grave: {', '.join(light)}", records=_ILL)
    return Reply(Answer.YES, said, records=_ILL)


CASES = (
    Case(
        "avoid-in-pregnancy-children-illness",
        parts=(
            Part(
                "babies of mothers who took kratom each day can be born ill",
                about="people",
                grade=Grade(
                    "cases",
                    (Step(1, "large effect", "no newborn has withdrawal without a drug before"),),
                ),
                seen=Every(
                    (
                        # A single case shows that it can happen.
                        Bound("use/newborn/cases/fda-neonates-2018", at_least=1),
                        Known(("person/pregnancy",)),
                    )
                ),
            ),
            Part(
                "no one has tested if kratom is safe for a child or through a mother's milk",
                about="document",
                grade=Grade(
                    "document",
                    (Step(-1, "publication bias", "what was not found may still exist"),),
                ),
                seen=Every((Computed(untried), Known(_UNTRIED))),
            ),
            Part(
                "kratom is a graver risk for those who are ill in the liver, heart, lungs or brain",
                about="people",
                grade=Grade(
                    "observational",
                    (Step(-1, "indirectness", "feared from cases and from other opioids"),),
                ),
                seen=Computed(grave),
            ),
        ),
        gap="No study has followed people who are ill, with child or young.",
        advice=True,
        short="Pregnant or breastfeeding people, children and the ill should avoid it.",
    ),
)
