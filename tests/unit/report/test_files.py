from __future__ import annotations

import json
import math
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.report.files import WHY_NULL, json_text, write_text

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
TABLES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)


@given(TABLES)
def test_it_is_json_without_nan_whatever_goes_in(data: object) -> None:
    text = json_text(data)
    json.loads(text, parse_constant=pytest.fail)
    assert text.endswith("\n")


@given(TABLES)
def test_what_was_read_back_is_written_as_the_same_text(data: object) -> None:
    text = json_text(data)
    assert json_text(json.loads(text)) == text


def test_keys_are_sorted_and_numbers_have_twelve_digits() -> None:
    text = json_text({"b": 2.123456789012345, "a": [1, 2.5, -0.0]})
    assert text == '{\n  "a": [1, 2.5, 0.0],\n  "b": 2.12345678901\n}\n'


def test_a_number_that_does_not_exist_is_null_and_the_object_says_why() -> None:
    read = json.loads(json_text({"x": math.nan, "y": [1.0, math.inf], "z": {"w": 1}}))
    assert read == {"x": None, "y": [1.0, None], "z": {"w": 1}, "reason": WHY_NULL}


def test_a_reason_that_was_given_stays() -> None:
    read = json.loads(json_text({"x": math.nan, "reason": "nobody got there"}))
    assert read["reason"] == "nobody got there"


def test_numpy_is_written_as_plain_numbers() -> None:
    data = {"a": np.array([1.5, 2.0]), "b": np.int64(3), "c": np.bool_(True)}
    assert json.loads(json_text(data)) == {"a": [1.5, 2.0], "b": 3, "c": True}


def test_what_has_no_place_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="has no place in JSON"):
        json_text({"where": Path()})


def test_a_file_is_replaced_in_one_step_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_text(file, "old\n")
    write_text(file, "new\n")
    assert file.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (taken / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        write_text(taken, "text")
    assert list(tmp_path.iterdir()) == [taken]


def test_a_link_leads_to_what_it_names(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_text(pipe, "through")
    assert os.read(reader, 20) == b"through"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
