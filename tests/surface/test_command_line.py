"""The command line against its page, and how quick it is to answer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from speciosa.cli.app import commands
from speciosa.engine.codegen import machine

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `speciosa (\w+)[^`]*`\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))
HEAVY = (
    "llvmlite",
    "matplotlib",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "rich",
    "scipy",
    "yaml",
)


def options(name: str) -> set[str]:
    params = (p for p in commands.commands[name].params if isinstance(p, click.Option))
    return {flag for param in params for flag in param.opts}


def test_every_command_has_its_section_and_the_other_way_round() -> None:
    assert set(SECTIONS) == set(commands.commands)


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_option_stands_in_the_page_and_the_other_way_round(name: str) -> None:
    table = "\n".join(line for line in SECTIONS[name].splitlines() if line.startswith("| `"))
    assert set(re.findall(r"--[a-z]+", table)) >= options(name)
    assert set(re.findall(r"`(--[a-z]+)", table)) <= options(name)


@pytest.mark.parametrize("name", sorted({*commands.commands} - {"serve"}))  # it answers nothing
def test_every_command_takes_json(name: str) -> None:
    assert "--json" in options(name)


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_the_readme_names_it(name: str) -> None:
    assert f"`speciosa {name}" in README


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_its_help_says_what_it_does_in_a_line_that_is_not_cut(name: str) -> None:
    assert not commands.commands[name].get_short_help_str().endswith("...")


def loaded(arguments: list[str], heavy: tuple[str, ...]) -> str:
    """Which of the heavy libraries a command loads, in a process of its own."""
    script = (
        "import sys\n"
        "from speciosa.cli.app import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        f"print(*sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["simulate", "--help"], ["claims", "--help"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(arguments, HEAVY) == ""


@pytest.mark.skipif(not machine.available(), reason="without LLVM SciPy integrates")
def test_a_run_to_json_loads_nothing_that_draws_or_tabulates() -> None:
    run = ["simulate", str(ROOT / "examples" / "two-grams-of-tea.toml"), "--json", "-"]
    heavy = ("matplotlib", "pandas", "pyarrow", "rich", "scipy")
    assert loaded([*run, "--people", "1", "--replicates", "1"], heavy) == ""


def test_as_a_module_it_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "speciosa", "--version"], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "speciosa 0.1.0.dev0\n")
