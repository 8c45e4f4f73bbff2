"""Nodes of a graph as instructions for all lanes.

In the order of the graph, each node once. A product that only one sum reads is fused with it; which
ones are is decided here and not by the optimiser, so that the bits do not depend on its level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from speciosa.engine.codegen.graph import CONSTANT, LEAF, Graph
from speciosa.engine.codegen.ir import Function, Value
from speciosa.engine.codegen.vector_math import (
    exponential,
    hyperbolic_tangent,
    logarithm,
    power,
    power_at_zero,
    power_of_minus_one,
)

__all__ = ["emit"]


def emit(
    f: Function,
    graph: Graph,
    roots: Sequence[int],
    leaf: Callable[[int], Value],
    among: Sequence[int] | None = None,
    *,
    fuse: bool = True,
) -> list[Value]:
    """The values of the roots.

    Args:
        f: written to.
        graph: where the roots are.
        roots: what is computed.
        leaf: gives the value of a leaf by its number.
        among: the roots of which these are some; their bits are those that all of them together
            would have.
        fuse: whether sums take in products; without, the bits of a root do not hang on any other.
    """
    order = graph.reachable(roots)
    everything = roots if among is None else among
    uses: dict[int, int] = dict.fromkeys(everything, 2)  # a root is needed by itself
    for node in order if among is None else graph.reachable(everything):
        for arg in graph.args(node):
            uses[arg] = uses.get(arg, 0) + 1
    values: dict[int, Value] = {}
    fused = _Fused(graph, order if fuse else (), uses, values)
    for node in order:
        kind, args = graph.kind(node), graph.args(node)
        number = graph.value(node)
        if kind == LEAF:
            values[node] = leaf(graph.number(node))
        elif kind == CONSTANT and number is not None:
            values[node] = f.numbers(number)
        elif node in fused.waiting:
            continue
        elif kind in ("add", "sub"):
            values[node] = fused.sum(f, node)
        else:
            values[node] = _operation(f, kind, [values[arg] for arg in args])
    return [values[root] for root in roots]


class _Fused:
    """Which products wait for the sum that reads them."""

    def __init__(
        self, graph: Graph, order: Sequence[int], uses: dict[int, int], values: dict[int, Value]
    ) -> None:
        self.graph, self.uses, self.values = graph, uses, values
        self.products = {
            node: product
            for node in order
            if graph.kind(node) in ("add", "sub") and (product := self._product(node)) is not None
        }
        self.waiting = frozenset(self.products.values())

    def _product(self, node: int) -> int | None:
        """The product that a sum takes in: its second part rather than its first."""
        for arg in reversed(self.graph.args(node)):
            if self.graph.kind(arg) == "mul" and self.uses[arg] == 1:
                return arg
        return None

    def sum(self, f: Function, node: int) -> Value:
        """A sum or difference, with its product fused."""
        first, second = self.graph.args(node)
        minus = self.graph.kind(node) == "sub"
        product = self.products.get(node)
        if product is None:
            a, b = self.values[first], self.values[second]
            return a - b if minus else a + b
        a, b = (self.values[arg] for arg in self.graph.args(product))
        if product == second:
            return f.fused(-a if minus else a, b, self.values[first])
        rest = self.values[second]
        return f.fused(a, b, -rest if minus else rest)


def _operation(f: Function, kind: str, args: Sequence[Value]) -> Value:
    a, b = args[0], args[-1]
    match kind:
        case "mul":
            return a * b
        case "div":
            return a / b
        case "neg":
            return -a
        case "pow":
            return power(f, a, b, power_at_zero(f, b), power_of_minus_one(f, b))
        case "power":
            return power(f, *args)
        case "power_at_0":
            return power_at_zero(f, a)
        case "power_of_-1":
            return power_of_minus_one(f, a)
        case "exp":
            return exponential(f, a)
        case "log":
            return logarithm(f, a)
        case "sqrt":
            return f.root(a)
        case "tanh":
            return hyperbolic_tangent(f, a)
        case "max" | "min":
            return _extreme(f, f.larger if kind == "max" else f.smaller, a, b)
        case "above":
            return f.choose(a > b, f.numbers(1.0), f.numbers(0.0))
        case _:
            raise KeyError(kind)


def _extreme(f: Function, pick: Callable[[Value, Value], Value], a: Value, b: Value) -> Value:
    """The larger or the smaller; `pick` gives its second where either is nan."""
    if a.constant:
        return pick(a, b)
    if b.constant:
        return pick(b, a)
    return f.choose(a.equals(a), pick(a, b), a)
