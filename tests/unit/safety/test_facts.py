"""A broken fact is refused, with its file, its key, its value and what would be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from speciosa.errors import EvidenceError
from speciosa.safety.facts import HOME, entries, facts, read_facts
from speciosa.safety.finding import AREAS, CERTAINTIES, SEVERITIES

TODAY = date(2026, 11, 25)
GOOD: dict[str, Any] = {
    "id": "person/somebody",
    "severity": "caution",
    "title": "Somebody",
    "plain": "Plain words.",
    "why": "the mechanism",
    "certainty": "low",
    "because": "one case",
    "watch": ["a sign"],
    "sources": ["speciosa"],
    "as_of": "2026-11-25",
    "read": "recalled",
}
FILES = ("interaction", "interaction-drug", "person", "product", "regimen", "emergency")


def written(folder: Path, *held: object) -> Path:
    file = folder / "made-up.yaml"
    file.write_text(yaml.safe_dump(list(held)), encoding="utf-8")
    return file


def test_a_whole_fact_is_read(tmp_path: Path) -> None:
    held = read_facts(written(tmp_path, GOOD | {"handover": ["entry_1"]}))["person/somebody"]
    assert held.finding.as_of == TODAY
    assert held.finding.watch == ("a sign",)
    assert held.handover == ("entry_1",)


def test_signs_and_handed_over_entries_may_be_missing(tmp_path: Path) -> None:
    bare = {key: value for key, value in GOOD.items() if key != "watch"}
    held = read_facts(written(tmp_path, bare))["person/somebody"]
    assert held.finding.watch == held.handover == ()


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("severity", "lethal", "expected one of emergency, danger, warning, caution, note"),
        ("certainty", "sure", "expected one of high, moderate, low, very low"),
        ("read", "skimmed", "expected one of"),
        ("as_of", "2026-02-30", "a day, such as 2026-11-25"),
        ("as_of", "lately", "a day, such as 2026-11-25"),
        ("sources", [], "expected keys of sources.bib"),
        ("sources", ["nobody-1900"], "the key of a source in sources.bib"),
        ("id", "weather/rain", "an id that begins with one of"),
        ("title", "", "what it is about, in a few words"),
        ("plain", 7, "what it means, in plain words"),
        ("colour", "red", "colour"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, key: str, value: object, says: str) -> None:
    with pytest.raises(EvidenceError) as refused:
        read_facts(written(tmp_path, GOOD | {key: value}))
    told = str(refused.value)
    assert "made-up.yaml, entry 1" in told
    assert key in told
    assert says in told


@pytest.mark.parametrize("key", [key for key in GOOD if key not in ("watch",)])
def test_what_is_missing_is_named(tmp_path: Path, key: str) -> None:
    with pytest.raises(EvidenceError, match=key):
        read_facts(written(tmp_path, {k: v for k, v in GOOD.items() if k != key}))


def test_an_id_stands_once(tmp_path: Path) -> None:
    again = {key: list(v) if isinstance(v, list) else v for key, v in GOOD.items()}
    with pytest.raises(EvidenceError, match=r"entry 2.*an id that no other fact has"):
        read_facts(written(tmp_path, GOOD, again))


def test_a_file_is_a_list(tmp_path: Path) -> None:
    for held in ("{}", "[]", "words"):
        file = tmp_path / "made-up.yaml"
        file.write_text(held)
        with pytest.raises(EvidenceError, match="a list of entries, each a fact"):
            entries(file, "a fact")


@pytest.mark.parametrize("name", FILES)
def test_every_fact_that_is_shipped_is_whole(name: str) -> None:
    held = facts(name)
    assert held
    for identity, found in held.items():
        assert found.id == identity
        assert found.area in AREAS
        assert found.severity in SEVERITIES
        assert found.certainty in CERTAINTIES
        assert found.as_of <= TODAY
        assert found.sources


def test_no_two_files_hold_the_same_id() -> None:
    ids = [identity for name in FILES for identity in facts(name)]
    assert len(ids) == len(set(ids))
    assert {path.stem for path in HOME.glob("*.yaml")} >= set(FILES)
