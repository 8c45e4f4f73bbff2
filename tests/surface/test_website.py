"""The site of the documentation, as far as it can be seen without building it; CI builds it."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from website.check import POLICY, unlisted
from website.pages import KINDS, MOVED

from speciosa import Scenario
from speciosa.cli.app import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONFIG = ROOT / "zensical.toml"
PROJECT: dict[str, Any] = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["project"]
START = (DOCS / "getting-started.md").read_text(encoding="utf-8")
MINE = re.findall(r"```toml\n(.*?)```", START, re.DOTALL)


def test_every_page_is_in_the_navigation_and_nothing_else_is(tmp_path: Path) -> None:
    # Empty copies: what is compared are names.
    pages = [path.relative_to(DOCS) for path in DOCS.rglob("*.md")]
    for name in (*pages, *map(Path, MOVED.values())):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert unlisted(CONFIG, tmp_path) == []


def test_every_page_that_moved_is_one_of_the_repository() -> None:
    assert [path for path in MOVED if not path.is_file()] == []


def test_every_kind_of_change_has_its_heading() -> None:
    fragments = {path.stem for path in (ROOT / "changes").glob("*.*.md")}
    assert {name.rpartition(".")[2] for name in fragments} <= set(KINDS)


def test_nothing_is_asked_of_another_host() -> None:
    assert PROJECT["theme"]["font"] is False
    assert not any("emoji" in name for name in PROJECT["markdown_extensions"]["pymdownx"])
    assert "repo_url" not in PROJECT
    theme = (ROOT / "website" / "theme" / "main.html").read_text(encoding="utf-8")
    assert f'content="{POLICY}"' in theme


def test_every_page_says_that_it_is_no_medical_advice() -> None:
    assert "not medical advice" in PROJECT["copyright"]


def test_ci_builds_it_with_what_is_named_for_it() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    step = script.partition("the_website() {")[2].partition("}")[0]
    assert "pip install --quiet '.[docs]'" in step
    assert "python3 -m website\n" in step
    assert 'check "website" the_website' in script


def test_the_scenario_of_the_first_page_is_one(tmp_path: Path) -> None:
    (text,) = MINE
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    assert Scenario.load(tmp_path / "mine.toml").product.kind == "capsule"


@pytest.mark.slow
@pytest.mark.parametrize("command", re.findall(r"^speciosa (.+)$", START, re.MULTILINE))
def test_the_commands_of_the_first_page_run_as_they_stand(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "mine.toml").write_text(MINE[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 0
    assert capsys.readouterr().out
