"""The command as its users meet it: another process, a file in, bytes and files out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from speciosa.cli.app import main
from speciosa.model import VARIANTS
from speciosa.model.wiring import SYSTEMS

ROOT = Path(__file__).parents[2]
TEA = ROOT / "examples" / "two-grams-of-tea.toml"
SMALL = ("--people", "3", "--replicates", "2")
NAMES = sorted(system.word for system in SYSTEMS)


def speciosa(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "speciosa", *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        timeout=300,
    )


def written(folder: Path, text: str) -> Path:
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def first() -> subprocess.CompletedProcess[bytes]:
    return speciosa("simulate", TEA, *SMALL, "--seed", "7", "--json", "-", PYTHONHASHSEED="1")


def test_json_on_standard_output_is_json_and_nothing_else(first) -> None:
    assert (first.returncode, first.stderr) == (0, b"")
    found = json.loads(first.stdout, parse_constant=pytest.fail)
    assert found["seed"] == 7
    assert found["people"] == {"n": 3, "replicates": 2, "failed": 0}


def test_the_same_seed_is_the_same_bytes_in_another_process(first) -> None:
    # Another order of hashing and other numbers of threads, and still not a digit is another.
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    again = speciosa(
        *("simulate", TEA, *SMALL, "--seed", "7", "--json", "-"), PYTHONHASHSEED="2", **threads
    )
    assert again.stdout == first.stdout


def test_another_seed_is_another_result(first) -> None:
    other = speciosa("simulate", TEA, *SMALL, "--seed", "8", "--json", "-")
    one, two = json.loads(first.stdout), json.loads(other.stdout)
    assert one["measures"] != two["measures"]
    assert one["model"] == two["model"]


BROKEN: dict[str, tuple[str, list[str]]] = {
    "a misspelt key": ("[product]\nkind = 'tea'\n[regimen]\ndos = '2 g'\n", ["regimen.dos"]),
    "a wrong unit": ("[product]\nkind = 'tea'\n[regimen]\ndose = '2 kelvin'\n", ["regimen.dose"]),
    "no file of ours": ("\x00\x01\x02", ["scenario.toml"]),
    "nothing at all": ("", ["an empty file"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_scenario_ends_in_one_line_and_status_2(case: str, tmp_path: Path) -> None:
    text, words = BROKEN[case]
    done = speciosa("simulate", written(tmp_path, text), "--json", "-")
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("simulate", TEA, "--people", "0"), "--people"),
        (("simulate", TEA, "--variants", "wishful"), "wishful"),
        (("simulate", "nowhere.toml"), "nowhere.toml"),
        (("show", "magic"), "magic"),
        (("cite", TEA, "--as", "word"), "word"),
        (("conjure",), "conjure"),
    ],
)
def test_a_wrong_request_ends_in_one_line_and_status_2(
    arguments: tuple[str | Path, ...], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(argument) for argument in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert word in printed.err


def test_a_variant_is_named_in_the_result_and_changes_the_hash(
    first, capsys: pytest.CaptureFixture[str]
) -> None:
    name = next(iter(VARIANTS))
    line = ["simulate", str(TEA), *SMALL, "--seed", "7", "--variants", name, "--json", "-"]
    assert main(line) == 0
    found = json.loads(capsys.readouterr().out)
    plain = json.loads(first.stdout)
    assert found["model"]["variants"] == [name]
    assert found["model"]["hash"] != plain["model"]["hash"]
    assert "variants" not in found


def test_all_variants_are_told_beside_the_model_as_it_stands(
    first, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["simulate", str(TEA), *SMALL, "--seed", "7", "--variants", "all"]
    assert main([*line, "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    plain = json.loads(first.stdout)
    assert found["model"] == plain["model"]
    assert found["measures"] == plain["measures"]
    assert [run["name"] for run in found["variants"]["runs"]][1:] == list(VARIANTS)
    for row in found["variants"]["measures"]:
        assert row["lowest"] <= row["base"] <= row["highest"]
        assert row["medians"][row["lowest_by"]] == row["lowest"]
    assert main(line) == 0
    printed = capsys.readouterr().out
    assert "How far the answer depends on a choice" in printed
    assert all(name in printed for name in VARIANTS)


@pytest.mark.parametrize("system", NAMES)
def test_every_body_system_is_shown_with_its_numbers(
    system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", system]) == 0
    printed = capsys.readouterr().out
    assert main(["show", system, "--json", "-"]) == 0
    page: dict[str, Any] = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert page["system"] == system
    # What nobody measured is an empty room, which says so and shows what is known.
    assert page["equations"] or ("empty room" in page["about"] and page["known"])
    assert ("Equations" in printed) == bool(page["equations"])
    assert ("Numbers" in printed) == bool(page["numbers"])


def test_every_file_of_the_body_is_a_system_that_is_shown() -> None:
    files = {path.stem for path in (ROOT / "src" / "speciosa" / "body").glob("[a-z]*.py")}
    assert files == set(NAMES)


@pytest.mark.parametrize(("form", "mark"), [("text", "10."), ("bibtex", "@"), ("csl", '"type"')])
def test_sources_come_in_three_forms_that_name_the_same_studies(
    form: str, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cite", str(TEA), "--as", form]) == 0
    printed = capsys.readouterr().out
    assert mark in printed
    assert "tanna-2022" in printed
    if form == "csl":
        assert len(json.loads(printed)) > 5


@pytest.mark.slow
def test_a_folder_holds_every_file_that_was_promised(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "run"
    done = speciosa("simulate", TEA, *SMALL, "--quiet", "--out", folder, MPLBACKEND="agg")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    names = {path.name for path in folder.iterdir()}
    tables = {"summary.json", "measures.csv", "series.parquet", "scenario.toml", "sources.bib"}
    assert tables <= names
    figures = names - tables
    assert "plasma.mitragynine.svg" in figures
    assert {name.removesuffix(".svg") for name in figures if name.endswith(".svg")} == {
        name.removesuffix(".png") for name in figures if name.endswith(".png")
    }
    summary = json.loads((folder / "summary.json").read_text(), parse_constant=pytest.fail)
    measures = pd.read_csv(folder / "measures.csv")
    assert len(measures) == len(summary["measures"])
    series = pd.read_parquet(folder / "series.parquet")
    assert set(series["kind"]) == {"variability", "uncertainty", "both"}
    assert (folder / "sources.bib").read_text().count("@") > 5


def test_a_terminal_that_knows_no_bullets_gets_a_table_all_the_same() -> None:
    ended = speciosa("show", "opioid", PYTHONIOENCODING="ascii")
    assert ended.returncode == 0, ended.stderr
    assert b"Traceback" not in ended.stderr
