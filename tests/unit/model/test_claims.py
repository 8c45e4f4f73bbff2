"""Every body system that a popular claim is about has its file, its records and its page."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import speciosa
from speciosa.evidence.load import HOME, records, systems
from speciosa.model.wiring import SYSTEMS
from speciosa.report.system import show

CLAIMS = yaml.safe_load((HOME / "claims.yaml").read_text(encoding="utf-8"))
BODY = Path(speciosa.__file__).parent / "body"

# Words that name a package or a use of the model, not a system of the body.
ELSEWHERE = {
    "contraindications",
    "dosing",
    "evidence",
    "interactions",
    "law",
    "plan",
    "population",
    "product",
    "safety",
}
WORDS = sorted({claim["system"] for claim in CLAIMS} - ELSEWHERE)


def test_all_claims_are_here() -> None:
    assert len(CLAIMS) == 61
    assert len({claim["id"] for claim in CLAIMS}) == 61
    assert len(WORDS) == 16


@pytest.mark.parametrize("word", WORDS)
def test_a_system_of_a_claim_has_its_file_its_records_and_its_page(word: str) -> None:
    assert (BODY / f"{word}.py").is_file()
    assert word in {system.word for system in SYSTEMS}
    assert word in systems()
    assert records(word)
    page = show(word)
    assert page.numbers or page.known


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_every_system_can_be_shown(system: type) -> None:
    page = show(system.word)
    assert page.about
    assert page.to_dict()["system"] == system.word
