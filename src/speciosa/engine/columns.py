"""Columns of a table that somebody handed in: numbers, all of one length, or one error."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine.numpy_code import Floats
from speciosa.errors import InputError

__all__ = ["Columns", "Ints", "refuse"]

Ints = NDArray[np.int64]


class Columns:
    """The columns of one table, as floats.

    Args:
        table: what errors call it.
        given: a column or one number for every row.
        key: the column that decides how many rows there are, if it is one.

    Raises:
        InputError: naming the table and the column, here and below also the row.
    """

    def __init__(self, table: str, given: Mapping[str, ArrayLike], key: str) -> None:
        self.table = table
        columns = {name: self._column(name, values) for name, values in given.items()}
        sizes = {name: column.size for name, column in columns.items() if column.ndim}
        self.rows = sizes.get(key, max(sizes.values(), default=1))
        for name, size in sizes.items():
            if size != self.rows:
                raise self.wrong_size(name, size)
        self._columns = {
            name: np.array(np.broadcast_to(column, (self.rows,)))
            for name, column in columns.items()
        }

    def __getitem__(self, name: str) -> Floats:
        return self._columns[name]

    def whole(self, name: str) -> Ints:
        """A column of whole numbers."""
        column = self[name]
        broken = ~np.isfinite(column) | (column != np.round(column)) | (np.abs(column) > 2**53)
        refuse(self.table, name, column, broken, "a whole number")
        return column.astype(np.int64)

    def wrong_size(self, name: str, size: int) -> InputError:
        """The error for a column of another length."""
        expected = f"{self.rows} rows, or one value"
        return InputError(f"{self.table}, column {name}", f"{size} rows", expected)

    def _column(self, name: str, values: ArrayLike) -> Floats:
        try:
            column = np.asarray(values, dtype=float)
        except (TypeError, ValueError):
            raise InputError(f"{self.table}, column {name}", values, "numbers") from None
        if column.ndim > 1:
            raise InputError(f"{self.table}, column {name}", column.shape, "one dimension")
        return column


def refuse(
    table: str, name: str, column: Floats | Ints, wrong: NDArray[np.bool_], expected: str
) -> None:
    """Raise an `InputError` for the first wrong row, if there is one."""
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(f"{table}, column {name}, row {row}", column[row].item(), expected)
