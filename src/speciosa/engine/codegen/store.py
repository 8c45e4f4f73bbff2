"""Object code on disk, so that a model is compiled once on a machine.

Loading what lies here runs it. So the folder belongs to the user alone, an entry is taken only if
it is a plain file of the user's that nobody else may write, and it opens with a checksum of its key
and content: what is damaged, cut short or foreign is as good as absent and is built anew. Files are
written beside their name and renamed, so that any number of processes may share the folder. The
least recently used entries go when it grows beyond its bound.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "Store", "usual_folder"]

FOLDER: Final = "SPECIOSA_CACHE"
"""Environment variable that names another folder; empty for no cache at all."""
MARK: Final = b"speciosa code 1\n"
ENDING: Final = ".code"
BOUND: Final = 256 * 2**20  # bytes


def usual_folder() -> Path | None:
    """Where the cache is: `SPECIOSA_CACHE`, or the user's folder for caches; None for nowhere."""
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "speciosa" if base and os.path.isabs(base) else None


@dataclass(frozen=True)
class Store:
    """Entries by key, in one folder of at most `bound` bytes."""

    folder: Path
    bound: int = BOUND

    def get(self, key: str) -> bytes | None:
        """The content kept under a key; None if there is none that can be trusted."""
        path = self._path(key)
        try:
            if not _own(self.folder.stat()):
                return None
            with open(path, "rb", opener=_at_once) as file:
                info = os.fstat(file.fileno())
                if not stat.S_ISREG(info.st_mode) or not _own(info):
                    return None
                whole = file.read()
        except OSError:
            return None
        head = self._head(key, content := whole[len(MARK) + 32 :])
        if not content or whole[: len(head)] != head:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used now
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a content; where nothing can be written it is simply not kept."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _own(self.folder.stat()):
                return
            number, name = tempfile.mkstemp(dir=self.folder)  # for the user alone
        except OSError:
            return
        try:
            with os.fdopen(number, "wb") as file:
                file.write(self._head(key, content) + content)
            os.replace(name, self._path(key))
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            return
        self._shrink()

    def entries(self) -> list[tuple[Path, int]]:
        """Every entry with its size in bytes, the least recently used first."""
        found = [(path, info) for path in self._files() if (info := _info(path)) is not None]
        found.sort(key=lambda one: one[1].st_mtime_ns)
        return [(path, info.st_size) for path, info in found]

    def clear(self) -> int:
        """Remove every entry; how many there were."""
        removed = 0
        for path, _ in self.entries():
            with contextlib.suppress(OSError):
                path.unlink()
                removed += 1
        return removed

    def _shrink(self) -> None:
        held = self.entries()
        size = sum(bytes_ for _, bytes_ in held)
        for path, bytes_ in held[:-1]:
            if size <= self.bound:
                break
            with contextlib.suppress(OSError):
                path.unlink()
            size -= bytes_

    def _files(self) -> Iterator[Path]:
        try:
            yield from self.folder.glob(f"*{ENDING}")
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / f"{sha256(key.encode()).hexdigest()[:40]}{ENDING}"

    def _head(self, key: str, content: bytes) -> bytes:
        return MARK + sha256(key.encode() + b"\0" + content).digest()


def _info(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _at_once(path: str, flags: int) -> int:
    """Open without waiting, should a pipe stand there."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _own(info: os.stat_result) -> bool:
    """Whether it is this user's and nobody else may write it."""
    if sys.platform == "win32":  # its permissions say nothing; the user's folder is the user's
        return True
    return info.st_uid == os.geteuid() and not info.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
