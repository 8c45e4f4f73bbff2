"""Every example scenario goes the whole way: from its file to numbers, sources and figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from speciosa.cli.app import main

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
SMALL = ["--people", "4", "--replicates", "2"]

# A year of doses before time zero takes its time.
LONG = {"regular-user", "tapering-a-habit"}

each_example = pytest.mark.parametrize(
    "example",
    [
        pytest.param(path, id=path.stem, marks=[pytest.mark.slow] if path.stem in LONG else [])
        for path in EXAMPLES
    ],
)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@each_example
def test_weak_spots_come_first_and_the_file_holds_everything(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "result.json"
    assert main(["simulate", str(example), *SMALL, "--json", str(file), "--series"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Read this first")
    assert "…" not in printed
    result = json.loads(file.read_text(), parse_constant=pytest.fail)
    assert result["people"] == {"n": 4, "replicates": 2, "failed": 0}
    assert {row["kind"] for row in result["measures"]} == {"variability", "uncertainty", "both"}
    assert any(row["output"] == "plasma.mitragynine" for row in result["measures"])
    assert result["evidence"]


def test_the_same_seed_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["simulate", str(ROOT / "examples" / "two-grams-of-tea.toml"), *SMALL, "--json", "-"]
    printed: list[str] = []
    for seed in ("1", "1", "2"):
        assert main([*line, "--series", "--seed", seed]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[0] != printed[2]


@each_example
def test_its_sources_are_listed(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(example), "--as", "bibtex"]) == 0
    assert capsys.readouterr().out.count("@article{") > 5


def test_a_folder_holds_the_scenario_as_run_and_it_runs_to_the_same_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = tmp_path / "first"
    example = ROOT / "examples" / "two-grams-of-tea.toml"
    assert main(["simulate", str(example), *SMALL, "--quiet", "--out", str(first)]) == 0
    assert main(["simulate", str(first / "scenario.toml"), "--json", "-"]) == 0
    again = json.loads(capsys.readouterr().out)
    summary = json.loads((first / "summary.json").read_text())
    assert again["measures"] == summary["measures"]
    assert again["scenario"] == summary["scenario"]


@pytest.mark.slow
def test_validation_runs_and_tells_fitted_from_never_seen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["validate", "--json", "-"]) == 0
    outcome = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {row["use"] for row in outcome["comparisons"]} == {"fit", "validate"}
    assert all(group["n"] > 0 for group in outcome["groups"])
