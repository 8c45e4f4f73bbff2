"""Fits: the runs that made the fitted records, and draws of all their estimates together.

The records hold each estimate with its own spread, for people to read. A fit adds what single
records cannot hold: how estimates hang together. It does so by draws from the joint posterior, one
row a draw, one column a record, so that a clearance and a volume that were estimated from the same
curve are drawn as a pair that fits it.

A file of `fits/` is a table of comma-separated numbers. Its first lines begin with `#` and say
`run:` and `made_by:`; then come the ids of the records, then the draws, in the records' units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from speciosa.errors import EvidenceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Fit", "fits", "read_fit"]


@dataclass(frozen=True)
class Fit:
    """One run of a calibration: `draws` is (draws, ids), in the units of the records."""

    run: str
    made_by: str
    ids: tuple[str, ...]
    draws: NDArray[np.float64]


@cache
def fits() -> Mapping[str, Fit]:
    """Every fit, by the name of its run. Raises EvidenceError."""
    folder = Path(__file__).parent / "fits"
    found = (read_fit(path) for path in sorted(folder.glob("*.csv")))
    return MappingProxyType({fit.run: fit for fit in found})


def read_fit(path: Path) -> Fit:
    """The fit in a file. Raises EvidenceError."""
    import numpy as np

    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line[1:].partition(":") for line in lines if line.startswith("#")]
    said = {key.strip(): text.strip() for key, _, text in head}
    rows = [line.split(",") for line in lines if line and not line.startswith("#")]
    name = f"{path.parent.name}/{path.name}"
    for key in ("run", "made_by"):
        if not said.get(key):
            raise EvidenceError(f"{name}, {key}", said.get(key), f"a first line '# {key}: ...'")
    if len(rows) < 2:
        raise EvidenceError(name, f"{len(rows)} lines", "a line of record ids, and draws below it")
    ids = tuple(rows[0])
    for number, row in enumerate(rows[1:], 1):
        if len(row) != len(ids):
            raise EvidenceError(f"{name}, draw {number}", row, f"{len(ids)} numbers")
    try:
        draws = np.array(rows[1:], dtype=np.float64)
    except ValueError as error:
        raise EvidenceError(name, str(error), "numbers") from None
    if not np.isfinite(draws).all():
        raise EvidenceError(name, "a number that is not finite", "finite numbers")
    return Fit(said["run"], said["made_by"], ids, draws)
