"""How far off the model was when it was last held against people, as kept with the package.

`speciosa validate` takes minutes; what it said is kept, by group of observations.
`docs/credibility_results.py` writes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = ["FILE", "groups", "validated"]

FILE = Path(__file__).with_name("validated.json")


@cache
def validated() -> Mapping[str, Any]:
    """`validation` and `interactions`, each with fits, trials, seed and groups."""
    return MappingProxyType(json.loads(FILE.read_text(encoding="utf-8")))


def groups() -> tuple[Mapping[str, Any], ...]:
    """Every group of observations, what the model has never seen first."""
    found = [one for part in validated().values() for one in part["groups"]]
    return tuple(sorted(found, key=lambda one: "fitted" in one["group"]))
