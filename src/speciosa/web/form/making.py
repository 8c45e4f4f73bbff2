"""The form of a scenario: a field for every key of its schema, with what was written in it.

    form = form_of(read)

Groups follow what a person would tell. Keys for which there is no field stay in `hidden`, so that
nothing is lost when the form is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from speciosa.errors import ScenarioError
from speciosa.model.variants import VARIANTS
from speciosa.product.content import main_of
from speciosa.product.medicines import medicines
from speciosa.product.pieces import piece
from speciosa.trial.quantities import Word
from speciosa.web.form.fields import Choice, Field, Form, Group, Row
from speciosa.web.form.labels import CHOICES, label_of
from speciosa.web.form.query import MANY, Pairs, address
from speciosa.web.form.read import Read
from speciosa.web.form.schema import Leaf, leaf_of, unnumbered

__all__ = ["form_of"]

_PICTURES = ("product.kind",)
_WHO = ("age", "weight", "sex", "experience", "pain", "jurisdiction")
_MANY = {
    "age": ("age.low", "age.high"),
    "weight": ("weight.median", "weight.cv"),
    "sex": ("sex.female",),
    "cyp2d6": ("cyp2d6.poor", "cyp2d6.intermediate", "cyp2d6.normal", "cyp2d6.ultrarapid"),
}
"""What many people have in place of one value."""
_MORE = (
    *("output.until", "output.sampling", "output.lloq"),
    *("run.people", "run.replicates", "run.seed", "run.variants"),
)
_MEDICINE = ("drug", "dose", "at", "every", "for", "route")
_STEP = ("from", "dose")
_SEVEN = "product.profile.hydroxymitragynine"
_UNASKED = "product.certificate."
"""A lab paper comes with a file; nobody types one field by field."""


def form_of(read: Read) -> Form:
    """The form of a scenario as it was read."""
    return _Maker(read).form()


class _Maker:
    """Makes one form; remembers which keys have found their field."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.questions = read.questions
        self.said: dict[str, list[str]] = {}
        for key, value in read.pairs:
            self.said.setdefault(key, []).append(value)
        self.who = "people" if any(key.startswith("people") for key in self.said) else "person"
        self.asked: list[str] = []

    def form(self) -> Form:
        groups = [*self._groups()]
        hidden = [pair for pair in self.read.pairs if pair[0].startswith(_UNASKED)]
        if self.who == "people":
            hidden.append(MANY)
        rest = [key for key in self.said if not self._has_field(key)]
        if rest:
            fields = tuple(self._field(key) for key in rest)
            intro = "These keys are not known, or have no place beside the rest. Empty is left out."
            groups.append(Group("rest", "Not known here", intro, fields))
        save = address("/scenario.toml", self.read.pairs) if self.read.case else ""
        form = Form(tuple(groups), tuple(hidden), medicines=tuple(sorted(medicines())), save=save)
        others = "one person" if self.who == "people" else "many people who differ"
        other = urlencode(_for_others(self.read.pairs, self.who))
        form = replace(form, other=other, others=others)
        return _with_error(form, self.read)

    def _groups(self) -> Iterator[Group]:
        yield self._now()
        yield self._what()
        yield self._amount()
        yield self._who()
        rows = self._rows("with", _MEDICINE, "Medicine or drug", shown=2)
        intro = "What else is taken: medicines, alcohol, other drugs."
        yield Group("with", "Other medicines", intro, rows=rows, more="with")
        yield self._more()

    def _now(self) -> Group:
        signs = self._field(f"{self.who}.signs")
        intro = "One of these is enough: nothing is then simulated, and the page says what to do."
        opened = any(one.chosen for one in signs.choices)
        title = "Right now: signs of an emergency"
        return Group("now", title, intro, (signs,), folded=True, open=opened)

    def _what(self) -> Group:
        keys = ["product.mitragynine", _SEVEN]
        keys += [key for key in self.said if key.startswith("product.profile.")]
        keys.append("product.strain")
        fields = self._fields(keys)
        paper = any(key.startswith(_UNASKED) for key in self.said)
        intro = "A lab paper came with this scenario and is kept." if paper else ""
        opened = paper or any(one.said for one in fields)
        title = "What a label or lab paper says"
        label = Group("label", title, intro, fields, folded=True, open=opened)
        return Group("what", "What", "", self._fields(["product.kind"]), inner=(label,))

    def _amount(self) -> Group:
        fields = self._fields(["regimen.dose", "regimen.every", "regimen.for"])
        rows = self._rows("regimen.steps", _STEP, "Change")
        steps = Group(
            "steps",
            "Changes later on",
            "Less, more, a break or the end. Not needed for a single dose.",
            rows=rows,
            more="regimen.steps",
            folded=True,
            open=len(rows) > 1,
        )
        return Group("amount", "How much and when", "", fields, inner=(steps,))

    def _who(self) -> Group:
        keys = [f"{self.who}.{key}" for one in _WHO for key in self._keys(one)]
        ill = self._field(f"{self.who}.conditions")
        chosen = sum(one.chosen for one in ill.choices)
        title = f"Illness and other things that matter ({chosen} ticked)"
        inner = Group("ill", title, "", (ill,), folded=True, open=chosen > 0)
        title = "Who" if self.who == "person" else "Who: many people"
        return Group("who", title, "", self._fields(keys), inner=(inner,))

    def _more(self) -> Group:
        keys = [f"{self.who}.{key}" for key in self._keys("cyp2d6")]
        fields = self._fields([*keys, *_MORE])
        opened = any(one.said for one in fields)
        return Group("more", "More", "", fields, folded=True, open=opened)

    def _keys(self, one: str) -> tuple[str, ...]:
        return _MANY.get(one, (one,)) if self.who == "people" else (one,)

    def _rows(
        self, start: str, keys: Sequence[str], title: str, shown: int | None = None
    ) -> tuple[Row, ...]:
        """A row for each that was written, and one to fill in; one more where that was asked.

        So many of the fields are `shown` at once.
        """
        places = [
            int(key.removeprefix(f"{start}.").partition(".")[0])
            for key in self.said
            if re.match(rf"{re.escape(start)}\.\d{{1,4}}\.", key)
        ]
        empty = 1 + (start in self.read.more)
        count = max(places, default=-1) + 1 + empty
        fields = [self._fields([f"{start}.{n}.{key}" for key in keys]) for n in range(count)]
        return tuple(
            Row(f"{title} {place}", row[:shown], row[len(row) if shown is None else shown :])
            for place, row in enumerate(fields, 1)
        )

    def _fields(self, keys: Sequence[str]) -> tuple[Field, ...]:
        return tuple(self._field(key) for key in dict.fromkeys(keys))

    def _field(self, key: str) -> Field:
        self.asked.append(key)
        leaf, plain = leaf_of(key), unnumbered(key)
        label = label_of(plain)
        if leaf is None or label is None:
            return Field(key, key, "text", ", ".join(self.said.get(key, [])))
        values = self.said.get(key, [])
        kind, choices = self._choices(leaf, plain, values)
        value = ", ".join(values) if kind == "text" else ""
        if plain.endswith(".experience") and not value:
            value = self._habit(key)
        return Field(
            key,
            label.asks,
            kind,
            value,
            label.hint,
            label.example or leaf.default[0],
            choices,
            leaf.required and plain in ("product.kind", "regimen.dose"),
            "medicines" if plain == "with.drug" else "",
            understood=self.read.understood.get(key, ""),
            question=self.questions.get(key, ""),
        )

    def _choices(
        self, leaf: Leaf, plain: str, values: Sequence[str]
    ) -> tuple[str, tuple[Choice, ...]]:
        """How a key is asked, and between what; what was written is there, right or wrong."""
        words = _words(leaf, plain)
        if not words:
            return "text", ()
        extra = {value: value for value in values if value not in words}
        offered = {**words, **extra}
        choices = tuple(Choice(one, said, one in values) for one, said in offered.items())
        if leaf.many:
            return "checks", choices
        if plain in _PICTURES:
            return "pictures", choices
        usual = leaf.default[0]
        unsaid = f"Not said ({words.get(usual, usual)} is used)" if usual else "Not said"
        return "choice", (Choice("", unsaid, not values), *choices)

    def _habit(self, key: str) -> str:
        """What was taken before, as one line, where it came as a table."""
        dose, every, lasting = (
            " ".join(self.said.get(f"{key}.{name}", [])) for name in ("dose", "every", "for")
        )
        parts = (dose, every and f"every {every}", lasting and f"for {lasting}")
        self.asked += [f"{key}.{name}" for name in ("dose", "every", "for")]
        return " ".join(part for part in parts if part)

    def _has_field(self, key: str) -> bool:
        return key in self.asked or key.startswith(_UNASKED) or (key, *self.said[key]) == MANY


def _words(leaf: Leaf, plain: str) -> Mapping[str, str]:
    """What may be chosen for a key, with plain words; empty where anything may be written."""
    if plain == "run.variants":
        return {
            "all": "Each of these by itself",
            **{one.name: one.says for one in VARIANTS.values()},
        }
    if not isinstance(leaf.reads, Word):
        return {}
    table, _, name = plain.rpartition(".")
    known = CHOICES["person." + name if table == "people" else plain]
    return {word: known.get(word, word) for word in leaf.reads.known}


_SHARED = ("experience", "conditions", "jurisdiction", "pain", "signs")


def _for_others(pairs: Pairs, who: str) -> list[tuple[str, str]]:
    """The scenario for many people in place of one, or for one: what both can say stays."""
    new = "person" if who == "people" else "people"
    kept = [pair for pair in pairs if not pair[0].startswith(f"{who}.")]
    shared = [
        (key.replace(who, new, 1), value)
        for key, value in pairs
        if key.startswith(f"{who}.") and key.split(".")[1] in _SHARED
    ]
    return [*kept, *shared, *([MANY] if new == "people" else [])]


def _with_error(form: Form, read: Read) -> Form:
    """The form with the message of what is wrong, at the field that it is about."""
    if read.error is None:
        return form
    text = _message(read.error)
    fields = {one.key: one for one in form.all()}
    at = _field_of(read.wrong_key, [*fields])
    if one := _uncounted(read.error):
        text = f"Say what one {one} holds, such as 15 mg/{one}; it stands on the label."
        kind = dict(read.pairs).get("product.kind", "")
        at = "product.mitragynine" if main_of(kind) == "mitragynine" else _SEVEN
    if not at:
        return replace(form, error=f"{read.error.key}: {text}")
    groups = tuple(group.told(at, text) for group in form.groups)
    return replace(
        form,
        groups=groups,
        error=f"{fields[at].label}: {text}",
        at=fields[at].id,
        about=fields[at].label,
    )


def _uncounted(error: ScenarioError) -> str | None:
    """The piece of which nobody knows what it holds, where a dose is counted in such."""
    counts = error.key == "regimen.dose" and error.expected.startswith("a weight")
    return piece(str(error.value).rpartition(" ")[2]) if counts else None


def _message(error: ScenarioError) -> str:
    """What is wrong, and what would be right."""
    if error.expected.endswith("?") and error.expected[:1].isupper():
        return error.expected  # what was written has two meanings, or none: a question says it all
    right = error.expected if error.expected.endswith("?") else f"{error.expected}."
    if error.value == "nothing":
        return f"This is needed: {right}"
    shown = repr(error.value)
    return f"{shown if len(shown) <= 80 else shown[:77] + '...'} does not fit. Expected: {right}"


def _field_of(wrong: str, keys: Sequence[str]) -> str:
    """The key of the field that a wrong key is about: itself, its whole, or a part of it."""
    if wrong in keys:
        return wrong
    inside = [key for key in keys if key.startswith(f"{wrong}.")]
    around = [key for key in keys if wrong.startswith(f"{key}.")]
    return next(iter([*around, *inside]), "")
