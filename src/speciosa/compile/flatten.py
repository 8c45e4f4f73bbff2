"""Systems, wires and members into one flat problem.

Every quantity of every system becomes one node per member of its index set, named
`<system>.<quantity>[.<member>]`. An input becomes the output that feeds it, so wires cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from speciosa.compile.graph import Graph
from speciosa.compile.lower import lowered
from speciosa.compile.members import Member, Members
from speciosa.engine.problem import Problem
from speciosa.errors import ModelError, UnitMismatch, WiringError
from speciosa.language import (
    Each,
    Formula,
    Input,
    Lookup,
    Number,
    Output,
    Quantity,
    Scaled,
    State,
    System,
    Total,
)
from speciosa.units import Unit

__all__ = ["Flat", "FlatParameter", "flat_name", "flatten", "flatten_alone"]

Key = tuple[Quantity, str | None]
"""A quantity and the member that is meant; None for one over no index set."""


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
    wires: Mapping[Input, Output],
    members: Mapping[Each, Sequence[Member]],
    traits: Mapping[Input, str],
) -> Flat:
    """One flat problem from systems.

    Args:
        systems: what the model holds, in the order of its states.
        wires: which output feeds an input; wires into systems that are not held are passed over. An
            input over an index set takes the members of the same name, also from another set.
        members: who stands in each index set that the systems use; an empty set makes its
            quantities vanish and totals over it 0.
        traits: inputs that are supplied per person, and under what name.

    Raises:
        WiringError: an input has no source, two, or one that lacks a member; or systems depend on
            each other at one instant, with no state between them.
        UnitMismatch: the ends of a wire, or two uses of one trait, have different units.
        ModelError: members do not fit the systems, two quantities have one flat name, or a start,
            lag or F depends on a state.
    """
    return _Build(systems, wires, Members(members), traits, alone=False).flat()


def flatten_alone(system: type[System], members: Mapping[Each, Sequence[Member]]) -> Flat:
    """One system by itself, its inputs left open as parameters "input.<name>[.<member>]".

    Raises:
        ModelError: as by `flatten`.
    """
    return _Build((system,), {}, Members(members), {}, alone=True).flat()


def flat_name(quantity: Quantity, member: str | None = None) -> str:
    """`<system>.<quantity>[.<member>]` of a named quantity.

    Raises:
        ModelError: the quantity has no name.
    """
    owner = quantity.owner
    if owner is None or not issubclass(owner, System):
        raise ModelError(f"{quantity!r} has no name in a system")
    return _joined(owner.word, quantity.name, member)


class _Build:
    """One flattening: what each symbol became, and the graph that grows while it is looked up."""

    def __init__(
        self,
        systems: Sequence[type[System]],
        wires: Mapping[Input, Output],
        members: Members,
        traits: Mapping[Input, str],
        *,
        alone: bool,
    ) -> None:
        self.systems, self.wires, self.members, self.alone = systems, wires, members, alone
        self.graph = Graph()
        self.nodes: dict[Key, int] = {}
        self.units: dict[str, Unit] = {}
        self.docs: dict[str, str] = {}
        self.states = [key for system in systems for key in self.keys(system.states)]
        self.outputs = [key for system in systems for key in self.keys(system.outputs)]
        self.parameters = [
            FlatParameter(flat_name(p, member), members.evidence(p, member), p.unit, member, p.doc)
            for system in systems
            for p in system.parameters
            for member in members.names(p.each)
        ]
        self.supplied: dict[str, list[Key]] = {}
        for system in systems:
            for needed in system.inputs:
                self.source(needed, traits.get(needed))
        for quantity, member in (*self.states, *self.outputs):
            self.register(flat_name(quantity, member), quantity)
        for parameter in self.parameters:
            self.register(parameter.name, parameter)

    def keys(self, quantities: Iterable[Quantity]) -> Iterator[Key]:
        for quantity in quantities:
            for member in self.members.names(quantity.each):
                yield quantity, member

    def register(self, name: str, what: Quantity | FlatParameter) -> None:
        if name in self.units:
            raise ModelError(f"two quantities of this build are called {name}; rename one")
        self.units[name], self.docs[name] = what.unit, what.doc

    def source(self, needed: Input, trait: str | None) -> None:
        """Check where one input comes from; note it if that is a person, or left open."""
        name, wire = flat_name(needed), self.wires.get(needed)
        if wire is not None and trait is not None:
            raise WiringError(
                f"{name} has two sources: {flat_name(wire)}, and person.{trait}; leave out one"
            )
        if wire is not None:
            self.check(needed, wire)
        elif trait is None and not self.alone:
            raise WiringError(f"{name} has no source; wire an output to it, or supply a trait")
        else:
            head = ("input", needed.name) if trait is None else ("person", trait)
            for member in self.members.names(needed.each):
                flat = _joined(*head, member)
                if self.units.setdefault(flat, needed.unit) != needed.unit:
                    raise UnitMismatch(
                        f"{name} reads {flat} in [{needed.unit}], another in [{self.units[flat]}]"
                    )
                self.docs.setdefault(flat, needed.doc)
                self.supplied.setdefault(flat, []).append((needed, member))

    def check(self, needed: Input, wire: Output) -> None:
        name, giver = flat_name(needed), flat_name(wire)
        if wire.owner not in self.systems:
            raise WiringError(f"{name} has no source: {giver} is not in this build")
        if wire.unit != needed.unit:
            raise UnitMismatch(f"{name} needs [{needed.unit}], but {giver} gives [{wire.unit}]")
        if (wire.each is None) != (needed.each is None):
            raise WiringError(
                f"{name} runs over {needed.each or 'nothing'}, but {giver} over "
                f"{wire.each or 'nothing'}; both or neither must run over an index set"
            )
        given = set(self.members.names(wire.each))
        for member in self.members.names(needed.each):
            if member not in given:
                raise WiringError(f"{name} needs {member!r}, which {giver} does not give")

    def flat(self) -> Flat:
        traits = tuple(name for name in self.supplied if name.startswith("person."))
        inputs = tuple(name for name in self.supplied if name.startswith("input."))
        states = tuple(flat_name(*key) for key in self.states)
        parameters = (*(p.name for p in self.parameters), *traits, *inputs)
        names = ("t", *states, *parameters)
        self.place(names)

        everything = range(len(names))
        fixed = everything[1 + len(states) :]
        rates = [self.node(self.at(s.rate, member)) for s, member in self.state_keys()]
        outputs = [self.node(key) for key in self.outputs]
        start = [self.early(names, s, m, "start", s.start) for s, m in self.state_keys()]
        lag = [
            self.early(names, s, m, "lag", 0.0 if s.lag is None else s.lag)
            for s, m in self.state_keys()
        ]
        share = [
            self.early(names, s, m, "F", 1.0 if s.F is None else s.F) for s, m in self.state_keys()
        ]
        bounds = [s.between or (nan, nan) for s, _ in self.state_keys()]
        problem = Problem(
            states=states,
            parameters=parameters,
            outputs=tuple(flat_name(*key) for key in self.outputs),
            rates=self.graph.program(everything, rates),
            observe=self.graph.program(everything, outputs),
            start=self.graph.program(fixed, start),
            dosing=self.graph.program(fixed, [*lag, *share]),
            lower=tuple(float(low) for low, _ in bounds),
            upper=tuple(float(high) for _, high in bounds),
        )
        return Flat(problem, tuple(self.parameters), traits, inputs, self.units, self.docs)

    def state_keys(self) -> Iterator[tuple[State, str | None]]:
        for system in self.systems:
            for state in system.states:
                for member in self.members.names(state.each):
                    yield state, member

    def place(self, names: Sequence[str]) -> None:
        """Give every symbol that is a leaf its number: its place among all names."""
        number = {name: position for position, name in enumerate(names)}
        for key in self.states:
            self.nodes[key] = self.graph.leaf(number[flat_name(*key)])
        for system in self.systems:
            for key in self.keys(system.parameters):
                self.nodes[key] = self.graph.leaf(number[flat_name(*key)])
        for name, keys in self.supplied.items():
            for key in keys:
                self.nodes[key] = self.graph.leaf(number[name])

    def early(
        self,
        names: Sequence[str],
        state: State,
        member: str | None,
        word: str,
        value: Quantity | float,
    ) -> int:
        """What must be known before the run: the start, the lag or F of a state."""
        if not isinstance(value, Quantity):
            return self.graph.constant(float(value))
        node = self.node(self.at(value, member))
        varying = [names[leaf] for leaf in self.graph.leaves(node) if leaf <= len(self.states)]
        if varying:
            raise ModelError(
                f"the {word} of {flat_name(state, member)} depends on the state {varying[0]}; "
                "only parameters and traits may stand there"
            )
        return node

    def at(self, quantity: Quantity, member: str | None) -> Key:
        """The part of a formula for this member: one over no index set counts for all."""
        return quantity, member if quantity.each is not None else None

    def node(self, root: Key) -> int:
        """The node of a quantity for a member, after those of everything that it is made of.

        Walks with a path of its own: models are deeper than the call stack of Python may be, and
        the path is what an instant loop has to be told by.
        """
        path = {} if root in self.nodes else {root: iter(self.parts(root))}
        while path:
            key, parts = next(reversed(path.items()))
            part = next(parts, None)
            if part is None:
                path.popitem()
                self.nodes[key] = self.made(key)
            elif part in path:
                raise WiringError(_loop(list(path), part))
            elif part not in self.nodes:
                path[part] = iter(self.parts(part))
        return self.nodes[root]

    def parts(self, key: Key) -> list[Key]:
        """What a quantity is made of, for one member."""
        quantity, member = key
        if isinstance(quantity, Input):
            return [(self.wires[quantity], member)]
        if isinstance(quantity, Total):
            by, names = quantity.by, self.members.names(quantity.over)
            return [
                (quantity.args[0], name)
                for name in names
                if by is None
                or (name and self.members.target(quantity.over, name, by.name) == member)
            ]
        if isinstance(quantity, Lookup) and member is not None:
            along = quantity.along
            target = self.members.target(along.over, member, along.name)
            if target is None:
                raise ModelError(
                    f"{quantity.text()} asks for the {along.name} of {along.over.word} {member!r}, "
                    "which has none"
                )
            return [(quantity.args[0], target)]
        return [self.at(arg, member) for arg in quantity.args]

    def made(self, key: Key) -> int:
        """The node of a quantity whose parts have theirs."""
        quantity, member = key
        parts = [self.nodes[part] for part in self.parts(key)]
        match quantity:
            case Number():
                node = self.graph.constant(quantity.value)
            case Total():
                node = self.graph.constant(0.0)
                for part in parts:
                    node = self.graph.op("add", node, part)
            case Scaled():
                up, down = quantity.factor.numerator, quantity.factor.denominator
                node = self.graph.op("mul", parts[0], self.graph.constant(float(up)))
                node = self.graph.op("div", node, self.graph.constant(float(down)))
            case Formula():
                node = lowered(self.graph, quantity.kind, parts)
            case _:
                (node,) = parts
        if quantity.name:
            self.graph.label(node, flat_name(quantity, member))
        return node


def _joined(*words: str | None) -> str:
    return ".".join(word for word in words if word is not None)


def _loop(path: Sequence[Key], closing: Key) -> str:
    """A loop as a line, in the direction in which values flow, from an output round to itself."""
    flow = [key for key in reversed(path[path.index(closing) :])]
    ends = [key for key in flow if isinstance(key[0], Input | Output)]
    first = next(i for i, key in enumerate(ends) if isinstance(key[0], Output))
    shown = [flat_name(*key) for key in (*ends[first:], *ends[:first], ends[first])]
    return "these depend on each other at one instant, with no state between: " + " -> ".join(shown)
