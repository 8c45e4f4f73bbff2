"""7-Hydroxymitragynine and its kin: what leaf can hold, what was added, what a rule lets pass.

Assumed: the natural range is the wider of two readings of one source, so that leaf is not accused
wrongly; a content below a limit accuses nobody.
Left out: whether any of it is legal, which is the business of the law.
"""

from __future__ import annotations

from collections.abc import Iterator

from speciosa.evidence import find
from speciosa.safety.amounts import Amounts, number, span
from speciosa.safety.finding import Estimate, Finding
from speciosa.safety.said import said
from speciosa.units import convert, unit

__all__ = ["strong_findings"]

_SEVEN = "hydroxymitragynine"
_NATURAL = "product/ratio/hydroxymitragynine"
_COMMON = "limits/hydroxymitragynine/texas"
"""The share that most states with a cap have set."""

_CAPS = {
    "US-OK": ("Oklahoma", "limits/hydroxymitragynine/oklahoma"),
    "US-TX": ("Texas", "limits/hydroxymitragynine/texas"),
    "US-KY": ("Kentucky", "limits/hydroxymitragynine/kentucky"),
    "US-NE": ("Nebraska", "limits/hydroxymitragynine/nebraska"),
    "US-MS": ("Mississippi", "limits/hydroxymitragynine/mississippi"),
}
_FLORIDA = ("limits/hydroxymitragynine/florida_2026", "limits/ratio/florida_2026")


def strong_findings(amounts: Amounts) -> Iterator[Finding]:
    """What the product holds of 7-OH, pseudoindoxyl and synthetics, and if it is an extract."""
    kind = amounts.scenario.product.kind
    stated = amounts.scenario.contents.get(_SEVEN)
    if kind == "7-oh":
        mg = amounts.milligrams(_SEVEN)
        yield said("product/7-oh", f"One dose holds {span(mg)} of 7-OH.", mg)
    elif stated and not stated.below:
        yield _natural_or_not(amounts)
    if kind == "7-oh" or (stated and not stated.below):
        yield from _caps(amounts)
    yield from _synthetics(amounts)
    if kind == "extract":
        mg = amounts.milligrams("mitragynine")
        yield said("product/extract", f"One dose holds {span(mg)} of mitragynine.", mg)


def _natural_or_not(amounts: Amounts) -> Finding:
    """Whether leaf could hold as much 7-OH beside its mitragynine."""
    natural = find([_NATURAL])[_NATURAL].spread
    seven, main = amounts.milligrams(_SEVEN), amounts.milligrams("mitragynine")
    share = amounts.share()
    numbers = (share,) if share else ()
    if seven.value > natural.p95 * main.value:
        # The middle of leaf, as the natural share of its mitragynine.
        usual = find([_NATURAL])[_NATURAL].value * main.value
        times = (
            f" That is about {number(seven.value / usual)} times what leaf has." if usual else ""
        )
        said_share = f" It is {span(share)} of all its alkaloids." if share else ""
        return said(
            "product/fortified",
            f"One dose holds {span(seven)} of 7-OH.{times}{said_share}",
            seven,
            *numbers,
        )
    sentence = f"It is {span(share)} of all alkaloids." if share else ""
    return said("product/natural-share", sentence, *numbers)


def _caps(amounts: Amounts) -> Iterator[Finding]:
    """The cap of the place, or where none is known for it, the one most states have."""
    place = amounts.scenario.who.jurisdiction or ""
    if place == "US-FL":
        yield from _florida(amounts)
        return
    share = amounts.share()
    if share is None:
        return
    name, identity = _CAPS.get(place, ("", _COMMON))
    record = find([identity])[identity]
    cap = convert(record.value, record.unit, unit("%"))
    if share.value > cap:
        whose = (
            f"the {number(cap)} % that {name} lets pass"
            if name
            else (f"the {number(cap)} % that several states of the US let pass")
        )
        yield said(
            "product/above-cap",
            f"It is {span(share)} of all alkaloids, above {whose}.",
            share,
            Estimate("cap on 7-OH of all alkaloids", cap, None, None, "%", "counted"),
        )


def _florida(amounts: Amounts) -> Iterator[Finding]:
    """A cap on what a gram or millilitre holds, and a least ratio of mitragynine to 7-OH."""
    records = find([*_FLORIDA])
    content, least = (records[identity] for identity in _FLORIDA)
    cap = convert(content.value, content.unit, unit("mg/g"))
    stated = amounts.scenario.contents.get(_SEVEN)
    if stated and stated.unit in ("mg/g", "mg/mL") and stated.value > cap:
        of = stated.unit.removeprefix("mg/")
        yield said(
            "product/above-cap",
            f"It holds {number(stated.value)} mg in a {of}, above the {number(cap)} mg that "
            "Florida has let pass.",
            Estimate("7-OH content", stated.value, None, None, stated.unit, "counted"),
        )
        return
    seven, main = amounts.milligrams(_SEVEN).value, amounts.milligrams("mitragynine").value
    if seven > 0.0 and main / seven < least.value:
        ratio = main / seven
        held = f"{number(ratio)} times as much mitragynine as 7-OH" if ratio else "no mitragynine"
        yield said(
            "product/above-cap",
            f"By what is stated it holds {held}. Florida has asked for at least "
            f"{number(least.value)} times as much as 7-OH.",
            Estimate("mitragynine over 7-OH", ratio, None, None, "1", "counted"),
        )


def _synthetics(amounts: Amounts) -> Iterator[Finding]:
    """Pseudoindoxyl that is stated, and what a laboratory found of synthetics."""
    stated = amounts.scenario.contents.get("pseudoindoxyl")
    paper = amounts.scenario.product.certificate
    word = paper.alkaloids.get("pseudoindoxyl") if paper else None
    other = paper.results.get("synthetics") if paper else None
    if stated and not stated.below and stated.value > 0.0:
        mg = amounts.milligrams("pseudoindoxyl")
        yield said("product/synthetics", f"One dose holds {span(mg)} of pseudoindoxyl.", mg)
    elif (word and word.there) or (other and other.there):
        yield said("product/synthetics")
