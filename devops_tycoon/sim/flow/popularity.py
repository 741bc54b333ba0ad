"""How popular the keys of a cache are, and what share of requests a cache of some size answers.

Popularity follows Zipf's law: the key of rank r is asked for with a probability proportional to r^−skew (G. Zipf 1949;
for the web L. Breslau and others, *Web Caching and Zipf-like Distributions*, INFOCOM 1999). Keys of nearly the same
rank are kept as one group, so that ten million keys cost no more than ninety numbers.
"""

from dataclasses import dataclass
from functools import lru_cache

from devops_tycoon.sim.numerics.exact import exp, log

_ALONE = 12
"""So many of the most popular keys are groups of their own."""
_WIDER = 1.2
"""The last rank of each group after them, relative to that of the group before."""


@dataclass(frozen=True, slots=True)
class Popularity:
    """Groups of keys, the most popular first."""

    keys: tuple[float, ...]
    """Per group: how many keys."""
    share: tuple[float, ...]
    """Per group: probability that a request asks for one particular key of it."""
    lasting: tuple[float, ...]
    """Per group: probability that a key is not in a full cache because too many others came since it was asked for."""


@lru_cache(maxsize=256)
def popularity(keys: int, skew: float, capacity: int | None = None) -> Popularity:
    """Return the groups of `keys` keys, and what a cache of `capacity` keys lacks of them (LRU; None = all fit)."""
    counts: list[float] = []
    weights: list[float] = []
    first, total = 1, 0.0
    while first <= keys:
        last = first if first <= _ALONE else max(first, min(keys, int(first * _WIDER)))
        count = float(last - first + 1)
        weight = _power(float(first), -skew) if last == first else _mean_weight(first, last, skew)
        counts.append(count)
        weights.append(weight)
        total += count * weight
        first = last + 1
    shares = tuple([weight / total for weight in weights])
    found = Popularity(tuple(counts), shares, (0.0,) * len(counts))
    if capacity is None or capacity >= keys:
        return found
    window = characteristic(found, float(capacity))
    return Popularity(found.keys, shares, tuple([exp(-min(700.0, p * window)) for p in shares]))


def characteristic(groups: Popularity, capacity: float) -> float:
    """Return after how many requests to others an LRU cache of `capacity` keys drops a key: Che's characteristic time.

    It is the root t of Σ (1 − e^(−p·t)) = capacity: H. Che, Y. Tung, Z. Wang, *Hierarchical Web Caching Systems*, IEEE
    JSAC 20(7), 2002; why it is so good: C. Fricker, P. Robert, J. Roberts, *A Versatile and Accurate Approximation for
    LRU Cache Performance*, ITC 2012. Bisection in fixed steps.
    """
    low, high = 0.0, 1.0
    while _kept(groups, high) < capacity and high < 1e18:
        high *= 2.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if _kept(groups, middle) < capacity:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def hit_share(groups: Popularity, requests: float) -> float:
    """Return the share of hits after so many requests to an empty cache: h(n) = Σ p·(1 − e^(−p·n)) (MODEL J).

    At the characteristic time it is that of a full LRU cache (Che and others 2002).
    """
    share = 0.0
    for count, p in zip(groups.keys, groups.share, strict=True):
        share += count * p * (1.0 - exp(-min(700.0, p * requests)))
    return share


def _kept(groups: Popularity, requests: float) -> float:
    """Return how many different keys so many requests ask for."""
    kept = 0.0
    for count, p in zip(groups.keys, groups.share, strict=True):
        kept += count * (1.0 - exp(-min(700.0, p * requests)))
    return kept


def _power(x: float, exponent: float) -> float:
    return exp(exponent * log(x))


def _mean_weight(first: int, last: int, skew: float) -> float:
    """Return the mean of r^−skew over the ranks first … last: exactly up to 64 of them, else by the midpoint rule."""
    if last - first < 64:
        total = 0.0
        for rank in range(first, last + 1):
            total += _power(float(rank), -skew)
        return total / (last - first + 1)
    low, high = first - 0.5, last + 0.5
    if 1.0 - 1e-9 < skew < 1.0 + 1e-9:
        return log(high / low) / (high - low)
    return (_power(high, 1.0 - skew) - _power(low, 1.0 - skew)) / ((1.0 - skew) * (high - low))
