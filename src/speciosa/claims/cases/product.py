"""Claims on products: colours of veins, strains, and tests by laboratories.

What is sold as red, green and white was assayed, and the alkaloids did not differ by colour. People
who take it tell of the effects that are advertised all the same; nobody has given them leaf of one
strength without telling them its colour. In the model a name does nothing, which proves nothing.

Left out: origin told by trace elements, and cultivars, which trade names do not follow.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Every, Known, Measured, Ratio

_LEAF, _RED, _GREEN, _WHITE = "leaf-3-g", "red-leaf-3-g", "green-leaf-3-g", "white-leaf-3-g"
_NAME = "no equation reads the name or the colour of leaf"

_FEW = Step(-1, "imprecision", "one study, few products of one seller")
_CONTENT = Step(-2, "indirectness", "content was assayed; nobody gave people leaf in the blind")
_ASSAYED = Grade("experiment", (_FEW, _CONTENT))
_NAMES = Grade(
    "experiment",
    (_FEW, Step(-1, "risk of bias", "that no difference was found does not show that none is")),
)

# One alkaloid that differs by colour would be enough for a colour to act in its own way.
_DIFFERS = Bound("market/names/alkaloids_apart/strains-2023", at_least=1)


def _more(of: str, sold: str, than: str) -> People:
    """Whether people have at least mildly more of an effect from one leaf than from another."""
    return People(sold, of, at_least=f"bands/{of}/mild", than=than)


def _colour(that: str, model: Every | People, grade: Grade = _ASSAYED) -> Part:
    return Part(that, about="product", grade=grade, seen=_DIFFERS, model=model, built_in=_NAME)


def _felt(colour: str, effect: str) -> Part:
    """What people say who know what they take."""
    return Part(
        f"people who take leaf sold as {colour} say that it {effect}",
        about="people",
        grade=Grade(
            "observational",
            (Step(-1, "risk of bias", "they had read on the pack what it was said to do"),),
        ),
        seen=Known(("product/strain",)),
    )


_GAP = "No one has given people leaf of each colour without telling them which."

CASES = (
    Case(
        "red-vein-analgesic",
        parts=(
            _felt("red", "eases pain and calms"),
            _colour(
                "red leaf eases pain more than other leaf of the same strength",
                _more("pain.relief", _RED, _LEAF),
            ),
            _colour(
                "red leaf calms more than other leaf of the same strength",
                _more("arousal.sedation", _RED, _LEAF),
            ),
        ),
        gap=_GAP,
        short="Red vein strains are strongly analgesic and relaxing.",
    ),
    Case(
        "green-vein-balanced",
        parts=(
            _felt("green", "both eases pain and wakes"),
            _colour(
                "green leaf eases pain less than red and wakes more, at the same strength",
                Every(
                    (
                        _more("pain.relief", _RED, _GREEN),
                        _more("arousal.stimulation", _GREEN, _RED),
                    )
                ),
            ),
        ),
        gap=_GAP,
        short="Green vein strains balance relief and energy.",
    ),
    Case(
        "white-vein-stimulating",
        parts=(
            _felt("white", "wakes"),
            _colour(
                "white leaf wakes more than other leaf of the same strength",
                _more("arousal.stimulation", _WHITE, _LEAF),
            ),
            _colour(
                "white leaf eases pain less than other leaf of the same strength",
                _more("pain.relief", _LEAF, _WHITE),
            ),
        ),
        gap=_GAP,
        short="White vein strains are mildly analgesic and stimulating.",
    ),
    Case(
        "strains-have-unique-properties",
        parts=(
            Part(
                "trees of kratom differ in what their leaf holds",
                about="product",
                grade=Grade("experiment", (Step(-1, "imprecision", "one alkaloid in two trees"),)),
                # Any ratio but one is a difference.
                seen=Ratio(
                    "market/speciogynine/manwill-2022-rifat",
                    "product/content/speciogynine/k51",
                    at_least=1.0,
                ),
            ),
            _colour(
                "the name on the pack tells leaf apart by what it holds",
                Every(
                    (_more("pain.relief", _RED, _WHITE), _more("arousal.sedation", _RED, _WHITE))
                ),
                grade=_NAMES,
            ),
        ),
        gap="Few packs were tested, so a name might still mean something at some shops.",
    ),
    Case(
        "lab-testing-ensures-quality",
        parts=(
            Part(
                "a test can find in kratom what a buyer cannot see",
                about="product",
                grade=Grade("experiment", (Step(-1, "indirectness", "lead alone; 68 products"),)),
                # In per cent: one product in a hundred, as common is one person in a hundred.
                seen=Bound("contaminants/share_above/lead/3g", at_least=1.0),
            ),
            Part(
                "packs with a lab paper are cleaner than packs without",
                about="product",
                grade=Grade("none"),
                seen=Measured("market/certificate/"),
            ),
        ),
        gap="No study has bought both kinds and tested them again.",
    ),
)
