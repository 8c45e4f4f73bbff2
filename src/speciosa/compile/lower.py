"""The functions of the language as operations of a program, safe over their whole range."""

from __future__ import annotations

from collections.abc import Sequence

from speciosa.engine.codegen.graph import Graph
from speciosa.engine.problem import ARITY

__all__ = ["lowered"]


def lowered(graph: Graph, kind: str, args: Sequence[int]) -> int:
    """The node for the function or sign `kind` of `speciosa.language.Formula`."""
    if kind in ARITY:
        return graph.op(kind, *args)
    return {"hill": _hill, "smooth_step": _smooth_step, "positive_part": _positive_part}[kind](
        graph, *args
    )


def _hill(graph: Graph, x: int, k: int, n: int) -> int:
    """r / (1 + r), r = (max(x, 0) / k)^n: an integrator may step below 0, where a power is nan."""
    above = graph.op("max", x, graph.constant(0.0))
    ratio = graph.op("pow", graph.op("div", above, k), n)
    return graph.op("div", ratio, graph.op("add", graph.constant(1.0), ratio))


def _smooth_step(graph: Graph, x: int, at: int, width: int) -> int:
    """(1 + tanh((x - at) / (2 width))) / 2: the logistic curve in a form that cannot overflow."""
    half = graph.constant(0.5)
    z = graph.op("div", graph.op("mul", half, graph.op("sub", x, at)), width)
    return graph.op("add", half, graph.op("mul", half, graph.op("tanh", z)))


def _positive_part(graph: Graph, x: int, width: int) -> int:
    """max(x, 0) + width log(1 + e^(-|x| / width)): as defined, in a form that cannot overflow."""
    away = graph.op("max", x, graph.op("neg", x))
    small = graph.op("exp", graph.op("neg", graph.op("div", away, width)))
    rounding = graph.op("log", graph.op("add", graph.constant(1.0), small))
    return graph.op(
        "add",
        graph.op("max", x, graph.constant(0.0)),
        graph.op("mul", width, rounding),
    )
