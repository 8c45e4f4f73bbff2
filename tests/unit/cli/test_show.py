from __future__ import annotations

import json

import pytest

from speciosa.cli.app import main


def test_it_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "opioid"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("The opioid receptors: mu")
    assert "Equations" in printed


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "opioid", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["system"] == "opioid"


def test_a_system_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "opiod"]) == 2
    assert capsys.readouterr().err.startswith("error: system: got 'opiod'; expected one of ")
