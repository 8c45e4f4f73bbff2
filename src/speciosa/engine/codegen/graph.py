"""Expressions as one shared graph: equal parts exist once, and constants are folded.

A node is a number. Nodes are made in an order in which every node comes after those it reads, so
the reachable ones, read from low to high, are a straight-line program.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from speciosa.engine.problem import Op, Program
from speciosa.errors import ModelError

__all__ = ["CONSTANT", "LEAF", "Graph"]

LEAF: Final = "leaf"
CONSTANT: Final = "constant"


def _above(a: float, b: float) -> float:
    return float(a > b)


_FOLD: Final[dict[str, Callable[..., float]]] = {
    "add": float.__add__,
    "sub": float.__sub__,
    "mul": float.__mul__,
    "div": float.__truediv__,
    "neg": float.__neg__,
    "pow": math.pow,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "max": max,
    "min": min,
    "above": _above,
}
_COMMUTE: Final = ("add", "mul", "max", "min")


class Graph:
    """A growing graph over numbered leaves (time, states, parameters)."""

    def __init__(self) -> None:
        self._nodes: list[tuple[str, tuple[int, ...]]] = []
        self._ids: dict[tuple[str, tuple[int | str, ...]], int] = {}
        self._values: dict[int, float] = {}
        self._labels: dict[int, str] = {}

    def leaf(self, number: int) -> int:
        """The leaf of this number."""
        return self._node(LEAF, (number,))

    def constant(self, value: float) -> int:
        """A constant."""
        node = self._ids.get((CONSTANT, (value.hex(),)))
        if node is None:
            node = self._new(CONSTANT, ())
            self._ids[CONSTANT, (value.hex(),)] = node
            self._values[node] = value
        return node

    def op(self, kind: str, *args: int) -> int:
        """The operation `kind` of `speciosa.engine.problem.ARITY`, in its simplest form.

        Raises:
            ModelError: it is an operation on constants that has no finite value.
        """
        values = [self._values[arg] for arg in args if arg in self._values]
        if len(values) == len(args):
            return self.constant(_folded(kind, values))
        if kind in _COMMUTE:
            args = tuple(sorted(args))
        simpler = self._simpler(kind, *args)
        return self._node(kind, args) if simpler is None else simpler

    def grow(self, program: Program, inputs: Sequence[int]) -> list[int]:
        """The nodes of a program's results, with these nodes for its inputs."""
        slots = [*inputs, *(self.constant(value) for value in program.constants)]
        for op in program.ops:
            slots.append(self.op(op.kind, *(slots[arg] for arg in op.args)))
        return [slots[slot] for slot in program.results]

    def kind(self, node: int) -> str:
        """`leaf`, `constant`, or a key of `speciosa.engine.problem.ARITY`."""
        return self._nodes[node][0]

    def args(self, node: int) -> tuple[int, ...]:
        """The nodes that an operation reads; none for leaves and constants."""
        kind, args = self._nodes[node]
        return () if kind == LEAF else args

    def number(self, node: int) -> int:
        """The number of a leaf."""
        return self._nodes[node][1][0]

    def value(self, node: int) -> float | None:
        """The value of a constant; None for any other node."""
        return self._values.get(node)

    def made(self, kind: str, args: tuple[int, ...]) -> int:
        """An operation that only the code generator knows, as it stands."""
        return self._node(kind, args)

    def label(self, node: int, name: str) -> None:
        """Give an operation a name for generated source; the first one stays."""
        self._labels.setdefault(node, name)

    def leaves(self, root: int) -> list[int]:
        """The numbers of the leaves that `root` depends on, in ascending order."""
        kinds = (self._nodes[node] for node in self.reachable([root]))
        return sorted(args[0] for kind, args in kinds if kind == LEAF)

    def program(self, leaves: Sequence[int], results: Sequence[int]) -> Program:
        """The code for `results`, with these leaves as its inputs, in this order.

        Raises:
            ModelError: a result depends on a leaf that is not among them.
        """
        order = self.reachable(results)
        slots: dict[int, int] = {}
        constants: list[float] = []
        for node in order:
            kind, args = self._nodes[node]
            if kind == LEAF:
                if args[0] not in leaves:
                    raise ModelError(f"leaf {args[0]} is not an input of this program")
                slots[node] = leaves.index(args[0])
            elif kind == CONSTANT:
                slots[node] = len(leaves) + len(constants)
                constants.append(self._values[node])
        ops: list[Op] = []
        labels: list[str] = []
        for node in order:
            if node not in slots:
                kind, args = self._nodes[node]
                slots[node] = len(leaves) + len(constants) + len(ops)
                ops.append(Op(kind, tuple(slots[arg] for arg in args)))
                labels.append(self._labels.get(node, ""))
        returned = tuple(slots[node] for node in results)
        return Program(len(leaves), tuple(constants), tuple(ops), returned, tuple(labels))

    def reachable(self, roots: Iterable[int]) -> list[int]:
        """Every node that the roots depend on, themselves included, in an order to compute them."""
        found = set(roots)
        rest = list(found)
        while rest:
            kind, args = self._nodes[rest.pop()]
            if kind != LEAF:
                new = [arg for arg in args if arg not in found]
                found.update(new)
                rest += new
        return sorted(found)

    def _node(self, kind: str, args: tuple[int, ...]) -> int:
        node = self._ids.get((kind, args))
        if node is None:
            node = self._ids[kind, args] = self._new(kind, args)
        return node

    def _new(self, kind: str, args: tuple[int, ...]) -> int:
        self._nodes.append((kind, args))
        return len(self._nodes) - 1

    def _simpler(self, kind: str, a: int, b: int = -1) -> int | None:
        """A node that says the same in fewer operations, if the rules here know one.

        What is multiplied by 0 is gone, whatever it is: an expression that can be infinite there is
        wrong before it is simplified. No rule changes a finite result by more than one rounding.
        """
        left, right = self._values.get(a), self._values.get(b)
        match kind:
            case "add" if left == 0:
                return b
            case "add" if right == 0:
                return a
            case "sub" if right == 0:
                return a
            case "sub" if left == 0:
                return self.op("neg", b)
            case "sub" if a == b:
                return self.constant(0.0)
            case "mul" if left is not None:
                return self._times(left, b)
            case "mul" if right is not None:
                return self._times(right, a)
            case "div" if left == 0:
                return a
            case "div" if right == 1:
                return a
            case "neg" if self._nodes[a][0] == "neg":
                return self._nodes[a][1][0]
            case "pow" if right is not None:
                return self._power(a, right)
            case _:
                return None

    def _times(self, factor: float, node: int) -> int | None:
        if factor == 0:
            return self.constant(0.0)
        if factor == 1:
            return node
        return self.op("neg", node) if factor == -1 else None

    def _power(self, node: int, exponent: float) -> int | None:
        if exponent == 0:
            return self.constant(1.0)
        if exponent == 1:
            return node
        if exponent == 2:
            return self.op("mul", node, node)
        if exponent == 0.5:
            return self.op("sqrt", node)
        return self.op("div", self.constant(1.0), node) if exponent == -1 else None


def _folded(kind: str, values: Sequence[float]) -> float:
    try:
        value = _FOLD[kind](*values)
    except (ArithmeticError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        shown = ", ".join(f"{v:g}" for v in values)
        raise ModelError(f"an equation holds {kind}({shown}), which has no finite value")
    return value
