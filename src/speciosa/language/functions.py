"""Smooth functions of quantities.

There is no `if`, no `max` and no absolute value: a derivative that jumps makes an integrator
stumble and a sensitivity meaningless. Where a sharp rule is meant, the width of its rounding is
written out.
"""

from __future__ import annotations

from speciosa.errors import UnitMismatch
from speciosa.language.symbols import Quantity, apply, lift
from speciosa.units import ONE

__all__ = [
    "exp",
    "hill",
    "log",
    "operational",
    "positive_part",
    "saturation",
    "smooth_step",
    "sqrt",
]


def exp(x: Quantity | float) -> Quantity:
    """e to the power of a plain number.

    Raises:
        UnitMismatch: `x` has a unit.
    """
    return _plain("exp", lift(x))


def log(x: Quantity | float) -> Quantity:
    """Natural logarithm of a plain number.

    Raises:
        UnitMismatch: `x` has a unit; divide by a reference first.
    """
    return _plain("log", lift(x))


def sqrt(x: Quantity | float) -> Quantity:
    """Square root of a plain number.

    Raises:
        UnitMismatch: `x` has a unit.
    """
    return _plain("sqrt", lift(x))


def saturation(x: Quantity | float, k: Quantity | float) -> Quantity:
    """x / (k + x): half at `x` = `k`, never more than 1.

    Raises:
        UnitMismatch: `x` and `k` differ in unit.
    """
    x, k = lift(x), lift(k)
    _alike("saturation", x, k)
    return x / (k + x)


def hill(x: Quantity | float, k: Quantity | float, n: Quantity | float) -> Quantity:
    """x^n / (k^n + x^n): half at `x` = `k`, steeper with `n`; 0 for `x` at or below 0.

    Raises:
        UnitMismatch: `x` and `k` differ in unit, or `n` has one.
    """
    x, k, n = lift(x), lift(k), lift(n)
    _alike("hill", x, k)
    _alike("hill", n, lift(1))
    return apply("hill", (x, k, n), ONE)


def operational(drive: Quantity | float, bound: Quantity | float) -> Quantity:
    """drive / (1 + bound + drive): the response of a tissue whose receptor several drugs share.

    The operational model of competing agonists [black-1983]: `bound` is the sum of concentration
    over K_A of all drugs on the receptor, `drive` the sum of tau times that.

    Raises:
        UnitMismatch: one of the two has a unit.
    """
    drive, bound = lift(drive), lift(bound)
    _alike("operational", drive, lift(1))
    _alike("operational", bound, lift(1))
    return drive / (1 + bound + drive)


def smooth_step(x: Quantity | float, at: Quantity | float, width: Quantity | float) -> Quantity:
    """From 0 to 1 around `at`: 1 / (1 + e^(-(x - at) / width)). `width` is greater than 0.

    Raises:
        UnitMismatch: the three differ in unit.
    """
    x, at, width = lift(x), lift(at), lift(width)
    _alike("smooth_step", x, at)
    _alike("smooth_step", x, width)
    return apply("smooth_step", (x, at, width), ONE)


def positive_part(x: Quantity | float, width: Quantity | float) -> Quantity:
    """`x` where it is well above 0, and 0 well below: width * log(1 + e^(x / width)).

    `width` is greater than 0; at 0 the value is 0.69 of it, and one width counts as near.

    Raises:
        UnitMismatch: the two differ in unit.
    """
    x, width = lift(x), lift(width)
    _alike("positive_part", x, width)
    return apply("positive_part", (x, width), x.unit)


def _plain(kind: str, x: Quantity) -> Quantity:
    if x.unit != ONE:
        raise UnitMismatch(f"cannot write {kind}({x.text()}): {x!r} is not a plain number [1]")
    return apply(kind, (x,), ONE)


def _alike(kind: str, a: Quantity, b: Quantity) -> None:
    if a.unit != b.unit:
        raise UnitMismatch(f"cannot write {kind}: {a!r} and {b!r} differ in unit")
