"""A product against the rules of a place on 7-hydroxymitragynine and pseudoindoxyl.

True: caps are compared with what is stated of the product, and with nothing else. A share is of the
alkaloids that are stated: those that are not could only lower it, which is said.
Assumed: a content stated as below a limit keeps a cap only if the limit does; where the limit does
not, or what is stated is counted otherwise than the cap, it is said that nothing was compared.
Left out: caps per container and per article, because a scenario does not say how much one holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from speciosa.safety.case import Case
from speciosa.safety.finding import Estimate, Finding
from speciosa.safety.law_words import because, certainty, freshness, place
from speciosa.safety.laws import Law

__all__ = ["product_findings"]

_SEVEN = "hydroxymitragynine"
_MAIN = "mitragynine"
_PSEUDO = "pseudoindoxyl"
_PER_UNIT = ("mg/g", "mg/mL")
"""What a cap on a unit of a product is counted in."""
_MG_PER_G = 1e3


def product_findings(law: Law, case: Case, today: date) -> Iterator[Finding]:
    """What the rules of a record mean for the product of a case; nothing where there are none."""
    if _PSEUDO in law.about:
        yield from _pseudoindoxyl(law, case, today)
    elif law.caps or law.bans_seven_oh or law.bans_isolated:
        yield from _seven_oh(law, case, today)


def _pseudoindoxyl(law: Law, case: Case, today: date) -> Iterator[Finding]:
    """A ban of pseudoindoxyl and its kin, where the product has it or may have."""
    stated = case.scenario.contents.get(_PSEUDO)
    banned = f"Pseudoindoxyl, MGM-15 and MGM-16 are banned in {place(law)}, as far as we know."
    if stated is not None and not stated.below and stated.value > 0.0:
        said = f"This product holds pseudoindoxyl. {banned}"
        yield _finding(law, today, "warning", said, ())
    elif stated is None and case.scenario.product.kind == "7-oh":
        said = f"{banned} 7-OH products can hold them. Nothing is stated of this one."
        yield _finding(law, today, "caution", said, ())


def _seven_oh(law: Law, case: Case, today: date) -> Iterator[Finding]:
    """A rule on 7-OH."""
    product = case.scenario.product
    planned = law.status == "proposed"
    compared, over = _held_against(law, case)
    if product.kind == "7-oh":
        if law.bans_seven_oh or law.bans_isolated:
            said = f"7-OH products are banned in {place(law)}, as far as we know."
        elif planned:
            said = f"A ban of such products is planned in {place(law)}. It may be in force by now."
        else:
            said = f"{place(law)} sets a limit on 7-OH. A 7-OH product is far above it."
        yield _finding(law, today, "warning", said, over)
    elif over:
        may = "would be" if planned else "is"
        said = f"By what is stated, this product {may} over the limit on 7-OH in {place(law)}."
        yield _finding(law, today, "warning", said, over)
    elif law.caps and not compared:
        limit = "A limit on 7-OH is planned in" if planned else "There is a limit on 7-OH in"
        known = "stated" if _SEVEN not in case.scenario.contents else "stated in a way that fits it"
        said = f"{limit} {place(law)}. The 7-OH in this product is not {known}."
        yield _finding(law, today, "note", f"{said} So it was not compared.", ())


def _held_against(law: Law, case: Case) -> tuple[bool, tuple[Estimate, ...]]:
    """Whether any cap can be held against what is stated, and what breaks one, as numbers."""
    contents = case.scenario.contents
    seven, main, cap = contents.get(_SEVEN), contents.get(_MAIN), law.caps
    if seven is None:
        return False, ()
    held: list[tuple[bool, Estimate]] = []
    if "per_unit" in cap and seven.unit in _PER_UNIT:
        over = seven.value > cap["per_unit"]
        held.append((over, _stated("7-OH content", seven.value, seven.unit)))
    if "weight_share" in cap and seven.unit == "mg/g":
        weight = seven.value / _MG_PER_G
        held.append((weight > cap["weight_share"], _stated("7-OH share of weight", weight, "1")))
    if "ratio" in cap and main is not None and seven.value > 0.0:
        ratio = main.value / seven.value
        held.append((ratio < cap["ratio"], _stated("mitragynine per 7-OH", ratio, "1")))
    if "share" in cap and main is not None:
        share = seven.value / sum(one.value for one in contents.values())
        said = Estimate("7-OH share of stated alkaloids", share, None, share, "1", "counted")
        held.append((share > cap["share"], said))
    broken = tuple(estimate for over, estimate in held if over)
    if seven.below and broken:
        return False, ()  # less than so much was found, and the cap is lower still
    return bool(held), broken


def _stated(of: str, value: float, unit: str) -> Estimate:
    return Estimate(of, value, None, None, unit, "counted")


def _finding(
    law: Law, today: date, severity: str, said: str, over: tuple[Estimate, ...]
) -> Finding:
    return Finding(
        id=law.id if law.about != "kratom" else f"{law.id}/7-oh-rule",
        severity=severity,
        title=f"Law: {law.name}, {'7-OH' if law.about == 'kratom' else law.about}",
        plain=f"{said[:1].upper()}{said[1:]} {freshness(law, today)}",
        why=f"Rule: {law.seven_oh_rule or law.status}. {law.note}".strip(),
        certainty=certainty(law, today),
        because=because(law, today),
        watch=(),
        sources=law.sources,
        as_of=law.as_of,
        read=law.read,
        estimates=over,
    )
