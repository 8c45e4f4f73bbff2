"""Sparse derivatives of graph nodes, written into the same graph.

Forward mode: each node carries the leaves that it varies with and, for each, the node of the
partial derivative; what does not depend on a leaf has no entry, so the pattern of a Jacobian is
exact. Shared parts stay shared, because the graph makes equal expressions once.

A power has no slope at a base of 0 when its exponent is below 1. Its base is then taken as `TINY`:
the slope is huge and finite, which a step-size control can handle and a division by zero cannot.
`max`, `min` and `above` have the slope of the side that they are on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from speciosa.engine.codegen.graph import CONSTANT, LEAF, Graph

__all__ = ["along", "derivatives"]

TINY: Final = 1e-18
Slopes = Mapping[int, int]


def derivatives(graph: Graph, roots: Sequence[int], leaves: Iterable[int]) -> list[dict[int, int]]:
    """For each root, the node of its derivative to each leaf (node) that it varies with."""
    wanted = set(leaves)
    slopes: dict[int, dict[int, int]] = {}
    for node in graph.reachable(roots):
        kind = graph.kind(node)
        if kind == LEAF:
            slopes[node] = {node: graph.constant(1.0)} if node in wanted else {}
        elif kind == CONSTANT:
            slopes[node] = {}
        else:
            parts = [slopes[arg] for arg in graph.args(node)]
            slopes[node] = _chained(graph, node, parts) if any(parts) else {}
    return [slopes[root] for root in roots]


def along(graph: Graph, roots: Sequence[int], seeds: Mapping[int, int]) -> list[int]:
    """For each root, the node of its rate of change while each leaf (node) changes as its seed."""
    rates: dict[int, int] = {}
    for node in graph.reachable(roots):
        rates[node] = graph.constant(0.0)
        if node in seeds:
            rates[node] = seeds[node]
        for position, arg in enumerate(graph.args(node)):
            if graph.value(rates[arg]) != 0.0:
                term = graph.op("mul", _partial(graph, node, position), rates[arg])
                rates[node] = graph.op("add", rates[node], term)
    return [rates[root] for root in roots]


def _chained(graph: Graph, node: int, parts: Sequence[Slopes]) -> dict[int, int]:
    """The chain rule: partial derivative to each argument, times that argument's own slopes."""
    total: dict[int, int] = {}
    for position, part in enumerate(parts):
        if not part:
            continue
        factor = _partial(graph, node, position)
        for leaf, slope in part.items():
            term = graph.op("mul", factor, slope)
            total[leaf] = graph.op("add", total[leaf], term) if leaf in total else term
    return {leaf: slope for leaf, slope in total.items() if graph.value(slope) != 0.0}


def _partial(graph: Graph, node: int, position: int) -> int:
    """The derivative of an operation to one of its arguments."""
    kind, args = graph.kind(node), graph.args(node)
    a, b = args[0], args[-1]
    op, number = graph.op, graph.constant
    match kind, position:
        case ("add", _) | ("sub", 0):
            return number(1.0)
        case ("sub", _) | ("neg", _):
            return number(-1.0)
        case "mul", _:
            return b if position == 0 else a
        case "div", 0:
            return op("div", number(1.0), b)
        case "div", _:
            return op("neg", op("div", node, b))
        case "pow", 0:
            return _power_slope(graph, a, b)
        case "pow", _:
            return op("mul", node, op("log", op("max", a, number(TINY))))
        case "exp", _:
            return node
        case "log", _:
            return op("div", number(1.0), a)
        case "sqrt", _:
            return op("div", number(0.5), op("max", node, number(math.sqrt(TINY))))
        case "tanh", _:
            return op("sub", number(1.0), op("mul", node, node))
        case "max", _:
            return _side(graph, op("above", a, b), position)
        case "min", _:
            return _side(graph, op("above", b, a), position)
        case _:
            return number(0.0)


def _side(graph: Graph, first: int, position: int) -> int:
    return first if position == 0 else graph.op("sub", graph.constant(1.0), first)


def _power_slope(graph: Graph, base: int, exponent: int) -> int:
    value = graph.value(exponent)
    lower = graph.op("sub", exponent, graph.constant(1.0))
    if value is None or (value < 1.0 and value != int(value)):
        base = graph.op("max", base, graph.constant(TINY))
    return graph.op("mul", exponent, graph.op("pow", base, lower))
