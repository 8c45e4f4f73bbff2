"""The page on the check: its example is what the command prints, and its words those in use."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from filling import END, mark
from speciosa import check
from speciosa.cli.app import main
from speciosa.safety.finding import SEVERITIES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
AGAIN = "python3 docs/check.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "check.py"))


def test_the_example_is_what_the_command_prints(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.search(r"^speciosa (check .*)$", PAGE, re.MULTILINE)
    assert shown is not None
    assert shown[1] == f"check {script['SCENARIO']} --today {script['TODAY']}"
    assert main(shown[1].split()) == 0
    lines = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    block = f"```text\n{lines}\n```\n"
    assert script["page"](PAGE, block) == PAGE, AGAIN


def test_the_readme_shows_the_gravest_of_it(script: dict[str, Any]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    held = re.search(rf"{mark(script['EXAMPLE'])}\n(.*?){END}", PAGE, re.DOTALL)
    assert held is not None
    part = script["gravest"](held[1])
    assert script["page"](readme, part) == readme, AGAIN
    assert part.count("DANGER ") == 1
    assert "CAUTION" not in part


def test_every_word_of_gravity_is_told_in_its_order() -> None:
    told = re.findall(r"^\| `([A-Z]+)` \|", PAGE, re.MULTILINE)
    assert told == [word.upper() for word in SEVERITIES]


def test_every_key_of_the_json_is_told() -> None:
    part = PAGE.partition("\n## JSON\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", part))
    found = check(ROOT / "examples" / "with-quetiapine.toml", quick=True).to_dict()
    assert set(found) <= told
    assert set(found["findings"][0]) <= told
