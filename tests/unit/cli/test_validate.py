from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import made_up
from speciosa import trial
from speciosa.cli.app import main


class Outcome:
    def to_dict(self) -> dict[str, Any]:
        return made_up.validation()


@pytest.fixture(autouse=True)
def _validated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "validate", lambda progress, interactions: Outcome())


def test_it_prints_groups_and_comparisons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    printed = capsys.readouterr()
    assert "The model has never seen these" in printed.out
    assert printed.err == ""


def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == made_up.validation()


def test_a_figure_as_well(tmp_path: Path) -> None:
    file = tmp_path / "folds.svg"
    assert main(["validate", "--quiet", "--figure", str(file)]) == 0
    assert "<title>Levels in blood: observed against simulated</title>" in file.read_text()


def test_a_figure_in_a_form_that_we_do_not_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--quiet", "--figure", str(tmp_path / "folds.gif")]) == 2
    assert capsys.readouterr().err.endswith("expected a name that ends in .svg or .png\n")


def test_interactions_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    class Ratios(Outcome):
        def to_dict(self) -> dict[str, Any]:
            table = super().to_dict()
            ratio = {"part": "interactions", "measure": "auc_ratio", "unit": "1"}
            table["comparisons"] = [one | ratio for one in table["comparisons"]]
            return table

    def validate(progress: object, interactions: bool) -> Outcome:
        asked.append(interactions)
        return Ratios()

    monkeypatch.setattr(trial, "validate", validate)
    file = tmp_path / "ratios.svg"
    assert main(["validate", "--interactions", "--quiet", "--figure", str(file)]) == 0
    assert asked == [True]
    assert "<title>Interactions: observed against simulated</title>" in file.read_text()
