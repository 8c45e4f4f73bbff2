from __future__ import annotations

import json
from pathlib import Path

import pytest

from speciosa import trial
from speciosa.cli.app import main

TEA = Path(__file__).parents[3] / "examples" / "two-grams-of-tea.toml"


@pytest.fixture
def _used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Scenario:
        load = staticmethod(lambda path: path)

    monkeypatch.setattr(trial, "Scenario", Scenario)
    monkeypatch.setattr(trial, "evidence", lambda scenario: ("opioid/mu/Ki/mitragynine",))


@pytest.mark.usefixtures("_used")
@pytest.mark.parametrize(
    ("form", "starts"), [("text", "Hemby"), ("bibtex", "@article{hemby-2026,"), ("csl", "[\n  {")]
)
def test_it_prints_in_each_form(form: str, starts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "a.toml", "--as", form]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(starts)
    assert printed.err == ""


@pytest.mark.usefixtures("_used")
def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "a.toml", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)["sources"]
    numbers = [
        number["id"] for one in found if one["key"] == "speciosa" for number in one["numbers"]
    ]
    assert numbers == ["opioid/mu/Ki/mitragynine"]


@pytest.mark.parametrize("key", ["tanna-2022", "huestis-2026", "kruegel-2016"])
def test_what_a_run_was_fitted_to_is_among_its_sources(
    key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cite", str(TEA)]) == 0
    assert f"[{key}]" in capsys.readouterr().out


@pytest.mark.usefixtures("_used")
def test_another_form_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "a.toml", "--as", "word"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
