"""How far off the model was when it was last held against people, as kept with the package.

`speciosa validate` takes minutes, so every comparison is kept: of each the numbers that came of the
run, while what was observed, where and in whom stands in its observation. Groups and folds follow
from these. `docs/credibility_results.py` writes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from speciosa.evidence import observations
from speciosa.trial.validation import Comparison, Validation

__all__ = ["COLUMNS", "FILE", "comparisons", "fits_held", "groups", "validated"]

FILE = Path(__file__).with_name("validated.json")
_HELD = ("validation", "interactions")
COLUMNS = ("id", "unit", "observed", "simulated", "p05", "p95", "baseline", "sd", "sd_from")
"""What is kept of a comparison, in the words of `speciosa validate --json`."""


@cache
def validated() -> Mapping[str, Validation]:
    """`validation` and `interactions`, as `speciosa validate` found them."""
    return MappingProxyType({name: _part(_file()[name]) for name in _HELD})


def fits_held() -> tuple[str, ...]:
    """The fits with which the model was held against people."""
    return tuple(dict.fromkeys(fit for held in _file().values() for fit in held["fits"]))


@cache
def comparisons() -> tuple[Mapping[str, Any], ...]:
    """Every comparison, as `speciosa validate --json` prints it."""
    return tuple(one.to_dict() for part in validated().values() for one in part.comparisons)


@cache
def groups() -> tuple[Mapping[str, Any], ...]:
    """Every group of observations, what the model has never seen first."""
    found = [one for part in validated().values() for one in part.summaries()]
    return tuple(sorted(found, key=lambda one: "fitted" in one["group"]))


@cache
def _file() -> Mapping[str, Any]:
    return MappingProxyType(json.loads(FILE.read_text(encoding="utf-8")))


def _part(held: Mapping[str, Any]) -> Validation:
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in held["rows"])
    found = tuple(Comparison(observations()[row.pop("id")], **row) for row in rows)
    return Validation(found, MappingProxyType(held["left_out"]), held["trials"], held["seed"])
