"""The same bits whether code is made, comes from disk, or is made by eight processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from speciosa.engine.codegen import machine
from speciosa.engine.codegen.store import FOLDER, Store

ROOT = Path(__file__).parents[2]
TOGETHER = 8

pytestmark = pytest.mark.skipif(not machine.available(), reason="without LLVM no code is kept")

# Says of each model whether its code came from disk, and a hash of all numbers.
WORK = """
from hashlib import sha256
from benchmarks import spec_problem
from speciosa.engine import Events, Trigger, solve
from speciosa.engine.codegen.lanes import METHODS
from speciosa.engine.compiled import kernel

problem, table = spec_problem.problem(), spec_problem.parameters(20)
events = Events.build(person=range(20), time=0.0, amount=40.0, rate=20.0, addl=5, ii=8.0)
times = [0.0, 1.0, 24.0, 48.0]
found = sha256()
ways = [{"method": method} for method in METHODS]
ways += [{"sensitivities": ["ka"]}, {"triggers": [Trigger("P", 4.0, rising=False)]}]
for way in ways:
    solution = solve(problem, table, events, times, **way)
    assert not solution.advice
    for array in (solution.values, solution.steps, solution.sensitivities, solution.crossings):
        found.update(array.tobytes())
cached = [kernel(problem, range(len(problem.outputs)), m).code.cached for m in METHODS]
print(*cached, found.hexdigest())
"""


def started(folder: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORK],
        cwd=ROOT,
        env=os.environ | {FOLDER: folder},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def said(process: subprocess.Popen[str]) -> tuple[set[str], str]:
    """Whether code came from disk, and the hash."""
    out, error = process.communicate(timeout=300)
    assert (process.returncode, error) == (0, "")
    *cached, digest = out.split()
    return set(cached), digest


@pytest.fixture(scope="module")
def without() -> str:
    """The hash where nothing is kept on disk."""
    cached, digest = said(started(""))
    assert cached == {"False"}
    return digest


@pytest.mark.slow  # 6 s
def test_a_first_run_and_one_from_the_cache(without: str, tmp_path: Path) -> None:
    assert said(started(str(tmp_path / "code"))) == ({"False"}, without)
    assert said(started(str(tmp_path / "code"))) == ({"True"}, without)


@pytest.mark.slow  # 20 s
def test_eight_at_once_with_one_empty_folder(without: str, tmp_path: Path) -> None:
    folder = tmp_path / "code"
    team = [started(str(folder)) for _ in range(TOGETHER)]
    assert {digest for _, digest in map(said, team)} == {without}
    kept = [path for path, _ in Store(folder).entries()]
    assert len(kept) == 2 * 5  # code, and a note that leads to it
    assert sorted(folder.iterdir()) == sorted(kept)  # and nothing half-written
    assert said(started(str(folder))) == ({"True"}, without)
