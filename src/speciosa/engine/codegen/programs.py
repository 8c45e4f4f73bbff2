"""The equations as functions of the module.

    prepare(p)                         parameter-only numbers, after the parameters
    start(p, y)                        start values
    rates(t, y, p, inflow, flows, dy)  rates of the integrated states, infusions included
    observe(t, y, p, o)                the chosen outputs

`p`, `y`, `dy`, `o` are arrays of vectors. Equations see a state inside its declared bounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from speciosa.engine.codegen.emit import emit
from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.module import Module

__all__ = ["Inside", "add_inflow", "leaves", "write_programs"]


def write_programs(module: Module, equations: Equations) -> None:
    """Add all four functions."""
    graph, pointer = equations.graph, Kind.POINTER
    with module.function("prepare", [pointer]) as f:
        (p,) = f.arguments
        roots = list(equations.hoisted.leaves)
        # What else is hoisted, for outputs or sensitivities, changes no bit of the steps.
        found = emit(f, graph, roots, leaves(f, equations, p), fuse=False)
        for place, value in enumerate(found):
            f.store(value, p, equations.p + place)
    with module.function("start", [pointer, pointer]) as f:
        p, y = f.arguments
        for place, value in enumerate(emit(f, graph, equations.start, leaves(f, equations, p))):
            f.store(value, y, place)
    arguments = [Kind.NUMBERS, pointer, pointer, pointer, Kind.WHOLE, pointer]
    with module.function("rates", arguments) as f:
        t, y, p, inflow, flows, dy = f.arguments
        found = emit(f, graph, equations.rates, leaves(f, equations, p, y, t))
        for place, value in enumerate(found):
            f.store(value, dy, place)
        add_inflow(f, equations.steps, inflow, flows, dy)
    with module.function("observe", [Kind.NUMBERS, pointer, pointer, pointer]) as f:
        t, y, p, o = f.arguments
        look = leaves(f, equations, p, y, t)
        found = emit(f, graph, equations.observe, look, among=equations.observed)
        for place, value in enumerate(found):
            f.store(value, o, place)


def add_inflow(f: Function, count: int, inflow: Value, flows: Value, dy: Value) -> None:
    """Add what is infused to the first rates, where anybody has an infusion at all."""
    with f.when(flows > 0):
        for place in range(count):
            value = f.load(dy, Kind.NUMBERS, place) + f.load(inflow, Kind.NUMBERS, place)
            f.store(value, dy, place)


def leaves(
    f: Function,
    equations: Equations,
    p: Value,
    y: Value | None = None,
    t: Value | None = None,
    inflow: Value | None = None,
) -> Callable[[int], Value]:
    """Leaves as loads, a state held to its bounds."""

    def leaf(number: int) -> Value:
        word, place = equations.place_of(number)
        if word == "t" and t is not None:
            return t
        if word == "y" and y is not None:
            return _bounded(f, f.load(y, Kind.NUMBERS, place), *equations.bounds(place))
        if word == "r" and inflow is not None:
            return f.load(inflow, Kind.NUMBERS, place)
        if word == "p":
            return f.load(p, Kind.NUMBERS, place)
        raise KeyError(number)

    return leaf


class Inside:
    """Slopes in states that the equations see held to their bounds: 0 beyond a bound."""

    def __init__(self, f: Function, equations: Equations, y: Value) -> None:
        self.f, self.equations, self.y = f, equations, y
        self.masks: dict[int, Value | None] = {}

    def slope(self, value: Value, place: int) -> Value:
        """A slope in the state at this place."""
        if place not in self.masks:
            self.masks[place] = self._mask(place)
        mask = self.masks[place]
        return value if mask is None else self.f.choose(mask, value, self.f.numbers(0.0))

    def _mask(self, place: int) -> Value | None:
        low, high = self.equations.bounds(place)
        value = self.f.load(self.y, Kind.NUMBERS, place)
        inside: Value | None = None
        if math.isfinite(low):
            inside = value >= low
        if math.isfinite(high):
            below = value <= high
            inside = below if inside is None else inside & below
        return inside


def _bounded(f: Function, value: Value, low: float, high: float) -> Value:
    if math.isfinite(low):
        value = f.larger(low, value)
    if math.isfinite(high):
        value = f.smaller(high, value)
    return value
