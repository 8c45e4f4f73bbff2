from __future__ import annotations

import multiprocessing
import os
import stat
import sys
from pathlib import Path

import pytest

from speciosa.engine.codegen.store import FOLDER, MARK, Store, usual_folder

KEY, CONTENT = "a module", b"machine code" * 50
posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
unprivileged = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "deep" / "code")


def only(store: Store) -> Path:
    ((path, _),) = store.entries()
    return path


def test_what_is_kept_is_found(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, CONTENT)
    assert store.get(KEY) == CONTENT
    assert store.get("another module") is None


def test_a_missing_folder_holds_nothing(store: Store) -> None:
    assert store.entries() == []
    assert store.clear() == 0
    assert not store.folder.exists()


def test_the_last_content_of_a_key_stays(store: Store) -> None:
    store.put(KEY, CONTENT)
    store.put(KEY, b"newer")
    assert store.get(KEY) == b"newer"
    assert len(store.entries()) == 1


@posix
def test_folder_and_entries_belong_to_the_user_alone(store: Store) -> None:
    before = os.umask(0o000)
    try:
        store.put(KEY, CONTENT)
    finally:
        os.umask(before)
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only(store).stat().st_mode) == 0o600


def test_nothing_else_is_left_in_the_folder(store: Store) -> None:
    store.put(KEY, CONTENT)
    store.put(KEY, CONTENT)
    assert [path.name for path in store.folder.iterdir()] == [only(store).name]


@pytest.mark.parametrize("place", [0, len(MARK), len(MARK) + 31, len(MARK) + 32, -1])
def test_a_damaged_entry_is_as_good_as_absent(store: Store, place: int) -> None:
    store.put(KEY, CONTENT)
    path = only(store)
    whole = bytearray(path.read_bytes())
    whole[place] ^= 1
    path.write_bytes(whole)
    assert store.get(KEY) is None
    store.put(KEY, CONTENT)
    assert store.get(KEY) == CONTENT


@pytest.mark.parametrize("left", [0, 1, len(MARK), len(MARK) + 31, len(MARK) + 32, -1])
def test_an_entry_cut_short_is_as_good_as_absent(store: Store, left: int) -> None:
    store.put(KEY, CONTENT)
    path = only(store)
    path.write_bytes(path.read_bytes()[:left])
    assert store.get(KEY) is None


def test_an_entry_with_something_behind_it_is_as_good_as_absent(store: Store) -> None:
    store.put(KEY, CONTENT)
    path = only(store)
    path.write_bytes(path.read_bytes() + b"\0")
    assert store.get(KEY) is None


def test_the_content_of_another_key_is_foreign(store: Store) -> None:
    store.put(KEY, CONTENT)
    mine = only(store)
    foreign = mine.read_bytes()
    store.put("another module", b"other code")
    (other,) = (path for path, _ in store.entries() if path != mine)
    other.write_bytes(foreign)
    assert store.get("another module") is None
    assert store.get(KEY) == CONTENT


def test_no_content_is_no_entry(store: Store) -> None:
    store.put(KEY, b"")
    assert store.get(KEY) is None


@posix
@pytest.mark.parametrize("extra", [stat.S_IWGRP, stat.S_IWOTH])
def test_an_entry_that_others_may_write_is_refused(store: Store, extra: int) -> None:
    store.put(KEY, CONTENT)
    only(store).chmod(0o600 | extra)
    assert store.get(KEY) is None


@posix
@pytest.mark.parametrize("extra", [stat.S_IWGRP, stat.S_IWOTH])
def test_a_folder_that_others_may_write_is_refused(store: Store, extra: int) -> None:
    store.put(KEY, CONTENT)
    store.folder.chmod(0o700 | extra)
    store.put("another module", CONTENT)
    assert len(store.entries()) == 1
    assert store.get(KEY) is None  # anybody could have put it there under a link or a rename


@posix
def test_what_is_no_plain_file_is_refused(store: Store) -> None:
    store.put(KEY, CONTENT)
    path = only(store)
    path.unlink()
    path.mkdir()
    assert store.get(KEY) is None
    store.put(KEY, CONTENT)
    assert store.get(KEY) is None
    path.rmdir()
    os.mkfifo(path, 0o600)
    assert store.get(KEY) is None  # and does not wait for anybody to write


@posix
@unprivileged
def test_a_folder_that_cannot_be_written_is_read_all_the_same(store: Store) -> None:
    store.put(KEY, CONTENT)
    store.folder.chmod(0o500)
    store.put("another module", CONTENT)
    assert store.get(KEY) == CONTENT
    assert len(store.entries()) == 1
    store.folder.chmod(0o700)


@pytest.mark.parametrize("fails", ["tempfile.mkstemp", "os.replace"])
def test_what_cannot_be_written_is_not_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    store.put(KEY, CONTENT)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fails, full)
    store.put("another module", CONTENT)
    assert store.get("another module") is None
    assert store.get(KEY) == CONTENT
    assert [path.suffix for path in store.folder.iterdir()] == [".code"]


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "code")
    store.put(KEY, CONTENT)
    assert store.get(KEY) is None
    assert store.entries() == []


def aged(path: Path, hours: int) -> None:
    then = path.stat().st_mtime - 3600 * hours
    os.utime(path, (then, then))


def test_entries_come_least_recently_used_first(store: Store) -> None:
    paths: dict[str, Path] = {}
    for hours, key in enumerate("abc"):
        store.put(key, CONTENT)
        (paths[key],) = (path for path, _ in store.entries() if path not in paths.values())
        aged(paths[key], 3 - hours)
    store.get("a")
    assert [path for path, _ in store.entries()] == [paths[key] for key in "bca"]
    assert {size for _, size in store.entries()} == {len(MARK) + 32 + len(CONTENT)}


def test_the_least_recently_used_go_beyond_the_bound(tmp_path: Path) -> None:
    size = len(MARK) + 32 + len(CONTENT)
    store = Store(tmp_path, bound=3 * size)
    for hours, key in enumerate("abc"):
        before = {path for path, _ in store.entries()}
        store.put(key, CONTENT)
        for path, _ in store.entries():
            if path not in before:
                aged(path, 3 - hours)
    assert all(store.get(key) for key in "cba")
    for hours, key in enumerate("abc", start=1):
        aged(store._path(key), hours)
    store.get("b")
    store.put("d", CONTENT)
    assert [key for key in "abcd" if store.get(key)] == ["a", "b", "d"]
    assert sum(bytes_ for _, bytes_ in store.entries()) <= store.bound


def test_an_entry_larger_than_the_bound_stays_until_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path, bound=100)
    store.put(KEY, CONTENT)
    assert store.get(KEY) == CONTENT
    aged(store._path(KEY), 1)
    store.put("another module", CONTENT)
    assert store.get(KEY) is None


def test_clearing_removes_entries_and_nothing_else(store: Store) -> None:
    store.put(KEY, CONTENT)
    store.put("another module", CONTENT)
    (store.folder / "notes.txt").write_text("mine")
    assert store.clear() == 2
    assert store.entries() == []
    assert (store.folder / "notes.txt").exists()


def test_the_variable_names_the_folder_or_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert usual_folder() == tmp_path
    monkeypatch.setenv(FOLDER, "")
    assert usual_folder() is None


def test_caches_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(FOLDER)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert usual_folder() == tmp_path / "speciosa"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert usual_folder() is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert usual_folder() == tmp_path / ".cache" / "speciosa"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert usual_folder() == tmp_path / "Library" / "Caches" / "speciosa"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert usual_folder() is None


def _share(folder: Path, seed: int, wrong: multiprocessing.Queue[str]) -> None:
    store = Store(folder, bound=20_000)  # room for about six of the ten
    for step in range(200):
        number = (seed + 7 * step) % 10
        content = bytes([number]) * 3000
        if step % 3 == seed % 3:
            store.put(f"module {number}", content)
        if store.get(f"module {number}") not in (None, content):
            wrong.put(f"{seed}: {number} at {step}")


@pytest.mark.slow
def test_processes_share_the_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    wrong: multiprocessing.Queue[str] = context.Queue()
    team = [context.Process(target=_share, args=(tmp_path, seed, wrong)) for seed in range(8)]
    for process in team:
        process.start()
    for process in team:
        process.join()
    assert [process.exitcode for process in team] == [0] * 8
    assert wrong.empty()
    store = Store(tmp_path)
    assert [path for path in tmp_path.iterdir() if path.suffix != ".code"] == []
    assert sum(size for _, size in store.entries()) <= 20_000 + 8 * 3100
