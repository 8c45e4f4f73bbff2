"""Claims on breathing.

Nobody has measured the breath of people after kratom and after an opioid, so that nothing decides
of people. Rats are what there is: mitragynine by mouth did nothing up to a dose at which oxycodone
had long acted. The model is asked of leaf. Tablets of 7-OH, which no article means, stand beside:
in rats 7-OH by vein did more than morphine, how much of a swallowed one reaches the blood was
measured in rats alone, and young people died after such products.

Left out: mice, in which mitragynine slowed breathing up to a ceiling (breathing/animal/ceiling);
men who had less trouble with breath, as they remember it, when kratom took the place of other
opioids (Saref and others 2019), which says that they took less of those; shares of calls to poison
centres and of deaths, which have no number of users under them; and mitragynine by vein, which
kills mice as heroin does, and which nobody takes that way.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.found import Found
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import BELOW, EFFECT
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Every, Ratio, Test

_DEPRESSION = "breathing.depression"

_MOST_TAKEN = 21.0
"""mg of mitragynine for a mg of oxycodone: 15 g of leaf, the most that any of the articles names,
of 14 mg/g, over a tablet of 10 mg. So many times weaker mitragynine must be to do less."""

_LEAF = Ratio(
    "breathing/animal/no_effect/mitragynine",
    "breathing/animal/effective/oxycodone",
    at_least=_MOST_TAKEN,
)
_TABLET = 2.0
"""mg of morphine for a mg of 7-OH: 30 mg over a tablet of 15 mg. So much more potent is no less."""
_SEVEN_OH = Bound("breathing/animal/potency/hydroxymitragynine", at_most=_TABLET)


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
                "in rats the main part of kratom slows breathing less than an opioid does",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (
                        Step(-1, "imprecision", "one study"),
                        Step(-1, "indirectness", "pure mitragynine and no leaf"),
                        Step(-1, "risk of bias", "paid for by a foundation for kratom"),
                    ),
                ),
                seen=_LEAF,
            ),
            Part(
                "kratom leaf slows people's breathing less than the usual opioids do",
                about="people",
                grade=Grade("none"),
                seen=Found(
                    "breathing/people/less_opioid/",
                    "drive to breathe taken by leaf less that by an opioid",
                    at_most=BELOW,
                ),
                model=_less_than_opioids("leaf-5-g"),
            ),
            Part(
                "a tablet of 7-OH slows breathing less than the usual opioids do",
                about="people",
                grade=Grade(
                    "experiment",
                    (
                        Step(-1, "imprecision", "one study of rats"),
                        Step(-1, "indirectness", "it went into a vein, and tablets are swallowed"),
                    ),
                ),
                seen=_SEVEN_OH,
                model=_less_than_opioids("seven-oh-15-mg"),
                beside=True,
            ),
        ),
        gap="It was never measured in people, and in rats 7-OH did more than morphine.",
    ),
)
