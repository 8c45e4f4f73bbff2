"""Claims on doses: how strong an effect is in a range of grams, and what high doses do.

What decides: nobody has measured relief, focus or sleepiness in people by grams of leaf. How strong
an effect is called has bounds that were fixed beforehand (bands). The model can only deny: a range
is called too high if not even its upper end reaches the word, too low if its lower end passes the
next. That harm grows with the dose was seen in surveys; that it begins at any number of grams was
not. Where an article warns of a dose that another calls moderate, their sentences show it.

Left out: calls to poison centres by dose, and what anybody should take: no part says so.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.cases.arousal import FOCUS, FOCUS_GRADE
from speciosa.claims.claim import claims
from speciosa.claims.found import Found
from speciosa.claims.grade import Grade, Step
from speciosa.claims.grams import contradicted, grams, said
from speciosa.claims.margins import LESS, MORE
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Computed, Every, Measured, Some

__all__ = ["CASES"]

_HIGH, _MUSCLE = "dose-over-7-g", "muscle-relaxation-5-to-15-g"
_NOBODY = Grade("none")


def _limit() -> float:
    """The grams above which an article warns."""
    doses = grams(claims()[_HIGH].claim)
    if doses is None:
        raise ValueError(f"{_HIGH} names no dose")
    return doses.low


def _relief(doses: str, word: str, top: str, bottom: str, above: str) -> Part:
    """That relief of pain in a range of doses is what a word means.

    Denied if most people have less at its upper end, or if they have more at its lower end.
    """
    at_least = f"bands/pain.relief/{word}"
    start, what = f"pain/people/{doses.replace(' ', '-')}/", f"relief by {doses}"
    limits = [Found(start, what, at_least=at_least)]
    denied = [People(top, "pain.relief", at_least=at_least)]
    if above:
        at_most = f"bands/pain.relief/{above}"
        limits.append(Found(start, what, at_most=at_most))
        denied.append(People(bottom, "pain.relief", at_most=at_most))
    return Part(
        f"{doses.replace('-', ' to ')} of leaf give {word} relief of pain",
        about="people",
        grade=_NOBODY,
        seen=Every(tuple(limits)),
        model=Every(tuple(denied)),
    )


def _sedation(doses: str, leaf: str) -> Part:
    """That a dose makes people sleepy."""
    mild = "bands/arousal.sedation/mild"
    start = f"arousal/people/{doses.replace(' ', '-')}/"
    return Part(
        f"{doses.replace('-', ' to ')} of leaf make people sleepy",
        about="people",
        grade=_NOBODY,
        seen=Found(start, f"sleepiness after {doses}", at_least=mild),
        model=People(leaf, "arousal.sedation", at_least=mild),
    )


_HARM = Every(
    (
        Bound("use/dependence/odds_above_three_glasses/singh-2019-disorder", at_least=1.0),
        Bound("use/withdrawal/odds_above_three_glasses/singh-2019-disorder", at_least=1.0),
        Bound("use/posts/odds_addiction_with_dose/smith-2021", at_least=1.0),
    )
)
_HARM_GRADE = Grade(
    "observational",
    (
        Step(-1, "risk of bias", "users who were asked once, and posts; doses as they told them"),
        Step(1, "dose response", "three looks at two groups of people say the same"),
    ),
)

CASES = (
    Case(
        "dose-1-3-g",
        parts=(
            _relief("1-3 g", "mild", top="leaf-3-g", bottom="leaf-1-g", above="moderate"),
            Part(
                "1 to 3 g of leaf make people more sharp",
                about="people",
                grade=FOCUS_GRADE,
                seen=FOCUS,
                model=Some(
                    tuple(
                        People(leaf, "arousal.focus", at_least=MORE)
                        for leaf in ("leaf-1-g", "leaf-3-g")
                    )
                ),
            ),
        ),
        gap="No study in people has measured relief by grams of leaf.",
    ),
    Case(
        "dose-3-5-g",
        parts=(
            _relief("3-5 g", "moderate", top="leaf-5-g", bottom="leaf-3-g", above="strong"),
            Part(
                "3 to 5 g of leaf help people to relax",
                about="people",
                grade=_NOBODY,
                seen=Found("muscle/people/3-5-g/", "tension after 3-5 g", at_most=LESS),
                model=Some(
                    (
                        People("leaf-5-g", "muscle.tension", measure="min", at_most=LESS),
                        People("leaf-5-g", "mood.stress", measure="min", at_most=LESS),
                    )
                ),
            ),
        ),
        gap="No study in people has measured relief by grams of leaf.",
    ),
    Case(
        "dose-5-7-g",
        parts=(
            _relief("5-7 g", "strong", top="leaf-7-g", bottom="leaf-5-g", above=""),
            _sedation("5-7 g", "leaf-7-g"),
        ),
        gap="No study in people has measured relief by grams of leaf.",
    ),
    Case(
        _HIGH,
        parts=(
            _sedation("more than 7 g", "leaf-15-g"),
            Part(
                "harm is more common at high doses",
                about="people",
                grade=_HARM_GRADE,
                seen=_HARM,
                model=People(
                    "leaf-15-g", "gut.nausea", at_least="bands/gut.nausea/mild", than="leaf-5-g"
                ),
            ),
            Part(
                "side effects set in above 7 g and not below",
                about="people",
                grade=Grade(
                    "observational",
                    (Step(-1, "risk of bias", "users who chose to answer; one line at 5 g"),),
                ),
                seen=Bound("use/side_effects/gut/dose/grundmann-2017", at_least=_limit()),
            ),
            Part(
                "the articles agree on such doses",
                about="document",
                grade=Grade("document"),
                seen=Computed(lambda _: contradicted(_HIGH, _MUSCLE)),
            ),
        ),
        gap=f"{said(_HIGH, _MUSCLE)}, and no trial has tested who is right.",
    ),
    Case(
        "start-low-titrate",
        parts=(
            Part(
                "harm is less common at low doses",
                about="people",
                grade=_HARM_GRADE,
                seen=_HARM,
            ),
            Part(
                "a slow rise from a low dose finds one that works with less harm",
                about="people",
                grade=_NOBODY,
                seen=Measured("use/titration/", species="human"),
                # Nothing is found if not even 7 g, where an article stops, relieves.
                model=People("leaf-7-g", "pain.relief", at_least="bands/pain.relief/mild"),
            ),
        ),
        gap="No study has followed people whose dose rose in steps.",
    ),
)
