"""From a quantity of a member to its node: what it is made of first, then itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from speciosa.compile.lower import lowered
from speciosa.compile.members import Members
from speciosa.compile.names import Key, flat_name
from speciosa.compile.sources import Wires, giver
from speciosa.engine.codegen.graph import Graph
from speciosa.errors import ModelError, WiringError
from speciosa.language import Formula, Input, Lookup, Number, Output, Quantity, Scaled, Total, lift

__all__ = ["Walk"]


class Walk:
    """Grows one graph while nodes are asked for; what was made once is not made again.

    Args:
        members: of every index set.
        wires: the output that feeds an input.
        leaves: the symbols that are leaves of the graph, each with the leaf's number.
    """

    def __init__(self, members: Members, wires: Wires, leaves: Mapping[Key, int]) -> None:
        self.graph, self._members, self._wires = Graph(), members, wires
        self._nodes: dict[Key, int] = {
            key: self.graph.leaf(number) for key, number in leaves.items()
        }

    def node(self, quantity: Quantity | float, member: str | None) -> int:
        """The node of a quantity for a member, after those of everything that it is made of.

        Walks with a path of its own: a model may be deeper than Python's stack, and the path is
        what an instant loop has to be told by.

        Raises:
            WiringError: systems depend on each other at one instant.
            ModelError: a map leads nowhere, or constants have no finite value.
        """
        root = _at(lift(quantity), member)
        path = {} if root in self._nodes else {root: iter(self._parts(root))}
        while path:
            key, parts = next(reversed(path.items()))
            part = next(parts, None)
            if part is None:
                path.popitem()
                self._nodes[key] = self._made(key)
            elif part in path:
                raise WiringError(_loop(list(path), part))
            elif part not in self._nodes:
                path[part] = iter(self._parts(part))
        return self._nodes[root]

    def _parts(self, key: Key) -> list[Key]:
        """What a quantity is made of, for one member."""
        quantity, member = key
        if isinstance(quantity, Input):
            return [giver(self._wires[quantity], member)]
        if isinstance(quantity, Total):
            over, by = quantity.over, quantity.by
            return [
                (quantity.args[0], name)
                for name in self._members.of(over)
                if by is None or self._members.target(over, name, by.name) == member
            ]
        if isinstance(quantity, Lookup) and member is not None:
            along = quantity.along
            target = self._members.target(along.over, member, along.name)
            if target is None:
                raise ModelError(
                    f"{quantity.text()} asks for the {along.name} of {along.over.word} {member!r}, "
                    "which has none"
                )
            return [(quantity.args[0], target)]
        return [_at(arg, member) for arg in quantity.args]

    def _made(self, key: Key) -> int:
        """The node of a quantity whose parts have theirs."""
        quantity, member = key
        parts = [self._nodes[part] for part in self._parts(key)]
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


def _at(quantity: Quantity, member: str | None) -> Key:
    """The part of a formula for this member: one over no index set counts for all."""
    return quantity, member if quantity.each is not None else None


def _loop(path: Sequence[Key], closing: Key) -> str:
    """A loop as a line, in the direction in which values flow, from an output round to itself."""
    flow = reversed(path[path.index(closing) :])
    ends = [key for key in flow if isinstance(key[0], Input | Output)]
    first = max(i for i, key in enumerate(ends) if isinstance(key[0], Output))
    shown = [flat_name(*key) for key in (*ends[first:], *ends[: first + 1])]
    return "these depend on each other at one instant, with no state between: " + " -> ".join(shown)
