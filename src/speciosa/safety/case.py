"""A case: a scenario as it is checked, with the names in it that nobody knows.

A simulation refuses a medicine that it does not know. A check must not: the other findings hold
all the same, and that nothing is known of one is a finding too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

from speciosa.product.medicines import medicine
from speciosa.trial import Scenario
from speciosa.trial.reading import read_toml

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """A scenario, and names of `[[with]]` that are no medicine known here, as they were written."""

    scenario: Scenario
    unknown: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The case in a scenario file. Raises ScenarioError as `Scenario.load` does."""
        file = Path(path)
        return cls.of(read_toml(file, os.fspath(path)), file.parent)

    @classmethod
    def of(cls, tables: Mapping[str, Any], folder: str | os.PathLike[str] = "") -> Self:
        """The case of plain tables. Raises ScenarioError."""
        company = tables.get("with")
        if not isinstance(company, list):
            return cls(Scenario.from_dict(tables, folder))
        kept: list[object] = []
        unknown: list[str] = []
        for one in cast("list[object]", company):
            if name := _unknown(one):
                unknown.append(name)
            else:
                kept.append(one)
        return cls(Scenario.from_dict({**tables, "with": kept}, folder), tuple(unknown))


def _unknown(entry: object) -> str | None:
    """The name in an entry of `[[with]]` if it is a name and no medicine known here."""
    if not isinstance(entry, dict):
        return None
    name = cast("dict[str, object]", entry).get("drug")
    if not isinstance(name, str) or not name.strip() or medicine(name) is not None:
        return None
    return name.strip()
