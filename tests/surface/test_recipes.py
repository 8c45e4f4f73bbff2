"""The recipes of CONTRIBUTING.md name commands and files that exist."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa.cli.app import commands

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SCRIPTS = (*ROOT.glob("docs/*.py"), *ROOT.glob("docs/pictures/*.py"))
MADE = [path for path in SCRIPTS if "__main__" in path.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "all.py"))


def named(everything: dict[str, Any]) -> set[str]:
    pages = (*everything["OF_VALIDATION"], *everything["OF_INTERACTIONS"])
    lines = [line[0] for line in pages]
    return {*everything["TOLD"], *lines, *everything["RUN"]}


def part(recipe: str) -> str:
    return TEXT.partition(f"\n## {recipe}\n")[2].partition("\n## ")[0]


def test_every_script_of_a_recipe_exists() -> None:
    scripts = re.findall(r"python3 ([\w./]+\.py)", TEXT)
    assert "docs/all.py" in scripts
    assert [name for name in scripts if not (ROOT / name).is_file()] == []


def test_every_command_of_a_recipe_exists() -> None:
    words = re.findall(r"`speciosa (\w+)", TEXT)
    assert words
    assert set(words) <= set(commands.commands)


def test_every_page_that_a_script_writes_is_written_by_the_one_command(
    everything: dict[str, Any],
) -> None:
    scripts = {str(path.relative_to(ROOT)) for path in MADE} - {"docs/all.py"}
    assert named(everything) == scripts


def test_the_recipes_that_move_pages_say_so() -> None:
    for recipe in (
        "Add a number",
        "Change an equation",
        "Add a body system",
        "Add a medicine",
    ):
        assert "`python3 docs/all.py`" in part(recipe), recipe
    assert "`python3 docs/claims.py`" in part("Add a claim")


def test_the_readme_counts_and_names_the_recipes() -> None:
    found = re.findall(r"^## Add an? (.+)$", TEXT, re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.search(r"has (\w+) recipes: ([\w ,]+)\.", readme)
    assert named is not None
    told = named[2].split(", ")
    assert {f"add {'an' if one[0] in 'aeiou' else 'a'} {one}" for one in found} < set(told)
    assert len(told) == ("one", "two", "three", "four", "five", "six", "seven").index(named[1]) + 1


def test_what_a_recipe_names_of_the_source_exists() -> None:
    for recipe in ("Add a number", "Add a fact", "Add a claim", "Add a medicine"):
        for path in re.findall(r"`((?:src|tests)/[\w/.<>]+)`", part(recipe)):
            if "<" in path:
                path = path.rpartition("/")[0]
                path = path.partition("<")[0].rpartition("/")[0] if "<" in path else path
            assert (ROOT / path).exists(), f"{recipe}: {path}"


def test_what_only_reads_is_written_anew_without_a_run(
    everything: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def python(*line: str, given: bytes | None = None) -> bytes:
        asked.append(line)
        return b"{}"

    monkeypatch.setitem(everything["main"].__globals__, "python", python)
    everything["main"]([])
    assert [line[0] for line in asked] == [*everything["TOLD"]]
    asked.clear()
    everything["main"](["--runs"])
    assert {line[0] for line in asked} == {*named(everything), "-m"}
    with pytest.raises(SystemExit, match="got '--all'; expected --runs"):
        everything["main"](["--all"])
