"""How many come when so many are expected: a Poisson number for one even roll (MODEL N).

Users decide independently, so counts vary by the square root of their mean. Few are counted off one by one (inversion,
L. Devroye, *Non-Uniform Random Variate Generation*, 1986, chapter X.3); for many, the Cornish–Fisher expansion of the
Poisson quantile around the normal one is used, not rounded: the model's counts are fluid anyway.
"""

from math import sqrt

from devops_tycoon.sim.numerics.exact import exp, log

FEW = 30.0
"""Below this mean arrivals are counted one by one."""


def poisson(mean: float, u: float) -> float:
    """Return the number at the quantile `u` (0 ≤ u < 1) of a Poisson distribution with this mean ≥ 0."""
    if mean <= 0.0:
        return 0.0
    if mean < FEW:
        count = 0.0
        chance = exp(-mean)
        below = chance
        while u >= below and count < 200.0:
            count += 1.0
            chance *= mean / count
            below += chance
        return count
    z = normal(u)
    return max(0.0, mean + sqrt(mean) * z + (z * z - 1.0) / 6.0)


def normal(u: float) -> float:
    """Return the standard normal quantile at 0 < u < 1, within 1.2e-9 relative; u outside 1e-12…1 − 1e-12 is clipped.

    P. J. Acklam's rational approximation (2003).
    """
    u = min(max(u, 1e-12), 1.0 - 1e-12)
    if u > 0.5:
        return -normal(1.0 - u) if u > 0.97575 else _middle(u - 0.5)
    if u >= 0.02425:
        return _middle(u - 0.5)
    q = sqrt(-2.0 * log(u))
    top = -7.784894002430293e-03
    for c in (-3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783):
        top = top * q + c
    low = 7.784695709041462e-03
    for c in (3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1.0):
        low = low * q + c
    return top / low


def _middle(q: float) -> float:
    r = q * q
    top = -3.969683028665376e01 * r + 2.209460984245205e02
    top = (top * r + -2.759285104469687e02) * r + 1.383577518672690e02
    top = (top * r + -3.066479806614716e01) * r + 2.506628277459239
    low = -5.447609879822406e01 * r + 1.615858368580409e02
    low = (low * r + -1.556989798598874e02) * r + 6.680131188771972e01
    low = (low * r + -1.328068155288572e01) * r + 1.0
    return q * top / low
