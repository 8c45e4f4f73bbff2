"""Ctrl-C while people run: it ends at once, leaves nothing behind, and one can go on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from speciosa.engine.codegen import machine

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
    pytest.mark.skipif(not machine.available(), reason="without LLVM nobody works beside"),
]

# Whoever was started by a shell in the background would not hear of Ctrl-C.
HEARS = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"

LONG = """
import json, os, sys, threading
from pathlib import Path
import numpy as np
from benchmarks import spec_problem
from speciosa.engine import Events, Trigger, solve
from speciosa.engine.save import Measures, Parquet

way, folder = sys.argv[1:]
people = 40_000
problem, table = spec_problem.problem(), np.tile(spec_problem.stiff(1), (people, 1))
usual = {"addl": 1000, "ii": 8.0}  # a year of doses: minutes for everybody
given = {"ss": 1, "ii": 24.0} if "steady" in way else usual
events = Events.build(person=np.arange(people), time=0.0, amount=40.0, **given)
times = [8000.0, 8010.0]
path = Path(folder) / "all.parquet"
more = {
    "one thread": {"threads": 1},
    "two threads": {"threads": 2},
    "tsit5": {"threads": 2, "method": "tsit5", "max_steps": 100_000_000},
    "a file": {"threads": 2, "keep": Parquet(path)},
    "measures": {"threads": 1, "keep": Measures(["cmax"])},
    "steady states": {"threads": 2},
    "slopes of steady states": {"threads": 1, "sensitivities": ["ka", "CLm"]},
    "triggers": {"threads": 2, "triggers": [Trigger("A1", 20.0, most=1000)]},
}[way]

told = []
def started(done, of):
    if not told:
        print("started", flush=True)
    told.append(done)

try:
    solve(problem, table, events, times, progress=started, **more)
except KeyboardInterrupt:
    print("stopped", flush=True)
working = threading.active_count() - 1
few = np.arange(3)
again = solve(problem, table[few], events.only(few), times, threads=2)
print(json.dumps([told[-1], working, os.listdir(folder), again.outcome.tolist()]))
"""

COMMAND = """
import sys
from speciosa.cli.app import main
from speciosa.trial import cohort

inner = cohort.run
def run(*given, **named):
    print("started", flush=True)
    return inner(*given, **named)

cohort.run = run
sys.exit(main(sys.argv[1:]))
"""


def stopped(program: str, *arguments: str) -> tuple[int, str, str, float]:
    """Interrupt a program soon after it says that it started.

    Its exit status, what else it says, and the seconds until it says that it stopped or ends.
    """
    with subprocess.Popen(
        [sys.executable, "-c", HEARS + program, *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        guard = threading.Timer(300, process.kill)
        guard.start()
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(0.5)  # so that it is in the middle of it
            process.send_signal(signal.SIGINT)
            begin = time.monotonic()
            while (line := process.stdout.readline()) == "started\n":
                pass
            spent = time.monotonic() - begin
            out, error = process.communicate()
        finally:
            guard.cancel()
            process.kill()
    assert first == "started\n", error
    return process.returncode, line + out, error, spent


@pytest.mark.parametrize(
    "way",
    [
        "one thread",
        "a file",
        *(
            pytest.param(way, marks=pytest.mark.slow)
            for way in (
                "two threads",
                "tsit5",
                "measures",
                "steady states",
                "slopes of steady states",
                "triggers",
            )
        ),
    ],
)
def test_an_interrupted_solve_leaves_nothing_and_can_be_followed(way: str, tmp_path: Path) -> None:
    status, out, error, spent = stopped(LONG, way, str(tmp_path))
    print(f"{way}: stopped after {spent:.3f} s")
    assert (status, error) == (0, "")
    first, last = out.splitlines()
    assert first == "stopped"
    done, working, files, outcome = json.loads(last)
    assert done < 40_000
    assert working == 0
    assert files == []
    assert outcome == [0, 0, 0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow  # 3 s
def test_an_interrupted_command_says_so_in_one_line_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    scenario = str(ROOT / "examples" / "fifteen-days-of-capsules.toml")
    asked = ("simulate", scenario, "--people", "200000", "--out", str(folder), "--quiet")
    status, out, error, spent = stopped(COMMAND, *asked)
    print(f"the command: ended after {spent:.3f} s")
    assert (status, out, error) == (130, "", "error: stopped\n")
    assert list(tmp_path.iterdir()) == []
