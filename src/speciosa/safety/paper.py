"""What a certificate leaves out, and what is wrong with the paper itself; or that there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from speciosa.product.certificate import Certificate, State
from speciosa.product.fields import NEEDS
from speciosa.product.found import FAIL
from speciosa.safety.amounts import Amounts, span
from speciosa.safety.finding import Estimate, Finding
from speciosa.safety.said import listed, said

__all__ = ["paper_findings"]

_FIRST = (
    "coa_salmonella",
    "coa_lead_arsenic_cadmium_mercury",
    "coa_7_hydroxymitragynine",
    "coa_mitragynine",
    "coa_coliforms_e_coli",
    "coa_residual_solvents",
    "coa_yeast_mold",
    "coa_aerobic_plate_count",
    "coa_mitragynine_pseudoindoxyl_and_synthetics",
    "coa_nickel_chromium",
)
"""Tests by what their absence hides, the gravest first; what a paper says of itself is last."""

_AT_ONCE = 3
_NOT_LEAF = re.compile(r"\b(extract|isolate|tablets?|gumm(y|ies)|7.?oh|7.?hydroxy\w*)\b")
_WORDS = {
    "lod": "how little the lab can see",
    "loq": "how little the lab can measure",
    "e_coli": "E. coli",
    "accreditation": "who checks the lab",
    "client": "who sent it",
    "sample": "which sample it was",
    "product": "which product it was",
    "batch": "which batch it was",
    "received": "when it came",
    "tested": "when it was tested",
    "reported": "when it was told",
    "verdict": "if it passed",
    "signature": "who signed for it",
    "synthetics": "lab-made opioids",
}


def paper_findings(amounts: Amounts, today: date) -> Iterator[Finding]:
    """What the certificate does not tell, or tells wrongly."""
    product = amounts.scenario.product
    paper = product.certificate
    if paper is None:
        yield _none(amounts)
        return
    doubts = [*paper.doubts(today), *_other_material(paper, product.kind)]
    if doubts:
        yield said("product/doubtful", f"For one: {'. And: '.join(doubts)}.")
    if failed := _failed(paper):
        yield said("product/failed", failed)
    if paper.old(today) and paper.day:
        days = (today - paper.day).days
        age = Estimate("age of the certificate", float(days), None, None, "d", "counted")
        yield said("product/old", f"Its last date is {paper.day.isoformat()}.", age)
    yield from _left_out(amounts, paper)


def _none(amounts: Amounts) -> Finding:
    """No certificate: how wide the guess at one dose is."""
    main = amounts.product.main
    mg = amounts.milligrams(main)
    name = "7-OH" if main == "hydroxymitragynine" else "mitragynine"
    if main in amounts.scenario.contents:
        sentence = f"By what was entered, one dose holds {span(mg)} of {name}. No lab bears it out."
    else:
        sentence = f"One dose may hold {span(mg)} of {name}."
    return said("product/no-certificate", sentence, mg)


def _left_out(amounts: Amounts, paper: Certificate) -> Iterator[Finding]:
    """What is not on the paper, what hides most first; then what one dose may hold, if untold."""
    missing = sorted((one for one in paper.states(amounts.product.kind) if one.missing), key=_rank)
    told = [one for one in missing if one.field.need not in ("optional", "derived")]
    main = amounts.product.main
    mg = amounts.milligrams(main)
    untold = main not in amounts.scenario.contents
    if not told:
        return
    tests = [word for one in told if one.field.id in _FIRST for word in _words(one)]
    rest = [word for one in told if one.field.id not in _FIRST for word in _words(one)]
    sentences = [f"It has no test of {one}." for one in _in_threes(tests)[:1]]
    sentences += [f"Nor of {one}." for one in _in_threes(tests)[1:]]
    sentences += [f"It does not say {one}." for one in _in_threes(rest)[:1]]
    if len(rest) > _AT_ONCE:
        sentences.append(f"{len(rest) - _AT_ONCE} more are not shown.")
    if untold:
        name = "7-OH" if main == "hydroxymitragynine" else "mitragynine"
        sentences.append(f"One dose may hold {span(mg)} of {name}.")
    found = said("product/untested", " ".join(sentences), *([mg] if untold else []))
    fields = "; ".join(one.field.title for one in missing)
    yield replace(found, why=f"{found.why} Not shown, or only in part: {fields}.")


def _in_threes(words: Sequence[str]) -> list[str]:
    """Words a few to a sentence, as many as one reads at once."""
    return [listed(words[at : at + _AT_ONCE], "or") for at in range(0, len(words), _AT_ONCE)]


def _rank(one: State) -> tuple[int, int]:
    place = _FIRST.index(one.field.id) if one.field.id in _FIRST else len(_FIRST)
    return place, NEEDS.index(one.field.need)


def _words(one: State) -> list[str]:
    """The field, or what is missing of it where some is there."""
    if len(one.missing) == len(one.field.keys):
        return [one.field.plain]
    return [_WORDS.get(key, key.replace("_", " ")) for key in one.missing]


def _other_material(paper: Certificate, kind: str) -> Iterator[str]:
    matrix = paper.texts.get("matrix", "")
    if kind in ("leaf", "tea", "capsule") and _NOT_LEAF.search(matrix.casefold()):
        yield f"it is of {matrix!r}, and the product is called {kind}"


def _failed(paper: Certificate) -> str:
    """Which part failed, in words; "" if none did."""
    words = [key.replace("_", " ") for key, found in paper.results.items() if found.word == FAIL]
    if words:
        return f"Failed: {', '.join(words)}."
    verdict = paper.texts.get("verdict", "").casefold()
    failed = re.search(r"\b(fail\w*|does not conform|not compliant)\b", verdict)
    return "It says: fail." if failed and "pass" not in verdict else ""
