from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from speciosa.errors import InputError
from speciosa.trial.datafile import Raw, numbers, raw_file, raw_frame


def read(folder: Path, text: str) -> Raw:
    path = folder / "d.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return raw_file(path, ("ID",))


def test_a_blank_a_point_and_na_are_missing(tmp_path: Path) -> None:
    raw = read(tmp_path, "ID,X\n1,\n1,.\n1,NA\n1, . \n1, 2.5 \n")
    assert list(raw.columns["X"]) == pytest.approx([np.nan] * 4 + [2.5], nan_ok=True)


def test_rows_are_counted_as_an_editor_counts_lines(tmp_path: Path) -> None:
    raw = read(tmp_path, "# who\n\nID,X\n1,1\n\nC,9\n# no\n2,2\n")
    assert raw.rows.tolist() == [4, 8]
    assert raw.commented == 1
    assert raw.columns["X"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_line_will_do(tmp_path: Path, end: str) -> None:
    raw = read(tmp_path, end.join(["ID,X", "1,1", "2,2", ""]))
    assert raw.rows.tolist() == [2, 3]
    assert raw.columns["X"].tolist() == [1.0, 2.0]


def test_a_byte_order_mark_and_quotes_are_no_fault(tmp_path: Path) -> None:
    raw = read(tmp_path, '\ufeff"ID","X","NOTE"\n"1",1,"a, b"\n')
    assert list(raw.columns) == ["ID", "X", "NOTE"]
    assert raw.columns["NOTE"].tolist() == ["a, b"]


def test_a_column_of_texts_stays_as_it_was_written(tmp_path: Path) -> None:
    raw = read(tmp_path, "ID,ARM\n007,tea\n08,\n")
    assert raw.columns["ID"].tolist() == ["007", "08"]
    assert raw.columns["ARM"].tolist() == ["tea", ""]


def test_a_file_and_its_table_are_the_same(tmp_path: Path) -> None:
    frame = pd.DataFrame({"ID": [1, 1, 2], "X": [0.5, np.nan, 3.0], "ARM": ["a", None, "b"]})
    raw = read(tmp_path, frame.to_csv(index=False))
    table = raw_frame(frame, ("ID",))
    for name in frame.columns:
        np.testing.assert_array_equal(raw.columns[name], table.columns[name])
    assert (raw.rows.tolist(), table.rows.tolist()) == ([2, 3, 4], [0, 1, 2])


def test_people_numbered_by_floats_are_called_as_by_whole_numbers() -> None:
    frame = pd.DataFrame({"ID": [1.0, 2.0]})
    assert raw_frame(frame, ("ID",)).columns["ID"].tolist() == ["1", "2"]


def test_what_is_no_finite_number_is_told() -> None:
    found, wrong = numbers(np.array(["1", "", "x", "inf", "nan"], dtype=object))
    assert list(found) == pytest.approx([1.0, *[np.nan] * 4], nan_ok=True)
    assert wrong.tolist() == [False, False, True, True, True]


def test_a_comment_may_hold_anything_but_a_row_may_not(tmp_path: Path) -> None:
    assert read(tmp_path, "ID,X\n# a, b, c, d\n1,1\n").rows.tolist() == [3]
    with pytest.raises(InputError, match="line 3: got 3 values; expected 2"):
        read(tmp_path, "ID,X\n1,1\n1,1,1\n")
