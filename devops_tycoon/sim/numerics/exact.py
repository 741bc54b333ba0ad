"""`exp` and `log` from + - * / and exact scaling: the same bits on every machine.

The platform's own differ between C libraries in about one value of ten. The algorithms are those of fdlibm
(Sun Microsystems, 1993): a range reduction by multiples of ln 2 in two parts, then a short polynomial.
"""

from math import floor, frexp, ldexp

_LN2_HI = 6.93147180369123816490e-01
_LN2_LO = 1.90821492927058770002e-10
_INV_LN2 = 1.44269504088896338700e00
_SQRT_HALF = 0.70710678118654752440
EXP_MAX = 709.0
"""Largest argument of `exp`; its result is near the largest double."""


def exp(x: float) -> float:
    """Return e to the power `x`, within one unit in the last place; 0 below −745, OverflowError above 709."""
    if x > EXP_MAX:
        raise OverflowError(f"exp({x}) is too large; the largest argument is {EXP_MAX}")
    if x < -745.0:
        return 0.0
    k = floor(x * _INV_LN2 + 0.5)
    high = x - k * _LN2_HI
    low = k * _LN2_LO
    r = high - low
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))
        )
    )
    return ldexp(1.0 - ((low - (r * c) / (2.0 - c)) - high), k)


def log(x: float) -> float:
    """Return the natural logarithm of a positive, finite `x`, within one unit in the last place."""
    if not x > 0.0:
        raise ValueError(f"log({x}) does not exist; the argument must be positive")
    m, k = frexp(x)
    if m < _SQRT_HALF:
        m *= 2.0
        k -= 1
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    even = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half = 0.5 * f * f
    return k * _LN2_HI - ((half - (s * (half + even + odd) + k * _LN2_LO)) - f)
