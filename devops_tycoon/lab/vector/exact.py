"""`exp` and `log` for arrays: the operations of `sim/numerics/exact.py` in the same order, so the same bits."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Mask = NDArray[np.bool_]


def column(values: object) -> Array:
    """Return the numbers as one column, to go with (rows, columns)."""
    return np.array(values, dtype=np.float64).reshape(-1, 1)


def indices(values: list[int]) -> Index:
    """Return the places as an index array."""
    return np.array(values, dtype=np.intp)


_LN2_HI = 6.93147180369123816490e-01
_LN2_LO = 1.90821492927058770002e-10
_INV_LN2 = 1.44269504088896338700e00
_SQRT_HALF = 0.70710678118654752440
_LOWEST = -1074
_POWERS: Array = np.ldexp(1.0, np.arange(_LOWEST, 1024))
"""2 to the power −1074 … 1023: a product with one of them is rounded once, as `ldexp` rounds."""


def exp(x: Array) -> Array:
    """Return e to the power `x` for −744 ≤ x ≤ 709; the caller keeps within it."""
    k = np.floor(x * _INV_LN2 + 0.5)
    high = x - k * _LN2_HI
    low = k * _LN2_LO
    r = high - low
    t = r * r
    c = t * 4.13813679705723846039e-08
    c += -1.65339022054652515390e-06
    c *= t
    c += 6.61375632143793436117e-05
    c *= t
    c += -2.77777777770155933842e-03
    c *= t
    c += 1.66666666666666019037e-01
    c *= t
    np.subtract(r, c, out=c)
    r *= c
    np.subtract(2.0, c, out=c)
    r /= c
    low -= r
    low -= high
    np.subtract(1.0, low, out=low)
    low *= _POWERS[k.astype(np.intp) - _LOWEST]
    return low


def log(x: Array) -> Array:
    """Return the natural logarithm of positive, finite `x`."""
    m, k = np.frexp(x)
    small = m < _SQRT_HALF
    m = np.where(small, m * 2.0, m)
    k = (k - small).astype(np.float64)
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
    done: Array = k * _LN2_HI - ((half - (s * (half + even + odd) + k * _LN2_LO)) - f)
    return done
