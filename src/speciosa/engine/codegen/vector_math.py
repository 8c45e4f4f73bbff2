"""exp, log, powers and tanh for all lanes at once, without a mathematics library.

True of each: the same bits in every lane whatever stands in the others; nan in gives nan out;
infinities where the function has them. Denormal numbers count as 0 in `log` and come out as 0 from
`exp`. Errors are in units in the last place of the exact result, the largest that
`tests/unit/engine/codegen/test_vector_math.py` finds against 50 digits:

    exp    1.1 ulp    from -708.39 to 709.78; below it is 0, above it infinity
    log    0.8 ulp
    tanh   2.6 ulp
    power  2.5 |exponent * log(base)| + 1.1 ulp, since the error of the logarithm is magnified

exp: Cody and Waite's reduction to |r| <= log(2) / 2 and e^r = 1 + r + r^2 Q(r), with Q a Chebyshev
fit of degree 9 (error 1e-16). log: the reduction and the polynomial of FreeBSD's `e_log.c` (its
error is below 2^-58).
"""

from __future__ import annotations

from typing import Final

from speciosa.engine.codegen.ir import Function, Kind, Value

__all__ = [
    "exponential",
    "hyperbolic_tangent",
    "logarithm",
    "plain_logarithm",
    "power",
    "power_at_zero",
    "power_of_minus_one",
    "small_exponential",
]

LARGEST: Final = 1.7976931348623157e308
SMALLEST: Final = 2.2250738585072014e-308  # normal
INFINITY: Final = float("inf")
NAN: Final = float("nan")
LN2_HIGH: Final = 6.93147180369123816490e-01  # 33 bits: n times it is exact, fused or not
LN2_LOW: Final = 1.90821492927058770002e-10
PER_LN2: Final = 1.4426950408889634
ROUND: Final = 6755399441055744.0  # 1.5 * 2^52: adding it rounds to a whole number
HIGHEST: Final = 709.782712893384
LOWEST: Final = -708.3964185322641
Q: Final = (
    0.5000000000000001,
    0.16666666666666669,
    0.04166666666662413,
    0.008333333333330062,
    0.0013888888917213717,
    0.00019841269863053618,
    2.4801521295954376e-05,
    2.7557268459997064e-06,
    2.7620088445409746e-07,
    2.510038549551032e-08,
)
LOG: Final = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860510658591e-01,
)
ONE_BITS: Final = 0x3FF0000000000000
ROOT_HALF_BITS: Final = 0x3FE6A09E667F3BCD
FRACTION: Final = 0x000FFFFFFFFFFFFF


def exponential(f: Function, x: Value) -> Value:
    """e^x."""
    inside = f.larger(LOWEST, f.smaller(HIGHEST, x))
    result = small_exponential(f, inside)
    low, high = x < LOWEST, x > HIGHEST
    return f.choose(high, f.numbers(INFINITY), f.choose(low, f.numbers(0.0), result))


def logarithm(f: Function, x: Value) -> Value:
    """The natural logarithm; -inf at 0, nan below."""
    edge = f.choose(x < 0.0, f.numbers(NAN), f.numbers(-INFINITY))
    inside = f.choose(x < SMALLEST, edge, plain_logarithm(f, x))
    return f.choose(x <= LARGEST, inside, x)


def power(f: Function, base: Value, exponent: Value, at_zero: Value, below: Value) -> Value:
    """base^exponent, for base >= 0, or below 0 with a whole exponent.

    `at_zero` and `below` are `power_at_zero` and `power_of_minus_one` of the exponent. What is
    beyond the largest or below the smallest number stays there: a Hill term r / (1 + r) is then 1
    and not nan.
    """
    moved = exponent * plain_logarithm(f, f.larger(SMALLEST, f.size(base)))
    result = small_exponential(f, f.larger(LOWEST, f.smaller(HIGHEST, moved)))
    other = f.choose(base.equals(0.0), at_zero, f.fused(result, below, base - base))
    return f.choose(base > 0.0, result, other)


def power_at_zero(f: Function, exponent: Value) -> Value:
    """0^exponent."""
    rest = f.choose(exponent < 0.0, f.numbers(INFINITY), exponent + 1.0)  # 1 at 0, nan for nan
    return f.choose(exponent > 0.0, f.numbers(0.0), rest)


def power_of_minus_one(f: Function, exponent: Value) -> Value:
    """(-1)^exponent: 1 for even, -1 for odd, nan for any other."""
    size = f.smaller(2.0**52, f.size(exponent))
    whole = (size + 2.0**52) - 2.0**52
    half = size * 0.5
    even = ((half + 2.0**52) - 2.0**52).equals(half)
    sign = f.choose(even, f.numbers(1.0), f.numbers(-1.0))
    return f.choose(whole.equals(size), sign, f.numbers(NAN))


def hyperbolic_tangent(f: Function, x: Value) -> Value:
    """tanh, from e^(-2|x|) - 1, which is exact to the last places near 0 as well."""
    size = f.smaller(20.0, f.size(x))
    away = _exponential_less_one(f, size * -2.0)
    result = 0.0 - away / (away + 2.0)  # 0 and not -0 at 0
    return f.choose(x < 0.0, -result, result)


def _reduced(f: Function, x: Value) -> tuple[Value, Value]:
    """x = n log 2 + r: the number n with ROUND added, whose low bits are n, and r."""
    shifted = f.fused(PER_LN2, x, ROUND)
    n = shifted - ROUND
    r = f.fused(-LN2_LOW, n, f.fused(-LN2_HIGH, n, x))
    return shifted, r


def _past_linear(f: Function, r: Value) -> Value:
    """e^r - 1, by Estrin's scheme: short chains, so that the processor is never left waiting."""
    r2 = r * r
    r4 = r2 * r2
    pairs = [f.fused(Q[k + 1], r, f.numbers(Q[k])) for k in range(0, 10, 2)]
    low = f.fused(pairs[1], r2, pairs[0])
    middle = f.fused(pairs[3], r2, pairs[2])
    top = f.fused(f.fused(pairs[4], r4, middle), r4, low)
    return f.fused(top, r2, r)


def small_exponential(f: Function, x: Value) -> Value:
    """e^x for x between -708 and 709."""
    shifted, r = _reduced(f, x)
    mantissa = _past_linear(f, r) + 1.0
    return f.from_bits(f.bits(mantissa) + f.shifted(f.bits(shifted), "shl", 52))


def _exponential_less_one(f: Function, x: Value) -> Value:
    """e^x - 1 for x between -40 and 0."""
    shifted, r = _reduced(f, x)
    scale = f.from_bits(f.shifted(f.bits(shifted), "shl", 52) + ONE_BITS)
    return f.fused(scale, _past_linear(f, r), scale - 1.0)


def plain_logarithm(f: Function, x: Value) -> Value:
    """log x for finite normal x above 0."""
    bits = f.bits(x) + (ONE_BITS - ROOT_HALF_BITS)
    exponent = f.shifted(bits, "ashr", 52) - 1023
    m = f.from_bits((bits & FRACTION) + ROOT_HALF_BITS)  # from sqrt(1/2) to sqrt(2)
    k = f.converted("sitofp", exponent, Kind.NUMBERS)
    a = m - 1.0
    z = a / (m + 1.0)
    w = z * z
    w2 = w * w
    w4 = w2 * w2
    low = f.fused(f.fused(LOG[3], w, f.numbers(LOG[2])), w2, f.fused(LOG[1], w, f.numbers(LOG[0])))
    high = f.fused(LOG[6], w2, f.fused(LOG[5], w, f.numbers(LOG[4])))
    rest = w * f.fused(high, w4, low)
    half = a * a * 0.5
    return f.fused(LN2_HIGH, k, a - (half - f.fused(z, half + rest, k * LN2_LOW)))
