"""The latest of several answers, for arrays: as in `sim/flow/sojourn.py`."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Mask, exp
from devops_tycoon.sim.flow import sojourn as plain
from devops_tycoon.sim.numerics.exact import log

FEW = 20
"""Up to so many elements the plain function is quicker than the arrays' fixed cost."""
_FAR = 700.0
_COUNTED = 1000


def later_of_two(mean_a: Array, var_a: Array, mean_b: Array, var_b: Array) -> tuple[Array, Array]:
    """Return mean and variance of the later of two independent times, per element."""
    if 0 < mean_a.size <= FEW:
        times = (x.ravel().tolist() for x in (mean_a, var_a, mean_b, var_b))
        few: Array = np.array([plain.later_of_two(*each) for each in zip(*times, strict=True)], dtype=np.float64)
        return few[:, 0].reshape(mean_a.shape), few[:, 1].reshape(mean_a.shape)
    none_a = (mean_a <= 0.0) & (var_a <= 0.0)
    none_b = (mean_b <= 0.0) & (var_b <= 0.0)
    qa, sa, ea = _shape(mean_a, var_a)
    qb, sb, eb = _shape(mean_b, var_b)
    swap = sa < sb
    sa, sb = np.where(swap, sb, sa), np.where(swap, sa, sb)
    ea, eb = np.where(swap, eb, ea), np.where(swap, ea, eb)
    gap = sa - sb
    x = np.where(eb > 0.0, gap / eb, 701.0)
    still = np.where(x < _FAR, exp(-np.minimum(x, _FAR)), 0.0)
    x = np.minimum(x, 1e300)
    together = ea + eb
    both = np.where(together > 0.0, ea * eb / together, 0.0)
    gone = 1.0 - still
    first = sb + eb * gone + still * both
    second = (
        sb * sb
        + 2.0 * sb * eb * gone
        + 2.0 * eb * eb * (1.0 - still * (1.0 + x))
        + still * (2.0 * sa * both + 2.0 * both * both)
    )
    q = qa * qb
    mean = np.maximum(np.maximum(mean_a, mean_b), mean_a + mean_b - q * first)
    square = var_a + mean_a * mean_a + var_b + mean_b * mean_b - q * second
    var = np.maximum(0.0, square - mean * mean)
    if np.count_nonzero(none_b):
        mean, var = np.where(none_b, mean_a, mean), np.where(none_b, var_a, var)
    if np.count_nonzero(none_a):
        mean, var = np.where(none_a, mean_b, mean), np.where(none_a, var_b, var)
    return mean, var


def _shape(mean: Array, variance: Array) -> tuple[Array, Array, Array]:
    square = mean * mean
    scale = np.sqrt(variance)
    ragged: Mask = variance > square
    if not np.count_nonzero(ragged):
        return np.ones_like(mean), mean - scale, scale
    q = 2.0 * square / (variance + square)
    return (
        np.where(ragged, q, 1.0),
        np.where(ragged, 0.0, mean - scale),
        np.where(ragged, mean / q, scale),
    )


def latest(mean: Array, variance: Array, copies: int) -> tuple[Array, Array]:
    """Return mean and variance of the latest of `copies` independent, equal times, per element."""
    if copies == 1:
        return mean, variance
    if copies < 1:
        return np.zeros_like(mean), np.zeros_like(mean)
    q, shift, scale = _shape(mean, variance)
    first, spread = _greatest(q, min(copies, _COUNTED))
    if copies > _COUNTED:
        first = first + log(copies / _COUNTED)
    none = (mean <= 0.0) & (variance <= 0.0)
    return np.where(none, 0.0, shift + scale * first), np.where(none, 0.0, scale * scale * spread)


def _greatest(q: Array, copies: int) -> tuple[Array, Array]:
    left = 1.0 - q
    none = np.ones_like(q)
    first, second = np.zeros_like(q), np.zeros_like(q)
    for i in range(1, copies + 1):
        none *= left
        first += (1.0 - none) / i
        second += 2.0 * first / i
    return first, np.maximum(0.0, second - first * first)
