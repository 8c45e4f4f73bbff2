"""How much memory many solves and many people take, each seen in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MIB = 2**20
linux = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is read from /proc, which Linux has"
)

AGAIN = """
from benchmarks import spec_problem
from speciosa.engine import Events, solve
from speciosa.engine.save import Measures, Percentiles

problem, table = spec_problem.problem(), spec_problem.parameters(40)
steady = Events.build(person=range(40), time=0.0, amount=40.0, ss=1, ii=24.0)
usual = Events.build(person=range(40), time=0.0, amount=40.0, rate=20.0, addl=3, ii=8.0)
times = [float(hour) for hour in range(0, 49, 4)]
ways = [{}, {"keep": Measures(["cmax", "auc"])}, {"keep": Percentiles((5, 50, 95))},
        {"sensitivities": ["ka"]}, {"max_steps": 3}]

def some(times_over):
    for turn in range(times_over):
        method = ("rodas5p", "tsit5", "vern7")[turn % 3]
        events = steady if turn % 50 == 0 else usual
        solve(problem, table, events, times, method=method, threads=1 + turn % 2, **ways[turn % 5])

some(100)
held = [resident()]
for _ in range(4):
    some(250)
    held.append(resident())
print(json.dumps(held))
"""

MANY = """
from benchmarks import spec, spec_problem
from speciosa.engine import Events, solve
from speciosa.engine.save import Measures
import numpy as np

people = 100_000
table = np.array(list(spec.THETA.values())) * np.exp(
    0.3 * np.random.default_rng(1).standard_normal((people, len(spec.THETA)))
)
events = Events.build(person=np.arange(people), time=0.0, amount=40.0, addl=41, ii=8.0)
begin = resident()
keep = Measures(["cmax", "tmax", "auc"])
found = solve(spec_problem.problem(), table, events, spec_problem.HOURS, keep=keep, threads=2)
peak = most()
print(json.dumps([begin, peak, int((found.outcome == 0).sum()), len(keep.values["auc"])]))
"""

WHOLE = """
import sys
from speciosa import Scenario, simulate
from speciosa.trial import cohort

cohort.EXACT = 0  # replicates are counted and not kept, as those of a hundred thousand people are
three_a_day = Scenario(
    product={"kind": "capsule"},
    regimen={"dose": "2 g", "every": "8 h", "for": "14 d"},
    output={"until": "14 d"},
)
people = int(sys.argv[1])
found = simulate(three_a_day, people=people, replicates=1)
at_most = most()
assert found.failed == 0 and len(found.measure("max", "breathing.risk")) == people
print(json.dumps([at_most, len(found.outputs), len(found.measures), found.times.size]))
"""

HEAD = """
import json, resource

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()

def most():
    "Not `ru_maxrss`, which begins at what the process that started this one had."
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
"""


def printed(program: str, *arguments: str) -> list[int]:
    """What a process of its own prints last."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + program, *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@linux
@pytest.mark.slow  # 10 s
def test_a_thousand_solves_leave_nothing_behind() -> None:
    held = printed(AGAIN)
    print("MiB after every 250 solves:", [round(one / MIB, 1) for one in held])
    # What threads and allocators set aside once; anything kept of a solve would be 0.1 MiB each.
    assert held[-1] - held[0] < 8 * MIB


@linux
@pytest.mark.slow  # 20 s
def test_of_a_hundred_thousand_people_only_what_is_kept_takes_memory() -> None:
    begin, peak, well, kept = printed(MANY)
    trajectories = 100_000 * 337 * 16 * 8
    print(f"MiB: {begin / MIB:.0f} before, {peak / MIB:.0f} at most; all curves would take "
          f"{trajectories / MIB:.0f}")  # fmt: skip
    assert well == kept == 100_000
    assert peak < 1024 * MIB
    assert peak - begin < trajectories / 10


@linux
@pytest.mark.slow  # 2 min
def test_a_hundred_thousand_people_for_two_weeks_fit_into_a_gibibyte() -> None:
    # Both are more than a chunk of people, so that between them only what is kept of each grows.
    few, many = 5_000, 20_000
    (before, *_), (after, outputs, measures, times) = (
        printed(WHOLE, str(people)) for people in (few, many)
    )
    each = (after - before) / (many - few)
    everybody = after + (100_000 - many) * each
    held = ", ".join(f"{one / MIB:.0f}" for one in (before, after, everybody))
    print(f"MiB for {few}, {many} and 100,000 people: {held}; {each:.0f} bytes a person")
    assert each < 8 * measures  # 4 bytes for each measure, and some room
    assert each < outputs * times * 8 / 50
    assert everybody < 768 * MIB
