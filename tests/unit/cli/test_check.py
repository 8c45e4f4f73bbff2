"""`speciosa check`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from speciosa.cli.app import main

TODAY = ["--today", "2026-11-25"]
TEA = '[product]\nkind = "tea"\n[regimen]\ndose = "2 g"\n'
XANAX = '[[with]]\ndrug = "Xanax"\ndose = "0.5 mg"\n'
BLUE = '[person]\nsigns = ["blue lips"]\njurisdiction = "US"\n'


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.toml"
    file.write_text(TEA + XANAX)
    return file


def answer(line: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["check", *line, "--json", "-"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return json.loads(printed.out, parse_constant=pytest.fail)


def test_a_quick_check_tells_what_is_gravest_first_and_simulates_nothing(
    scenario: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("speciosa.safety.check")  # the package lends its function this name
    monkeypatch.setattr(module, "exposures", pytest.fail)
    assert main(["check", str(scenario), "--quick", *TODAY]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Check of 2026-11-25: tea, 2 g · with alprazolam\n")
    assert "DANGER    Kratom with alprazolam" in printed.out
    assert "Not simulated: a quick check was asked for." in printed.out
    assert "not medical advice" in " ".join(printed.out.split())
    assert printed.err == ""


def test_more_tells_each_finding_whole(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(scenario), "--quick"]) == 0
    short = capsys.readouterr().out
    assert main(["check", str(scenario), "--quick", "--more"]) == 0
    whole = capsys.readouterr().out
    for word in ("Why: ", "How sure: "):
        assert word not in short
        assert word in whole


def test_json_on_standard_output_stands_alone(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer([str(scenario), "--quick", *TODAY], capsys)
    assert told["today"] == "2026-11-25"
    assert told["findings"][0]["id"] == "interaction/alprazolam"
    assert told["exposures"] is None
    assert told["unsimulated"]


def test_the_whole_check_has_numbers(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer([str(scenario), *TODAY], capsys)
    assert told["unsimulated"] == ""
    (ratio,) = [one for one in told["exposures"]["ratios"] if one["of"] == "alprazolam"]
    assert ratio["by"] == ["kratom"]
    assert told["findings"][0]["estimates"][0]["value"] == ratio["auc"]["median"]


def test_a_file_of_json_leaves_the_table(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = scenario.with_suffix(".json")
    assert main(["check", str(scenario), "--quick", "--json", str(file)]) == 0
    assert "DANGER" in capsys.readouterr().out
    assert json.loads(file.read_text())["findings"]


def test_an_emergency_shows_what_to_do_and_of_all_else_titles(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario.write_text(BLUE + TEA + XANAX)
    assert main(["check", str(scenario), *TODAY]) == 0
    printed = capsys.readouterr().out
    assert printed.index("EMERGENCY") < printed.index("Kratom with alprazolam")
    assert "911" in printed
    assert "Naloxone" in printed
    assert "Alprazolam makes the brain slow" not in printed


def test_a_medicine_that_nobody_knows_is_a_finding_and_no_error(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario.write_text(TEA + '[[with]]\ndrug = "alprazolan"\n')
    told = answer([str(scenario), "--quick"], capsys)
    assert told["unknown"] == ["alprazolan"]
    (found,) = [one for one in told["findings"] if "alprazolan" in one["title"].casefold()]
    assert "alprazolam" in found["plain"]


def test_an_old_law_is_said_to_be_old_by_the_day_that_is_asked_for(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario.write_text('[person]\njurisdiction = "US-AL"\n' + TEA)
    plain: list[str] = []
    for today in ("2025-08-02", "2026-11-25"):
        told = answer([str(scenario), "--quick", "--today", today], capsys)
        plain.append(next(f["plain"] for f in told["findings"] if "Alabama" in f["title"]))
    new, old = plain
    assert "more than 90 days ago" not in new
    assert "more than 90 days ago" in old


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "25.11.2026"])
def test_a_day_that_is_none_is_refused(
    scenario: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(scenario), "--today", day]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"--today: got '{day}'; expected a day that exists" in printed.err


def test_what_is_wrong_in_the_scenario_is_one_line(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario.write_text(TEA.replace("2 g", "2 quarts"))
    assert main(["check", str(scenario), "--quick"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.toml"]) == 2
    assert "nowhere.toml" in capsys.readouterr().err


def test_a_folder_that_is_not_there(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = scenario.parent / "nowhere" / "found.json"
    assert main(["check", str(scenario), "--quick", "--json", str(place)]) == 2
    assert capsys.readouterr().err.endswith("expected a file in a folder that exists, or -\n")
