"""How far an answer depends on a choice: the model as it stands beside each of its variants.

Each variant is run by itself, with the same people, draws and seed, so that what moves is the
choice and nothing else. Variants are compared by medians: of people and of what we do not know
together where both were drawn, of people alone where not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from speciosa.model import VARIANTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALL", "BASE", "Alternatives"]

ALL = "all"
"""What stands for every variant, each by itself."""
BASE = "as it stands"
"""The name of the model without any variant, beside its variants."""

_Place = tuple[str, str, str]
_LAST_KIND = ("both", "uncertainty", "variability")


class _Run(Protocol):
    """What is read of a result."""

    @property
    def model_hash(self) -> str:
        """Which model."""
        ...

    @property
    def failed(self) -> int:
        """People who could not be integrated."""
        ...

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """The table of measures."""
        ...


@dataclass(frozen=True)
class Alternatives:
    """Medians of every measure by variant.

    Attributes:
        hashes: the model of each run by name, that of `BASE` first. A variant with the same hash
            changes nothing in this scenario, and was not run again.
        failed: people who could not be integrated, by name.
        medians: by name, then by (output, measure, window).
        units: of each measure.
    """

    hashes: Mapping[str, str]
    failed: Mapping[str, int]
    medians: Mapping[str, Mapping[_Place, float]]
    units: Mapping[_Place, str]

    @staticmethod
    def of(results: Mapping[str, _Run]) -> Alternatives:
        """The alternatives of runs by name, the model as it stands first."""
        base = next(iter(results.values()))
        return Alternatives(
            hashes={name: one.model_hash for name, one in results.items()},
            failed={name: one.failed for name, one in results.items()},
            medians={name: _medians(one) for name, one in results.items()},
            units={_place(row): row["unit"] for row in base.rows},
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """For each measure its median as the model stands, and the lowest and highest of all."""
        for place, unit in self.units.items():
            found = {name: held[place] for name, held in self.medians.items() if place in held}
            lowest, highest = min(found, key=found.__getitem__), max(found, key=found.__getitem__)
            output, measure, window = place
            yield {
                "output": output,
                "measure": measure,
                "window": window,
                "unit": unit,
                "base": found.get(BASE),
                "lowest": found[lowest],
                "lowest_by": lowest,
                "highest": found[highest],
                "highest_by": highest,
                "medians": found,
            }

    def frame(self) -> pd.DataFrame:
        """The same as a table, one row for each measure, a column for each run."""
        import pandas as pd

        plain = ({**row, **row.pop("medians")} for row in self.rows())
        return pd.DataFrame(list(plain))

    def to_dict(self) -> dict[str, Any]:
        """What stands under `variants` in `speciosa simulate --variants all --json`."""
        base = self.hashes[BASE]
        return {
            "runs": [
                {
                    "name": name,
                    "says": VARIANTS[name].says if name in VARIANTS else "",
                    "hash": code,
                    "changes": code != base,
                    "failed": self.failed[name],
                }
                for name, code in self.hashes.items()
            ],
            "measures": list(self.rows()),
        }


def _medians(result: _Run) -> dict[_Place, float]:
    kinds = {row["kind"] for row in result.rows}
    kind = next((one for one in _LAST_KIND if one in kinds), "")
    return {_place(row): row["median"] for row in result.rows if row["kind"] == kind}


def _place(row: Mapping[str, Any]) -> _Place:
    return row["output"], row["measure"], row["window"]
