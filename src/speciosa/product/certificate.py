"""A certificate of analysis: what a laboratory found in one batch, field by field.

Twenty-six fields are expected (`certificate.yaml`, handed over, each with how much it is needed).
Laboratories call them by many names and nest them in many ways; here each has one name. What
cannot be read is refused in one sentence, and nothing is guessed. What can be read and cannot be
true is kept, and told by `doubts`.

Assumed: every result is of the batch in the hand, and as exact as it is printed.
Left out: whether a laboratory exists, and whether it measured what it printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import cast

from speciosa.errors import ScenarioError
from speciosa.near import nearest
from speciosa.product.alkaloids import KNOWN, alkaloid
from speciosa.product.fields import Expected, Value, expected, plain_name, value_named, values
from speciosa.product.found import Found, Unreadable, read
from speciosa.product.rows import Row, rows_of

__all__ = ["OLD", "Certificate", "State", "certificate"]

OLD = 365
"""Days; a certificate older than 12 months is told (a rule of the hand-over, not a finding)."""

DATES = ("received", "tested", "reported")
_ROUNDING = 1.02  # printed numbers are rounded: a sum may pass its total by so much
_METALS = ("lead", "arsenic", "cadmium", "mercury", "nickel", "chromium")
_GROUPS = {
    "metals": _METALS,
    "microbes": (
        *("aerobic", "yeast_and_mould", "coliforms", "e_coli"),
        *("salmonella", "listeria", "s_aureus", "stec"),
    ),
    "residues": ("synthetics", "pesticides", "mycotoxins", "residual_solvents"),
}


@dataclass(frozen=True, slots=True)
class State:
    """One of the 26 fields of one certificate: which of its keys are missing."""

    field: Expected
    missing: tuple[str, ...]

    @property
    def there(self) -> bool:
        """Whether all of it is there."""
        return not self.missing


@dataclass(frozen=True)
class Certificate:
    """What a laboratory found in one batch.

    Attributes:
        texts: names, numbers and words by key, days as YYYY-MM-DD; `file` is where it was read.
        alkaloids: content by alkaloid, under the names used here.
        results: everything else that was found, by key.
    """

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    alkaloids: Mapping[str, Found] = field(default_factory=dict[str, Found])
    results: Mapping[str, Found] = field(default_factory=dict[str, Found])

    @property
    def day(self) -> date | None:
        """The latest day that it names, from which its age counts."""
        days = [date.fromisoformat(self.texts[key]) for key in DATES if key in self.texts]
        return max(days, default=None)

    def states(self, kind: str) -> tuple[State, ...]:
        """Each expected field with what is missing of it, for a kind of product.

        What is required of extracts alone is no field of leaf; what can be derived is there.
        """
        known = {*self.texts, *self.alkaloids, *self.results}
        if {"mitragynine", "hydroxymitragynine"} <= known:
            known.add("hydroxymitragynine_share")
        return tuple(
            State(one, tuple(key for key in one.keys if key not in known))
            for one in expected()
            if one.need != "extracts" or kind in ("extract", "7-oh")
        )

    def old(self, today: date) -> bool:
        """Whether it is older than 12 months."""
        return self.day is not None and (today - self.day).days > OLD

    def doubts(self, today: date) -> tuple[str, ...]:
        """What it says that cannot be, in words."""
        return (*self._sums(), *self._days(today))

    def to_dict(self) -> dict[str, object]:
        """Plain tables, as a scenario holds it typed in; they read back to the same."""
        plain: dict[str, object] = dict(self.texts)
        if self.alkaloids:
            plain["alkaloids"] = {key: str(found) for key, found in self.alkaloids.items()}
        grouped = {key for keys in _GROUPS.values() for key in keys}
        plain |= {key: str(one) for key, one in self.results.items() if key not in grouped}
        for name, keys in _GROUPS.items():
            if held := {key: str(self.results[key]) for key in keys if key in self.results}:
                plain[name] = held
        return plain

    def _sums(self) -> Iterator[str]:
        total = self.results.get("total_alkaloids")
        if total is None or total.value is None:
            return
        same = [a for a in self.alkaloids.values() if a.unit == total.unit and a.sign != "<"]
        added = sum(one.value or 0.0 for one in same)
        if added > _ROUNDING * total.value:
            yield f"the alkaloids add up to {added:.4g} {total.unit}, more than the total, {total}"
        share, seven = (
            self.results.get("hydroxymitragynine_share"),
            self.alkaloids.get("hydroxymitragynine"),
        )
        if share is None or share.value is None or seven is None or seven.unit != total.unit:
            return
        reckoned = 100.0 * (seven.value or 0.0) / total.value if total.value else 0.0
        if abs(reckoned - share.value) > max(0.1, 0.25 * reckoned):
            yield f"7-OH is {reckoned:.2g} % of the total alkaloids, and the paper says {share}"

    def _days(self, today: date) -> Iterator[str]:
        days = [(key, date.fromisoformat(self.texts[key])) for key in DATES if key in self.texts]
        for (before, first), (after, second) in pairwise(days):
            if second < first:
                yield f"{after} on {second}, before it was {before}, on {first}"
        for key, day in days:
            if day > today:
                yield f"{key} on {day}, a day that has not come yet"


def certificate(tables: object, key: str) -> Certificate:
    """The certificate in plain tables or rows; `key` names it in a message.

    Raises:
        ScenarioError: a field is unknown, stands twice, or its value cannot be read.
    """
    return _Reader(key).whole(rows_of(tables, key))


class _Reader:
    """Reads rows one by one into a certificate; limits and the serving before all else."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.texts: dict[str, str] = {}
        self.alkaloids: dict[str, Found] = {}
        self.results: dict[str, Found] = {}
        self.seen: dict[str, str] = {}

    def whole(self, rows: Iterable[Row]) -> Certificate:
        known = [(row, self.named(row)) for row in rows]
        # What "< LOQ" and "mg/serving" mean must be known before a result says so.
        known.sort(key=lambda pair: pair[1].reads not in ("limit", "serving"))
        for row, value in known:
            self.take(row, value)
        if not self.alkaloids and not self.results:
            raise ScenarioError(
                self.key, _Said("no result"), "at least one result, such as mitragynine = '14 mg/g'"
            )
        return Certificate(self.texts, self.alkaloids, self.results)

    def named(self, row: Row) -> Value:
        """What a row is about."""
        if row.group == "alkaloids" and plain_name(row.name) in ("total", "total alkaloids"):
            return values()["total_alkaloids"]
        if row.group != "alkaloids" and (value := value_named(row.name)):
            return value
        if name := alkaloid(plain_name(row.name)):
            return Value(name, "content")
        names = KNOWN if row.group == "alkaloids" else (*values(), *KNOWN)
        near = nearest(row.name, names)
        what = "an alkaloid of kratom" if row.group == "alkaloids" else "a field of a certificate"
        hint = f"; did you mean {near!r}?" if near else ""
        other = "" if near or row.group == "alkaloids" else "; what is none goes under notes"
        raise ScenarioError(row.place(self.key), row.name, f"{what}{hint}{other}")

    def take(self, row: Row, value: Value) -> None:
        """Read one row, and refuse a second that says something else of the same."""
        place = row.place(self.key)
        if value.key in self.seen:
            if value.reads == "residue":  # several aflatoxins, several solvents: the worst counts
                self.worst(row, value, place)
                return
            first = self.seen[value.key]
            raise ScenarioError(
                place, row.name, f"each field once; {value.key} is there as {first} too"
            )
        self.seen[value.key] = row.name
        if value.reads == "text":
            self.texts[value.key] = _text(row, place)
        elif value.reads == "day":
            self.texts[value.key] = _day(row, place)
        elif found := self.found(row, value, place):
            held = self.alkaloids if value.reads == "content" and value.key in KNOWN else None
            (self.results if held is None else held)[value.key] = found

    def worst(self, row: Row, value: Value, place: str) -> None:
        found, held = self.found(row, value, place), self.results.get(value.key)
        if found and (held is None or (found.there and not held.there)):
            self.results[value.key] = found

    def found(self, row: Row, value: Value, place: str) -> Found | None:
        try:
            return read(
                row.value,
                row.unit,
                value.reads,
                self.limit(row, value),
                self.results.get("serving"),
            )
        except Unreadable as error:
            shown = f"{row.value} {row.unit}" if row.unit else row.value
            raise ScenarioError(place, shown, str(error)) from None

    def limit(self, row: Row, value: Value) -> Found | None:
        """What the laboratory can see of this: what its row says, or the whole paper."""
        if row.limit:
            try:
                return read(row.limit, row.unit, value.reads)
            except Unreadable:
                return None  # "see below": then nothing is known of the limit
        whole = self.results.get("loq") or self.results.get("lod")
        if whole is None or whole.value is None or value.reads != "content":
            return whole if value.reads in ("metal", "residue") else None
        return Found(whole.value / 1000.0, whole.unit.replace("ug", "mg"))


class _Said(str):
    """A text that stands in a message without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _text(row: Row, place: str) -> str:
    """One line of free text."""
    number = isinstance(row.value, int | float) and not isinstance(row.value, bool)
    text = " ".join(str(row.value).split()) if number or isinstance(row.value, str) else ""
    if not text or not text.isprintable() or len(text) > 200:
        raise ScenarioError(place, row.value, "one line of text of at most 200 letters")
    return text


def _day(row: Row, place: str) -> str:
    """A day as YYYY-MM-DD."""
    if isinstance(row.value, date):
        return row.value.isoformat()[:10]
    try:
        return date.fromisoformat(cast("str", row.value).strip()[:10]).isoformat()
    except (AttributeError, TypeError, ValueError):
        raise ScenarioError(place, row.value, "a day that exists, such as 2025-03-31") from None
