"""How long a start takes: CPU seconds of a process of its own, and what it is allowed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

TEA = Path(__file__).parents[1] / "examples" / "two-grams-of-tea.toml"
TIMES = 3
RUNS = {
    "speciosa --help": (("--help",), None),
    "one person simulated": (
        ("simulate", str(TEA), "--people", "1", "--replicates", "1", "--json", "-"),
        2.0,
    ),
}
"""What is run, and the CPU seconds that it may take."""


def show() -> str:
    """A table: the least of a few runs, which is the one that the machine disturbed least."""
    lines = [f"{'command':<24}{'CPU s':>8}{'wall s':>8}{'allowed':>9}"]
    for name, (arguments, allowed) in RUNS.items():
        cpu, wall = (
            min(column) for column in zip(*(run(arguments) for _ in range(TIMES)), strict=True)
        )
        budget = "" if allowed is None else f"{allowed:g}"
        said = "" if allowed is None else ("  within" if cpu <= allowed else "  TOO SLOW")
        lines.append(f"{name:<24}{cpu:>8.2f}{wall:>8.2f}{budget:>9}{said}")
    return "\n".join(lines)


def run(arguments: tuple[str, ...]) -> tuple[float, float]:
    """CPU and wall seconds of one command, start included."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "speciosa", *arguments], check=True, stdout=subprocess.DEVNULL
    )
    after, ended = os.times(), time.perf_counter()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system, ended - begun
