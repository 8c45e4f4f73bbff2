"""Keeps every value in a Parquet file: one row per person and time, one column per output.

Rows stand in the order of people and times whatever the order in which people were finished, and
row groups are of one size, so the file is the same for any chunks. A chunk that comes before its
turn waits in a scratch file beside it: memory holds one row group and one chunk. The file appears
under its name when all is in it; whoever stops before leaves what was there as it was.
"""

# pyarrow comes without types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

import contextlib
import os
import tempfile
import weakref
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.outcome import Outcome
from speciosa.engine.save.keeper import Floats, Int8s
from speciosa.errors import InputError, SolverError

__all__ = ["Parquet"]

KEYS = ("person", "time")
MOST_ROWS = 10_000_000


class Parquet:
    """All outputs of all people at all times, in a file.

    Columns are `person` (from 0), `time` (h) and the outputs in their units; nan stands for a
    person who failed. Times that a person was not asked at have no row.

    Args:
        path: the file; its folder must exist.
        chunk_rows: rows of a row group.

    Raises:
        InputError: an argument is out of range, or an output is called as a key is.
        SolverError: at the end somebody is missing.
    """

    def __init__(self, path: Path | str, chunk_rows: int = 100_000) -> None:
        if not 1 <= chunk_rows <= MOST_ROWS:
            raise InputError("chunk_rows", chunk_rows, f"1 to {MOST_ROWS} rows")
        self.path, self.chunk_rows = Path(path), chunk_rows
        if self.path.is_dir() or not self.path.parent.is_dir():
            raise InputError("path", str(path), "a file in a folder that exists")
        self._lock = Lock()
        self._open: _Open | None = None

    @property
    def rows_in_memory(self) -> int:
        """Rows that are next and wait for their row group to be full."""
        return self._open.held if self._open is not None else 0

    def begin(self, people: int, times: Floats, outputs: tuple[str, ...]) -> None:
        """See `Keeper`."""
        for name in outputs:
            if name in KEYS:
                raise InputError("outputs", name, f"other names than {' and '.join(KEYS)}")
        self.stop()
        self._open = _Open(self.path, people, times, outputs, self.chunk_rows)

    def take(self, first: int, values: Floats, outcome: Int8s) -> None:
        """See `Keeper`."""
        own = np.array(values, dtype=np.float64, order="C")
        own[outcome != Outcome.OK] = np.nan
        with self._lock:
            if self._open is not None:
                self._open.take(first, own)

    def end(self) -> None:
        """See `Keeper`."""
        with self._lock:
            if self._open is not None:
                self._open.finish()
                self._open = None

    def stop(self) -> None:
        """See `Keeper`; also done when nobody holds the keeper any more, and at exit."""
        with self._lock:
            if self._open is not None:
                self._open.discard()
                self._open = None


class _Open:
    """A file that is being written."""

    def __init__(
        self, path: Path, people: int, times: Floats, outputs: tuple[str, ...], chunk_rows: int
    ) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.path, self.people, self.times = path.resolve(), people, np.atleast_2d(times)
        self.outputs, self.chunk_rows = outputs, chunk_rows
        self.next = 0
        self.waiting: dict[int, tuple[int, int]] = {}
        self.rows: list[tuple[NDArray[Any], ...]] = []
        self.held = 0
        folder = self.path.parent
        handle, self.unfinished = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
        self.file = os.fdopen(handle, "wb")
        # Open for as long as the object lives.
        self.scratch: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the file
        self.arrow: Any = pa
        self.schema: Any = self.arrow.schema(
            [("person", pa.int64()), *((name, pa.float64()) for name in ("time", *outputs))]
        )
        write: Any = pq.ParquetWriter
        self.writer = write(self.file, self.schema, compression="zstd", use_dictionary=list(KEYS))
        self.discard = weakref.finalize(
            self, _discard, self.unfinished, self.writer, self.file, self.scratch
        )

    def take(self, first: int, values: Floats) -> None:
        """Write a chunk and those that waited for it, or let it wait."""
        if not len(values):
            return
        if first != self.next:
            self.scratch.seek(0, os.SEEK_END)
            self.waiting[first] = (self.scratch.tell(), len(values))
            self.scratch.write(values.data)
            return
        self._write(values)
        while self.next in self.waiting:
            start, k = self.waiting.pop(self.next)
            self.scratch.seek(start)
            size = k * self.times.shape[1] * len(self.outputs) * values.itemsize
            read = np.frombuffer(self.scratch.read(size), dtype=np.float64)
            self._write(read.reshape(k, *values.shape[1:]))

    def finish(self) -> None:
        """Write the rest and put the file in its place."""
        if self.next != self.people:
            self.discard()
            raise SolverError(f"{self.path.name}: person {self.next} of {self.people} is missing")
        self._groups(self.held or 1)
        self.writer.close()
        self.file.close()
        # A temporary file is private; what a user asked for follows the user's own mask.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(self.unfinished, 0o666 & ~mask)
        os.replace(self.unfinished, self.path)
        self.discard()

    def _write(self, values: Floats) -> None:
        """Add people, who are next, to the rows; write the row groups that are full."""
        k = len(values)
        t = self.times if len(self.times) == 1 else self.times[self.next : self.next + k]
        t = np.broadcast_to(t, values.shape[:2])
        asked = np.isfinite(t)
        person = np.broadcast_to(np.arange(self.next, self.next + k)[:, None], asked.shape)
        self.next += k
        self.rows.append((person[asked], t[asked], *np.moveaxis(values[asked], 1, 0)))
        self.held += int(asked.sum())
        if self.held >= self.chunk_rows:
            self._groups(self.chunk_rows)

    def _groups(self, size: int) -> None:
        """Write row groups of this size; what is less waits for more."""
        columns = [np.concatenate(parts) for parts in zip(*self.rows, strict=True)]
        whole = self.held - self.held % size
        for start in range(0, whole, size):
            arrays = [self.arrow.array(column[start : start + size]) for column in columns]
            table = self.arrow.Table.from_arrays(arrays, schema=self.schema)
            self.writer.write_table(table, row_group_size=size)
        # A copy, or the rest would hold all of the rows in memory.
        self.rows = [tuple(column[whole:].copy() for column in columns)]
        self.held -= whole


def _discard(unfinished: str, *files: Any) -> None:
    # The writer writes its last words when it is closed; on a full disk it cannot.
    for file in files:
        with contextlib.suppress(OSError):
            file.close()
    with contextlib.suppress(FileNotFoundError):
        os.unlink(unfinished)
