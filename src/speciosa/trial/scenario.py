"""The scenario: who takes what, when, with what else, and what is looked at.

    scenario = Scenario.load("examples/two-grams-of-tea.toml")
    scenario = Scenario(product={"kind": "tea"}, regimen={"dose": "2 g"})

A scenario is complete once it exists: everything that it did not say has its default, and
`defaulted()` lists those. It never changes; `replace` makes another.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, cast

from pydantic import ValidationError

from speciosa.errors import ScenarioError
from speciosa.trial.checks import check, contents
from speciosa.trial.complaints import complaint
from speciosa.trial.complete import complete, lasting
from speciosa.trial.quantities import Amount
from speciosa.trial.reading import read_toml, with_certificate
from speciosa.trial.remarks import defaulted, remarks
from speciosa.trial.tables import Tables
from speciosa.trial.writing import toml

__all__ = ["Scenario"]


class Scenario(Tables):
    """A person or people, a product, a regimen, other medicines, and what is looked at."""

    def __init__(self, /, **tables: object) -> None:
        """A scenario from its tables; the medicines of `[[with]]` may be called `medicines`.

        Raises:
            ScenarioError: a value is wrong, or two contradict each other.
        """
        if "with" not in tables and "medicines" in tables:
            tables["with"] = tables.pop("medicines")
        try:
            super().__init__(**with_certificate(tables, Path()))
        except ValidationError as error:
            raise complaint(error, Scenario) from None
        self._fill_in(lasting(self))
        check(self)
        self._fill_in(complete(self))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The scenario in a TOML file.

        Raises:
            ScenarioError: the file cannot be read, or what it says is wrong.
        """
        file = Path(path)
        return cls.from_dict(read_toml(file, os.fspath(path)), file.parent)

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any], folder: str | os.PathLike[str] = "") -> Self:
        """The scenario of plain tables, as `filled` gives them; a certificate lies in `folder`.

        Raises:
            ScenarioError: a value is wrong, or two contradict each other.
        """
        if "medicines" in tables:  # a name for Python, where `with` is taken
            raise ScenarioError("medicines", tables["medicines"], "the name [[with]]")
        return cls(**with_certificate(tables, Path(folder)))

    @property
    def contents(self) -> dict[str, Amount]:
        """What is stated about each alkaloid, by its name; what is not stated is drawn."""
        return contents(self.product)

    def filled(self) -> dict[str, Any]:
        """Plain tables with every default filled in; keys that do not apply are left out.

        Notes are left out too: they may be personal, and this is what results and files show.
        """
        tables = self.model_dump(by_alias=True)
        for word in ("person", "people"):
            if who := cast("dict[str, Any] | None", tables[word]):
                who.pop("notes", None)
        return cast("dict[str, Any]", _plain(tables))

    def to_toml(self) -> str:
        """`filled` as the text of a scenario file; it reads back to the same, less notes."""
        return toml(self.filled())

    def replace(self, /, **changes: object) -> Self:
        """A changed copy: `replace(regimen__dose="4 g")` or `replace(**{"regimen.dose": "4 g"})`.

        None takes a key away, back to its default. Defaults that depend on a changed key follow.

        Raises:
            ScenarioError: the change is wrong.
        """
        given = self.model_dump(by_alias=True, exclude_unset=True)
        for name, value in changes.items():
            *tables, key = name.replace("__", ".").split(".")
            inner: dict[str, Any] = given
            for table in tables:
                inner = inner.setdefault(table, {})
                if not isinstance(cast("object", inner), dict):
                    raise ScenarioError(name, value, "a key inside a table; replace lists whole")
            inner.pop(key, None)
            if value is not None:
                inner[key] = value
        return type(self)(**cast("dict[str, Any]", _plain(given)))

    def defaulted(self) -> tuple[str, ...]:
        """One line for each key that was not set: "person.weight = 70 kg: the customary adult"."""
        return tuple(defaulted(self, self.filled()))

    def remarks(self) -> tuple[str, ...]:
        """What the reader of a result should know: what was said and is not used."""
        return remarks(self)

    def _fill_in(self, values: Mapping[str, object]) -> None:
        """Set fields once, while the scenario is being made; they still count as not set."""
        for name, value in values.items():
            object.__setattr__(self, name, value)


def _plain(value: object) -> object:
    """Tables and lists as TOML has them, which knows no None."""
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        return {key: _plain(one) for key, one in items if one is not None}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in cast("list[object]", value)]
    return value
