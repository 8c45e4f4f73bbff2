"""Metals in a day of a product against daily limits.

Intake is content times grams a day. Where a certificate does not tell, what other products held
says how likely lead above its limit is at this amount: two counts, at 3 and at 25 g a day, and a
lognormal spread of content drawn through both.

True: a limit is for each day of a life, so where a single dose is untested that is only a note.
Assumed: "not detected" without a limit is none; "below a limit" is held against the limit itself.
Left out: how much of a metal is taken up, and what else a person swallows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import log
from statistics import NormalDist

from speciosa.evidence import Record, find
from speciosa.product.certificate import Certificate
from speciosa.product.found import Found
from speciosa.safety.amounts import Amounts, number
from speciosa.safety.finding import Estimate, Finding
from speciosa.safety.said import listed, said
from speciosa.units import convert, unit

__all__ = ["metal_findings"]

_LIMITS = {
    "lead": "limits/lead/usp-2232",
    "arsenic": "limits/arsenic/usp-2232",
    "cadmium": "limits/cadmium/usp-2232",
    "mercury": "limits/mercury/usp-2232",
    "nickel": "limits/nickel/usp-232",
}
"""The daily limit that each metal is held against; of chromium no limit was handed over."""

_COUNTED = {3.0: "contaminants/share_above/lead/3g", 25.0: "contaminants/share_above/lead/25g"}
"""Records of the share of products above the limit of lead, by grams a day."""

_MARKET = "contaminants/lead/leaf"
_GRAVE = 10.0
"""So many times a daily limit is told as a danger."""


def metal_findings(amounts: Amounts) -> Iterator[Finding]:
    """What the metals of a product come to in a day, or what is not known of them."""
    paper = amounts.scenario.product.certificate or Certificate()
    measured = {name: paper.results[name] for name in _LIMITS if name in paper.results}
    numbers = {name: one for name, one in measured.items() if one.value is not None}
    grams = amounts.grams_a_day()
    if numbers and grams is None:
        yield said("product/metals-unweighed")
    within: list[Estimate] = []
    unseen: list[Estimate] = []
    for name, found in numbers.items():
        intake = _intake(name, found, grams) if grams else None
        if intake is None:
            continue
        limit = _limit(name)
        times = intake.value / limit
        if times <= 1.0:
            within.append(intake)
        elif found.sign == "<":
            unseen.append(intake)
        else:
            yield _above(name, intake, limit, times, grams)
    if unseen:
        yield said("product/metals-unseen", f"It is so for {_named(unseen)}.", *unseen)
    if within:
        yield said("product/metals-within", f"It is so for {_named(within)}.", *within)
    if "lead" not in measured and grams is not None:
        untested = _untested(grams)
        yield untested if amounts.again else replace(untested, severity="note")


def _intake(name: str, found: Found, grams: Estimate | None) -> Estimate | None:
    """ug a day of a metal."""
    if found.value is None or found.unit != "ug/g" or grams is None:
        return None
    low, high = (None if g is None else found.value * g for g in (grams.low, grams.high))
    low = 0.0 if found.sign == "<" else low
    return Estimate(f"{name} in a day", found.value * grams.value, low, high, "ug/d", "counted")


def _named(metals: list[Estimate]) -> str:
    return listed([one.of.removesuffix(" in a day") for one in metals], "and")


def _above(
    name: str, intake: Estimate, limit: float, times: float, grams: Estimate | None
) -> Finding:
    day = f" at {number(grams.value)} g a day" if grams else ""
    finding = said(
        f"product/{name}",
        f"It comes to about {number(intake.value)} ug{day}. That is {number(times)} times the "
        f"limit of {number(limit)} ug.",
        intake,
        Estimate(f"{name}, times its daily limit", times, None, None, "1", "counted"),
    )
    return replace(finding, severity="danger") if times >= _GRAVE else finding


def _untested(grams: Estimate) -> Finding:
    """How likely lead is above its limit at this amount, by what was counted of others."""
    share, low, high = _share_above(grams.value)
    about = f"about {share:.0f}" if share >= 1.0 else "less than 1"
    market = find([_MARKET])[_MARKET]
    lead = [grams.value * at for at in (market.value, market.spread.p05, market.spread.p95)]
    return said(
        "product/metals-untested",
        f"At {number(grams.value)} g a day, {about} of 100 such products would be above the limit "
        f"of {number(_limit('lead'))} ug of lead a day.",
        Estimate("products above the daily limit of lead", share, low, high, "%", "counted"),
        Estimate("lead in a day, as products go", lead[0], lead[1], lead[2], "ug/d", "counted"),
    )


def _share_above(grams: float) -> tuple[float, float, float]:
    """Share of products above the limit of lead, %, and the counts on either side of it."""
    records = find([*_COUNTED.values()])
    (few, below), (many, above) = (
        (g, _percent(records[identity])) for g, identity in _COUNTED.items()
    )
    # At g grams a day the limit is passed by a content above limit / g, so z grows with log g.
    normal = NormalDist()
    z_few, z_many = (normal.inv_cdf(share / 100.0) for share in (below, above))
    slope = (z_many - z_few) / (log(many) - log(few))
    z = z_few + slope * (log(max(grams, 1e-9)) - log(few))
    share = 100.0 * normal.cdf(z)
    low, high = (0.0, below) if grams < few else (above, 100.0) if grams > many else (below, above)
    return share, low, high


def _limit(name: str) -> float:
    """ug a day."""
    record = find([_LIMITS[name]])[_LIMITS[name]]
    return convert(record.value, record.unit, unit("ug/d"))


def _percent(record: Record) -> float:
    return convert(record.value, record.unit, unit("%"))
