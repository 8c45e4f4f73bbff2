"""Where the inputs of a build come from: another system, the person, or left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from speciosa.compile.members import Members
from speciosa.compile.names import Key, flat_name, joined
from speciosa.errors import UnitMismatch, WiringError
from speciosa.language import Input, Output, System

__all__ = ["Supply", "supply"]

Supply = Mapping[str, Sequence[Key]]
"""What is supplied from outside, by flat name: each with the inputs that read it, one or more."""


def supply(
    systems: Sequence[type[System]],
    wires: Mapping[Input, Output],
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
                f"{flat_name(needed)} has two sources: {flat_name(wire)}, and person.{trait}; "
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


def _check(needed: Input, wire: Output, systems: Sequence[type[System]], members: Members) -> None:
    """Refuse a wire whose ends do not fit."""
    name, giver = flat_name(needed), flat_name(wire)
    if wire.owner not in systems:
        raise WiringError(f"{name} has no source: {giver} is not in this build")
    if wire.unit != needed.unit:
        raise UnitMismatch(f"{name} needs [{needed.unit}], but {giver} gives [{wire.unit}]")
    given = members.names(wire.each)
    for member in members.names(needed.each):
        if member not in given:
            wanted = "one value, not one for each member" if member is None else repr(member)
            raise WiringError(f"{name} needs {wanted}, which {giver} does not give")
