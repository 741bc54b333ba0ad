"""One pool, one tick: MODEL B (how many wait and leave) and C (how much that number varies)."""

from functools import lru_cache
from math import sqrt

from devops_tycoon.sim.flow.queueing import Finite, finite, load_at, waiting_table
from devops_tycoon.sim.flow.shedding import limited_rest

NEVER_S = 1e6
"""Seconds that mean forever: the wait in front of a frozen pool."""

Step = tuple[float, float, float, float, float, float, float]
"""served, rejected (requests this tick), level, variance, waiting probability, fixed and exponential wait (s)."""


def advance_station(
    c: int,
    capacity: float,
    g: float,
    places: int | None,
    dt: float,
    level: float,
    variance: float,
    waiting: float,
    arrivals: float,
    limit: float | None = None,
) -> Step:
    """Return one implicit step of a queue with `c` slots that together finish `capacity` requests per second.

    `g` is the mean of the squared coefficients of variation of arrivals and service, `places` the waiting places
    (None: unbounded), `limit` the number of requests from which on arrivals are shed, `level`, `variance` and
    `waiting` the state before, `arrivals` this tick's requests.
    """
    a = level + arrivals
    if c == 0 or capacity <= 0.0:
        if limit is not None:
            places = int(limit) if places is None else min(places, int(limit))
        return _frozen(places, level, variance, arrivals)
    table = waiting_table(c)
    b = capacity * dt
    cb = c + b
    rho = y = gc = 0.0
    for _ in range(3):
        gc = g * waiting
        h = a + gc - cb
        root = sqrt(h * h + 4.0 * cb * gc)
        rho = 2.0 * a / (cb + gc + a + root)
        y = 2.0 * gc / (h + root) if h > 0.0 else (root - h) / (2.0 * cb)  # 1 − rho without cancellation
        x = rho * 256.0
        i = int(x)
        waiting = table[i] + (x - i) * (table[i + 1] - table[i]) if i < 256 else 1.0
    queued = gc * rho / y if y > 0.0 else max(0.0, a - cb)
    after = c * rho + queued
    if after > a:
        after = a
    crammed = places is not None and after > c + places  # only very ragged work gets there at a low load
    if limit is not None:
        rest = limited_rest(c, limit, places, arrivals / b)
        if after >= rest.mean and (rest.loss > 1e-9 or level > limit or crammed):
            loss = max(rest.loss, 1.0 - limit / level) if level > rest.mean and level > limit else rest.loss
            return _full(c, capacity, places, dt, level, variance, arrivals, loss, rest)
    elif places is not None and (crammed or not _roomy(c, places, arrivals / b, level)):
        rest = finite(c, places, arrivals / b)
        if after >= rest.mean:
            loss = rest.loss
            if level > rest.mean and arrivals > 0.0:
                loss = max(loss, finite(c, places, load_at(c, places, arrivals / b, min(level, c + places))).loss)
            return _full(c, capacity, places, dt, level, variance, arrivals, loss, rest)
    served = a - after
    if served <= 0.0:
        return 0.0, 0.0, a, variance + arrivals, waiting, 0.0, 0.0
    slope = c + gc * (1.0 + queued / gc) * (1.0 + queued / gc) if gc > 0.0 else float(c)
    variance = (variance + arrivals + served) / (1.0 + 2.0 * b / slope)
    kappa = variance / (rho * slope) if rho > 0.0 else 1.0
    # The mean wait is Little's: exactly what `after` holds beyond the busy slots.
    mean = queued * dt / (served * waiting) if waiting > 1e-12 else 0.0
    if mean > NEVER_S:
        mean = NEVER_S
    theta = mean * sqrt(kappa) if kappa < 1.0 else mean
    return served, 0.0, after, variance, waiting, mean - theta, theta


@lru_cache(maxsize=1024)
def _room(c: int, places: int) -> tuple[tuple[float, float], ...]:
    """Return loads, each with the level up to which a queue's end is out of sight there (−1: it never is)."""
    rests = [(some, finite(c, places, some)) for some in (0.5, 0.8, 0.95)]
    return tuple([(some, rest.mean if rest.loss < 1e-9 else -1.0) for some, rest in rests])


def _roomy(c: int, places: int, rho: float, level: float) -> bool:
    """Return whether the queue's end is out of sight, so that it might as well be unbounded (loss below 1e-9)."""
    for some, most in _room(c, places):
        if rho <= some:
            return level <= most
    return False


def _frozen(places: int | None, level: float, variance: float, arrivals: float) -> Step:
    a = level + arrivals
    after = a if places is None else min(a, max(level, float(places)))
    return 0.0, a - after, after, variance + arrivals, 1.0, NEVER_S, 0.0


def _full(
    c: int,
    capacity: float,
    places: int | None,
    dt: float,
    level: float,
    variance: float,
    arrivals: float,
    loss: float,
    rest: Finite,
) -> Step:
    """Return the step of a queue at or above the level at which its finite length rules."""
    a = level + arrivals
    b = capacity * dt
    rejected = loss * arrivals
    served = a - rejected - rest.mean
    if 0.0 <= served <= b * (1.0 + 1e-9):  # at rest in overload it is b, give or take dust
        served = min(served, b)
        mean = rest.place_mean / capacity
        theta = min(mean, sqrt(rest.place_variance + rest.place_mean) / capacity)
        after = a - rejected - served
        if places is not None:
            after = min(after, float(c + places))  # 10¹⁵ arrivals leave dust larger than a queue
        return served, rejected, after, rest.variance, rest.waiting, mean - theta, theta
    served = max(0.0, min(b, served))
    after = a - rejected - served
    over = after - (c + places) if places is not None else 0.0
    if 0.0 < over < arrivals - rejected:
        rejected += over
        after -= over
    elif over > 0.0:  # only arrivals are turned away: who was admitted before slots were lost stays
        rejected = arrivals
        after = level - served
    if places is None:
        variance = min(variance + arrivals + served, max(rest.variance, after))
    else:
        room = float(c + places)
        variance = min(variance + arrivals + served, room * room / 12.0)
    mean = min(NEVER_S, max(0.0, after - c) / capacity)
    theta = min(mean, sqrt(variance) / capacity)
    return served, rejected, after, variance, 1.0, mean - theta, theta
