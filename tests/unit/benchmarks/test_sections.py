"""Every section runs on a tiny size; what it measures there says nothing about speed."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from benchmarks import __main__ as benchmarks
from benchmarks.measure import TINY
from benchmarks.table import Figure

SLOW = {
    "start": "starts processes",
    "spec": "SciPy at a tight tolerance takes seconds",
    "web": "starts a server and a browser",
    "claims": "simulates for every claim",
}


@pytest.mark.parametrize(
    "section",
    [
        pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else [])
        for name in benchmarks.SECTIONS
    ],
)
def test_a_section_fills_its_tables(section: str) -> None:
    tables = import_module(f"benchmarks.{benchmarks.SECTIONS[section]}").tables(TINY)
    for table in tables:
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows)
        figures = [cell.value for row in table.rows for cell in row if isinstance(cell, Figure)]
        assert np.isfinite(figures).all()


def test_the_command_writes_what_it_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    benchmarks.main(["--only", "threads", "--people", "2", "--rounds", "1", "--json", str(file)])
    (table,) = json.loads(file.read_text(encoding="utf-8"))["tables"]
    assert table["title"] in capsys.readouterr().out
    assert [row["threads"] for row in table["rows"]] == ["1", "2", "1", "2"]
