from __future__ import annotations

import gc
import stat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from tests.chunks import Solved, chunkings, solved, solves

from speciosa.engine.save import Parquet
from speciosa.errors import InputError, SolverError


def table(whole: Solved) -> pd.DataFrame:
    """What should be in the file."""
    people, times, outputs = whole.values.shape
    rows = {
        "person": np.repeat(np.arange(people), times),
        "time": np.broadcast_to(whole.times, (people, times)).ravel(),
        **dict(zip(whole.outputs, whole.values.reshape(people * times, outputs).T, strict=True)),
    }
    return pd.DataFrame(rows).dropna(subset="time").reset_index(drop=True)


@given(solves, chunkings)
@settings(max_examples=30, deadline=None)
def test_the_file_is_the_whole_array_in_order(whole: Solved, how: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        one, other = Path(folder, "one.parquet"), Path(folder, "other.parquet")
        whole.into(Parquet(one, 7))
        whole.into(Parquet(other, 7), **how)
        assert one.read_bytes() == other.read_bytes()
        pd.testing.assert_frame_equal(pd.read_parquet(one), table(whole))
        assert sorted(Path(folder).iterdir()) == [one, other]


def test_row_groups_are_bounded(tmp_path: Path) -> None:
    solved(10, 10, 2, seed=1).into(Parquet(tmp_path / "a.parquet", 30), sizes=[3])
    found = pq.ParquetFile(tmp_path / "a.parquet").metadata
    sizes = [found.row_group(group).num_rows for group in range(found.num_row_groups)]
    assert sizes == [30, 30, 30, 10]


def test_nobody_is_a_file_without_rows(tmp_path: Path) -> None:
    solved(0, 4, 2, seed=1).into(Parquet(tmp_path / "a.parquet"))
    found = pd.read_parquet(tmp_path / "a.parquet")
    assert list(found.columns) == ["person", "time", "output.0", "output.1"]
    assert found.empty


def test_only_chunks_before_their_turn_wait_and_not_in_memory(tmp_path: Path) -> None:
    whole = solved(4, 5, 2, seed=1)
    keeper = Parquet(tmp_path / "a.parquet")
    keeper.begin(4, whole.times, whole.outputs)
    for person in (3, 1, 2):
        keeper.take(person, whole.values[[person]], whole.outcome[[person]])
    assert keeper.rows_in_memory == 0
    keeper.take(0, whole.values[[0]], whole.outcome[[0]])
    assert keeper.rows_in_memory == 20
    keeper.end()
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), table(whole))


def begun(path: Path) -> Parquet:
    whole = solved(4, 5, 2, seed=1)
    keeper = Parquet(path)
    keeper.begin(4, whole.times, whole.outputs)
    keeper.take(2, whole.values[2:], whole.outcome[2:])
    return keeper


def test_stopped_it_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_text("before")
    keeper = begun(path)
    assert len(list(tmp_path.iterdir())) > 1
    keeper.stop()
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == "before"


def test_dropped_it_leaves_no_trace(tmp_path: Path) -> None:
    keeper = begun(tmp_path / "a.parquet")
    del keeper
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_somebody_missing_is_an_error_and_no_file(tmp_path: Path) -> None:
    keeper = begun(tmp_path / "a.parquet")
    with pytest.raises(SolverError, match=r"a\.parquet: person 0 of 4 is missing"):
        keeper.end()
    assert list(tmp_path.iterdir()) == []


def test_the_file_can_be_read_by_those_whom_the_mask_lets(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    solved(2, 2, 1, seed=1).into(Parquet(tmp_path / "a.parquet"))
    assert stat.S_IMODE((tmp_path / "a.parquet").stat().st_mode) == stat.S_IMODE(
        plain.stat().st_mode
    )


def test_what_cannot_be_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"path: got .* a folder that exists"):
        Parquet(tmp_path / "no" / "a.parquet")
    with pytest.raises(InputError, match="path: got"):
        Parquet(tmp_path)
    with pytest.raises(InputError, match="chunk_rows: got 0"):
        Parquet(tmp_path / "a.parquet", 0)
    with pytest.raises(InputError, match="outputs: got 'time'"):
        Parquet(tmp_path / "a.parquet").begin(1, np.zeros(1), ("plasma.a", "time"))
