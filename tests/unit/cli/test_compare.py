"""`speciosa compare`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from speciosa import Scenario
from speciosa.cli.app import main

HABIT = """
[person]
experience = {dose = "3 g", every = "12 h", for = "14 d"}
pain = "chronic"
[product]
kind = "leaf"
mitragynine = "14 mg/g"
[regimen]
dose = "2 g"
every = "12 h"
for = "9 d"
steps = [{from = "4 d", dose = "1 g"}, {from = "8 d", dose = "0 g"}]
[output]
until = "12 d"
"""
FEW = ["--people", "3", "--replicates", "2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("scenarios")
    (home / "own.toml").write_text(HABIT)
    (home / "other.toml").write_text(HABIT.replace('"1 g"', '"1.5 g"'))
    (home / "single.toml").write_text('[product]\nkind = "leaf"\n[regimen]\ndose = "2 g"\n')
    (home / "heavy.toml").write_text(HABIT.replace("[person]", '[person]\nweight = "99 kg"'))
    return home


@pytest.fixture(scope="module")
def taper(folder: Path) -> dict[str, Any]:
    file = folder / "taper.json"
    line = ["compare", str(folder / "own.toml"), "--taper", *FEW, "--quiet"]
    assert main([*line, "--json", str(file), "--out", str(folder / "out")]) == 0
    return json.loads(file.read_text(), parse_constant=pytest.fail)


def test_a_taper_compares_a_stop_paces_of_sources_and_the_plan_of_ones_own(
    taper: dict[str, Any],
) -> None:
    names = [arm["name"] for arm in taper["arms"]]
    assert names == ["abrupt", "10 % a week", "5 % a week", "10 % a month", "own plan"]
    assert {row["measure"] for row in taper["measures"]} >= {
        "withdrawal_peak",
        "withdrawal_days_above_mild",
        "tolerance_half",
        "tolerance_recovered",
        "relief_lowest",
    }
    assert {row["kind"] for row in taper["measures"]} == {"variability", "uncertainty", "both"}


def test_it_shows_that_sources_disagree_with_their_dates_and_ends_with_a_professional(
    taper: dict[str, Any],
) -> None:
    assert len(taper["sources_differ"]) >= 5
    assert all(one["as_of"] == "2026-11-25" and one["sources"] for one in taper["sources_differ"])
    assert "Talk to a professional" in taper["closing"]
    assert [one["id"] for one in taper["dangers"]] == ["regimen/after-stopping"]


def test_a_folder_holds_tables_courses_scenarios_figures_and_sources(
    taper: dict[str, Any], folder: Path
) -> None:
    out = folder / "out"
    assert json.loads((out / "summary.json").read_text()) == taper
    assert set(pd.read_parquet(out / "series.parquet")["arm"]) == {
        arm["name"] for arm in taper["arms"]
    }
    assert len(pd.read_csv(out / "measures.csv")) == len(taper["measures"])
    assert Scenario.load(out / "scenario-5.toml").regimen.steps[-1].dose.value == 0.0
    assert "<desc>" in (out / "dependence.score.svg").read_text()
    assert (out / "dependence.score.png").stat().st_size > 10_000
    assert "strang-2003" in (out / "sources.bib").read_text()


def test_it_prints_weak_spots_first_and_never_which_to_choose(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(folder / "own.toml"), "--taper", *FEW]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Read this first\n  • No taper of kratom was ever studied")
    for heading in (
        "Worst withdrawal, points of 64",
        "Until tolerance is half gone, days",
        "Against abrupt, within each person",
        "Sources on tapers do not agree",
    ):
        assert heading in said
    assert re.search(r"abrupt +\d+(\.\d+)? (none|mild|moderate|severe)", said)
    assert "Talk to a professional" in said[said.index("Sources on tapers") :]
    ours = said[: said.index("Sources on tapers")]
    assert not re.search(r"\b(best|better|safest|recommended|should)\b", ours)


def test_other_scenarios_are_compared_as_they_stand_by_the_names_of_their_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(folder / name) for name in ("own.toml", "other.toml")]
    assert main(["compare", *files, *FEW, "--json", "-"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert [arm["name"] for arm in table["arms"]] == ["own", "other"]
    assert table["days"] == 12
    assert table["sources_differ"] == []
    assert "series" not in table


def test_breaks_are_told_to_be_a_return_to_an_old_dose(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["compare", str(folder / "own.toml"), "--breaks", "--people", "2", "--replicates", "1"]
    assert main(line) == 0
    said = capsys.readouterr().out
    assert "DANGER: Back to an old dose." in said
    assert "After the last dose" not in said


def test_a_plan_of_another_file_is_one_more_taper(folder: Path) -> None:
    file = folder / "more.json"
    files = [str(folder / name) for name in ("own.toml", "other.toml")]
    line = ["compare", *files, "--taper", "--people", "2", "--replicates", "1", "--quiet"]
    assert main([*line, "--json", str(file), "--series"]) == 0
    table = json.loads(file.read_text())
    assert [arm["name"] for arm in table["arms"]][-2:] == ["own plan", "other"]
    assert table["series"]["arms"]


@pytest.mark.parametrize("way", ["--taper", "--breaks", "other.toml"])
def test_where_breath_stops_what_to_do_stands_in_place_of_tables_and_no_file_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    drug = '[[with]]\ndrug = "morphine"\ndose = "400 mg"\nevery = "12 h"\nfor = "9 d"\n'
    path, kept, out = tmp_path / "grave.toml", tmp_path / "kept.json", tmp_path / "out"
    path.write_text(f"{HABIT}{drug}")
    way = str(folder / way) if way.endswith("toml") else way
    assert main(["compare", str(path), way, *FEW, "--json", str(kept), "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("EMERGENCY, if somebody has taken this.")
    assert "DANGER: Kratom with morphine." in shown
    assert "is kept by" not in shown
    assert "The same people" not in shown
    assert not kept.exists()
    assert not out.exists()


@pytest.mark.parametrize(
    ("names", "options", "word"),
    [
        (["own.toml"], [], "at least one other scenario"),
        (["own.toml", "own.toml"], [], "whose name no other scenario"),
        (["own.toml", "heavy.toml"], [], "person: got 'other people'"),
        (["own.toml"], ["--taper", "--breaks"], "--breaks: got"),
        (["single.toml"], ["--taper"], "to come down from"),
        (["own.toml"], ["--taper", "--people", "0"], "--people"),
        (["nowhere.toml"], ["--taper"], "nowhere.toml"),
        (["own.toml"], ["--taper", "--out", "own.toml"], "--out"),
    ],
)
def test_a_wrong_request_is_one_line_and_status_2(
    folder: Path,
    names: list[str],
    options: list[str],
    word: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = [str(folder / one) if one.endswith(".toml") else one for one in options]
    assert main(["compare", *(str(folder / name) for name in names), *options]) == 2
    said = capsys.readouterr().err
    assert word in said
    assert said.count("\n") == 1
