"""What is dangerous about a product: what it holds, what ought not to be in it, what nobody tested.

Names of strains and veins are accepted, shown, and change nothing; the reason is a finding too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from speciosa.safety.amounts import Amounts
from speciosa.safety.case import Case
from speciosa.safety.finding import Finding
from speciosa.safety.germs import germ_findings
from speciosa.safety.metals import metal_findings
from speciosa.safety.paper import paper_findings
from speciosa.safety.questions import questions
from speciosa.safety.said import said
from speciosa.safety.strong import strong_findings

__all__ = ["product_findings"]


def product_findings(case: Case, today: date) -> Iterator[Finding]:
    """Findings about the product of a case; `today` tells how old a certificate is.

    The order is that in which equally grave ones are told. Where nothing is taken there is none.
    """
    amounts = Amounts(case.scenario)
    product = case.scenario.product
    if amounts.largest[1].value <= 0.0:
        return
    yield from questions(case)
    yield from strong_findings(amounts)
    if product.certificate:
        yield from germ_findings(product.certificate)
    yield from paper_findings(amounts, today)
    yield from metal_findings(amounts)
    if product.strain:
        yield said("product/strain", f"The name entered is {product.strain!r}.")
