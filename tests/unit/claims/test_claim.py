"""The list of claims, as it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.claims import claim
from speciosa.claims.claim import KINDS, Claim, claims
from speciosa.errors import EvidenceError

ONE = '{id: heals, claim: "It heals.", kind: effect, system: pain, test: both, articles: [000_6]}'


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The claims of a file with these entries."""

    def read(*entries: str):
        path = tmp_path / "claims.yaml"
        path.write_text("".join(f"- {one}\n" for one in entries), encoding="utf-8")
        monkeypatch.setattr(claim, "_FILE", path)
        return claims.__wrapped__()

    return read


def test_there_are_61_of_them_each_with_an_article() -> None:
    assert len(claims()) == 61
    assert all(one.articles and one.claim.endswith(".") for one in claims().values())
    assert {one.kind for one in claims().values()} == set(KINDS)


def test_an_entry_is_a_claim(read) -> None:
    assert dict(read(ONE)) == {
        "heals": Claim("heals", "It heals.", "effect", "pain", "both", ("000_6",))
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("effect", "rumour", r"claims.yaml, entry 1, kind: got 'rumour'; expected one of mecha"),
        ("both", "neither", r"entry 1, test: got 'neither'; expected one of simulate, evidence,"),
        ('"It heals."', '""', r"entry 1, claim: got ''; expected a sentence"),
        ("system: pain, ", "", r"entry 1, system: got nothing; expected a word"),
        ("articles", "article", r"entry 1, article: got \['000_6'\]; expected articles\?"),
    ],
)
def test_what_is_wrong_is_told(read, old: str, new: str, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        read(ONE.replace(old, new))


def test_two_claims_have_two_ids(read) -> None:
    with pytest.raises(EvidenceError, match="got 'heals'; expected an id that no other claim has"):
        read(ONE, ONE)
