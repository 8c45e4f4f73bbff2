"""Data files that are wrong, each in one way, and the one sentence that says so.

The first line of each file in `data/` is the message expected. Files that cannot hold such a line
(empty, binary, not UTF-8) are made here.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.cups import tea

from speciosa import simulate
from speciosa.cli.app import main
from speciosa.errors import InputError

FILES = sorted((Path(__file__).parent / "data").glob("*.csv"))
TEA = Path(__file__).parents[2] / "examples" / "two-grams-of-tea.toml"


def message(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        simulate(tea(), data=path)
    return str(caught.value).replace(str(path), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_gets_its_one_message(path: Path) -> None:
    first, *_ = path.read_text(encoding="utf-8").splitlines()
    assert f"# expected: {message(path)}" == first


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 50


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "d.csv: got an empty file; expected event records as CSV"),
        (b" \n\n# nothing\n", "d.csv: got an empty file; expected event records as CSV"),
        (b"PK\x03\x04\x00\x00", "d.csv: got a binary file; expected event records as CSV"),
        (b"ID,TIME\n1,\xb5\n", "d.csv: got byte 0xb5 in line 2; expected CSV in UTF-8"),
    ],
    ids=["empty", "blank", "binary", "latin-1"],
)
def test_a_file_that_is_no_table_at_all(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(content)
    assert message(path) == expected


def test_of_a_pandas_table_the_row_is_named() -> None:
    table = pd.DataFrame({"ID": [1, 1], "TIME": [0.0, 1.0], "AMT": [39.0, -1.0]})
    with pytest.raises(InputError, match=r"^data, row 1, column AMT: got -1; expected"):
        simulate(tea(), data=table)


def test_an_empty_pandas_table() -> None:
    with pytest.raises(InputError, match="got no rows"):
        simulate(tea(), data=pd.DataFrame({"ID": [], "TIME": []}))


@pytest.mark.parametrize("name", ["time-falls.csv", "nowhere.csv", "."])
def test_the_command_ends_in_one_line_status_2_and_no_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    line = ["simulate", str(TEA), "--data", str(FILES[0].parent / name), "--out", str(out)]
    assert main(line) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: ")
    assert printed.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--people", "3"], "--people"),
        (["--series"], "--series"),
        (["--covariates", "spline"], "--covariates"),
    ],
)
def test_options_that_do_not_go_with_a_data_file(
    options: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", str(TEA), "--data", str(FILES[0]), *options]) == 2
    assert word in capsys.readouterr().err


def test_covariates_without_a_data_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(TEA), "--covariates", "locf"]) == 2
    assert "--data" in capsys.readouterr().err
