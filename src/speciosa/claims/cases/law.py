"""Claims on the law: what an agency has said, and where the law is another.

Decided by records of statements and of laws, each with its source and day. What the agency said was
read where several news pages quote it alike, which is enough to know that it was said. Whether the
agency is right is another question, and so is whether a law is wise.

Left out: laws of towns, and those about 7-OH alone.
"""

from __future__ import annotations

from collections.abc import Callable

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.seen import Computed


def warned_of(what: str) -> Callable[[Bench], Reply]:
    """Whether statements of the FDA that warn of this are on record, and on which days."""

    def asked(bench: Bench) -> Reply:
        held = [one for one in bench.records(f"use/warnings/fda/{what}/") if one.value >= 1]
        ids = tuple(one.id for one in held)
        if not held:
            return Reply(Answer.NO, f"no statement of the FDA on {what} is on record")
        days = ", ".join(str(one.conditions.get("said_on", "a page without a day")) for one in held)
        return Reply(Answer.YES, f"statements of the FDA on {what}: {days}", records=ids)

    return asked


def differs_by(level: str) -> Callable[[Bench], Reply]:
    """Whether places of this level have two laws or more, where sources agree on what it is.

    A place whose law is unclear, or of which sources contradict each other, does not count.
    """

    def asked(bench: Bench) -> Reply:
        held = [
            law
            for law in bench.laws().values()
            if law.level == level
            and law.about == "kratom"
            and not law.replaced_by
            and not law.uncertain
            and law.status != "unclear"
        ]
        if not held:
            return Reply(Answer.UNSURE, f"of no {level} is the law known for sure")
        places: dict[str, list[str]] = {}
        for law in held:
            places.setdefault(law.status, []).append(law.name)
        newest = max(law.as_of for law in held)
        said = "; ".join(
            f"{status}: {len(names)}, such as {names[0]}" for status, names in places.items()
        )
        return Reply(
            answer=Answer.YES if len(places) > 1 else Answer.NO,
            because=f"{said}; none newer than {newest.isoformat()}",
            records=tuple(law.id for law in held),
        )

    return asked


CASES = (
    Case(
        "fda-warnings",
        parts=(
            Part(
                "the FDA has warned that kratom can lead to dependence",
                about="document",
                grade=Grade("document"),
                seen=Computed(warned_of("dependence")),
            ),
            Part(
                "the FDA has warned of overdose with kratom",
                about="document",
                grade=Grade("document"),
                seen=Computed(warned_of("overdose")),
            ),
        ),
        gap="How often people come to such harm, no one has counted.",
    ),
    Case(
        "legal-status-varies",
        parts=(
            Part(
                "the law on kratom differs from country to country",
                about="document",
                grade=Grade(
                    "document",
                    (Step(-1, "risk of bias", "of most countries lists alone, many in conflict"),),
                ),
                seen=Computed(differs_by("country")),
            ),
            Part(
                "the law on kratom differs from one US state to the next",
                about="document",
                grade=Grade(
                    "document",
                    (Step(-1, "risk of bias", "the laws of most states were read at second hand"),),
                ),
                seen=Computed(differs_by("state")),
            ),
        ),
        gap="Laws change, and for many lands the sources do not agree.",
    ),
)
