"""Claims on relief of pain.

What decides: two trials against placebo, both in healthy people and neither in patients. One gave a
decoction to men who drink it daily and timed a hand in ice water; one gave pure mitragynine and
names no effect on pain. Nobody has put kratom beside an opioid in people, nobody has followed
relief for weeks. Animals show relief of nerve pain, and that it runs through the mu receptor.

Left out: why people take it. Most do so for pain, which says what they hope for. Tablets of 7-OH,
of which no article speaks, stand beside and decide nothing. A trial in people with pain would stand
in a record pain/people/<kind of pain>/<study>, as the share of pain that went under kratom and
stayed under placebo.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.found import Found
from speciosa.claims.grade import Grade, Step
from speciosa.claims.margins import BELOW, MOST
from speciosa.claims.ran import People
from speciosa.claims.seen import Agree, Bound, Difference, Every, Measured, Ratio, Some, Test

__all__ = ["CASES", "COLD", "COLD_GRADE"]

_RELIEF = "pain.relief"
_MILD = "bands/pain.relief/mild"
_BESIDE = "pain/people/less_opioid/"
"""Where a comparison in people would stand."""
_ALL_DAY = 12.0
"""Hours: what a medicine must last to be sold as a long-acting one, for two doses a day."""

_KRATOM_BEFORE = "vicknasingam-2020/kratom/tolerance_time_before"
_KRATOM_AFTER = "vicknasingam-2020/kratom/tolerance_time_1h"
_PLACEBO_AFTER = "vicknasingam-2020/placebo/tolerance_time_1h"
_PLACEBO_AFTER_OTHER = "vicknasingam-2020/placebo/tolerance_time_1h_nida"

COLD = Every(
    (
        # Longer than before it, and than under placebo; medians, since a few men stayed very long.
        Difference(_KRATOM_AFTER, _KRATOM_BEFORE, at_least=0.0),
        Agree(
            (
                Difference(_KRATOM_AFTER, _PLACEBO_AFTER, at_least=1.0, log=True),
                Difference(_KRATOM_AFTER, _PLACEBO_AFTER_OTHER, at_least=1.0, log=True),
            ),
            on="which report of one trial is right",
        ),
    )
)
"""The one controlled trial of kratom and pain that prints numbers."""

COLD_GRADE = Grade(
    "trial",
    (
        Step(-1, "indirectness", "healthy men who drink it daily, and ice water for pain"),
        Step(-1, "imprecision", "26 men; the spread of their times is wider than the mean"),
    ),
)

_NOBODY = Grade("none")


def _like_opioids(*kratom: str) -> Test:
    """Most people have as much relief as by an opioid, within what is called mild.

    One like one of the two opioids would do, so that the model denies it only if none is.
    """
    return Some(
        tuple(
            People(one, _RELIEF, at_most=_MILD, than=opioid, how="apart")
            for one in kratom
            for opioid in ("oxycodone-10-mg", "morphine-30-mg")
        )
    )


CASES = (
    Case(
        "opioid-mu-binding-lowers-pain-signals",
        parts=(
            Part(
                "drugs that bind to the main opioid receptor lower pain in people",
                about="people",
                grade=Grade("trial", (Step(-1, "imprecision", "one trial of 50 people"),)),
                # With the receptor blocked outside the brain the same relief took more morphine.
                seen=Ratio(
                    "pain/anchor/jagla-2014/morphine_blocked",
                    "pain/anchor/jagla-2014/morphine",
                    at_least=1.0,
                ),
                model=People("oxycodone-10-mg", _RELIEF, at_least=_MILD),
                built_in="an equation lets the response of this receptor close the gate for pain",
            ),
            Part(
                "kratom lowers pain through the main opioid receptor",
                about="people",
                grade=Grade("experiment"),
                seen=Bound("pain/animal/neuropathic/naltrexone_shift/mitragynine", at_least=1.0),
                model=People("leaf-5-g", _RELIEF, at_least=_MILD),
                built_in="an equation lets the response of this receptor close the gate for pain",
            ),
        ),
        gap="That kratom works this way was seen in mice and never in people.",
    ),
    Case(
        "pain-relief-like-opioids",
        parts=(
            Part(
                "kratom leaf eases pain about as well as common opioid pills",
                about="people",
                grade=_NOBODY,
                seen=Every(
                    (
                        Found(_BESIDE, "relief by leaf less that by an opioid", at_least=BELOW),
                        Found(_BESIDE, "relief by leaf less that by an opioid", at_most=_MILD),
                    )
                ),
                # Typical doses: the middle of a survey, and the mean of those who were watched.
                model=_like_opioids("leaf-3-g", "leaf-5-g"),
            ),
            Part(
                "a tablet of 7-OH eases pain about as well as common opioid pills",
                about="people",
                grade=_NOBODY,
                model=_like_opioids("seven-oh-15-mg"),
                beside=True,
            ),
        ),
        gap="No trial has put kratom next to an opioid in people with pain.",
    ),
    Case(
        "relieves-nerve-pain",
        parts=(
            Part(
                "the main part of kratom eases nerve pain in animals",
                about="laboratory",
                grade=Grade(
                    "experiment",
                    (Step(-1, "inconsistency", "doses that work differ ten-fold in mice"),),
                ),
                seen=Measured("pain/animal/neuropathic/mitragynine"),
            ),
            Part(
                "kratom eases nerve pain in people",
                about="people",
                grade=_NOBODY,
                seen=Found("pain/people/neuropathic/", "relief of nerve pain", at_least=_MILD),
                model=People("leaf-5-g-neuropathic", _RELIEF, at_least=_MILD),
            ),
        ),
        gap="It was tested in rats and mice only.",
    ),
    Case(
        "relieves-acute-pain-short-term",
        parts=(
            Part(
                "one dose eases acute pain for a few hours",
                about="people",
                grade=COLD_GRADE,
                seen=Agree(
                    (Found("pain/people/acute/", "relief of acute pain", at_least=_MILD), COLD)
                ),
                model=People("leaf-5-g-acute", _RELIEF, at_least=_MILD),
            ),
        ),
        gap="In the one trial with numbers the gain over a sham may be chance.",
    ),
    Case(
        "long-lasting-relief-chronic-pain",
        parts=(
            Part(
                "most who use it in place of opioids say that it helps",
                about="people",
                grade=Grade(
                    "observational",
                    (Step(-1, "risk of bias", "people found through a lobby chose to answer"),),
                ),
                seen=Bound("use/motive/helpful_for_opioids/coe-2019", at_least=MOST),
            ),
            Part(
                "kratom eases lasting pain better than a sham",
                about="people",
                grade=_NOBODY,
                seen=Found("pain/people/chronic/", "relief of lasting pain", at_least=_MILD),
                model=People("leaf-5-g", _RELIEF, at_least=_MILD),
            ),
            Part(
                "this relief lasts long, be it for half a day or for months of use",
                about="people",
                grade=_NOBODY,
                seen=Some(
                    (
                        Bound("use/time/duration/many_grams/emcdda-kratom", at_least=_ALL_DAY),
                        Found("pain/people/months/", "relief after months", at_least=_MILD),
                    )
                ),
            ),
        ),
        gap="No trial has looked at lasting pain, and no one has followed relief for weeks.",
    ),
    Case(
        "spinal-and-brain-modulation",
        parts=(
            Part(
                "in mice the main part of kratom acts on pain in brain and cord",
                about="laboratory",
                grade=Grade("experiment", (Step(-1, "imprecision", "one laboratory, one test"),)),
                # Given into the brain it relieved, and a blocker in the cord took the relief away.
                seen=Measured("pain/animal/effective/mitragynine_brain"),
            ),
            Part(
                "kratom acts on pain in the brain and in the cord of people",
                about="people",
                grade=_NOBODY,
                seen=Measured("pain/people/places/", species="human"),
                model=People("leaf-5-g", _RELIEF, at_least=_MILD),
                built_in="how much cord and brain each do is assumed",
            ),
        ),
        gap="No study in people has told the brain and the cord apart.",
    ),
)
