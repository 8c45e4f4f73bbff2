"""How long a start takes, in a process of its own: compiling, loading what was compiled, a command.

The cache of compiled code lies in a folder made for the occasion: a command is run once where it is
empty, and then where it holds what the first run left.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Size
from benchmarks.table import Figure, Table

__all__ = ["tables"]

TEA = Path(__file__).parents[1] / "examples" / "two-grams-of-tea.toml"
ONE = ("simulate", str(TEA), "--people", "1", "--replicates", "1", "--json", os.devnull)
MOST_SECONDS = 2.0
"""CPU seconds that one person may take from a start at which nothing is compiled."""
COMPANY = str(Path(__file__).parents[1] / "examples" / "with-quetiapine.toml")
RULES = ("check", COMPANY, "--quick", "--json", os.devnull)
CHECK = ("check", COMPANY, "--json", os.devnull)
COMMANDS: tuple[tuple[str, tuple[str, ...], float | None], ...] = (
    ("speciosa --help", ("--help",), None),
    ("one person simulated", ONE, MOST_SECONDS),
    ("a check by rules alone", RULES, 1.0),
    ("a check with its simulation", CHECK, 5.0),
)
COMPILED = (ONE, CHECK)
"""Commands that need machine code, and take longer where there is none yet."""
KERNEL = """
import time
from benchmarks import {module}
from speciosa.engine.compiled import kernel
task = {module}.task()
chosen = [task.problem.outputs.index(name) for name in task.outputs]
begun = time.process_time()
kernel(task.problem, chosen, "{method}")
print(time.process_time() - begun)
"""
CODES = {
    f"{word}, {method}": KERNEL.format(module=module, method=method)
    for word, module in (("agreed problem", "spec_problem"), ("whole body", "whole_body"))
    for method in ("tsit5", "rodas5p")
}


def tables(size: Size) -> list[Table]:
    """Compiling against loading, then whole commands."""
    again = min(size.rounds, 3)
    code = Table(
        "Machine code for a problem: CPU seconds",
        ("problem, method", "written and compiled", "written and loaded from the cache"),
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, text in CODES.items():
            first = float(_python(f"{folder}/code", "-c", text))
            later = min(float(_python(f"{folder}/code", "-c", text)) for _ in range(again))
            code.add(name, Figure(first), Figure(later))
    command = Table("Commands from a cold start", ("command", "compiled code", "CPU s", "wall s"))
    for name, arguments, goal in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            # An installed package has its bytecode: it is made by a run that leaves no other trace.
            _command(f"{folder}/unused", arguments)
            taken = [_command(f"{folder}/code", arguments) for _ in range(1 + again)]
        later_cpu, later_wall = (min(column) for column in zip(*taken[1:], strict=True))
        if arguments in COMPILED:
            command.add(name, "none", Figure(taken[0][0], at_most=goal), Figure(taken[0][1]))
        said = "in the cache" if arguments in COMPILED else "not needed"
        command.add(name, said, Figure(later_cpu, at_most=goal), Figure(later_wall))
    return [code, command]


def _python(folder: str, *arguments: str) -> str:
    """What a Python process prints whose cache is in this folder."""
    kept = {name: held for name, held in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bytecode = str(Path(folder).parent / "bytecode")
    return subprocess.run(
        [sys.executable, *arguments],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        env={**kept, "SPECIOSA_CACHE": folder, "PYTHONPYCACHEPREFIX": bytecode},
        cwd=Path(__file__).parents[1],
    ).stdout


def _command(folder: str, arguments: tuple[str, ...]) -> tuple[float, float]:
    """CPU and wall seconds of one command, start included."""
    before, begun = os.times(), time.perf_counter()
    _python(folder, "-m", "speciosa", *arguments)
    after, ended = os.times(), time.perf_counter()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system, ended - begun
