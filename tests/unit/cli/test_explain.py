from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cups import TWO_GRAMS
from speciosa.cli.app import main
from speciosa.inference import rows

LINE = ["explain", str(TWO_GRAMS), "--output", "pain.relief", "--people", "9000"]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("explain") / "why.json"
    assert main([*LINE, "--seed", "4", "--quiet", "--json", str(file)]) == 0
    return json.loads(file.read_text(), parse_constant=pytest.fail)


def test_json_says_what_was_asked_and_found(answer: dict[str, Any]) -> None:
    assert (answer["output"], answer["measure"], answer["window"]) == ("pain.relief", "max", "all")
    assert answer["seed"] == 4
    assert answer["people"] <= 9000
    assert set(answer["shares"]) == {"variability", "uncertainty", "only_together"}
    assert answer["factors"]


def test_it_prints_both_rankings_and_what_to_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(LINE) == 0
    printed = capsys.readouterr()
    for heading in ("What we do not know", "How people differ", "What would narrow it most"):
        assert heading in printed.out
    assert printed.err == ""


def test_a_figure_is_written(tmp_path: Path) -> None:
    file = tmp_path / "why.svg"
    assert main([*LINE, "--quiet", "--figure", str(file)]) == 0
    assert "<desc>" in file.read_text()


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (["explain", str(TWO_GRAMS)], "--output"),
        ([*LINE, "--measure", "cmax"], "--measure: got"),
        ([*LINE, "--window", "soon"], "--window: got"),
        ([*LINE, "--people", "0"], "--people"),
        ([*LINE, "--people", "12"], "--people: got"),
        ([*LINE, "--figure", "why.pdf"], "figure"),
        (["explain", "nowhere.toml", "--output", "pain.relief"], "nowhere.toml"),
        (["explain", str(TWO_GRAMS), "--output", "pain"], "--output: got 'pain'"),
        (["explain", str(TWO_GRAMS), "--output", "pain"], "pain.relief"),
    ],
)
def test_a_wrong_request_is_one_line_and_status_2(
    line: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert word in printed.err


def test_ctrl_c_ends_it_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rows, "run", interrupted)
    assert main([*LINE, "--json", str(tmp_path / "why.json")]) == 130
    assert capsys.readouterr() == ("", "error: stopped\n")
    assert list(tmp_path.iterdir()) == []
