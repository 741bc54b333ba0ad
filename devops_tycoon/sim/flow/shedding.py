"""Load shedding by priority (MODEL K): above its limit a service admits limit / L of what arrives, the best first.

*Site Reliability Engineering* (Google, 2016), chapter 21, criticality. With L requests in the system the limit is a
birth-and-death chain with arrivals λ·min(1, limit/L), solved exactly; it takes the place of M/M/c/K in the station.
(With the station's own distribution and a mean L, a regulated queue would look as ragged as an unregulated one: 15
points too good or too bad near a timeout.) A call has the priority of the most important demand that its caller works
for; where important and unimportant requests come by the same call, they share its fate.
"""

from functools import lru_cache

from devops_tycoon.sim.flow.queueing import Finite, finite

_FEW = 2000.0
"""Chains that hold more requests than this on average are taken as normal: mean and variance limit·rho."""


@lru_cache(maxsize=1024)
def limited_rest(c: int, limit: float, places: int | None, rho: float) -> Finite:
    """Return the chain at rest: `c` ≥ 1 servers, offered load `c·rho`; `places` waiting places or no end."""
    most = None if places is None else c + places
    if limit * rho > _FEW and (most is None or most > _FEW):
        mean = limit * rho
        if places is not None and most is not None and mean > most:
            return finite(c, places, rho) if limit >= most else _brimful(c, limit, most, rho)
        return Finite(1.0 - 1.0 / rho, mean, mean, 1.0, max(1.0, mean - c), mean)
    a = c * rho
    n = 0
    weight = total = 1.0
    one = two = taken = waited = place = square = 0.0
    heaviest = 1.0
    while True:
        share = 0.0 if n == most else min(1.0, limit / n) if n > 0 else 1.0
        flow = weight * share
        taken += flow
        if n >= c:
            waited += flow
            place += flow * (n - c + 1)
            square += flow * (n - c + 1) * (n - c + 1)
        n += 1
        weight = flow * a / min(n, c)
        if (weight <= 1e-13 * heaviest and n > a) or weight == 0.0:
            break
        heaviest = max(heaviest, weight)
        total += weight
        one += weight * n
        two += weight * n * n
        if heaviest > 1e200:
            weight, total, one, two = weight / 1e200, total / 1e200, one / 1e200, two / 1e200
            taken, waited, place, square = taken / 1e200, waited / 1e200, place / 1e200, square / 1e200
            heaviest /= 1e200
    mean = one / total
    spot = place / waited if waited > 0.0 else 1.0
    spread = max(0.0, square / waited - spot * spot) if waited > 0.0 else 0.0
    return Finite(
        max(0.0, 1.0 - taken / total),
        mean,
        max(0.0, two / total - mean * mean),
        min(1.0, waited / taken) if taken > 0.0 else 0.0,
        spot,
        spread,
    )


def _brimful(c: int, limit: float, most: int, rho: float) -> Finite:
    """Return the chain whose queue is full before its limit can hold it: summed from the last place down.

    There limit·rho is more than it has room for, so every state is less likely than the one above it.
    """
    a = c * rho
    weight, n = 1.0, most
    total = one = two = taken = waited = place = square = 0.0
    while n >= 0 and weight > 1e-13 * total:
        gap = most - n  # moments are taken from the top: no cancellation
        flow = weight * (min(1.0, limit / n) if n > 0 else 1.0) if gap > 0 else 0.0
        total += weight
        one += weight * gap
        two += weight * gap * gap
        taken += flow
        if n >= c:
            waited += flow
            place += flow * gap
            square += flow * gap * gap
        weight *= min(n, c) / (a * (min(1.0, limit / (n - 1)) if n > 1 else 1.0))
        n -= 1
    gap_mean = one / total
    spot = place / waited if waited > 0.0 else float(most - c)
    return Finite(
        max(0.0, 1.0 - taken / total),
        most - gap_mean,
        max(0.0, two / total - gap_mean * gap_mean),
        min(1.0, waited / taken) if taken > 0.0 else 0.0,
        max(1.0, most - c + 1.0 - spot),
        max(0.0, square / waited - spot * spot) if waited > 0.0 else 0.0,
    )


def shares(admitted: float, came: list[float], priority: list[int]) -> list[float]:
    """Return the share of each stream that is shed, if `admitted` of all that came is admitted, the best first."""
    total = 0.0
    for count in came:
        total += count
    left = total * admitted
    gone = [0.0] * len(came)
    for rank in (0, 1, 2):
        here = 0.0
        for count, its in zip(came, priority, strict=True):
            if its == rank:
                here += count
        share = min(1.0, left / here) if here > 0.0 else 1.0
        left = max(0.0, left - here)
        for i, its in enumerate(priority):
            if its == rank:
                gone[i] = 1.0 - share
    return gone
