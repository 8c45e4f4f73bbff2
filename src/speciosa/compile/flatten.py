"""Systems, wires and members into one flat problem.

Every quantity of every system becomes one node per member of its index set, named
`<system>.<quantity>[.<member>]`. An input becomes the output that feeds it, so wires cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import TypeVar

from speciosa.compile.members import Member, Members
from speciosa.compile.names import Key, flat_name
from speciosa.compile.sources import Supply, Wires, supply
from speciosa.compile.walk import Walk
from speciosa.engine.problem import Problem
from speciosa.errors import ModelError
from speciosa.language import Each, Input, Quantity, System
from speciosa.units import Unit

__all__ = ["Flat", "FlatParameter", "flatten", "flatten_alone"]

Kind = TypeVar("Kind", bound=Quantity)

_NOT_SAID = {"lag": 0.0, "F": 1.0, "D": None, "R": None}
"""What holds for doses into a state that does not say, in the order of `State.dosing`."""


@dataclass(frozen=True)
class FlatParameter:
    """A parameter of a flat problem: which record gives its value, and in what unit it is read."""

    name: str
    evidence: str
    unit: Unit
    member: str | None
    doc: str


@dataclass(frozen=True)
class Flat:
    """A flat problem and what its names mean.

    Attributes:
        problem: what the engine integrates. Its parameters are `parameters`, `traits` and `inputs`,
            in this order.
        parameters: the numbers that come from records.
        traits: names of what is supplied per person, "person.<trait>[.<member>]".
        inputs: names of what is left open, "input.<name>[.<member>]"; only by `flatten_alone`.
        units: the unit of every state, parameter and output by flat name.
        docs: their line for tables by flat name.
    """

    problem: Problem
    parameters: tuple[FlatParameter, ...]
    traits: tuple[str, ...]
    inputs: tuple[str, ...]
    units: Mapping[str, Unit]
    docs: Mapping[str, str]


def flatten(
    systems: Sequence[type[System]],
    wires: Wires,
    members: Mapping[Each, Sequence[Member]],
    traits: Mapping[Input, str],
) -> Flat:
    """One flat problem from systems.

    Args:
        systems: what the model holds, in the order of its states.
        wires: which output feeds an input; wires into systems that are not held are passed over. An
            input over an index set takes the members of the same name, also from another set. An
            output with the name of one of its members feeds an input by that member.
        members: who stands in each index set that the systems use; an empty set makes its
            quantities vanish and totals over it 0.
        traits: inputs that are supplied per person, and under what name.

    Raises:
        WiringError: an input has no source, two, or one that lacks a member; or systems depend on
            each other at one instant, with no state between them.
        UnitMismatch: the ends of a wire, or two uses of one trait, have different units.
        ModelError: members do not fit the systems, two quantities have one flat name, or a start,
            lag, F, D or R depends on a state.
    """
    found = Members(members)
    return _flat(systems, wires, found, supply(systems, wires, found, traits))


def flatten_alone(system: type[System], members: Mapping[Each, Sequence[Member]]) -> Flat:
    """One system by itself, its inputs left open as parameters "input.<name>[.<member>]".

    Raises:
        ModelError: as by `flatten`.
    """
    found = Members(members)
    return _flat((system,), {}, found, supply((system,), {}, found, None))


def _flat(
    systems: Sequence[type[System]],
    wires: Wires,
    members: Members,
    supplied: Supply,
) -> Flat:
    states = [key for system in systems for key in _each(system.states, members)]
    outputs = [key for system in systems for key in _each(system.outputs, members)]
    numbers = [key for system in systems for key in _each(system.parameters, members)]
    parameters = tuple(
        FlatParameter(flat_name(p, member), members.evidence(p, member), p.unit, member, p.doc)
        for p, member in numbers
    )
    names = (
        "t",
        *(flat_name(*key) for key in states),
        *(parameter.name for parameter in parameters),
        *supplied,
    )
    own: list[Key] = [*states, *numbers]
    units, docs = _described([*own, *outputs], supplied)
    leaves = {key: number for number, key in enumerate(own, start=1)}
    for number, name in enumerate(supplied, start=1 + len(own)):
        leaves |= {key: number for key in supplied[name]}
    walk = Walk(members, wires, leaves)

    def early(word: str, given: Iterable[Quantity | float | None]) -> list[int]:
        """What must be known before the run: the start, lag, F, D or R of each state."""
        nodes: list[int] = []
        for (state, member), value in zip(states, given, strict=True):
            if value is None:  # not modelled
                nodes.append(walk.graph.constant(nan))
                continue
            nodes.append(walk.node(value, member))
            varying = [n for n in walk.graph.leaves(nodes[-1]) if n <= len(states)]
            if varying:
                raise ModelError(
                    f"the {word} of {flat_name(state, member)} depends on the state "
                    f"{names[varying[0]]}; only parameters and traits may stand there"
                )
        return nodes

    everything = range(len(names))
    fixed = everything[1 + len(states) :]
    rates = [walk.node(state.rate, member) for state, member in states]
    start = early("start", [state.start for state, _ in states])
    dosing: list[int] = []
    for place, (word, otherwise) in enumerate(_NOT_SAID.items()):
        given = [state.dosing[place] for state, _ in states]
        dosing += early(word, [otherwise if value is None else value for value in given])
    bounds = [state.between or (nan, nan) for state, _ in states]
    problem = Problem(
        states=names[1 : 1 + len(states)],
        parameters=names[1 + len(states) :],
        outputs=tuple(flat_name(*key) for key in outputs),
        rates=walk.graph.program(everything, rates),
        observe=walk.graph.program(everything, [walk.node(*key) for key in outputs]),
        start=walk.graph.program(fixed, start),
        dosing=walk.graph.program(fixed, dosing),
        lower=tuple(float(low) for low, _ in bounds),
        upper=tuple(float(high) for _, high in bounds),
    )
    traits = tuple(name for name in supplied if name.startswith("person."))
    inputs = tuple(name for name in supplied if name.startswith("input."))
    return Flat(problem, parameters, traits, inputs, units, docs)


def _each(quantities: Iterable[Kind], members: Members) -> Iterator[tuple[Kind, str | None]]:
    for quantity in quantities:
        for member in members.names(quantity.each):
            yield quantity, member


def _described(
    keys: Iterable[Key], supplied: Supply
) -> tuple[Mapping[str, Unit], Mapping[str, str]]:
    """The unit and the line of every flat name; each name has one meaning."""
    first = {name: keys[0][0] for name, keys in supplied.items()}
    for key in keys:
        name = flat_name(*key)
        if name in first:
            raise ModelError(f"two quantities of this build are called {name}; rename one")
        first[name] = key[0]
    return {n: q.unit for n, q in first.items()}, {n: q.doc for n, q in first.items()}
