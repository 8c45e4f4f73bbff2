"""The flat problem: what the engine integrates, with nothing left to look up.

A `Problem` is four straight-line `Program`s over plain floats, and names for what goes in and comes
out. It knows no units and no pharmacology; `speciosa.compile` writes it, the solvers read it.

A program runs over numbered slots, each written once (SSA). With `n` inputs and `c` constants:

    slots 0 … n-1          the inputs, in the order that `Problem` states for each program
    slots n … n+c-1        the constants
    slots n+c …            one per operation, in order; its arguments are earlier slots
    results                the slots that the program returns; any slot, also repeated ones

Written out in this order as one assignment per slot, a program is a vectorised NumPy function or
the body of a SIMD loop: no operation branches, and each is elementwise over people. What each
operation means is in `ARITY`. Equal subexpressions share a slot and constants are folded already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from speciosa.errors import ModelError

__all__ = ["ARITY", "Op", "Problem", "Program"]

ARITY: Mapping[str, int] = MappingProxyType(
    {
        "add": 2,  # a + b
        "sub": 2,  # a - b
        "mul": 2,  # a * b
        "div": 2,  # a / b
        "neg": 1,  # -a
        "pow": 2,  # a ** b, for a >= 0 or a whole number b; 0 ** b is 0 for b > 0
        "exp": 1,  # e ** a
        "log": 1,  # natural logarithm
        "sqrt": 1,  # square root
        "tanh": 1,  # hyperbolic tangent: finite everywhere, so smooth switches cannot overflow
        "max": 2,  # the larger; nan if either is nan
        "min": 2,  # the smaller; nan if either is nan
        "above": 2,  # 1 where a > b, else 0; the slope of max and min
    }
)
"""Every kind of operation and how many arguments it takes."""


class Op(NamedTuple):
    """One operation: `kind` is a key of `ARITY`, `args` the slots that it reads."""

    kind: str
    args: tuple[int, ...]


@dataclass(frozen=True)
class Program:
    """Straight-line code: `inputs` numbers in, `len(results)` numbers out.

    `labels` holds, for each operation, the name that the equation had ("" for none), so that
    generated source stays readable; two programs that differ in labels alone compute the same.

    Raises:
        ModelError: an operation is unknown, takes another number of arguments, or a slot is used
            before it is written.
    """

    inputs: int
    constants: tuple[float, ...]
    ops: tuple[Op, ...]
    results: tuple[int, ...]
    labels: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        first = self.inputs + len(self.constants)
        for position, (kind, args) in enumerate(self.ops):
            if kind not in ARITY:
                raise ModelError(f"operation {position} is {kind!r}; known are {', '.join(ARITY)}")
            if len(args) != ARITY[kind]:
                raise ModelError(
                    f"operation {position}, {kind}, has {len(args)} arguments; "
                    f"it takes {ARITY[kind]}"
                )
            _within(args, first + position, f"operation {position}, {kind},")
        _within(self.results, self.slots, "a result")
        if self.labels and len(self.labels) != len(self.ops):
            raise ModelError(
                f"{len(self.labels)} labels for {len(self.ops)} operations; give one each, or none"
            )

    @property
    def slots(self) -> int:
        """The number of slots."""
        return self.inputs + len(self.constants) + len(self.ops)

    @cached_property
    def reads(self) -> frozenset[int]:
        """The inputs that any result hangs on."""
        first = self.inputs + len(self.constants)
        live = set(self.results)
        for place in range(len(self.ops) - 1, -1, -1):
            if first + place in live:
                live.update(self.ops[place].args)
        return frozenset(slot for slot in live if slot < self.inputs)

    @cached_property
    def digest(self) -> str:
        """A hash of what is computed: equal for equal code, whatever the labels."""
        return _digest(self.inputs, [c.hex() for c in self.constants], self.ops, self.results)


@dataclass(frozen=True)
class Problem:
    """A wired model as numbers: n states, p parameters, m outputs.

    Attributes:
        states: n names. Their order is that of every state vector.
        parameters: p names: numbers from records and from the person.
        outputs: m names.
        rates: (t, n states, p parameters) -> n rates of change, per h; t in h.
        observe: (t, n states, p parameters) -> m outputs.
        start: (p parameters) -> n states at time 0.
        dosing: (p parameters) -> of doses into each state: n lags in h, n shares F that arrive, n
            durations in h of infusions whose duration is modelled (RATE -2), n rates in the state's
            unit per h of infusions whose rate is modelled (RATE -1); durations and rates are a
            constant nan where the model has none.
        lower: n bounds that the exact solution never leaves; nan where none is declared.
        upper: n bounds as `lower`.

    Raises:
        ModelError: a name is used twice, or the shape of a program does not fit the names.
    """

    states: tuple[str, ...]
    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    rates: Program
    observe: Program
    start: Program
    dosing: Program
    lower: tuple[float, ...]
    upper: tuple[float, ...]

    def __post_init__(self) -> None:
        for kind in ("states", "parameters", "outputs"):
            names: tuple[str, ...] = getattr(self, kind)
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ModelError(f"{kind} must have names of their own; {twice[0]!r} stands twice")
        n, p, m = len(self.states), len(self.parameters), len(self.outputs)
        for word, program, takes, gives in (
            ("rates", self.rates, 1 + n + p, n),
            ("observe", self.observe, 1 + n + p, m),
            ("start", self.start, p, n),
            ("dosing", self.dosing, p, 4 * n),
        ):
            if (program.inputs, len(program.results)) != (takes, gives):
                raise ModelError(
                    f"{word} takes {program.inputs} numbers and gives {len(program.results)}; "
                    f"{n} states, {p} parameters and {m} outputs need {takes} and {gives}"
                )
        if (len(self.lower), len(self.upper)) != (n, n):
            raise ModelError(
                f"{len(self.lower)} lower and {len(self.upper)} upper bounds for {n} states"
            )

    @cached_property
    def digest(self) -> str:
        """A hash of the content: names, code and bounds. Compiled code may be cached under it."""
        programs = (self.rates, self.observe, self.start, self.dosing)
        return _digest(
            self.states,
            self.parameters,
            self.outputs,
            [program.digest for program in programs],
            [bound.hex() for bound in (*self.lower, *self.upper)],
        )


def _within(slots: tuple[int, ...], end: int, who: str) -> None:
    """Refuse a slot that is not written yet when it is read."""
    for slot in slots:
        if not 0 <= slot < end:
            raise ModelError(f"{who} reads slot {slot}; written by then are 0 to {end - 1}")


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()
