from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import made_up
from cups import TWO_GRAMS
from speciosa import trial
from speciosa.cli.app import main
from speciosa.report.files import json_text


class Result:
    breath_stops = False

    def to_dict(self, series: bool) -> dict[str, Any]:
        return made_up.result(series)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the command asked of the simulation, which here costs nothing."""
    held: dict[str, Any] = {}

    def simulate(scenario: object, **options: object) -> Result:
        held.update(options, scenario=scenario)
        return Result()

    class Scenario:
        load = staticmethod(lambda path: f"read {path}")

    monkeypatch.setattr(trial, "simulate", simulate)
    monkeypatch.setattr(trial, "Scenario", Scenario)
    return held


EMERGENCY = """
[person]
signs = ["blue lips"]
jurisdiction = "US-CA"
[product]
kind = "tea"
[regimen]
dose = "2 g"
"""


@pytest.mark.parametrize("company", ["", '[[with]]\ndrug = "a drug that nobody knows"\n'])
@pytest.mark.parametrize("command", [["simulate"], ["explain", "--output", "pain.relief"]])
def test_an_emergency_is_shown_in_place_of_any_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], company: str
) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(EMERGENCY + company)
    assert main([command[0], str(path), *command[1:]]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("EMERGENCY.")
    assert "Call 911 now" in shown.out
    assert shown.err.startswith("error: an emergency: blue lips.")


STOPPING = """
[person]
jurisdiction = "US-CA"
[product]
kind = "tea"
[regimen]
dose = "2 g"
[[with]]
drug = "fentanyl"
dose = "1 mg"
route = "intravenous"
[output]
until = "12 h"
[run]
people = 4
replicates = 1
"""


def test_what_to_do_stands_in_place_of_a_table_where_breath_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, kept = tmp_path / "scenario.toml", tmp_path / "kept.json"
    path.write_text(STOPPING)
    assert main(["simulate", str(path), "--quiet", "--json", str(kept)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("EMERGENCY, if somebody has taken this.")
    assert "call 911 at once" in shown
    assert "BREATHING STOPS in 4 of 4" in shown
    assert "DANGER: Kratom with fentanyl." in shown
    assert "Cmax" not in shown
    assert json.loads(kept.read_text())["measures"]


def test_an_emergency_leaves_standard_output_to_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(EMERGENCY)
    assert main(["simulate", str(path), "--json", "-"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Call 911 now" in shown.err


def test_options_reach_the_simulation(asked: dict[str, Any]) -> None:
    line = "simulate a.toml --people 3 --replicates 4 --seed 5 --variants one,two --quiet"
    assert main(line.split()) == 0
    assert asked == {
        "scenario": "read a.toml",
        "people": 3,
        "replicates": 4,
        "seed": 5,
        "variants": ("one", "two"),
        "series": False,
        "progress": None,
        "data": None,
        "covariates": "nocb",
    }


def test_without_options_the_scenario_decides(asked: dict[str, Any]) -> None:
    assert main(["simulate", "a.toml", "--quiet"]) == 0
    assert [asked[key] for key in ("people", "replicates", "seed")] == [None] * 3
    assert asked["variants"] == ()


@pytest.mark.usefixtures("asked")
def test_it_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "a.toml"]) == 0
    printed = capsys.readouterr()
    assert "Mitragynine in blood plasma" in printed.out
    assert printed.err == ""


@pytest.mark.usefixtures("asked")
def test_quiet_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "a.toml", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("asked")
def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "a.toml", "--json", "-"]) == 0
    assert capsys.readouterr().out == json_text(made_up.result())


@pytest.mark.usefixtures("asked")
def test_json_in_a_file_comes_beside_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.json"
    assert main(["simulate", "a.toml", "--json", str(file), "--series"]) == 0
    assert json.loads(file.read_text())["series"]["doses"] == [0.0]
    assert "Read this first" in capsys.readouterr().out


def test_a_folder_that_is_a_file_is_refused_before_the_run(
    asked: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "taken"
    file.touch()
    assert main(["simulate", "a.toml", "--out", str(file)]) == 2
    assert asked == {}
    assert capsys.readouterr().err.startswith("error: --out: got ")


def test_a_bar_is_moved_on_a_terminal(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["simulate", "a.toml", "--json", "-"]) == 0
    assert callable(asked["progress"])


def test_an_unknown_variant_is_refused_by_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(TWO_GRAMS), "--variants", "herg-sensitiv"]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("error: --variants: got 'herg-sensitiv'; expected ")
    assert "herg-sensitive" in printed.err
    assert printed.err.count("\n") == 1
