"""What a form is made of: choices, fields, rows, groups; how they are made is in `making`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

__all__ = ["Choice", "Field", "Form", "Group", "Row"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of several."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `kind` is text, choice (one of few), pictures (one, each with a drawing) or checks (any).
    `known` names a list of words that are offered while one types.
    """

    key: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    placeholder: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    known: str = ""
    error: str = ""
    understood: str = ""
    question: str = ""

    @property
    def said(self) -> bool:
        """Whether it has an answer."""
        return bool(self.value) or any(one.chosen and one.value for one in self.choices)

    @property
    def id(self) -> str:
        """Its name within a page."""
        return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", self.key)

    @property
    def described(self) -> str:
        """Ids of the texts that belong to it, for those who hear the page."""
        parts = {
            "hint": self.hint,
            "understood": self.understood,
            "question": self.question,
            "error": self.error,
        }
        return " ".join(f"{self.id}-{name}" for name, text in parts.items() if text)


@dataclass(frozen=True, slots=True)
class Row:
    """One of several alike, such as a medicine; `rest` opens by a click."""

    title: str
    fields: tuple[Field, ...]
    rest: tuple[Field, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something stands in the rest."""
        return any(one.said or one.error for one in self.rest)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together.

    `folded` groups open by a click; `more` is the list that a button makes longer.
    """

    id: str
    title: str
    intro: str = ""
    fields: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()
    inner: tuple[Group, ...] = ()
    more: str = ""
    folded: bool = False
    open: bool = True

    def all(self) -> Iterator[Field]:
        """Every field in it, however deep."""
        yield from self.fields
        for row in self.rows:
            yield from row.fields
            yield from row.rest
        for one in self.inner:
            yield from one.all()

    def told(self, at: str, text: str) -> Group:
        """The group with a message at the field of that key, and open if that is there."""
        if not any(one.key == at for one in self.all()):
            return self

        def told(fields: Sequence[Field]) -> tuple[Field, ...]:
            return tuple(replace(one, error=text) if one.key == at else one for one in fields)

        return replace(
            self,
            fields=told(self.fields),
            rows=tuple(
                replace(row, fields=told(row.fields), rest=told(row.rest)) for row in self.rows
            ),
            inner=tuple(one.told(at, text) for one in self.inner),
            open=True,
        )


@dataclass(frozen=True, slots=True)
class Form:
    """All questions, what is kept unasked, and what is wrong.

    `error` says what is wrong first; `at` is the id of its field, where it is told, and `about` the
    label of that; both are empty if it has none. `save` is
    where the scenario is had as a file, empty while that has none to give; `other` is the query of
    the same for many people in place of one, or for one, and `others` says which.
    """

    groups: tuple[Group, ...]
    hidden: tuple[tuple[str, str], ...]
    error: str = ""
    at: str = ""
    about: str = ""
    medicines: tuple[str, ...] = ()
    save: str = ""
    other: str = ""
    others: str = ""

    def all(self) -> Iterator[Field]:
        """Every field of every group."""
        for group in self.groups:
            yield from group.all()
