"""Latency buckets: percentiles of a whole run from integer counts."""

from functools import lru_cache
from math import floor, sqrt
from operator import add

from devops_tycoon.sim.flow.sojourn import limited
from devops_tycoon.sim.numerics.exact import exp, log

FIRST_MS = 1.0
LAST_MS = 100_000.0
COUNT = 50

_STEP = log(LAST_MS / FIRST_MS) / COUNT

EDGES_MS = tuple(FIRST_MS * exp(_STEP * number) for number in range(COUNT + 1))
"""Upper edges of the buckets in milliseconds, each 26% above the one before; all above the last go into the last."""


_FINE = 16
"""Times within 1/16 of a bucket, and deviations within 1/16 of the mean, share their spread: it is tabulated."""


def spread(counts: tuple[int, ...], micro: int, mean_s: float, var_s2: float) -> tuple[int, ...]:
    """Add micro-requests to the buckets, spread as the flow's fit to their mean and variance says."""
    if micro <= 0:
        return counts
    first = 0
    parts: tuple[float, ...] = ()
    if mean_s > 0.0:
        ratio = min(10.0, sqrt(var_s2) / mean_s)
        first, parts = _shares(floor(log(1000.0 * mean_s / FIRST_MS) / _STEP * _FINE + 0.5), floor(ratio * _FINE + 0.5))
    more = list(map(round, [micro * part for part in parts]))
    left = micro - sum(more)
    if left < 0:  # rounded up too often: the last buckets go without
        left = micro
        for place, some in enumerate(more):
            more[place] = min(left, some)
            left -= more[place]
    last = first + len(more)
    return (*counts[:first], *map(add, counts[first:last], more), counts[last] + left, *counts[last + 1 :])


@lru_cache(maxsize=4096)
def _shares(place: int, ratio: int) -> tuple[int, tuple[float, ...]]:
    """Return the first bucket, and the shares of it and those that follow; the next bucket has the rest.

    For a mean `place` / 16 steps above the first edge, and deviation `ratio` / 16 of it.
    """
    mean_s = FIRST_MS / 1000.0 * exp(min(40.0, max(-40.0, _STEP * place / _FINE)))
    deviation_s = mean_s * ratio / _FINE
    far_ms = 1000.0 * (2.0 * mean_s + 14.0 * deviation_s)  # less than 1e-6 of an exponential is beyond
    above = 1.0
    shares: list[float] = []
    first = 0
    for number, edge in enumerate(EDGES_MS):
        if edge * 30.0 < 1000.0 * (mean_s - deviation_s) and number < COUNT:
            first = number + 1
            continue  # practically nobody is that quick
        tail = 0.0
        if edge < far_ms and number < COUNT:
            tail = limited(0.0, 0.0, 0.0, mean_s, deviation_s * deviation_s, edge / 1000.0)[0]
        shares.append(above - tail)
        above = tail
        if tail <= 0.0:
            break
    return first, tuple(shares[:-1])


def percentile_ms(counts: tuple[int, ...], q: float) -> float:
    """Return the latency below which a share `q` of the counted requests stayed (log-linear within a bucket)."""
    total = sum(counts)
    if total == 0:
        return 0.0
    wanted, seen = q * total, 0
    for number, count in enumerate(counts):
        if count > 0 and seen + count >= wanted:
            low = EDGES_MS[number - 1] if number > 0 else EDGES_MS[0] / 2.0
            share = (wanted - seen) / count
            return low * exp(share * log(EDGES_MS[min(number, COUNT)] / low))
        seen += count
    return EDGES_MS[-1]


def request_percentile_s(mean_s: float, var_s2: float, q: float) -> float:
    """Return the time below which a share `q` of requests of that mean and variance stays, to 0.1% (for display)."""
    if mean_s <= 0.0:
        return 0.0
    low, high = 0.0, mean_s + sqrt(var_s2)
    while limited(0.0, 0.0, 0.0, mean_s, var_s2, high)[0] > 1.0 - q:
        low, high = high, 2.0 * high
    for _ in range(12):
        middle = (low + high) / 2.0
        if limited(0.0, 0.0, 0.0, mean_s, var_s2, middle)[0] > 1.0 - q:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
