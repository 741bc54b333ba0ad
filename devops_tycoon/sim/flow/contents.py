"""What a cache contains (MODEL J), cold or warm: what a caller has of a callee's answers, and what it still asks for.

Per group of equally popular keys the memory has the share that is *absent* and the share that is *being fetched*; the
rest is a hit. An absent key is fetched by the first request for it: 1 − e^(−λ·t) of them in t seconds, which gives
h(n) = Σ p·(1 − e^(−p·n)) after a flush. A full cache (LRU) drops keys until e^(−p·t) of them are absent, t being Che's
characteristic time (see `popularity.py`). A fetch takes as long as the origin's answer took in the tick before. Until
it is back every request for the key is another fetch, so that an expired key lets 1 + λ·(fetch time) through: the
slower the origin, the more it has to do. With single-flight only the first is a fetch and the others wait for it
("delayed hits": N. Atre and others, *Caching with Delayed Hits*, SIGCOMM 2020). A failed fetch fills nothing. Keys
expire a time to live after they were filled, not all the time but in a line of moments, so that what was filled
together expires together; at rest that is the share λ·T/(1 + λ·T) of hits.
"""

from math import sqrt

from devops_tycoon.sim.flow.jitter import weights
from devops_tycoon.sim.flow.network import Cache
from devops_tycoon.sim.flow.popularity import Popularity, popularity
from devops_tycoon.sim.numerics.exact import exp, log

FETCH, OWN, FAIL, HIT, JOINED, _FLUSHED, _PHASE, _SLOT = range(8)
"""Places in the memory: time (s) of a fetch in the last tick, the part of it that is each fetch's own luck, and its
failures; shares of hits and of those who joined a fetch; whether the flush under way was seen; ticks since the line
moved, and where in it the next to expire are."""
_HEAD = 8
_MOST_SLOTS = 40
"""A longer time to live is remembered in slots of several ticks."""
_SHORTEST_S = 1e-6
_RARE = 1e-12
_1_PI = 0.3183098861837907


def groups_of(cache: Cache) -> Popularity:
    """Return the popularity of the cache's keys."""
    return popularity(cache.keys, cache.skew, cache.capacity)


def _slots(cache: Cache, dt: float) -> tuple[int, int]:
    """Return slots of the line of expiries and ticks per slot; without a time to live there is no line."""
    if cache.ttl_s is None:
        return 0, 1
    ticks = cache.ttl_s * (1.0 + cache.ttl_jitter) / dt
    each = max(1, int(ticks / _MOST_SLOTS) + (ticks > _MOST_SLOTS))
    return int(ticks / each) + 4, each


def fresh(cache: Cache, dt: float) -> tuple[float, ...]:
    """Return the memory of a cache that is full (of keys of all ages), or empty if it does not begin warm."""
    groups = groups_of(cache)
    slots, _ = _slots(cache, dt)
    absent = list(groups.lasting) if cache.warm else [1.0] * len(groups.keys)
    hit = 0.0
    line: list[float] = []
    for count, p, gone in zip(groups.keys, groups.share, absent, strict=True):
        hit += count * p * (1.0 - gone)
        if slots:
            line += [(1.0 - gone) / (slots - 2)] * (slots - 2) + [0.0, 0.0]
    head = (0.0, 0.0, 0.0, min(1.0, hit), 0.0, 0.0, 0.0, 0.0)
    return (*head, *absent, *([0.0] * len(absent)), *line)


def size_of(cache: Cache, dt: float) -> int:
    """Return how many numbers its memory has."""
    return _HEAD + (2 + _slots(cache, dt)[0]) * len(groups_of(cache).keys)


def pass_tick(cache: Cache, dt: float, kept: list[float], wanted: float) -> float:
    """Change the memory by a tick in which `wanted` answers are asked for; return how many the origin is asked for."""
    groups = groups_of(cache)
    size = len(groups.keys)
    slots, each = _slots(cache, dt)
    flushed, kept[_FLUSHED] = kept[_FLUSHED] > 0.0, float(cache.flush)
    if cache.flush and not flushed:
        for i in range(_HEAD, len(kept)):
            kept[i] = 1.0 if i < _HEAD + size else 0.0
    fetch, fail = max(_SHORTEST_S, kept[FETCH]), kept[FAIL]
    own = min(kept[OWN], fetch)
    phase, slot = int(kept[_PHASE]), int(kept[_SLOT])
    due = 1.0 / (each - phase)
    spread = _lifetimes(cache, dt, each, phase) if slots else ()
    hit = joined = 0.0
    for i in range(size):
        count, p, gone = groups.keys[i], groups.share[i], groups.lasting[i]
        absent, coming = kept[_HEAD + i], kept[_HEAD + size + i]
        line = _HEAD + 2 * size + i * slots
        if slots:
            left = kept[line + slot] * due
            kept[line + slot] -= left
            absent += left
        n = p * wanted
        away, started, left_absent = _absent(absent, gone, n)
        leave, again = _pace(cache.single_flight, fetch, own, fail, n / dt)
        lacked = absent + coming
        coming = min(1.0, (coming + started) / (1.0 + dt * leave))
        filled = coming * dt * leave
        if gone > 0.0 and fail > 0.0:  # what fails fills nothing, and so drops nothing
            left_absent += fail * min(0.0, lacked - coming - left_absent)
        left_absent = max(0.0, min(left_absent, 1.0 - coming))
        kept[_HEAD + i], kept[_HEAD + size + i] = left_absent, coming
        hit += count * p * max(0.0, 1.0 - away - coming)
        if cache.single_flight and n > 0.0:
            joined += count * p * max(0.0, coming - coming * dt * again / n)
        if slots:
            _expire_later(kept, line, slots, slot, spread, filled, n, each)
            if gone > 0.0:
                _drop(kept, line, slots, 1.0 - left_absent - coming)
    if slots:
        phase += 1
        kept[_PHASE], kept[_SLOT] = (0.0, float((slot + 1) % slots)) if phase >= each else (float(phase), float(slot))
    kept[HIT], kept[JOINED] = min(1.0, hit), min(1.0, joined)
    return wanted * max(0.0, 1.0 - kept[HIT] - kept[JOINED])


def _absent(absent: float, gone: float, n: float) -> tuple[float, float, float]:
    """Return the mean share absent while `n` requests per key come, the fetches they start, the share left.

    Absent keys are asked for, until only those are that the full cache lacks (`gone`), and drops as fast as they come.
    """
    if absent <= _RARE:
        return 0.0, absent, 0.0
    if n <= _RARE:
        return absent, 0.0, absent
    if absent <= gone:
        return absent, absent * n, gone
    left = absent * exp(-min(700.0, n))
    if left >= gone:
        return (absent - left) / n, absent - left, left
    until = log(absent / gone) / n
    away = (absent - gone) / n + gone * (1.0 - until)
    return away, away * n, gone


def _pace(single_flight: bool, fetch: float, own: float, fail: float, rate: float) -> tuple[float, float]:
    """Return how many of the keys being fetched are filled per second, and how many fetches are begun again.

    After a failed fetch the next request begins another. Without single-flight that one is under way already, and the
    first answer of all fills the key: of fetches that begin `rate` times a second and take an exponential time (mean θ)
    the first ends after θ·∫e^(−u − rate·θ·u²/2)du, a Mills ratio (here by A. Boyd's approximation of 1959, within 1%).
    """
    well = max(0.0, 1.0 - fail)
    if rate <= 0.0 or well <= 0.0:
        return (0.0 if fail > 0.0 else 1.0 / fetch), (0.0 if rate <= 0.0 else 1.0 / (fetch + 1.0 / rate))
    if single_flight:
        turn = fetch + fail / rate
        return well / turn, fail / turn
    first = own / (1.0 - _1_PI + _1_PI * sqrt(1.0 + 2.0 / _1_PI * rate * well * own))
    return well / (well * (fetch - own + first) + fail / rate), 0.0


def _lifetimes(cache: Cache, dt: float, each: int, phase: int) -> tuple[tuple[int, float], ...]:
    """Return (slot, share): when that expires which is filled in this tick, jitter included."""
    ttl = cache.ttl_s or 0.0
    middle = (phase + ttl / dt - 0.5 * (each - 1)) / each
    width = ttl * cache.ttl_jitter / (dt * each)
    return weights(middle - width, middle + width)


def _expire_later(
    kept: list[float],
    line: int,
    slots: int,
    slot: int,
    spread: tuple[tuple[int, float], ...],
    filled: float,
    n: float,
    each: int,
) -> None:
    """Write when the filled keys expire: a popular key is filled as the tick begins, a rare one in its middle.

    The first of `n` requests in a tick comes 1/n − 1/(eⁿ − 1) of it after its start; this is within 7%.
    """
    if filled <= 0.0:
        return
    late = 1.0 / (2.0 + n / 3.0 + n * n / (1.5 * (n + 4.0))) / each
    for later, share in spread:
        amount = filled * share
        kept[line + (slot + later) % slots] += amount * (1.0 - late)
        kept[line + (slot + later + 1) % slots] += amount * late


def _drop(kept: list[float], line: int, slots: int, left: float) -> None:
    """Take out of the line what a full cache has dropped."""
    total = 0.0
    for i in range(line, line + slots):
        total += kept[i]
    if total > 0.0 and left < total:
        part = max(0.0, left) / total
        for i in range(line, line + slots):
            kept[i] *= part
