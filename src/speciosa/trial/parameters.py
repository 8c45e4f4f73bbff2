"""Numbers of each person: what the records say, times how the person differs, and traits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import Record, find, records
from speciosa.evidence.load import systems
from speciosa.model import Model
from speciosa.people.draws import PERSON, REPLICATE, Draws
from speciosa.people.who import People, Population

__all__ = ["apart", "chance", "parameters", "variabilities"]

Array = NDArray[np.float64]

_PREFIX = "variability/"


def parameters(
    model: Model,
    population: Population,
    draws: Draws,
    people: int,
    block: range | None,
    *,
    replicates: int = 1,
    first: int = 0,
) -> Array:
    """Parameters of the problem for all people of some replicates, replicate by replicate.

    Shape (replicates * people, parameters). `block` holds the replicates' numbers, out of
    `replicates` in all; None stands for one with every record at its central value. People are
    numbered from `first`.
    """
    values = model.central[None, :] if block is None else _drawn(model, draws, block, replicates)
    deviations = _deviations(model, draws, people, first)
    rows: list[Array] = []
    for place, record_values in enumerate(values):
        replicate = None if block is None else block[place]

        def value(identity: str, replicate: int | None = replicate) -> float:
            return _value(identity, draws, replicate, replicates)

        who = People(population, draws, people, start=first, value=value)
        rows.append(_rows(model, np.tile(record_values, (people, 1)), deviations, who))
    return np.concatenate(rows)


def apart(model: Model, population: Population, draws: Draws, rows: int) -> Array:
    """Parameters of people who live in a replicate of their own each, (rows, parameters).

    Nobody shares what we do not know with anybody, so a row is one draw of all chance there is.
    """

    def luck(name: str) -> Array:
        return draws.stratified(REPLICATE, name, rows)

    def value(identity: str) -> Array:
        return find([identity])[identity].spread.quantile(luck(identity))

    deviations = _deviations(model, draws, rows, 0)
    who = People(population, draws, rows, value=value)
    return _rows(model, model.drawn(luck), deviations, who)


def variabilities(model: Model) -> dict[str, Record]:
    """For each parameter that differs between people, the record that says how much, by its id.

    A record for one drug or form, `variability/<system>/<quantity>/<which>`, counts before the one
    for all, `variability/<system>/<quantity>`.
    """
    known = _known()
    found: dict[str, Record] = {}
    for parameter in model.flat.parameters:
        words = parameter.evidence.split("/")
        ids = (_PREFIX + "/".join(words[:end]) for end in range(len(words), 1, -1))
        record = next((known[identity] for identity in ids if identity in known), None)
        if record is not None:
            found[parameter.name] = record
    return found


def _rows(
    model: Model, values: Array, deviations: Mapping[int, tuple[str, Array]], who: People
) -> Array:
    """Values of records, (people, records), made each person's own, and traits beside them."""
    for column, (spread, deviation) in deviations.items():
        values[:, column] *= np.exp(who.value(spread) * deviation)
    traits = who.traits(tuple(name.removeprefix("person.") for name in model.flat.traits))
    return np.column_stack([values, *traits.values()])


def _deviations(
    model: Model, draws: Draws, people: int, first: int
) -> dict[int, tuple[str, Array]]:
    """Columns that differ between people: the record of how much, and standard deviations.

    Differences are keyed by the evidence id. So what belongs to a dose form (how much of a cup is
    absorbed) is one difference for all alkaloids in it, and what belongs to a drug is its own.
    """
    spreads = variabilities(model)
    return {
        column: (
            spreads[parameter.name].id,
            draws.normal(PERSON, parameter.evidence, people, first),
        )
        for column, parameter in enumerate(model.flat.parameters)
        if parameter.name in spreads
    }


def _drawn(model: Model, draws: Draws, block: range, replicates: int) -> Array:
    return model.drawn(lambda name: chance(draws, name, block, replicates))


def chance(draws: Draws, name: str, block: range, replicates: int) -> Array:
    """Luck of some replicates, out of `replicates` in all, for a name; numbers between 0 and 1."""
    return draws.stratified(REPLICATE, name, replicates)[block.start : block.stop]


def _value(identity: str, draws: Draws, replicate: int | None, replicates: int) -> float:
    """A record's value: central, or as one replicate draws it."""
    record = find([identity])[identity]
    if replicate is None or record.spread.kind == "exact":
        return record.value
    luck = chance(draws, identity, range(replicate, replicate + 1), replicates)
    return float(record.spread.quantile(luck)[0])


def _known() -> Mapping[str, Record]:
    """Every record of how people differ: fitted ones, and those with a file of their own."""
    held = records(*(word for word in ("variability", "fitted") if word in systems()))
    return {identity: record for identity, record in held.items() if identity.startswith(_PREFIX)}
