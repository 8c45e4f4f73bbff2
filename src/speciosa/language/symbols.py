"""Quantities: the symbols of an equation, and arithmetic that checks units as each line is read.

An expression is a graph of `Quantity` nodes that never changes, except that a `State` is given its
rate once, and a name once. Nothing is calculated here.
"""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from string import Formatter
from typing import Final

from speciosa.errors import ModelError, UnitMismatch
from speciosa.language.index import Along, Each
from speciosa.units import ONE, Unit, unit

__all__ = [
    "Formula",
    "Input",
    "Lookup",
    "Number",
    "Output",
    "Parameter",
    "Quantity",
    "Scaled",
    "State",
    "Total",
    "apply",
    "at",
    "in_unit",
    "lift",
    "total",
]

_HOUR: Final = unit("h")
_SIGNS: Final = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "**"}
_BINDS: Final = {"add": 1, "sub": 1, "mul": 2, "div": 2, "neg": 3, "pow": 4}
_TIGHT: Final = 5


class Quantity:
    """A node of an equation; its unit and its index set are known the moment it is written.

    Attributes:
        unit: the unit.
        each: the index set it runs over, or None.
        args: the quantities it is made of, in order.
        name: the name that the class body gave it, or "".
        owner: the system that it belongs to; None while the class body runs, or without a name.
        doc: one line for tables.
    """

    name: str = ""
    owner: type | None = None

    def __init__(
        self, of: Unit, doc: str = "", each: Each | None = None, args: tuple[Quantity, ...] = ()
    ) -> None:
        self.unit, self.doc, self.each, self.args = of, doc, each, args

    def __repr__(self) -> str:
        return f"{self.text()} [{self.unit}]"

    def __bool__(self) -> bool:
        raise ModelError(
            f"{self!r} has no value yet, so `if`, `and` and `or` cannot ask for it; "
            "use a smooth function of speciosa.language"
        )

    def text(self, binds: int = 0) -> str:
        """The name or, without one, the formula; in brackets if it binds less than `binds`."""
        return self.name or self.formula(binds)

    def formula(self, binds: int = 0) -> str:
        """The definition in plain text; here, of what has none, the kind."""
        return f"an unnamed {type(self).__name__.lower()}"

    def __add__(self, other: Quantity | float) -> Quantity:
        return _sum("add", self, lift(other))

    def __radd__(self, other: float) -> Quantity:
        return _sum("add", lift(other), self)

    def __sub__(self, other: Quantity | float) -> Quantity:
        return _sum("sub", self, lift(other))

    def __rsub__(self, other: float) -> Quantity:
        return _sum("sub", lift(other), self)

    def __mul__(self, other: Quantity | float) -> Quantity:
        return _product(self, lift(other))

    def __rmul__(self, other: float) -> Quantity:
        return _product(lift(other), self)

    def __truediv__(self, other: Quantity | float) -> Quantity:
        return _quotient(self, lift(other))

    def __rtruediv__(self, other: float) -> Quantity:
        return _quotient(lift(other), self)

    def __neg__(self) -> Quantity:
        return apply("neg", (self,), self.unit)

    def __pow__(self, other: Quantity | float) -> Quantity:
        power = lift(other)
        if isinstance(other, int):
            return apply("pow", (self, power), self.unit**other)
        if self.unit != ONE or power.unit != ONE:
            raise UnitMismatch(
                f"cannot write {self!r} ** {power!r}: a power needs plain numbers, "
                "or a whole number written out"
            )
        return apply("pow", (self, power), ONE)

    def __rpow__(self, other: float) -> Quantity:
        return lift(other) ** self


class Number(Quantity):
    """A plain number written in an equation, such as the 1 in 1 - share."""

    def __init__(self, value: float) -> None:
        super().__init__(ONE)
        self.value = value

    def formula(self, binds: int = 0) -> str:
        """The number as short as it can be read back."""
        plain = f"{self.value:.12g}" if float(f"{self.value:.12g}") == self.value else None
        text = plain or repr(self.value)
        return f"({text})" if self.value < 0 and binds else text


class Formula(Quantity):
    """A function of quantities, member by member: `kind` is the name of a sign or a function."""

    def __init__(self, kind: str, args: tuple[Quantity, ...], of: Unit, each: Each | None) -> None:
        super().__init__(of, each=each, args=args)
        self.kind = kind

    def formula(self, binds: int = 0) -> str:
        """The formula with as few brackets as it needs."""
        own = _BINDS.get(self.kind, _TIGHT)
        if self.kind == "neg":
            text = f"-{self.args[0].text(own)}"
        elif self.kind in _SIGNS:
            a, b = self.args
            left, right = (own + 1, own) if self.kind == "pow" else (own, own)
            right += self.kind in ("sub", "div")
            text = f"{a.text(left)} {_SIGNS[self.kind]} {b.text(right)}"
        else:
            text = f"{self.kind}({', '.join(a.text() for a in self.args)})"
        return f"({text})" if own < binds else text


class Scaled(Quantity):
    """A quantity in another unit of its dimension: its number times an exact factor."""

    def __init__(self, of: Quantity, to: Unit) -> None:
        super().__init__(to, each=of.each, args=(of,))
        self.factor: Fraction = of.unit.factor / to.factor

    def formula(self, binds: int = 0) -> str:
        """As it is written."""
        return f"in_unit({self.args[0].text()}, {str(self.unit)!r})"


class Total(Quantity):
    """A sum over all members or, along a map, over those that lead to each member."""

    def __init__(self, of: Quantity, over: Each, by: Along | None) -> None:
        super().__init__(of.unit, each=by.onto if by else None, args=(of,))
        self.over, self.by = over, by

    def formula(self, binds: int = 0) -> str:
        """As it is written."""
        by = f", by={self.by}" if self.by else ""
        return f"total({self.args[0].text()}{by})"


class Lookup(Quantity):
    """A quantity of the member that a map leads to."""

    def __init__(self, of: Quantity, along: Along) -> None:
        super().__init__(of.unit, each=along.over, args=(of,))
        self.along = along

    def formula(self, binds: int = 0) -> str:
        """As it is written."""
        return f"at({self.args[0].text()}, {self.along})"


class Input(Quantity):
    """What a system needs from elsewhere: another system, or the person."""

    def __init__(self, of: str, doc: str, *, each: Each | None = None) -> None:
        super().__init__(unit(of), doc, each)


class Parameter(Quantity):
    """A number with a source: `evidence` is the id of its record.

    Over an index set the id is a template: `elimination/CL/{drug}`. A field is the word of the
    index set (the member), one of its maps (where it leads) or an attribute of the member.

    Raises:
        ModelError: the template cannot be read, or has a field though there is no index set.
    """

    def __init__(self, of: str, doc: str, *, evidence: str, each: Each | None = None) -> None:
        super().__init__(unit(of), doc, each)
        try:
            fields = [field for _, field, _, _ in Formatter().parse(evidence) if field is not None]
        except ValueError as error:
            raise ModelError(f"evidence={evidence!r} is not an id: {error}") from None
        if not all(field.isidentifier() for field in fields) or (fields and each is None):
            raise ModelError(
                f"evidence={evidence!r} has {{{fields[0]}}}; a field is a word, "
                "and only a parameter with each= has fields"
            )
        self.evidence = evidence


class State(Quantity):
    """What changes with time. Its rate is set once, after what it needs is written.

    Args:
        of: the unit.
        doc: one line for tables.
        start: value at time 0: a number in the state's unit, or a quantity of parameters alone.
        between: bounds, in the state's unit, that the true solution never leaves; infinities may
            stand for none.
        each: the index set.
        lag: how much later a dose given to this state arrives (h), of parameters alone.
        F: the share of a dose given to this state that arrives (1), of parameters alone.
        D: how long an infusion into this state lasts (h) whose record leaves its duration to the
            model (RATE -2), of parameters alone.
        R: how fast an infusion into this state runs (the state's unit per h) whose record leaves
            its rate to the model (RATE -1), of parameters alone.

    Raises:
        ModelError: the bounds are not in order, or the start is not between them.
        UnitMismatch: the start, the lag, F, D or R has another unit.
    """

    def __init__(
        self,
        of: str,
        doc: str,
        *,
        start: Quantity | float = 0.0,
        between: tuple[float, float] | None = None,
        each: Each | None = None,
        lag: Quantity | None = None,
        F: Quantity | None = None,
        D: Quantity | None = None,
        R: Quantity | None = None,
    ) -> None:
        super().__init__(unit(of), doc, each)
        low, high = between or (-float("inf"), float("inf"))
        if not low < high or (not isinstance(start, Quantity) and not low <= start <= high):
            raise ModelError(f"start={start!r} and between={between!r} do not fit together")
        for word, value, expected in (
            ("start", start, self.unit),
            ("lag", lag, _HOUR),
            ("F", F, ONE),
            ("D", D, _HOUR),
            ("R", R, self.unit / _HOUR),
        ):
            if isinstance(value, Quantity):
                self._fits(word, value, expected)
        self.start: Quantity | float = start
        self.between, self.lag, self.F, self.D, self.R = between, lag, F, D, R
        self._rate: Quantity | None = None

    @property
    def dosing(self) -> tuple[Quantity | None, ...]:
        """Lag, F, D and R."""
        return self.lag, self.F, self.D, self.R

    @property
    def rate(self) -> Quantity:
        """The rate of change, in the state's unit per h.

        Raises:
            ModelError: on reading, it was never set; on setting, it was set before.
            UnitMismatch: on setting, the unit is another.
        """
        if self._rate is None:
            raise ModelError(f"the state {self!r} has no rate; set `{self.text()}.rate = ...`")
        return self._rate

    @rate.setter
    def rate(self, value: Quantity) -> None:
        if self._rate is not None:
            raise ModelError(f"the rate of {self!r} is set twice")
        self._fits("rate", value, self.unit / _HOUR)
        self._rate = value

    def _fits(self, word: str, value: Quantity, expected: Unit) -> None:
        if value.unit != expected:
            raise UnitMismatch(f"the {word} of {self!r} must be in [{expected}], not {value!r}")
        if value.each not in (None, self.each):
            raise ModelError(f"the {word} of {self!r} runs over {value.each}, the state does not")


class Output(Quantity):
    """What a system gives to others and to results."""

    def __init__(self, value: Quantity, doc: str) -> None:
        super().__init__(value.unit, doc, value.each, (value,))

    def formula(self, binds: int = 0) -> str:
        """Of the quantity that it is."""
        return self.args[0].text(binds)


def total(x: Quantity, *, by: Along | None = None) -> Quantity:
    """The sum of `x` over all members or, `by` a map, over the members that lead to each.

    `total(formed, by=ROUTE.product)` is, for each drug, what all routes to it form; routes without
    a product count nowhere.

    Raises:
        ModelError: `x` does not run over an index set, or not over that of the map.
    """
    if x.each is None:
        raise ModelError(f"total({x!r}) has nothing to add up: it runs over no index set")
    if by and by.over != x.each:
        raise ModelError(f"total({x!r}, by={by}): it runs over {x.each}, not {by.over}")
    return Total(x, x.each, by)


def at(x: Quantity, along: Along) -> Quantity:
    """`x` of the member that the map leads to: `at(level, ROUTE.drug)` runs over each route.

    Raises:
        ModelError: `x` does not run over the index set that the map leads to.
    """
    if along.onto != x.each:
        raise ModelError(f"at({x!r}, {along}): it runs over {x.each}, not {along.onto}")
    return Lookup(x, along)


def in_unit(x: Quantity, text: str) -> Quantity:
    """`x` in another unit of its dimension; the factor is exact.

    Raises:
        UnitMismatch: the unit has another dimension.
    """
    to = unit(text)
    if not to.same_dimension(x.unit):
        raise UnitMismatch(f"{x!r} cannot be written in [{to}]: one is not a multiple of the other")
    return Scaled(x, to)


def lift(x: Quantity | float) -> Quantity:
    """A quantity as it is; a number as a quantity.

    Raises:
        ModelError: the number is not finite.
    """
    if isinstance(x, Quantity):
        return x
    if not isfinite(x):
        raise ModelError(f"{x!r} cannot stand in an equation; a finite number can")
    return Number(float(x))


def apply(kind: str, args: tuple[Quantity, ...], of: Unit) -> Quantity:
    """A function of quantities, member by member; plain ones count for every member.

    Raises:
        ModelError: the quantities run over different index sets.
    """
    each: Each | None = None
    for x in args:
        if each is not None and x.each not in (None, each):
            raise ModelError(
                f"cannot write {Formula(kind, args, of, None).text()}: {x!r} runs over {x.each}, "
                f"another part over {each}; bring them together with total(..., by=) or at(...)"
            )
        each = each or x.each
    return Formula(kind, args, of, each)


def _sum(kind: str, a: Quantity, b: Quantity) -> Quantity:
    if a.unit != b.unit:
        raise UnitMismatch(f"cannot write {a!r} {_SIGNS[kind]} {b!r}: the units differ")
    return apply(kind, (a, b), a.unit)


def _product(a: Quantity, b: Quantity) -> Quantity:
    return apply("mul", (a, b), b.unit if a.unit == ONE else a.unit * b.unit)


def _quotient(a: Quantity, b: Quantity) -> Quantity:
    return apply("div", (a, b), a.unit / b.unit)
