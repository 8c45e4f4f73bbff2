"""What must hold of the repository itself."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import speciosa

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "speciosa"
BODY = sorted(path for path in (SOURCE / "body").glob("*.py") if path.stem != "__init__")
KINDS = ("feature", "fix", "number", "evidence", "breaking")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)  # where x[drug](0) is no link
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".bib", ".cff", ".txt", ".csv", ".svg", ".json"}


def texts() -> list[Path]:
    """Every text file of the repository: what git knows, or what lies in its known folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        folders = ("src", "tests", "docs", "examples", "calibration", "changes")
        files = [*ROOT.glob("*.*"), *(f for folder in folders for f in (ROOT / folder).rglob("*"))]
    return [f for f in files if f.is_file() and (f.suffix in TEXT or f.parent.name == ".ci")]


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m pip install . && speciosa simulate examples/two-grams-of-tea.toml",
        "python3 -m pip install '.[test]' && python3 -m pytest",
    ],
)
def test_the_readme_gives_the_two_commands(command: str) -> None:
    assert f"```sh\n{command}\n```" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_readmes_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 -m pip install --quiet '.[test]' && python3 -m pytest" in script


def test_no_path_of_any_machine() -> None:
    # Put together here, or this file would be the first to be found.
    folders = "|".join(("work", "root", "home", "Users", "tmp"))
    path = re.compile(rf"(?<![\w.~/-])/(?:{folders})/\w")
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()[:80]}"
        for file in texts()
        for line in file.read_text(encoding="utf-8").splitlines()
        if path.search(line)
    ]
    assert found == []


def test_links_in_pages_lead_somewhere() -> None:
    pages = [file for file in texts() if file.suffix == ".md"]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", CODE.sub("", page.read_text(encoding="utf-8")))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_pages_ask_no_other_host() -> None:
    pages = [file for file in texts() if file.suffix == ".md"]
    asking = [page.name for page in pages if "](http" in page.read_text(encoding="utf-8")]
    assert asking == []


@pytest.mark.parametrize("path", BODY, ids=lambda path: path.stem)
def test_every_body_file_has_its_test(path: Path) -> None:
    assert (ROOT / "tests" / "unit" / "body" / f"test_{path.stem}.py").is_file()


@pytest.mark.parametrize("path", BODY, ids=lambda path: path.stem)
def test_a_body_file_imports_the_language_and_nothing_else(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert plain == []
    assert named <= {"__future__", "speciosa.language"}


@pytest.mark.parametrize("path", BODY, ids=lambda path: path.stem)
def test_a_body_file_says_what_it_assumes_and_leaves_out(path: Path) -> None:
    opening = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert "Assumed:" in opening
    assert "Left out:" in opening


def test_one_version_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {speciosa.__version__}\n" in citation


def test_one_file_knows_llvm() -> None:
    source = ROOT / "src" / "speciosa"
    knows = re.compile(r"import_module\(\s*.llvmlite|(import|from) llvmlite")
    found = {p for p in source.rglob("*.py") if knows.search(p.read_text(encoding="utf-8"))}
    assert found == {source / "engine" / "codegen" / "machine.py"}


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = tomllib.loads(text)["project"]["dependencies"]
    for line in needed:
        name = re.escape(line.partition(";")[0])
        beside, above = rf'"{name}",\s+# \w+', rf'# \w[^\n]+\n +"+{name};'  # with a marker
        assert re.search(f"{beside}|{above}", text), f"{line} has no reason"


def test_change_fragments_are_of_a_known_kind() -> None:
    for path in (ROOT / "changes").glob("*.md"):
        if path.name != "README.md":
            assert re.fullmatch(rf"[\w-]+\.({'|'.join(KINDS)})", path.stem), path.name
