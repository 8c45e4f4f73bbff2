"""Fits: the runs that made the fitted records, and how their estimates hang together.

The records hold each estimate with its own spread. A fit adds what single records cannot hold:
the correlation between estimates, so that draws of, say, a clearance and a volume that were
estimated from the same curve go together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

import yaml

from speciosa.errors import EvidenceError

__all__ = ["Fit", "fits"]


@dataclass(frozen=True, slots=True)
class Fit:
    """One run of a calibration.

    `ids` are the records that it made, in the order of `correlation`, the lower triangle (with
    its diagonal of ones) of the correlation of the estimates on the normal scale of each spread.
    """

    run: str
    made_by: str
    ids: tuple[str, ...]
    correlation: tuple[tuple[float, ...], ...]


@cache
def fits() -> Mapping[str, Fit]:
    """Every fit, by the name of its run."""
    found = (_read(path.name, path.read_text(encoding="utf-8")) for path in _files())
    return MappingProxyType({fit.run: fit for fit in found})


def _files() -> list[object]:
    folder = files("speciosa.evidence") / "fits"
    return sorted((p for p in folder.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)


def _read(name: str, text: str) -> Fit:
    plain = cast(
        "dict[str, object]", yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    )
    ids = tuple(cast("list[str]", plain["ids"]))
    rows = tuple(
        tuple(float(x) for x in row) for row in cast("list[list[float]]", plain["correlation"])
    )
    if [len(row) for row in rows] != list(range(1, len(ids) + 1)):
        raise EvidenceError(
            f"fits/{name}: correlation",
            [len(row) for row in rows],
            f"{len(ids)} rows, the k-th with k numbers",
        )
    return Fit(cast("str", plain["run"]), cast("str", plain["made_by"]), ids, rows)
