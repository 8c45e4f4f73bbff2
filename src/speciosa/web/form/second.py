"""A second scenario, as what is not the same as in a first: `b.regimen.dose=2+g`.

What is not said of it is as in the first. Of another product nothing is taken over that holds for
the first one alone: its contents, its strain, its lab paper. Steps replace all steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from speciosa.web.form.fields import Choice, Field, Form
from speciosa.web.form.making import form_of
from speciosa.web.form.query import Pairs
from speciosa.web.form.read import Read, read_pairs

__all__ = ["ALONE", "PREFIX", "Second", "second"]

PREFIX = "b."
ALONE = "b.alone"
"""Set where the second is without the other medicines of the first."""

_KIND = "product.kind"
_ASKED = (_KIND, "product.mitragynine", "regimen.dose", "regimen.every", "regimen.for")
_STEPS = "regimen.steps."


@dataclass(frozen=True)
class Second:
    """What was said of the second, and the whole of it.

    Attributes:
        pairs: as written in the address, with prefix.
        read: the whole of it; of an empty one the first itself.
        fields: questions about it, with prefix.
        error: what is wrong in it, in the words of its form; empty if nothing is.
        at: the id of the field that this is about, empty if it has none.
    """

    pairs: Pairs
    read: Read
    fields: tuple[Field, ...]
    error: str = ""
    at: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing in it differs from the first."""
        return not self.pairs

    @property
    def steps(self) -> bool:
        """Whether it changes later on."""
        return any(key.startswith(PREFIX + _STEPS) for key, _ in self.pairs)


def second(first: Read, query: Pairs) -> Second:
    """The second scenario of an address beside the first that was read from it."""
    held = [(key, value) for key, value in query if key.startswith(PREFIX) and value.strip()]
    own = [(key.removeprefix(PREFIX), value) for key, value in held if key != ALONE]
    kept = _kept(first.pairs, dict(own), alone=(ALONE, "1") in held)
    read = read_pairs([*kept, *own]) if held else first
    form = form_of(replace(Read(tuple(own)), error=read.error))
    fields = tuple(_fields(first, form))
    at = next((one.id for one in fields if one.error), "")
    return Second(held, read, fields, form.error, at)


def _kept(pairs: Pairs, own: Mapping[str, str], *, alone: bool) -> Iterator[tuple[str, str]]:
    """What of the first is so in the second as well."""
    kind = dict(pairs).get(_KIND)
    dropped = ["product."] if own.get(_KIND, kind) != kind else []
    if any(key.startswith(_STEPS) for key in own):
        dropped.append(_STEPS)
    if alone:
        dropped.append("with.")
    for key, value in pairs:
        if key not in own and not key.startswith(tuple(dropped)):
            yield key, value


def _fields(first: Read, form: Form) -> Iterator[Field]:
    """Questions as in the form of a scenario, with what the first has in them as an example."""
    said = dict(first.pairs)
    for one in form.all():
        if one.key not in _ASKED and not one.key.startswith(_STEPS) and not one.error:
            continue
        told = replace(one, key=PREFIX + one.key, required=False)
        if one.key == _KIND:
            words = {choice.value: choice.label for choice in one.choices}
            same = f"As in the first: {words.get(said.get(_KIND, ''), 'not said')}"
            chosen = any(choice.chosen for choice in one.choices)
            choices = (Choice("", same, not chosen), *one.choices)
            told = replace(told, kind="choice", choices=choices)
        elif one.kind == "text":
            example = said.get(one.key, "not said")
            told = replace(told, placeholder=f"as in the first: {example}")
        yield told
