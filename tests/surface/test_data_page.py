"""Data files against their page, and the example that it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from speciosa.cli.app import main
from speciosa.trial.compartments import find_compartment
from speciosa.trial.covariates import Between
from speciosa.trial.data import ROLES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
LINE = ["simulate", str(ROOT / "examples" / "two-grams-of-tea.toml")]
LINE += ["--data", str(ROOT / "examples" / "data.csv"), "--replicates", "2"]


def told(heading: str) -> set[str]:
    table = re.search(rf"^\| {heading} \|.*?(?=\n\n)", PAGE, re.M | re.S)
    assert table
    return set(re.findall(r"^\| `([\w.]+)`", table[0], re.M))


def test_every_column_stands_in_the_page_and_no_other() -> None:
    assert told("column \\| unit") == set(ROLES)


def test_every_choice_for_covariates_stands_in_the_page_and_no_other() -> None:
    assert told("choice") == set(get_args(Between))


def test_the_names_that_the_page_calls_the_same_are_the_same() -> None:
    same = ("absorption.gut.mitragynine", "gut.mitragynine", "mitragynine", "1")
    assert all(name in PAGE for name in same)
    assert {find_compartment(name) for name in same} == {find_compartment("1")}
    assert find_compartment("central.mitragynine") == find_compartment("2")


def test_the_example_writes_what_the_page_promises(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*LINE, "--out", str(tmp_path), "--json", str(tmp_path / "a.json")]) == 0
    printed = capsys.readouterr().out
    assert "2 people, 4 dose records, 8 observations predicted." in printed
    assert "…" not in printed
    names = {"a.json", "summary.json", "data.csv", "scenario.toml", "sources.bib"}
    assert {path.name for path in tmp_path.iterdir()} == names
    table = pd.read_csv(tmp_path / "data.csv", comment="#")
    assert list(table["TIME"]) == [1, 4, 25, 48] * 2
    assert list(table["DV"]) == [51, 18, 70, 9.4, 33, 12, 41, 6.1]
    curve = "plasma.mitragynine"
    assert set(table) >= {curve, f"{curve}.median", f"{curve}.p05", f"{curve}.p95", "pain.felt"}
    assert (table[curve] > 0).all()
    found = json.loads((tmp_path / "a.json").read_text(), parse_constant=pytest.fail)
    assert found["people"] == {"n": 2, "replicates": 2, "failed": 0}
    assert found["measures"] == []
    assert set(found["data"]["columns"]) == set(table)
    assert found["data"]["columns"][curve] == pytest.approx(list(table[curve]))


def test_its_numbers_are_the_same_bytes_again(capsys: pytest.CaptureFixture[str]) -> None:
    said = [(main([*LINE, "--json", "-"]), capsys.readouterr().out) for _ in range(2)]
    assert said[0] == said[1]
    assert said[0][0] == 0


def test_its_numbers_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "absorption", "--json", "-"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert page["compartments"][0]["number"] == 1
    assert main(["show", "absorption"]) == 0
    assert " 1 absorption.gut.mitragynine" in capsys.readouterr().out
    assert main(["show", "opioid", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["compartments"] == []
