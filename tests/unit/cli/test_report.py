"""`speciosa report`: what it writes, what it prints, and what it refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from speciosa.cli.app import main

TEA = '[product]\nkind = "tea"\n[regimen]\ndose = "2 g"\n[output]\nuntil = "24 h"\n'
FEW = ["--people", "3", "--replicates", "3"]
TODAY = ["--today", "2026-11-25"]
BLUE = '[person]\nsigns = ["blue lips"]\njurisdiction = "US"\n'
STOPS = '[[with]]\ndrug = "fentanyl"\ndose = "20 mg"\nroute = "intravenous"\n'


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.toml"
    file.write_text(TEA)
    return file


def test_it_prints_the_page(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(scenario), *FEW, *TODAY, "--now", "3 h", "--question", "Why?"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Adult; age, weight, sex not stated · kratom tea 2 g once\n")
    assert "Question: Why?" in printed.out
    for heading in ("Exposure", "What would change this", "Use and withdrawal", "Limits"):
        assert f"\n{heading}" in printed.out
    assert "from now on" in printed.out
    assert printed.err == ""


def test_it_writes_the_three_files_and_then_says_nothing(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [tmp_path / f"page.{end}" for end in ("pdf", "html", "json")]
    options = [part for name in names for part in (f"--{name.suffix[1:]}", str(name))]
    line = ["report", str(scenario), *FEW, *TODAY, "--quiet", "--appendix", *options]
    assert main([*line, "--paper", "letter"]) == 0
    assert capsys.readouterr().out == ""
    paper, text, data = (name.read_bytes() for name in names)
    assert paper.startswith(b"%PDF-")
    assert text.startswith(b"<!doctype html>")
    assert {"answer", "run", "appendix"} <= set(json.loads(data))


def test_its_numbers_are_those_of_simulate(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(scenario), *FEW, "--json", "-"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert main(["simulate", str(scenario), *FEW, "--json", "-"]) == 0
    rows = json.loads(capsys.readouterr().out)["measures"]
    told = {(row["median"], row["p05"], row["p95"]) for row in rows}
    figures = [one for line in page["answer"] for one in line["figures"]]
    assert figures
    for one in figures:
        assert (one["middle"], one["low"], one["high"]) in told


def test_an_emergency_shows_what_to_do_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "blue.toml", tmp_path / "page.pdf"
    file.write_text(BLUE + TEA)
    assert main(["report", str(file), "--pdf", str(out)]) == 1
    printed = capsys.readouterr()
    assert "EMERGENCY" in printed.out
    assert "ng/mL" not in printed.out
    assert not out.exists()


def test_where_breath_stops_the_card_is_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "stops.toml", tmp_path / "page.json"
    file.write_text(TEA + STOPS)
    assert main(["report", str(file), *FEW, "--quiet", "--json", str(out)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "EMERGENCY, if somebody has taken this." in shown
    assert "BREATHING STOPS in 3 of 3 simulated people" in shown
    assert "DANGER: Kratom with fentanyl." in shown
    page = json.loads(out.read_text())
    assert page["emergency"]
    assert page["seen"]
    assert page["answer"] == []


def test_ago_counts_from_the_last_dose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "often.toml"
    file.write_text(TEA.replace('dose = "2 g"', 'dose = "2 g"\nevery = "8 h"\nfor = "24 h"'))
    assert main(["report", str(file), *FEW, "--now", "2 h ago"]) == 0
    assert "2 h (dose 3 of 3)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--paper", "a5"], "--paper: got 'a5'; expected a4 or letter"),
        (["--now", "soon"], "--now: got 'soon'; expected a time after the first dose"),
        (["--now", "3 d"], "--now: got '3 d'; expected a time from 0 h to 24 h"),
        (["--question", "a\nb"], "--question: got"),
        (["--today", "soon"], "--today: got 'soon'"),
        (["--pdf", "-"], "--pdf: got '-'; expected the name of a file"),
        (["--html", "no/such/folder.html"], "--html: got"),
        (["--people", "0"], "--people: got '0'"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(
    scenario: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    said: str,
) -> None:
    monkeypatch.setattr("speciosa.trial.simulate", pytest.fail)
    assert main(["report", str(scenario), *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"error: {said}")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "option"), [("typst", "--pdf"), ("segno", "--pdf"), ("jinja2", "--html")]
)
def test_what_is_not_installed_is_named_before_anything_runs(
    scenario: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    option: str,
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr("speciosa.trial.simulate", pytest.fail)
    assert main(["report", str(scenario), option, str(tmp_path / "page")]) == 2
    assert f"'{name}'; expected pip install 'speciosa[report]'" in capsys.readouterr().err


def test_without_files_nothing_of_the_extra_is_needed(
    scenario: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("typst", "segno", "jinja2"):
        monkeypatch.setitem(sys.modules, name, None)
    assert main(["report", str(scenario), *FEW]) == 0
    assert capsys.readouterr().err == ""


def test_what_was_not_stated_is_ranked_by_the_run(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(scenario), *FEW, "--json", "-"]) == 0
    rows = json.loads(capsys.readouterr().out)["missing"]
    shares = [row["share"] for row in rows if row["share"] is not None]
    assert len(shares) > 3
    assert shares == sorted(shares, reverse=True)
