"""Examples in pages are files that run, and say what the files say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SCRIPTS = sorted((ROOT / "docs" / "examples").glob("*.py"))
SHOWN = re.compile(r"<!-- (docs/examples/\w+\.py) -->\n```python\n(.*?)```", re.DOTALL)


def shown() -> list[tuple[str, str, str]]:
    return [
        (page.name, name, code)
        for page in PAGES
        for name, code in SHOWN.findall(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("page", "name", "code"), shown())
def test_a_page_shows_the_file_that_is_tested(page: str, name: str, code: str) -> None:
    assert code == (ROOT / name).read_text(encoding="utf-8"), f"{page} and {name} differ"


def test_every_piece_of_python_in_a_page_is_such_a_file() -> None:
    pieces = sum(page.read_text(encoding="utf-8").count("```python") for page in PAGES)
    assert pieces == len(shown())


def test_every_such_file_is_shown() -> None:
    assert {ROOT / name for _, name, _ in shown()} == set(SCRIPTS)


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_it_runs_as_it_stands(script: Path, tmp_path: Path) -> None:
    # In a folder of its own, beside the scenarios that it names.
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.strip()
