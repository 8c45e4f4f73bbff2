"""From equations to what a processor does best, before any code is written.

Products and quotients are flattened: every factor that depends on parameters alone is gathered into
one number per person, so that `CL / V * A` costs one multiplication and no division. Work that
depends on parameters alone is hoisted out of the steps: it becomes a leaf of its own, computed once
for each person and again when a covariate changes.

Only parts that are used once are taken apart; what is shared stays shared. Whole powers become
products. All else keeps its meaning; a result may differ from the equations as written by a few
roundings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from speciosa.engine.codegen.graph import CONSTANT, LEAF, Graph

__all__ = ["Hoisted", "linear_decay", "lower"]

_PRODUCTS: Final = ("mul", "div", "neg")
MOST_MULTIPLIED: Final = 16
"""Whole powers up to this are written as products."""


class Hoisted:
    """Parameter-only numbers that the steps read: each has a leaf, numbered from `first` on."""

    def __init__(self, graph: Graph, first: int) -> None:
        self.graph, self.first = graph, first
        self.leaves: dict[int, int] = {}

    def leaf(self, node: int) -> int:
        """The leaf that stands for a parameter-only node."""
        if self.graph.kind(node) in (CONSTANT, LEAF):
            return node
        if node not in self.leaves:
            self.leaves[node] = self.graph.leaf(self.first + len(self.leaves))
        return self.leaves[node]


def lower(
    graph: Graph, roots: Sequence[int], varying: Iterable[int], hoisted: Hoisted
) -> tuple[int, ...]:
    """The roots lowered, where the `varying` leaves (nodes) change within a run.

    What is computed once per person gets its place in `hoisted`.
    """
    work = _Work(graph, set(varying), hoisted)
    work.survey(roots)
    return work.lowered(roots)


def linear_decay(graph: Graph, rates: Sequence[int], states: Sequence[int]) -> dict[int, int]:
    """States whose rate is a parameter-only number times the state itself: position -> that number.

    These are first-order depots without inflow from other states; between doses they are known
    exactly.
    """
    varying = {node for node in graph.reachable(rates) if graph.kind(node) == LEAF}
    parameters = {node for node in varying if graph.number(node) > len(states)}
    work = _Work(graph, varying - parameters, Hoisted(graph, 0))
    work.survey(rates)
    found: dict[int, int] = {}
    for position, (rate, state) in enumerate(zip(rates, states, strict=True)):
        if graph.kind(rate) not in _PRODUCTS:
            continue
        factors = _Factors()
        # Through what others read as well: a depot's flow is what the next state receives.
        work.flatten(rate, False, factors, shared=True)
        if factors.above == [state] and not factors.below:
            found[position] = work.product(factors)
    return found


@dataclass
class _Factors:
    """A product taken apart: what varies above and below the line, and the fixed rest."""

    above: list[int] = field(default_factory=list[int])
    below: list[int] = field(default_factory=list[int])
    fixed: list[tuple[int, bool]] = field(default_factory=list[tuple[int, bool]])
    negative: bool = False


class _Work:
    def __init__(self, graph: Graph, varying: set[int], hoisted: Hoisted) -> None:
        self.graph, self.varying, self.hoisted = graph, varying, hoisted
        self._moves: dict[int, bool] = {}
        self._uses: dict[int, int] = {}
        self._done: dict[int, int] = {}
        self._factors: dict[int, _Factors] = {}

    def survey(self, roots: Sequence[int]) -> None:
        """How often each node is read, and whether it changes within a run."""
        for node in self.graph.reachable(roots):
            args = self.graph.args(node)
            self._moves[node] = node in self.varying or any(self._moves[arg] for arg in args)
            for arg in args:
                self._uses[arg] = self._uses.get(arg, 0) + 1
        for root in roots:
            self._uses[root] = self._uses.get(root, 0) + 1

    def lowered(self, roots: Sequence[int]) -> tuple[int, ...]:
        """The nodes that say the same; in order and not by recursion, as graphs may be deep."""
        for node in self._wanted(roots):
            self._done[node] = self._one(node)
        return tuple(self._of(root) for root in roots)

    def _wanted(self, roots: Sequence[int]) -> list[int]:
        """What varies and is computed by itself: not the inside of products taken apart."""
        graph, wanted = self.graph, set(roots)
        for node in reversed(graph.reachable(roots)):
            if node not in wanted or not self._moves[node]:
                continue
            if graph.kind(node) in _PRODUCTS:
                self._factors[node] = factors = _Factors()
                self.flatten(node, False, factors)
                wanted.update(factors.above, factors.below)
            else:
                wanted.update(graph.args(node))
        return sorted(node for node in wanted if self._moves[node])

    def _of(self, node: int) -> int:
        return self._done[node] if self._moves[node] else self.hoisted.leaf(node)

    def _one(self, node: int) -> int:
        graph = self.graph
        kind, args = graph.kind(node), graph.args(node)
        match kind:
            case "leaf":
                return node
            case "mul" | "div" | "neg":
                return self._written(self._factors[node])
            case "pow" if (whole := self._whole(args[1])) is not None:
                return self._power(self._of(args[0]), whole)
            case "pow" if not self._moves[args[1]]:
                # What the exponent alone decides is found once per person.
                at = [graph.made(word, (args[1],)) for word in ("power_at_0", "power_of_-1")]
                parts = [self._of(args[0]), *(self.hoisted.leaf(n) for n in (args[1], *at))]
                return graph.made("power", tuple(parts))
            case _:
                return graph.op(kind, *(self._of(arg) for arg in args))

    def flatten(self, node: int, inverse: bool, into: _Factors, *, shared: bool = False) -> None:
        """Gather the factors of a product.

        It looks through products that nothing else reads, or through all of them (`shared`).
        """
        rest = [(node, inverse)]
        while rest:
            here, below = rest.pop()
            kind = self.graph.kind(here)
            alone = shared or here == node or self._uses.get(here, 1) <= 1
            if not self._moves[here]:
                into.fixed.append((here, below))
            elif kind in _PRODUCTS and alone:
                into.negative ^= kind == "neg"
                args = [
                    (arg, below ^ (kind == "div" and position == 1))
                    for position, arg in enumerate(self.graph.args(here))
                ]
                rest.extend(reversed(args))
            else:
                (into.below if below else into.above).append(here)

    def product(self, factors: _Factors) -> int:
        """The fixed part of a product, as a node over parameters."""
        graph = self.graph
        number = graph.constant(1.0)
        for node, inverse in factors.fixed:
            number = graph.op("div" if inverse else "mul", number, node)
        return graph.op("neg", number) if factors.negative else number

    def _written(self, factors: _Factors) -> int:
        graph = self.graph
        number = self.product(factors)
        above = [self._done[node] for node in sorted(factors.above)]
        below = [self._done[node] for node in sorted(factors.below)]
        plain = graph.value(number)
        result: int | None = None
        for node in above:
            result = node if result is None else graph.op("mul", result, node)
        if below:
            bottom = below[0]
            for node in below[1:]:
                bottom = graph.op("mul", bottom, node)
            if result is None:
                return graph.op("div", self.hoisted.leaf(number), bottom)
            result = graph.op("div", result, bottom)
        if result is None:
            return self.hoisted.leaf(number)
        if plain == 1.0:
            return result
        if plain == -1.0:
            return graph.op("neg", result)
        return graph.op("mul", self.hoisted.leaf(number), result)

    def _whole(self, exponent: int) -> int | None:
        value = self.graph.value(exponent)
        if value is None or value != int(value) or not 0 < abs(value) <= MOST_MULTIPLIED:
            return None
        return int(value)

    def _power(self, base: int, whole: int) -> int:
        graph = self.graph
        result: int | None = None
        square, left = base, abs(whole)
        while left:
            if left & 1:
                result = square if result is None else graph.op("mul", result, square)
            left >>= 1
            if left:
                square = graph.op("mul", square, square)
        assert result is not None
        return graph.op("div", graph.constant(1.0), result) if whole < 0 else result
