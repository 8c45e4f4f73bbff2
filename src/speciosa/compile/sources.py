"""Where the inputs of a build come from: another system, the person, or left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from speciosa.compile.members import Members
from speciosa.compile.names import Key, flat_name, joined
from speciosa.errors import UnitMismatch, WiringError
from speciosa.language import Input, Output, System

__all__ = ["Supply", "Wire", "Wires", "giver", "supply"]

Wire = Output | tuple[Output, str]
"""What feeds an input: an output or, of one over an index set, that of one member for all."""
Wires = Mapping[Input, Wire]

Supply = Mapping[str, Sequence[Key]]
"""What is supplied from outside, by flat name: each with the inputs that read it, one or more."""


def giver(wire: Wire, member: str | None) -> Key:
    """The output that feeds this member of an input, and which member of it."""
    return wire if isinstance(wire, tuple) else (wire, member)


def supply(
    systems: Sequence[type[System]],
    wires: Wires,
    members: Members,
    traits: Mapping[Input, str] | None,
) -> Supply:
    """Check that every input has one source that fits, and list what no system gives.

    `traits` names what the person gives; with None every input that no wire feeds is left open.
    An input over an index set without members asks for nothing.

    Raises:
        WiringError: an input has no source, two, or one that lacks a member.
        UnitMismatch: an input and its source differ in unit.
    """
    found: dict[str, list[Key]] = {}
    for needed in (needed for system in systems for needed in system.inputs):
        names = members.names(needed.each)
        wire = wires.get(needed)
        trait = None if traits is None else traits.get(needed)
        if not names:
            continue
        if wire is not None and trait is not None:
            raise WiringError(
                f"{flat_name(needed)} has two sources: {_named(wire)}, and person.{trait}; "
                "leave out one"
            )
        if wire is not None:
            _check(needed, wire, systems, members)
            continue
        if trait is None and traits is not None:
            raise WiringError(
                f"{flat_name(needed)} has no source; wire an output to it, or supply a trait"
            )
        head = ("input", needed.name) if trait is None else ("person", trait)
        for member in names:
            readers = found.setdefault(joined(*head, member), [])
            readers.append((needed, member))
            if readers[0][0].unit != needed.unit:
                raise UnitMismatch(
                    f"{flat_name(needed)} reads person.{trait} in [{needed.unit}], but "
                    f"{flat_name(readers[0][0])} in [{readers[0][0].unit}]"
                )
    return found


def _check(needed: Input, wire: Wire, systems: Sequence[type[System]], members: Members) -> None:
    """Refuse a wire whose ends do not fit."""
    output, _ = giver(wire, None)
    name, named = flat_name(needed), _named(wire)
    if output.owner not in systems:
        raise WiringError(f"{name} has no source: {named} is not in this build")
    if output.unit != needed.unit:
        raise UnitMismatch(f"{name} needs [{needed.unit}], but {named} gives [{output.unit}]")
    given = members.names(output.each)
    for member in members.names(needed.each):
        _, wanted = giver(wire, member)
        if wanted not in given:
            asked = "one value, not one for each member" if wanted is None else repr(wanted)
            raise WiringError(f"{name} needs {asked}, which {flat_name(output)} does not give")


def _named(wire: Wire) -> str:
    return flat_name(*giver(wire, None))
