from __future__ import annotations

import json
from pathlib import Path

import pytest

from speciosa.cli.app import main
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.store import BOUND, FOLDER, Store

KEYS = {"folder", "entries", "bytes", "bound", "removed", "target", "llvm"}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache with two entries."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(FOLDER, str(folder))
    for key in ("a", "b"):
        Store(folder).put(key, b"code")
    return folder


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["cache", "--json", "-", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_says_what_is_kept_and_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache"]) == 0
    where, size, *_ = capsys.readouterr().out.splitlines()
    assert where == str(folder)
    assert size == f"2 entries, 0.0 MiB of at most {BOUND / 2**20:.1f} MiB"


def test_json_holds_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys)
    assert set(found) == KEYS
    assert (found["folder"], found["entries"], found["removed"]) == (str(folder), 2, 0)
    assert found["bytes"] == sum(path.stat().st_size for path in folder.iterdir())
    assert found["bound"] == BOUND


def test_clear_removes_every_entry_and_says_how_many(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cache", "--clear"]) == 0
    assert "2 entries removed" in capsys.readouterr().out
    assert list(folder.iterdir()) == []
    assert asked(capsys, "--clear")["removed"] == 0


def test_a_folder_that_is_not_there_holds_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "none"))
    assert asked(capsys)["entries"] == 0
    assert not (tmp_path / "none").exists()


def test_no_folder_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER, "")
    assert asked(capsys, "--clear")["folder"] is None
    assert main(["cache"]) == 0
    assert capsys.readouterr().out.startswith("No folder")


@pytest.mark.skipif(not machine.available(), reason="without LLVM there is no target")
@pytest.mark.usefixtures("folder")
def test_the_target_and_llvm_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line == f"target {machine.host().name}, LLVM {machine.version()}"


@pytest.mark.usefixtures("folder")
def test_without_llvm_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "available", lambda: False)
    assert asked(capsys)["target"] is None
    assert main(["cache"]) == 0
    assert "python3 -m pip install llvmlite" in capsys.readouterr().out
