from __future__ import annotations

import json

import pytest

from speciosa import trial
from speciosa.cli.app import main


@pytest.fixture(autouse=True)
def _used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Scenario:
        load = staticmethod(lambda path: path)

    monkeypatch.setattr(trial, "Scenario", Scenario)
    monkeypatch.setattr(trial, "evidence", lambda scenario: ("opioid/mu/Ki/mitragynine",))


@pytest.mark.parametrize(
    ("form", "starts"), [("text", ""), ("bibtex", "@misc{speciosa,"), ("csl", "[\n  {")]
)
def test_it_prints_in_each_form(form: str, starts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "a.toml", "--as", form]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(starts)
    assert printed.err == ""


def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "a.toml", "--json", "-"]) == 0
    assert len(json.loads(capsys.readouterr().out)["sources"]) == 1


def test_another_form_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "a.toml", "--as", "word"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
