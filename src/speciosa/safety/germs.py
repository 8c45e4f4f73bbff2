"""Germs, mould and residues that a laboratory found.

Assumed: a count in what is weighed is held against the limit for raw plants, also where hot water
follows. Left out: what a count does to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from speciosa.evidence import find
from speciosa.product.certificate import Certificate
from speciosa.safety.amounts import number
from speciosa.safety.finding import Estimate, Finding
from speciosa.safety.said import said
from speciosa.units import convert, unit

__all__ = ["germ_findings"]

_GERMS = {"listeria": "Listeria", "s_aureus": "S. aureus", "stec": "toxic E. coli"}
_COUNTS = {
    "aerobic": ("germs of all kinds", "limits/aerobic/ahpa"),
    "yeast_and_mould": ("yeast and mould", "limits/yeast_and_mould/ahpa"),
    "coliforms": ("gut germs", "limits/coliforms/ahpa"),
}
_RESIDUES = {
    "pesticides": "bug spray",
    "mycotoxins": "mould poison",
    "residual_solvents": "solvents",
}


def germ_findings(paper: Certificate) -> Iterator[Finding]:
    """What was found that can make ill at once, the gravest first."""
    there = {key for key, found in paper.results.items() if found.there}
    if "salmonella" in there:
        yield said("product/salmonella")
    if named := [word for key, word in _GERMS.items() if key in there]:
        yield said("product/germs", f"Found: {', '.join(named)}.")
    if "e_coli" in there:
        yield said("product/e-coli")
    yield from _counts(paper)
    if named := [word for key, word in _RESIDUES.items() if key in there]:
        yield said("product/residues", f"Found: {', '.join(named)}.")


def _counts(paper: Certificate) -> Iterator[Finding]:
    above: list[Estimate] = []
    words: list[str] = []
    for key, (name, identity) in _COUNTS.items():
        found = paper.results.get(key)
        if found is None or found.value is None or found.unit != "CFU/g" or found.sign == "<":
            continue
        record = find([identity])[identity]
        limit = convert(record.value, record.unit, unit("1/g"))
        if found.value > limit:
            words.append(f"{name}, {number(found.value / limit)} times the guide")
            above.append(Estimate(name, found.value, None, None, "CFU/g", "observed"))
    if above:
        yield said("product/counts", f"Above it: {'; '.join(words)}.", *above)
