"""What was handed over and is not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.evidence import observations, records, studies, unused
from speciosa.evidence.unused import Unused, read_unused
from speciosa.safety.held import held

UNUSED = unused()
HELD = {
    identity
    for holder in (*records().values(), *observations().values(), *studies().values())
    for identity in holder.handover
} | set(held())


@pytest.mark.parametrize("entry", UNUSED.values(), ids=lambda entry: entry.id)
def test_an_unused_entry_has_a_reason_and_is_not_held(entry: Unused) -> None:
    assert len(entry.because.split()) >= 5
    assert entry.id not in HELD
    assert entry.because in str(entry)


def test_laws_and_words_are_held_and_no_number_of_an_enzyme_is_unused() -> None:
    assert {"c_th", "AL", "us_fed_leaf", "loc_alton"} <= HELD
    assert {"comed_quinidine", "comed_quinidine/Ki_CYP2D6"} <= HELD  # its words, its number


def test_what_says_the_same_as_another_names_one_that_is_not_unused() -> None:
    repeats = [entry for entry in UNUSED.values() if entry.same]
    assert repeats
    for entry in repeats:
        assert entry.same not in UNUSED, entry.id
        assert entry.same in str(entry)


def test_a_file_is_read_group_by_group(tmp_path: Path) -> None:
    path = tmp_path / "unused.yaml"
    path.write_text(
        "- because: a law\n  ids: [a, b]\n- because: twice the same\n  same: {c: d, e/f: d}\n"
    )
    assert read_unused(path) == {
        "a": Unused("a", "a law"),
        "b": Unused("b", "a law"),
        "c": Unused("c", "twice the same", "d"),
        "e/f": Unused("e/f", "twice the same", "d"),
    }


def test_what_is_held_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        UNUSED["a"] = Unused("a", "a law")  # pyright: ignore[reportIndexIssue] - wrong on purpose
