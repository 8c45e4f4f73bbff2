"""Reading and writing of files, and how long it takes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from speciosa.errors import EvidenceError
from speciosa.evidence import find, observations, records, source, sources, write_records
from speciosa.evidence.load import HOME, read_records, read_sources
from speciosa.evidence.plain import read_plain

RECORDS = records()


def test_only_the_files_asked_for_are_read() -> None:
    code = (
        "import speciosa.evidence.load as load\n"
        "load.find(['opioid/mu/Ki/morphine'])\n"
        "print(load._file.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 2  # opioid, and what is fitted


def test_everything_is_read_quickly() -> None:
    def read() -> float:
        begun = time.process_time()
        for path in (HOME / "records").glob("*.yaml"):
            read_records(path, frozenset(sources()))
        return time.process_time() - begun

    # A fifth of this on an idle machine; the test is there for a reader ten times as slow.
    assert min(read() for _ in range(3)) < 0.25


def test_what_is_held_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        records("pain")["pain/spinal"] = RECORDS["pain/spinal"]  # pyright: ignore[reportIndexIssue] - wrong on purpose
    with pytest.raises(AttributeError):
        RECORDS["pain/spinal"].value = 1.0  # pyright: ignore[reportAttributeAccessIssue] - wrong on purpose


def test_an_unknown_id_word_or_key_is_refused() -> None:
    with pytest.raises(EvidenceError, match="expected the id of a record"):
        find(["opioid/mu/Ki/nothing"])
    with pytest.raises(EvidenceError, match="expected the id of a record"):
        find(["nowhere/at/all"])
    with pytest.raises(EvidenceError, match="expected one of absorption, "):
        records("nowhere")
    with pytest.raises(EvidenceError, match=r"expected the key of a source in sources\.bib"):
        source("nobody-1900")


def test_records_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "records" / "fitted.yaml"
    write_records(path, reversed([*RECORDS.values()]), head="Written by a test.\n\nTwice.")
    back = read_records(path, frozenset(sources()))
    assert back == RECORDS
    assert list(back) == sorted(RECORDS)
    first = path.read_bytes()
    write_records(path, back.values(), head="Written by a test.\n\nTwice.")
    assert path.read_bytes() == first
    assert first.startswith(b"# Written by a test.\n#\n# Twice.\n")
    assert max(len(line) for line in path.read_text(encoding="utf-8").splitlines()) <= 140
    assert [p.name for p in path.parent.iterdir()] == ["fitted.yaml"]


def test_a_file_that_would_not_read_back_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "records" / "pain.yaml"
    write_records(path, records("pain").values())
    before = path.read_bytes()
    with pytest.raises(EvidenceError, match="an id that begins with pain/"):
        write_records(path, records("tolerance").values())
    assert path.read_bytes() == before


def test_plain_yaml_has_no_surprises(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "- {no: no, date: 2024-01-02, e: 1e-3, octal: 010, yes: true, text: '1', t: 1:30}\n"
    )
    assert read_plain(path) == [
        {
            "no": "no",
            "date": "2024-01-02",
            "e": 0.001,
            "octal": 10,
            "yes": True,
            "text": "1",
            "t": "1:30",
        }
    ]


def test_the_bibliography_can_be_read_by_anyone() -> None:
    text = (HOME / "sources.bib").read_text(encoding="utf-8")
    assert text.isascii()
    assert text.count("{") == text.count("}")
    for found in sources().values():
        assert found.title
        assert not found.year or found.year.isdigit()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@article{a,\n  title = {x}\n  year = {1}\n}", None),
        ("@article{a,\n  year = {1999},\n}", "expected a title"),
        ("@article{a,\n  title = {x},\n  title = {y},\n}", "expected name = {text}, once"),
        ("@article{a,\n  title = x,\n}", "expected name = {text}, once"),
        ("article a", "expected @kind{key, with one field a line, and }"),
        ("@misc{a,\n  title = {x},\n}\n\n@misc{a,\n  title = {y},\n}", "no other source has"),
    ],
)
def test_a_bibliography_is_strict(tmp_path: Path, text: str, message: str | None) -> None:
    path = tmp_path / "sources.bib"
    path.write_text(text)
    if message is None:
        assert list(read_sources(path)) == ["a"]
        return
    with pytest.raises(EvidenceError) as caught:
        read_sources(path)
    assert message in str(caught.value)


def test_observations_are_found_by_id() -> None:
    assert observations()["tanna-2022/mitragynine/cmax"].value == 81.9
