"""A file of event records as plain columns: what can go wrong before a record is looked at.

The first line that is neither blank nor begins with `#` names the columns, commas stand between
them, and a blank, `.` or `NA` is a value that is missing. Lines that begin with `#`, and below the
names also with `C,`, are comments, and blank lines are passed over. A pandas table is
taken as it is.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError
from speciosa.trial.complaints import Said

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Raw", "numbers", "raw_file", "raw_frame"]

Column = NDArray[np.float64] | NDArray[np.object_]

_MISSING = ("", ".", "NA")
_COMMENTS = ("#", "C,")


@dataclass(frozen=True)
class Raw:
    """Columns by the name that the file gives them, in its order.

    Attributes:
        source: what a message calls the file.
        counted: what rows are counted in: "line" of a file (from 1), "row" of a table (from 0).
        rows: where each row stands, (rows,).
        columns: numbers with nan, or texts with "", where a value is missing; (rows,) each.
        commented: rows that began with `C,` and so were left out.
    """

    source: str
    counted: str
    rows: NDArray[np.int64]
    columns: Mapping[str, Column]
    commented: int = 0


def raw_file(path: str | os.PathLike[str], texts: Sequence[str]) -> Raw:
    """Read a file; columns named in `texts` (in any case) stay texts, whatever they hold.

    Raises:
        InputError: it is no table.
        OSError: it cannot be read.
    """
    import pandas as pd

    source = os.fspath(path)
    text = _text(Path(path).read_bytes(), source)
    lines = text.split("\n")
    blank_or_comment = [not line.strip() or line.startswith("#") for line in lines]
    try:
        head = blank_or_comment.index(False)
    except ValueError:
        raise InputError(source, Said("an empty file"), "event records as CSV") from None
    kept = [
        place
        for place in range(head + 1, len(lines))
        if not (blank_or_comment[place] or lines[place].startswith(_COMMENTS))
    ]
    names = _names(next(csv.reader([lines[head]])), f"{source}, line {head + 1}")
    if not kept:
        raise InputError(source, Said("no rows"), "rows below the names of the columns")
    body = [lines[place] for place in kept]
    _same_width(body, len(names), source, kept)
    frame = pd.read_csv(
        io.StringIO("\n".join(body)),
        header=None,
        names=list(names),
        dtype={name: str for name in names if name.upper() in texts},
        na_values=list(_MISSING),
        keep_default_na=False,
        skipinitialspace=True,
        skip_blank_lines=False,
        index_col=False,
        low_memory=False,
    )
    commented = sum(line.startswith("C,") for line in lines[head + 1 :])
    rows = np.asarray(kept, dtype=np.int64) + 1
    return Raw(source, "line", rows, _columns(frame, texts), commented)


def raw_frame(frame: pd.DataFrame, texts: Sequence[str], source: str = "data") -> Raw:
    """A pandas table as such columns. Raises InputError where it is none."""
    named = frame.set_axis(list(_names([str(name) for name in frame.columns], source)), axis=1)
    if not len(named):
        raise InputError(source, Said("no rows"), "at least one row")
    return Raw(source, "row", np.arange(len(named)), _columns(named, texts))


def numbers(column: Column) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """A column as numbers, nan where none is, and where a finite number should have been."""
    if column.dtype == np.float64:
        found = np.asarray(column, dtype=np.float64)
        return found, np.isinf(found)
    read = [_number(text) for text in column]
    return np.array(read), np.isnan(read) & (column != "")


def _number(text: str) -> float:
    """The finite number that a text is, or nan."""
    try:
        found = float(text)
    except ValueError:
        return np.nan
    return found if np.isfinite(found) else np.nan


def _text(content: bytes, source: str) -> str:
    if b"\0" in content:
        raise InputError(source, Said("a binary file"), "event records as CSV")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        got = Said(f"byte 0x{content[error.start]:02x} in line {line}")
        raise InputError(source, got, "CSV in UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _names(given: Sequence[str], where: str) -> tuple[str, ...]:
    """The names of the columns; each has one, and none stands twice, in whatever case."""
    names = tuple(name.strip() for name in given)
    if len(names) == 1 and (other := next((c for c in ";\t" if c in names[0]), None)):
        called = "semicolons" if other == ";" else "tabs"
        raise InputError(where, Said(f"{called} between columns"), "commas")
    seen: dict[str, str] = {}
    for place, name in enumerate(names):
        if not name:
            raise InputError(where, Said(f"column {place + 1} without a name"), "a name for each")
        if name.upper() in seen:
            got = Said(f"columns {seen[name.upper()]} and {name}")
            raise InputError(where, got, "each column once (upper and lower case are the same)")
        seen[name.upper()] = name
    return names


def _same_width(body: Sequence[str], width: int, source: str, kept: Sequence[int]) -> None:
    """Refuse a row with more or fewer values than there are columns."""
    if any('"' in line for line in body):
        widths = [len(row) for row in csv.reader(body)]
        if len(widths) != len(body):
            raise InputError(source, Said("quoted text over several lines"), "one row on each line")
    else:
        widths = [line.count(",") + 1 for line in body]
    for place, found in zip(kept, widths, strict=True):
        if found != width:
            where = f"{source}, line {place + 1}"
            raise InputError(where, Said(f"{found} values"), f"{width}, one for each column")


def _columns(frame: pd.DataFrame, texts: Sequence[str]) -> dict[str, Column]:
    return {
        name: _column(frame[name], as_text=name.upper() in texts) for name in list(frame.columns)
    }


def _column(series: pd.Series[Any], *, as_text: bool) -> Column:
    """Numbers as they are; a text that is all numbers but for blanks around them, as numbers."""
    import pandas as pd

    types = pd.api.types
    if not (as_text or types.is_bool_dtype(series.dtype)) and types.is_numeric_dtype(series.dtype):
        return series.to_numpy(dtype=np.float64, na_value=np.nan)
    codes, held = pd.factorize(series)  # few values stand in many rows
    texts = [_written(value) for value in cast("Sequence[object]", held)]
    known = np.array([*("" if text in _MISSING else text for text in texts), ""], dtype=object)
    column = known[codes]  # what is missing has code -1, the last
    if as_text:
        return column
    found, wrong = numbers(column)
    return column if wrong.any() else found


def _written(value: object) -> str:
    """A value as a file would hold it: a whole number without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
