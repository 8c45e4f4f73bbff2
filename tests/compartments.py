"""Small flat problems written by hand, and closed forms to hold them against.

`Writer` writes a `Program` with Python operators, so that the engine is tested without the language
above it. The closed forms are exponentials superposed over doses and know nothing of the engine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from speciosa.engine import Op, Problem, Program


@dataclass
class Writer:
    """Collects operations; `inputs` are the slots that a program starts with."""

    inputs: int
    constants: list[float]
    ops: list[Op] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen: dict[Op, int] = {}

    def op(self, kind: str, *args: Slot | float) -> Slot:
        slots = tuple(a.number if isinstance(a, Slot) else self.constant(a) for a in args)
        op = Op(kind, slots)
        if op not in self.seen:
            self.ops.append(op)
            self.seen[op] = self.inputs + len(self.constants) + len(self.ops) - 1
        return Slot(self, self.seen[op])

    def constant(self, value: float) -> int:
        same = (c == value or (math.isnan(c) and math.isnan(value)) for c in self.constants)
        return self.inputs + list(same).index(True)


@dataclass(frozen=True)
class Slot:
    """A value in a program being written."""

    writer: Writer
    number: int

    def __add__(self, other: Slot | float) -> Slot:
        return self.writer.op("add", self, other)

    def __radd__(self, other: float) -> Slot:
        return self.writer.op("add", other, self)

    def __sub__(self, other: Slot | float) -> Slot:
        return self.writer.op("sub", self, other)

    def __rsub__(self, other: float) -> Slot:
        return self.writer.op("sub", other, self)

    def __mul__(self, other: Slot | float) -> Slot:
        return self.writer.op("mul", self, other)

    def __rmul__(self, other: float) -> Slot:
        return self.writer.op("mul", other, self)

    def __truediv__(self, other: Slot | float) -> Slot:
        return self.writer.op("div", self, other)

    def __rtruediv__(self, other: float) -> Slot:
        return self.writer.op("div", other, self)

    def __pow__(self, other: Slot | float) -> Slot:
        return self.writer.op("pow", self, other)

    def __neg__(self) -> Slot:
        return self.writer.op("neg", self)


Named = Mapping[str, Slot]


def program(
    names: Sequence[str],
    results: Callable[[Named], Sequence[Slot | float]],
    constants: Sequence[float] = (0.0, 1.0, 2.0, math.nan),
) -> Program:
    """The program that computes `results` of inputs with these names."""
    writer = Writer(len(names), [float(value) for value in constants])
    named = {name: Slot(writer, i) for i, name in enumerate(names)}
    found = tuple(r.number if isinstance(r, Slot) else writer.constant(r) for r in results(named))
    return Program(len(names), tuple(writer.constants), tuple(writer.ops), found)


def problem(
    states: str,
    parameters: str,
    outputs: str,
    rates: Callable[[Named], Sequence[Slot | float]],
    observe: Callable[[Named], Sequence[Slot | float]],
    *,
    start: Callable[[Named], Sequence[Slot | float]] | None = None,
    dosing: Callable[[Named], Sequence[Slot | float]] | None = None,
    constants: Sequence[float] = (0.0, 1.0, 2.0),
    lower: float = math.nan,
) -> Problem:
    """A problem from names (in words) and functions of named slots.

    `dosing` gives n lags and n F, or also n durations and n rates; else these are not modelled.
    """
    s, p, o = tuple(states.split()), tuple(parameters.split()), tuple(outputs.split())
    everything = ("t", *s, *p)
    n = len(s)

    def whole(x: Named) -> Sequence[Slot | float]:
        said = list(dosing(x)) if dosing else [0.0] * n + [1.0] * n
        return said + [math.nan] * (4 * n - len(said))

    return Problem(
        states=s,
        parameters=p,
        outputs=o,
        rates=program(everything, rates, constants),
        observe=program(everything, observe, constants),
        start=program(p, start or (lambda _: [0.0] * n), constants),
        dosing=program(p, whole, (*constants, 0.0, 1.0, math.nan)),
        lower=(lower,) * n,
        upper=(math.nan,) * n,
    )


ONE = problem(
    "depot central",
    "ka cl v lag f",
    "plasma depot.amount central.amount",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["cl"] / x["v"] * x["central"],
    ],
    lambda x: [x["central"] / x["v"], x["depot"], x["central"]],
    dosing=lambda x: [x["lag"], x["lag"], x["f"], x["f"]],
)
"""One compartment with a depot; lag and F for both compartments."""

TWO = problem(
    "depot central far",
    "ka cl v q v2 lag f",
    "plasma",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"]
        - (x["cl"] / x["v"] + x["q"] / x["v"]) * x["central"]
        + x["q"] / x["v2"] * x["far"],
        x["q"] / x["v"] * x["central"] - x["q"] / x["v2"] * x["far"],
    ],
    lambda x: [x["central"] / x["v"]],
    dosing=lambda x: [x["lag"]] * 3 + [x["f"]] * 3,
)
"""Two compartments with a depot."""


THREE = problem(
    "depot central near far",
    "ka cl v q v2 q3 v3 lag f",
    "plasma",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"]
        - (x["cl"] + x["q"] + x["q3"]) / x["v"] * x["central"]
        + x["q"] / x["v2"] * x["near"]
        + x["q3"] / x["v3"] * x["far"],
        x["q"] / x["v"] * x["central"] - x["q"] / x["v2"] * x["near"],
        x["q3"] / x["v"] * x["central"] - x["q3"] / x["v3"] * x["far"],
    ],
    lambda x: [x["central"] / x["v"]],
    dosing=lambda x: [x["lag"]] * 4 + [x["f"]] * 4,
)
"""Three compartments with a depot."""

MODELLED = problem(
    "depot central",
    "ka cl v lag f dur rate",
    "plasma",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["cl"] / x["v"] * x["central"],
    ],
    lambda x: [x["central"] / x["v"]],
    dosing=lambda x: [0.0, x["lag"], 1.0, x["f"], math.nan, x["dur"], math.nan, x["rate"]],
)
"""One compartment whose lag, F, duration and rate belong to the central compartment alone."""

P1 = {"ka": 1.5, "cl": 1.1, "v": 20.0, "lag": 0.0, "f": 1.0}
P2 = {"ka": 1.1, "cl": 4.0, "v": 15.0, "q": 6.0, "v2": 40.0, "lag": 0.0, "f": 1.0}
P3 = P2 | {"q3": 1.5, "v3": 120.0}
P3 = {name: P3[name] for name in THREE.parameters}


def exponentials(which: Problem, p: Mapping[str, float], into: int) -> list[tuple[float, float]]:
    """Plasma after a unit dose at once into a state, as a sum of (weight, rate) exponentials.

    The partial fractions of the linear system's transfer function, worked out by hand.
    """
    v, ka = p["v"], p["ka"]
    k10 = p["cl"] / v
    if which is THREE:
        k12, k21, k13, k31 = p["q"] / v, p["q"] / p["v2"], p["q3"] / v, p["q3"] / p["v3"]
        below = np.polymul([1.0, k10 + k12 + k13], np.polymul([1.0, k21], [1.0, k31]))
        below = np.polysub(below, np.polymul([k12 * k21], [1.0, k31]))
        below = np.polysub(below, np.polymul([k13 * k31], [1.0, k21]))
        roots = [-float(r.real) for r in np.roots(below)]
        disposition = [
            ((k21 - r) * (k31 - r) / (v * math.prod(o - r for o in roots if o != r)), r)
            for r in roots
        ]
    elif which is TWO:
        k12, k21 = p["q"] / v, p["q"] / p["v2"]
        total, product = k10 + k12 + k21, k10 * k21
        fast = (total + math.sqrt(total**2 - 4 * product)) / 2
        slow = product / fast
        disposition = [
            ((fast - k21) / (v * (fast - slow)), fast),
            ((k21 - slow) / (v * (fast - slow)), slow),
        ]
    else:
        disposition = [(1.0 / v, k10)]
    if into == 1:
        return disposition
    through = [(w * ka / (ka - r), r) for w, r in disposition]
    return [*through, (-sum(w for w, _ in through), ka)]


def superposed(
    which: Problem,
    p: Mapping[str, float],
    doses: Sequence[tuple[float, float, float, int]],
    times: Sequence[float] | np.ndarray,
) -> np.ndarray:
    """Plasma at times after doses (enters, amount that arrives, rate or 0, state)."""
    at = np.asarray(times, dtype=float)
    found = np.zeros(at.shape)
    for enters, amount, rate, into in doses:
        since = at - enters
        for weight, k in exponentials(which, p, into):
            if rate == 0:
                found += np.where(since >= 0, amount * weight * np.exp(-k * since.clip(0)), 0.0)
            else:
                lasts = amount / rate
                run, after = since.clip(0, lasts), (since - lasts).clip(0)
                found += rate * weight / k * -np.expm1(-k * run) * np.exp(-k * after)
    return found


def for_ever(
    which: Problem,
    p: Mapping[str, float],
    dose: tuple[float, float, float, int],
    every: float,
    since: float,
    times: Sequence[float] | np.ndarray,
) -> np.ndarray:
    """Plasma at times from `since` on, after a dose and all those before it, `every` h apart.

    The dose is (enters, amount, rate or 0, state). Those that are over by `since` are a geometric
    series; the few after them are superposed.
    """
    enters, amount, rate, into = dose
    lasts = amount / rate if rate else 0.0
    few = max(0, math.ceil((enters + lasts - since) / every)) + 1
    found = superposed(which, p, [(enters - i * every, *dose[1:]) for i in range(few)], times)
    after = np.asarray(times, dtype=float) - (enters - few * every)
    for weight, k in exponentials(which, p, into):
        one = rate * weight / k * math.expm1(k * lasts) if rate else amount * weight
        found += one * np.exp(-k * after) / -math.expm1(-k * every)
    return found
