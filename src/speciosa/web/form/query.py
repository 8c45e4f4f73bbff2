"""A scenario in the address of a page, so that it can be bookmarked, reloaded and sent.

    product.kind=leaf&regimen.dose=3+g&with.0.drug=caffeine&with.0.dose=100+mg

A key is the path of a value, with a number for a place in a list of tables. A list of words is the
same key again. What is left empty is not said. What was written is kept as it was written, right or
wrong, so that nothing is lost when something is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from speciosa.trial import Scenario
from speciosa.trial.words import CYP2D6, SEXES

__all__ = [
    "DEEPEST",
    "LISTS",
    "MANY",
    "MOST",
    "PLACED",
    "PRIVATE",
    "Pairs",
    "address",
    "numbered",
    "pairs_of",
    "said",
    "spread",
    "tables_of",
]

Pairs = Sequence[tuple[str, str]]

LISTS = (
    *("person.conditions", "person.signs", "people.conditions", "people.signs"),
    *("output.sampling", "run.variants"),
)
"""Keys of lists of values."""
PRIVATE = ("person.notes", "people.notes")
"""Keys that never go into an address, which browsers keep."""
MOST = 50
"""Tables in a list."""
DEEPEST = 4
"""Names in a key."""
MANY = ("people.weight", "reference")
"""What says that many people are meant where nothing else about them is said; their default."""
PLACED = ("with", "regimen.steps")
"""Lists of tables."""


def said(pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs of a scenario that say something: a dot in the key, and a value."""
    return [(key, value) for key, value in pairs if "." in key and value.strip()]


def numbered(pairs: Pairs) -> list[tuple[str, str]]:
    """The same pairs, with places in lists counted 0, 1, 2, so that an error names the place."""
    split = [_placed(key) for key, _ in pairs]
    places: dict[str, list[str]] = {
        start: sorted({place for one, place, _ in split if one == start}, key=_order)
        for start in PLACED
    }
    return [
        (f"{start}.{places[start].index(place)}.{rest}" if start else key, value)
        for (start, place, rest), (key, value) in zip(split, pairs, strict=True)
    ]


def _placed(key: str) -> tuple[str, str, str]:
    """A list, a place in it, and the rest of the key; all empty for a key in no list."""
    for start in PLACED:
        place, _, rest = key.removeprefix(f"{start}.").partition(".")
        if key.startswith(f"{start}.") and _is_place(place) and rest:
            return start, place, rest
    return "", "", ""


def spread(pairs: Pairs) -> list[tuple[str, str]]:
    """The same pairs, where one value for many people stands as the parts that it gives.

    `MANY` only says that there are many, and gives way to weights that are stated.
    """
    found = [one for pair in pairs for one in _parts(*pair)]
    weighed = any(key.startswith(f"{MANY[0]}.") for key, _ in found)
    return [pair for pair in found if pair != MANY] if weighed else found


def _parts(key: str, value: str) -> list[tuple[str, str]]:
    """The parts of one value for many people; the pair itself if it is whole."""
    word = value.strip().casefold()
    if key == "people.age":
        return [(f"{key}.low", value), (f"{key}.high", value)]
    if key == "people.weight" and word != "reference":
        return [(f"{key}.median", value), (f"{key}.cv", "0")]
    if key == "people.sex" and word in SEXES:
        return [(f"{key}.female", "1" if word == "female" else "0")]
    if key == "people.cyp2d6" and word in CYP2D6:
        return [(f"{key}.{word}", "1")]
    return [(key, value)]


def tables_of(pairs: Pairs) -> dict[str, Any]:
    """The tables of a scenario from keys and values; what is empty or no scenario's is left out."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        path = key.split(".")
        if not value.strip() or len(path) < 2 or len(path) > DEEPEST or not all(path):
            continue
        if key in LISTS:
            held = found.setdefault(path[0], {})
            if isinstance(held, dict):
                cast("dict[str, list[str]]", held).setdefault(path[1], []).append(value.strip())
            continue
        _put(found, path, value.strip())
    return {key: _listed(value) for key, value in found.items()}


def pairs_of(tables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Keys and values of tables, as `Scenario.filled` or a TOML file gives them."""
    return [pair for pair in _flat("", tables) if pair[0] not in PRIVATE]


def address(page: str, what: Scenario | Pairs) -> str:
    """The address of a page with a scenario in it; of one that was read, without its defaults."""
    pairs = pairs_of(what.filled()) if isinstance(what, Scenario) else what
    return f"{page}?{urlencode(pairs)}" if pairs else page


def _put(tables: dict[str, Any], path: Sequence[str], value: str) -> None:
    """Set a value; of two that cannot both be, the first stays."""
    here = tables
    for part in path[:-1]:
        nested = here.setdefault(part, {})
        if not isinstance(nested, dict):
            return
        here = cast("dict[str, Any]", nested)
    here.setdefault(path[-1], value)


def _listed(held: object) -> object:
    """Tables whose keys are all numbers as lists, in the order of the numbers."""
    if not isinstance(held, dict):
        return held
    tables = cast("dict[str, object]", held)
    inside = {key: _listed(value) for key, value in tables.items()}
    if inside and all(_is_place(key) for key in inside):
        return [inside[key] for key in sorted(inside, key=_order)[:MOST]]
    return inside


def _is_place(part: str) -> bool:
    return part.isascii() and part.isdigit()


def _order(place: str) -> tuple[int, str, str]:
    bare = place.lstrip("0")
    return len(bare), bare, place


def _flat(start: str, held: object) -> Iterable[tuple[str, str]]:
    if isinstance(held, Mapping):
        for key, value in cast("Mapping[str, object]", held).items():
            yield from _flat(f"{start}.{key}" if start else key, value)
    elif isinstance(held, list | tuple):
        for place, value in enumerate(cast("Sequence[object]", held)):
            place_of = f"{start}.{place}" if isinstance(value, Mapping) else start
            yield from _flat(place_of, cast("object", value))
    elif held is not None:
        yield start, str(held)
