"""The claim that mitragynine protects nerve cells.

No study has followed anybody's illness, and no animal or cell was shown to be protected. What there
is lies beside it: an extract slows an enzyme in the test tube, and mitragynine harmed cells and,
over weeks, the memory of mice. Neither decides, since neither looked at protection; the records of
harm are named so that they are seen. No output answers to the claim, so no simulation is asked.
"""

from __future__ import annotations

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade
from speciosa.claims.seen import Computed, Measured

_HARM = "neuroprotection/harm/"
_PROTECTED = "neuroprotection/protection/"


def _protects(bench: Bench) -> Reply:
    """Records of protection against records of harm.

    Without one of protection nobody has looked, and harm at large doses does not show that smaller
    ones do not protect. With both, it depends on the dose.
    """
    harm = tuple(one.id for one in bench.records(_HARM) if one.status == "measured")
    held = tuple(one.id for one in bench.records(_PROTECTED) if one.status == "measured")
    if not held:
        because = f"no record of protection was measured; {len(harm)} of harm were"
        return Reply(Answer.UNSURE, because, records=harm)
    because = f"{len(held)} records of protection, {len(harm)} of harm"
    if harm:
        return Reply(Answer.MIXED, because, records=(*held, *harm), on="the amount taken")
    return Reply(Answer.YES, because, records=held)


CASES = (
    Case(
        "neuroprotective",
        parts=(
            Part(
                "mitragynine protects people from illness that kills nerve cells",
                about="people",
                grade=Grade("none"),
                seen=Computed(_protects),
            ),
            Part(
                "mitragynine helps nerves to heal",
                about="people",
                grade=Grade("none"),
                seen=Measured("neuroprotection/repair/"),
            ),
        ),
        gap="No study has looked; large doses harmed cells, and the memory of mice.",
        short="Mitragynine protects from Alzheimer's and Parkinson's and repairs nerves.",
    ),
)
