"""`speciosa interactions`: its table, and the files for other tools."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from speciosa.cli.app import main
from speciosa.product.medicines import medicines


def test_it_prints_a_line_for_each_drug(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["interactions"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    for drug in medicines():
        assert drug.split()[0] in printed.out
    assert printed.out.index("DANGER") < printed.out.index("WARNING") < printed.out.index("CAUTION")
    assert "not medical advice" in " ".join(printed.out.split())


def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["interactions", "--json", "-"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    rows = json.loads(printed.out, parse_constant=pytest.fail)["interactions"]
    assert {row["drug"] for row in rows} == set(medicines())
    assert all(row["sources"] and row["as_of"] and row["plain"] for row in rows)


def test_a_row_for_tripsit_on_standard_output_stands_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["interactions", "--tripsit", "-"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert set(json.loads(printed.out)) == {"kratom"}


def test_files_are_written_and_quiet_is_quiet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, row = tmp_path / "table.csv", tmp_path / "combos.json"
    line = ["interactions", "--quiet", "--csv", str(table), "--tripsit", str(row)]
    assert main(line) == 0
    printed = capsys.readouterr()
    assert printed.out == printed.err == ""
    lines = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert {line["drug"] for line in lines} == set(medicines())
    assert json.loads(row.read_text(encoding="utf-8"))["kratom"]["opioids"]["status"] == "Dangerous"


@pytest.mark.parametrize("option", ["--csv", "--tripsit"])
@pytest.mark.parametrize("place", ["nowhere/table", "."])
def test_a_place_that_cannot_be_written_is_refused_before_the_table_is_made(
    option: str,
    place: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("speciosa.safety.table.interaction_table", pytest.fail)
    where = str(tmp_path / place)
    assert main(["interactions", option, where]) == 2
    assert capsys.readouterr().err.endswith("expected a file in a folder that exists, or -\n")
