"""`python -m benchmarks`: tables of time, error and memory, with goals beside the figures."""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Size
from benchmarks.table import Table
from speciosa.engine.codegen import machine
from speciosa.engine.solve import processors

SECTIONS = {
    "spec": "speed",
    "peers": "peers",
    "whole": "whole_body",
    "start": "starting",
    "threads": "threads",
    "tolerance": "tolerance",
    "memory": "memory",
    "gradients": "gradients",
    "web": "web",
    "claims": "claims",
}
"""The module of each section; it has `tables(size)`."""


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="some")
    parser.add_argument("--people", type=int, default=Size.people, help="in one run")
    parser.add_argument("--rounds", type=int, default=Size.rounds, help="of which the least counts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    asked = parser.parse_args(arguments)
    size = replace(Size(), people=asked.people, rounds=asked.rounds)
    here = _here()
    print(", ".join(f"{name} {value}" for name, value in here.items()))
    found: list[Table] = []
    for section in asked.only:
        for table in import_module(f"benchmarks.{SECTIONS[section]}").tables(size):
            print(f"\n{table}", flush=True)
            found.append(table)
    if asked.json is not None:
        whole = {"machine": here, "tables": [table.plain() for table in found]}
        asked.json.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")


def _here() -> dict[str, str | int]:
    """What the figures belong to."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processors": processors(),
        "lanes": machine.host().name if machine.available() else "none",
        "Python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
