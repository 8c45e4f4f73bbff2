"""Quantiles of the standard normal distribution, to the digits of a double.

Wichura, M. J. (1988). Algorithm AS 241: the percentage points of the normal distribution. Applied
Statistics 37 (3), 477-484. Three quotients of polynomials: in q^2 around the middle, and in the
square root of -log(share) for the tails. SciPy has the same function; to load it takes longer than
a small run.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["normal_quantile"]

Array = NDArray[np.float64]
Quotient = tuple[tuple[float, ...], tuple[float, ...]]

# Numerator and denominator, the highest power first.
_MIDDLE: Final[Quotient] = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_TAIL: Final[Quotient] = (
    (
        7.7454501427834140764e-4,
        2.2723844989269184583e-2,
        2.4178072517745061177e-1,
        1.2704582524523683826e0,
        3.6478483247632046050e0,
        5.7694972214606914055e0,
        4.6303378461565452959e0,
        1.4234371107496835773e0,
    ),
    (
        1.05075007164441684324e-9,
        5.4759380849953449460e-4,
        1.5198666563616457197e-2,
        1.4810397642748007459e-1,
        6.8976733498510000455e-1,
        1.6763848301838038494e0,
        2.0531916266377588219e0,
        1.0,
    ),
)
_FAR: Final[Quotient] = (
    (
        2.0103343992922881327e-7,
        2.7115555687434875782e-5,
        1.2426609473880784386e-3,
        2.6532189526576123093e-2,
        2.9656057182850489123e-1,
        1.7848265399172913358e0,
        5.4637849111641143699e0,
        6.6579046435011037772e0,
    ),
    (
        2.0442631033899397856e-15,
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.8686913114561325910e-4,
        1.4875361290850614853e-2,
        1.3692988092273580531e-1,
        5.9983220655588793769e-1,
        1.0,
    ),
)


def normal_quantile(share: ArrayLike) -> Array:
    """The number below which a share of a standard normal lies; any shape, inside (0, 1)."""
    shares = np.asarray(share, dtype=np.float64)
    q = np.asarray(shares - 0.5)
    found = np.asarray(q * _quotient(_MIDDLE, 0.180625 - q * q))
    outside = np.abs(q) > 0.425
    if outside.any():
        low = shares[outside]
        r = np.sqrt(-np.log(np.minimum(low, 1.0 - low)))
        size = np.where(r <= 5.0, _quotient(_TAIL, r - 1.6), _quotient(_FAR, r - 5.0))
        found[outside] = np.copysign(size, q[outside])
    return found


def _quotient(of: Quotient, x: Array) -> Array:
    above, below = (_polynomial(numbers, x) for numbers in of)
    return above / below


def _polynomial(numbers: tuple[float, ...], x: Array) -> Array:
    found = np.full_like(x, numbers[0])
    for number in numbers[1:]:
        found *= x
        found += number
    return found
