"""Names of files that hold numbers, so that a file that lies about tells of which run it is.

    speciosa-pain.relief-0123456789abcdef.csv

The last part is the hash that the report for a professional prints of the same run: of the scenario
with its defaults, the model, the seed, the people and the draws. A table in CSV has no place for
it, since what reads one expects its heads in the first line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from speciosa.report.onepage_basis import hash_of, run_of, without_run

__all__ = ["compared_file", "run_file"]


def run_file(result: Mapping[str, Any], ending: str, of: str = "") -> str:
    """Of a run, as `speciosa simulate --json` prints it; `of` is what of it the file holds."""
    return _name(of, run_of(result).hash, ending)


def compared_file(table: Mapping[str, Any], ending: str, of: str = "") -> str:
    """Of a comparison, as `speciosa compare --json` prints it."""
    people = table["people"]
    asked = {
        "arms": [
            {"scenario": without_run(arm["scenario"]), "model": arm["hash"]}
            for arm in table["arms"]
        ],
        "seed": table["seed"],
        "people": people["n"],
        "replicates": people["replicates"],
    }
    return _name(f"compare-{of}" if of else "compare", hash_of(asked), ending)


def _name(of: str, made: str, ending: str) -> str:
    return "-".join(filter(None, ("speciosa", of, made))) + f".{ending}"
