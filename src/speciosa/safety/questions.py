"""Entries that may be a slip: questioned, never refused.

Strength of a product and size of a dose are easily taken for each other, a count of a pack for a
dose, per cent for mg/g. Each question names the key and the value, what they come to, and what may
have been meant. None tells what to take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from speciosa.evidence import find
from speciosa.product.pieces import SPOONS
from speciosa.safety.amounts import Amounts, number, span
from speciosa.safety.case import Case
from speciosa.safety.finding import Estimate, Finding
from speciosa.safety.said import said
from speciosa.trial.quantities import Amount
from speciosa.trial.studied import studied
from speciosa.units import convert, unit

__all__ = ["questioned", "questions"]

TIMES = 10.0
"""A dose so many times beyond what was studied is more likely a slip than a dose."""

FEW = 4.0
"""The same over what users call strong, which is no limit but was taken by many."""

_LEAF = ("leaf", "tea", "capsule")
_SEVEN = "hydroxymitragynine"
_LOWEST = "market/mitragynine/fda-lib-4578/products"
_STRONG = "market/band/strong"
_LABEL = "market/seven_oh/labelled"
_CONTENT = "product/hydroxymitragynine/7-oh"
_TIMES_NAME = re.compile(r"(?<!\w)\d+\s*[x×](?!\w)")


def questions(case: Case) -> Iterator[Finding]:
    """What was entered and is hardly meant so."""
    for _, finding in questioned(case):
        yield finding


def questioned(case: Case) -> Iterator[tuple[str, Finding]]:
    """The same, each with the key of the entry that it asks about."""
    amounts = Amounts(case.scenario)
    key, dose = amounts.largest
    yield from _names(amounts)
    if dose.value <= 0.0:
        return
    entry = f"{key} = {_written(dose)!r}"
    if amounts.product.kind == "7-oh":
        yield from _seven(amounts, key, entry)
    else:
        yield from _mitragynine(amounts, key, entry)
    if dose.unit in SPOONS and amounts.product.kind not in _LEAF:
        mg = amounts.milligrams(amounts.product.main)
        yield key, said("product/implausible-spoons", f"{entry} comes to {_of(amounts, mg)}.", mg)


def _mitragynine(amounts: Amounts, key: str, entry: str) -> Iterator[tuple[str, Finding]]:
    mg = amounts.milligrams("mitragynine")
    low, high = studied()
    comes_to = f"{entry} comes to {_of(amounts, mg)}."
    if mg.value > TIMES * high:
        most = f"Studies gave at most {number(high)} mg."
        yield key, said("product/implausible-large-dose", f"{comes_to} {most}", mg)
    elif 0.0 < mg.value < low / TIMES:
        least = f"Studies gave at least {number(low)} mg."
        yield key, said("product/implausible-small-dose", f"{comes_to} {least}", mg)
    grams = amounts.grams_a_day()
    if amounts.product.kind in _LEAF and grams is not None:
        once = grams.value / amounts.doses_a_day
        top = find([_STRONG])[_STRONG].spread.quantile(1.0)
        if once > FEW * float(top):
            weight = Estimate("product in one dose", once, None, None, "g", "counted")
            sentence = f"{entry} weighs about {number(once)} g and holds {_of(amounts, mg)}."
            yield key, said("product/implausible-weight", sentence, weight, mg)
    yield from _strength(amounts, mg)


def _strength(amounts: Amounts, mg: Estimate) -> Iterator[tuple[str, Finding]]:
    """A content of mitragynine outside what such products were found to hold."""
    stated = amounts.scenario.contents.get("mitragynine")
    if stated is None or stated.below or stated.unit != "mg/g" or stated.value == 0.0:
        return
    kind = amounts.product.kind
    leaf, own = (
        find([f"product/mitragynine/{one}"])[f"product/mitragynine/{one}"].range
        for one in ("leaf", kind)
    )
    if leaf is None or own is None:
        return
    lowest = find([_LOWEST])[_LOWEST]
    least = (
        leaf[1]
        if kind == "extract"
        else convert(float(lowest.spread.quantile(0.0)), lowest.unit, unit("mg/g"))
    )
    key = _key(amounts, "mitragynine")
    entry = f"{key} = {str(stated)!r}"
    comes_to = f"With {entry}, one dose holds {_of(amounts, mg)}."
    if stated.value > own[1]:
        found = f"In {kind} at most about {number(own[1])} mg in a gram is likely."
        yield key, said("product/implausible-rich", f"{comes_to} {found}", mg)
    elif stated.value < least:
        found = f"In {kind} at least about {number(least)} mg in a gram is likely."
        yield key, said("product/implausible-weak", f"{comes_to} {found}", mg)


def _seven(amounts: Amounts, dosed: str, entry: str) -> Iterator[tuple[str, Finding]]:
    mg = amounts.milligrams(_SEVEN)
    stated = amounts.scenario.contents.get(_SEVEN)
    highest = float(find([_CONTENT])[_CONTENT].spread.quantile(1.0))
    if stated and stated.unit == "mg/g" and stated.value > highest:
        key = _key(amounts, _SEVEN)
        sentence = (
            f"With {key} = {str(stated)!r}, one dose holds {_of(amounts, mg)}. Tests found at most "
            f"{number(highest)} mg in a gram."
        )
        yield key, said("product/implausible-7-oh-strength", sentence, mg)
    label = float(find([_LABEL])[_LABEL].spread.quantile(1.0))
    if mg.value > TIMES * label:
        sentence = f"{entry} comes to {_of(amounts, mg)}. Labels gave up to {number(label)} mg."
        yield dosed, said("product/implausible-7-oh-dose", sentence, mg)


def _names(amounts: Amounts) -> Iterator[tuple[str, Finding]]:
    """A name with an x, which tells no strength."""
    product = amounts.scenario.product
    paper = product.certificate
    named = {"product.strain": product.strain or ""}
    named["product.certificate.product"] = paper.texts.get("product", "") if paper else ""
    for key, name in named.items():
        if _TIMES_NAME.search(name.casefold()):
            mg = amounts.milligrams(amounts.product.main)
            sentence = (
                f"{key} = {name!r} is kept and changes nothing. Here one dose holds "
                f"{_of(amounts, mg)}."
            )
            yield key, said("product/implausible-times", sentence, mg)
            return


def _written(dose: Amount) -> str:
    """A dose as one would write it: little of a gram is milligrams."""
    milligrams = convert(dose.value, unit("g"), unit("mg")) if dose.unit == "g" else 0.0
    return str(Amount(milligrams, "mg")) if 0.0 < milligrams < 1000.0 else str(dose)


def _key(amounts: Amounts, name: str) -> str:
    """Where the content of an alkaloid was entered."""
    if amounts.scenario.product.certificate:
        return f"product.certificate.alkaloids.{name}"
    return "product.mitragynine" if name == "mitragynine" else f"product.profile.{name}"


def _of(amounts: Amounts, mg: Estimate) -> str:
    name = "7-OH" if amounts.product.main == _SEVEN else "mitragynine"
    return f"{span(mg)} of {name}"
