"""A claim as people make it: what popular articles say of kratom, restated.

The claims stand in `evidence/claims.yaml`, each with the body system or the topic of use that it is
about. How one is put to the test stands in `cases/<system>.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import speciosa.evidence
from speciosa.evidence.fields import Fields, as_list
from speciosa.evidence.plain import read_plain

__all__ = ["KINDS", "Claim", "claims"]

KINDS = ("mechanism", "effect", "dose", "product", "safety", "advice", "law", "evidence")
TESTS = ("simulate", "evidence", "both")

_FILE = Path(speciosa.evidence.__file__).with_name("claims.yaml")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    Attributes:
        id: words and hyphens.
        claim: the sentence.
        kind: one of `KINDS`; advice is judged by its evidence and never holds.
        system: the body system or the topic of use, and the name of the file of its case.
        test: how it can be tested: simulate, evidence or both.
        articles: codes of the articles that make it; none for a user's own.
    """

    id: str
    claim: str
    kind: str
    system: str
    test: str
    articles: tuple[str, ...] = ()


@cache
def claims() -> Mapping[str, Claim]:
    """Every popular claim, by id, in the order of the file. Raises EvidenceError."""
    found: dict[str, Claim] = {}
    for number, item in enumerate(as_list(read_plain(_FILE)) or (), 1):
        f = Fields(f"{_FILE.name}, entry {number}", item, "a claim")
        claim = Claim(
            id=f.text("id", "words and hyphens"),
            claim=f.text("claim", "a sentence"),
            kind=f.choice("kind", KINDS),
            system=f.text("system", "a word"),
            test=f.choice("test", TESTS),
            articles=f.texts("articles", "codes of articles"),
        )
        f.done()
        if claim.id in found:
            f.fail("id", claim.id, "an id that no other claim has")
        found[claim.id] = claim
    return MappingProxyType(found)
