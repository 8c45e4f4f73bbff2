"""Scenarios that are wrong, each in one way, and the one sentence that says so.

The first line of each file in `scenarios/` is the message expected. Files that cannot hold such a
line (empty, binary, not UTF-8) are made here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.errors import ScenarioError
from speciosa.trial.scenario import Scenario

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
PLAIN = '[product]\nkind = "tea"\n[regimen]\ndose = "2 g"\n'


def message(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(path)
    return str(caught.value).replace(str(path), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_gets_its_one_message(path: Path) -> None:
    first, *_ = path.read_text(encoding="utf-8").splitlines()
    assert f"# expected: {message(path)}" == first


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 80


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_message_is_one_line(path: Path) -> None:
    assert "\n" not in message(path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "s.toml: got an empty file; expected a scenario in TOML"),
        (b" \n\t\n", "s.toml: got an empty file; expected a scenario in TOML"),
        (b"\x7fELF\x00\x01", "s.toml: got a binary file; expected TOML"),
        (b"# tea\n# th\xe9\n", "s.toml: got byte 0xe9 in line 2; expected TOML in UTF-8"),
        (
            b"#" * 1_000_001,
            "s.toml: got a file of 1000001 bytes; expected a scenario, which is a page of text "
            "(at most 1000000 bytes)",
        ),
        (b"a = " + b"[" * 5000, "s.toml: got values too large to read; expected TOML"),
        (b"a = " + b"9" * 5000, "s.toml: got values too large to read; expected TOML"),
    ],
    ids=["empty", "blank", "binary", "latin-1", "huge", "deep", "long-number"],
)
def test_a_file_that_is_no_scenario_at_all(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(content)
    assert message(path) == expected


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    expected = "s.toml: got no such file; expected the file of a scenario"
    assert message(tmp_path / "s.toml") == expected


def test_a_directory(tmp_path: Path) -> None:
    assert message(tmp_path).endswith(": got a directory; expected the file of a scenario")


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(ScenarioError, match="expected the file of a scenario"):
        Scenario.load(name)


@pytest.mark.parametrize("name", ["", "  ", "two\nlines"])
def test_a_certificate_without_a_name(name: str) -> None:
    with pytest.raises(ScenarioError, match="expected the name of a TOML, JSON or CSV file"):
        Scenario(product={"kind": "tea", "certificate": name}, regimen={"dose": "2 g"})


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    assert Scenario.load(path).product.kind == "tea"
