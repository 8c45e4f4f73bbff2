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
    """Findings about the product of a case, in no order; `today` tells how old a certificate is."""
    yield from questions(case)
    amounts = Amounts(case.scenario)
    product = case.scenario.product
    yield from strong_findings(amounts)
    if product.certificate:
        yield from germ_findings(product.certificate)
    yield from metal_findings(amounts)
    yield from paper_findings(amounts, today)
    if product.strain:
        yield said("product/strain", f"The name entered is {product.strain!r}.")
