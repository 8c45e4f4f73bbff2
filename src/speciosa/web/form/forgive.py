"""What people write, as what a scenario reads.

Every value is read by the kind that its key has in the schema. What was understood is told where
that is not what was written; what has two meanings is refused, and so is a key that nobody knows.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from speciosa.errors import ScenarioError
from speciosa.near import nearest
from speciosa.product.pieces import PIECES, piece
from speciosa.trial.doses import ContentText, Dose
from speciosa.trial.quantities import Count, Measured, PlainNumber, Word
from speciosa.web.form import amounts
from speciosa.web.form.backfill import before
from speciosa.web.form.places import place
from speciosa.web.form.query import DEEPEST, LISTS, MOST, PLACED, Pairs, tables_of
from speciosa.web.form.schema import Leaf, leaf_of, leaves, unnumbered
from speciosa.web.form.spoken import Unclear, plain

__all__ = ["Forgiven", "forgiven"]

_UNSAID = frozenset(("-", "?", "n/a", "unknown", "not known", "don't know", "not said", "no idea"))
_SEPARATED = re.compile(r"[;,](?!\d)")
_TABLES = ("people.age", "people.weight", "people.sex", "people.cyp2d6")
"""Keys of tables in whose place one value may stand."""
_PAPER = "product.certificate"
"""In a file it may name another file. An address opens none: anybody can have it asked for."""


@dataclass(frozen=True)
class Forgiven:
    """What was understood.

    Attributes:
        tables: plain tables of a scenario.
        understood: by key, the meaning of what was written in another way.
        wrong: the first that has no one meaning; None if all have.
    """

    tables: dict[str, Any]
    understood: dict[str, str]
    wrong: ScenarioError | None


def forgiven(pairs: Pairs, today: date) -> Forgiven:
    """What the pairs mean on a day; what is wrong is told and never thrown."""
    reader = _Reader(today, _country(pairs), _counted(pairs))
    wrong = _misplaced(pairs)
    tables = cast("dict[str, Any]", reader.read("", tables_of(pairs)))
    return Forgiven(tables, reader.understood, wrong or reader.wrong)


class _Reader:
    """Reads tables of texts, and keeps what it understood."""

    def __init__(self, today: date, country: str, each: str | None) -> None:
        self.today, self.country, self.each = today, country, each
        self.understood: dict[str, str] = {}
        self.wrong: ScenarioError | None = None

    def read(self, key: str, held: object) -> object:
        """A table, a list or a text as its key has it."""
        if isinstance(held, dict):
            items = cast("dict[str, object]", held).items()
            read = {name: self.read(f"{key}.{name}" if key else name, one) for name, one in items}
            return {name: one for name, one in read.items() if one != ""}
        if isinstance(held, list):
            values = cast("list[object]", held)
            if key in LISTS:
                return self._many(key, [str(one) for one in values])
            return [self.read(f"{key}.{place}", one) for place, one in enumerate(values)]
        leaf = leaf_of(key)
        return held if leaf is None else self._value(key, leaf, str(held))

    def _many(self, key: str, texts: list[str]) -> object:
        leaf = leaf_of(key)
        parts = [part.strip() for text in texts for part in _SEPARATED.split(text)]
        values = [part if leaf is None else self._value(key, leaf, part) for part in parts if part]
        return "dense" if values == ["dense"] else [one for one in values if one != ""]

    def _value(self, key: str, leaf: Leaf, text: str) -> object:
        """One text as its key has it; empty if it says that nothing is known."""
        if not leaf.required and plain(text) in _UNSAID:
            self.understood[key] = "not said"
            return ""
        try:
            value = self._read(key, leaf, text)
        except Unclear as unclear:
            self.wrong = self.wrong or ScenarioError(_in_a_file(key), text, str(unclear))
            return text
        if isinstance(value, str) and "".join(value.split()) != "".join(text.split()):
            self.understood[key] = value or "once"
            if self.each and isinstance(leaf.reads, ContentText) and value != amounts.content(text):
                self.understood[key] += f", since the dose is counted in {PIECES[self.each]}"
        return value

    def _read(self, key: str, leaf: Leaf, text: str) -> object:
        reads = leaf.reads
        if isinstance(reads, Dose):
            return amounts.dose(text)
        if isinstance(reads, ContentText):
            return amounts.content(text, self.each)
        if isinstance(reads, Measured):
            return amounts.often(text) if key.endswith(".every") else amounts.measured(text, reads)
        if isinstance(reads, Count):
            return amounts.count(text)
        if isinstance(reads, PlainNumber):
            return amounts.share(text)
        if isinstance(reads, Word):
            same = {plain(word): word for word in reads.known}
            return same.get(plain(text), text)
        if leaf.key.endswith(".jurisdiction"):
            return place(text)
        if leaf.key.endswith(".experience"):
            return self._before(key, text)
        return text

    def _before(self, key: str, text: str) -> object:
        said = before(text, self.today, self.country)
        if said.word:
            return said.word
        usual = {name: leaves()[f"{unnumbered(key)}.{name}"].default for name in _SAID}
        parts = [
            template.format(said.parts.get(name) or " ".join(filter(None, usual[name][:1])) or _NOW)
            + ("" if name in said.parts else " (not said)")
            for name, template in _SAID.items()
        ]
        self.understood[key] = " ".join(parts)
        return dict(said.parts)


def _counted(pairs: Pairs) -> str | None:
    """The piece in which doses are counted, such as "shot"; None where they are weighed."""
    for key, value in pairs:
        if key == "regimen.dose":
            with suppress(Unclear):
                return piece(amounts.dose(value).rpartition(" ")[2])
    return None


def _country(pairs: Pairs) -> str:
    """The code of the place that was entered; empty where none was, or where it is unclear."""
    for key, value in pairs:
        if key.endswith(".jurisdiction"):
            with suppress(Unclear):
                return place(value)
    return ""


_NOW = "the dose of now"
_SAID = {"dose": "{}", "every": "every {}", "for": "for {}"}


def _in_a_file(key: str) -> str:
    """A key as a scenario file has it: `with.0.dose` is with[0].dose."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", key)


def _misplaced(pairs: Pairs) -> ScenarioError | None:
    """What would be lost without a word: keys that nobody knows, or that are there twice."""
    seen: dict[str, str] = {}
    for key, value in pairs:
        if key == _PAPER:
            return ScenarioError(key, value, "a lab paper that is sent along with a scenario file")
        if not _known(key):
            near = nearest(unnumbered(key), [*leaves()])
            hint = f"; did you mean {near!r}?" if near else ""
            return ScenarioError(key, value, f"a key of a scenario{hint}")
        if seen.get(key, value) != value and key not in LISTS:
            return ScenarioError(_in_a_file(key), value, f"one value; {seen[key]!r} is there too")
        seen[key] = value
    for key, value in seen.items():
        if any(other.startswith(f"{key}.") for other in seen):
            return ScenarioError(_in_a_file(key), value, "either this or its parts, not both")
    for name in PLACED:
        count = len(
            {key[len(name) + 1 :].split(".")[0] for key in seen if key.startswith(f"{name}.")}
        )
        if count > MOST:
            return ScenarioError(name, count, f"at most {MOST}")
    return None


def _known(key: str) -> bool:
    path = key.split(".")
    if len(path) > DEEPEST or not all(path):
        return False
    return leaf_of(key) is not None or key in _TABLES or key.startswith("product.certificate.")
