"""How far an answer depends on a choice: the model as it stands beside each of its variants.

Each variant is run by itself, with the same people, draws and seed, so that what moves is the
choice and nothing else. Variants are compared by medians: of people and of what we do not know
together where both were drawn, of people alone where not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from speciosa.model import VARIANTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALL", "BASE", "Alternatives"]

ALL = "all"
"""What stands for every variant, each by itself."""
BASE = "as it stands"
"""The name of the model without any variant, beside its variants."""

SAME = 1e-3
"""Part of the change of an effect below which two runs differ by the solver's error alone."""

_VALUES = ("max", "min", "mean", "last")  # measures of an effect in its own unit
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


def _none() -> Mapping[str, Mapping[_Place, tuple[float, float]]]:
    return {}


@dataclass(frozen=True)
class Alternatives:
    """Medians of every measure by variant.

    Attributes:
        hashes: the model of each run by name, that of `BASE` first. A variant with the same hash
            changes nothing in this scenario, and was not run again.
        failed: people who could not be integrated, by name.
        medians: by name, then by (output, measure, window).
        units: of each measure.
        ranges: p05 and p95 beside the medians, of the same kind of spread.
    """

    hashes: Mapping[str, str]
    failed: Mapping[str, int]
    medians: Mapping[str, Mapping[_Place, float]]
    units: Mapping[_Place, str]
    ranges: Mapping[str, Mapping[_Place, tuple[float, float]]] = field(default_factory=_none)

    @staticmethod
    def of(results: Mapping[str, _Run]) -> Alternatives:
        """The alternatives of runs by name, the model as it stands first."""
        base = next(iter(results.values()))
        return Alternatives(
            hashes={name: one.model_hash for name, one in results.items()},
            failed={name: one.failed for name, one in results.items()},
            medians={name: _medians(one) for name, one in results.items()},
            units={_place(row): row["unit"] for row in base.rows},
            ranges={
                name: {_place(row): (row["p05"], row["p95"]) for row in _told(one)}
                for name, one in results.items()
            },
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """For each measure its median as the model stands, and the lowest and highest of all.

        An end that differs from the model as it stands by no more than the solver may is its own.
        """
        for place, unit in self.units.items():
            found = {name: held[place] for name, held in self.medians.items() if place in held}
            output, measure, window = place
            change = self.change(place)
            lowest = _end(min(found, key=found.__getitem__), found, change)
            highest = _end(max(found, key=found.__getitem__), found, change)
            yield {
                "output": output,
                "measure": measure,
                "window": window,
                "unit": unit,
                "base": found.get(BASE),
                "change": change,
                "lowest": found[lowest],
                "lowest_by": lowest,
                "highest": found[highest],
                "highest_by": highest,
                "ranges": {
                    end: list(self.ranges.get(name, {}).get(place, (None, None)))
                    for end, name in (("base", BASE), ("lowest", lowest), ("highest", highest))
                },
                "medians": found,
            }

    def change(self, place: _Place) -> float:
        """What a difference between runs is to be held against, the largest of all runs.

        Of an effect it is how far it moves in a run, from the lowest to the highest median over
        the window; of everything else the size of the median itself.
        """
        output, measure, window = place
        lowest, highest = (output, "min", window), (output, "max", window)
        sizes = (
            held[highest] - held[lowest]
            if measure in _VALUES and lowest in held and highest in held
            else abs(held[place])
            for held in self.medians.values()
            if place in held
        )
        return max(sizes, default=0.0)

    def frame(self) -> pd.DataFrame:
        """The same as a table, one row for each measure, a column for each run."""
        import pandas as pd

        plain = ({**row, **row.pop("medians")} for row in self.rows())
        return pd.DataFrame(list(plain)).drop(columns="ranges", errors="ignore")

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


def _end(name: str, found: Mapping[str, float], change: float) -> str:
    """The run that an end is named after."""
    base = found.get(BASE)
    return BASE if base is not None and abs(found[name] - base) <= SAME * change else name


def _medians(result: _Run) -> dict[_Place, float]:
    return {_place(row): row["median"] for row in _told(result)}


def _told(result: _Run) -> list[Mapping[str, Any]]:
    """Rows of the kind of spread by which runs are compared."""
    kinds = {row["kind"] for row in result.rows}
    kind = next((one for one in _LAST_KIND if one in kinds), "")
    return [row for row in result.rows if row["kind"] == kind]


def _place(row: Mapping[str, Any]) -> _Place:
    return row["output"], row["measure"], row["window"]
