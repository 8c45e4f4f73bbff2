"""Claims on breathing.

Nobody has measured the breath of people after kratom and after an opioid. Rats are what is left:
mitragynine by mouth did nothing up to a dose at which oxycodone had long acted, and 7-OH by vein
did more than morphine. So the answer hangs on the product. The model is asked of leaf; of a tablet
of 7-OH it is asked beside, since how much of a swallowed one reaches the blood was measured in rats
alone, and young people died after such products.

Left out: shares of calls to poison centres and of deaths, which have no number of users under them,
and mitragynine by vein, which kills mice as heroin does, and which nobody takes that way.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import EFFECT
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Bound, Every, Ratio, Test

_DEPRESSION = "breathing.depression"

_MOST_TAKEN = 21.0
"""mg of mitragynine for a mg of oxycodone: 15 g of leaf, the most that any of the articles names,
of 14 mg/g, over a tablet of 10 mg. So many times weaker mitragynine must be to do less."""

_LEAF = Ratio(
    "breathing/animal/no_effect/mitragynine",
    "breathing/animal/effective/oxycodone",
    at_least=_MOST_TAKEN,
)
_SEVEN_OH = Bound("breathing/animal/potency/hydroxymitragynine", at_most=1.0)


def _less_than_opioids(kratom: str) -> Test:
    """Each of the two opioids takes a tenth more of the drive to breathe from most people."""
    return Every(
        tuple(
            People(opioid, _DEPRESSION, at_least=EFFECT, than=kratom)
            for opioid in ("oxycodone-10-mg", "morphine-30-mg")
        )
    )


CASES = (
    Case(
        "less-respiratory-depression",
        parts=(
            Part(
                "kratom slows breathing less than the usual opioids do",
                about="people",
                grade=Grade(
                    "experiment",
                    (
                        Step(-1, "imprecision", "one study of rats for each product"),
                        Step(
                            -1, "indirectness", "7-OH went into a vein, and tablets are swallowed"
                        ),
                    ),
                ),
                seen=Agree((_LEAF, _SEVEN_OH), on="the product: leaf, or strong 7-OH"),
                model=_less_than_opioids("leaf-5-g"),
            ),
            Part(
                "a tablet of 7-OH slows breathing less than the usual opioids do",
                about="people",
                grade=Grade("experiment", (Step(-1, "imprecision", "one study of rats"),)),
                seen=_SEVEN_OH,
                model=_less_than_opioids("seven-oh-15-mg"),
                beside=True,
            ),
        ),
        gap="No study has measured how people breathe after leaf and after an opioid.",
    ),
)
