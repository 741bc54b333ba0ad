"""Closed formulas of queueing theory: Erlang B and C, and everything about M/M/c/K that a tick needs.

`c` is a whole number of servers, `a` the offered load in servers, `rho = a / c`. Sources: A. K. Erlang (1917);
D. Gross and others, *Fundamentals of Queueing Theory*, chapters 2 and 3.
"""

from functools import lru_cache
from math import sqrt
from typing import NamedTuple

KNOTS = 256
"""Intervals of a waiting-probability table; it has one value more."""
LARGEST_TABLE = 4096
"""Above so many servers the table of this many is used: waiting is then negligible below rho 0.98 anyway."""
_STEPS = 40


class Finite(NamedTuple):
    """What M/M/c/K is like at rest; `place` is the waiting place (1…K) an admitted request that waits takes."""

    loss: float
    mean: float
    variance: float
    waiting: float
    """Probability that an admitted request waits."""
    place_mean: float
    place_variance: float


def erlang_b(c: int, a: float) -> float:
    """Return the loss probability of `c` servers without waiting places at an offered load `a`."""
    if a <= 0.0:
        return 1.0 if c == 0 else 0.0
    start = 0
    inverse = 1.0
    if a > 2000.0:
        start = max(0, min(c, int(a - 12.0 * sqrt(a))))
        inverse = a / (a - start)  # far below the load, B is 1 − n/a; the recursion forgets the difference
    for n in range(start + 1, c + 1):
        inverse = 1.0 + inverse * n / a
        if inverse > 1e300:
            return 0.0
    return 1.0 / inverse


def erlang_c(c: int, rho: float) -> float:
    """Return the probability of waiting in M/M/c at a utilisation `rho`; 1 from `rho` 1 on."""
    if rho >= 1.0:
        return 1.0
    b = erlang_b(c, c * rho)
    return b / (1.0 - rho * (1.0 - b))


@lru_cache(maxsize=512)
def waiting_table(c: int) -> tuple[float, ...]:
    """Return Erlang C at `rho` = 0, 1/256, … 1, for linear interpolation."""
    servers = max(1, min(c, LARGEST_TABLE))
    return tuple([erlang_c(servers, i / KNOTS) for i in range(KNOTS + 1)])


@lru_cache(maxsize=512)
def blocking_table(c: int) -> tuple[float, ...]:
    """Return Erlang B at 1/`rho` = 0, 1/256, … 1: the loss of an overloaded system, for linear interpolation."""
    servers = max(1, min(c, LARGEST_TABLE))
    return (1.0, *[erlang_b(servers, servers * KNOTS / i) for i in range(1, KNOTS + 1)])


def interpolate(table: tuple[float, ...], x: float) -> float:
    """Return the table's value at `x` in 0…1."""
    y = x * KNOTS
    i = int(y)
    if i >= KNOTS:
        return table[KNOTS]
    low = table[i]
    return low + (y - i) * (table[i + 1] - low)


def blocking(c: int, rho: float) -> float:
    """Return Erlang B at load `c·rho` from the same tables as the station's waiting probability."""
    if rho < 1.0:
        waiting = interpolate(waiting_table(c), rho)
        return waiting * (1.0 - rho) / (1.0 - rho * waiting)
    return interpolate(blocking_table(c), 1.0 / rho)


@lru_cache(maxsize=1024)
def _doublings(n: int) -> tuple[tuple[float, float, float, float, bool], ...]:
    """Return the numbers with which `power_sums` doubles 1 term step by step until it has `n`.

    Per step: the terms m so far, m², 2m, (2m)², and whether one more follows the doubling.
    """
    steps: list[tuple[float, float, float, float, bool]] = []
    done = 1
    for bit in bin(n)[3:]:
        m, twice = float(done), float(2 * done)
        steps.append((m, m * m, twice, twice * twice, bit == "1"))
        done = 2 * done + (bit == "1")
    return tuple(steps)


def power_sums(n: int, x: float) -> tuple[float, float, float, float]:
    """Return Σx^i, Σi·x^i, Σi²·x^i for i = 0…n−1, and x^n, by doubling: exact near x = 1, and quick."""
    if n <= 0:
        return 0.0, 0.0, 0.0, 1.0
    zero, one, two, power = 1.0, 0.0, 0.0, x
    for m, square, twice, twice_square, odd in _doublings(n):
        two += power * (two + twice * one + square * zero)
        one += power * (one + m * zero)
        zero += power * zero
        power *= power
        if odd:
            two += twice_square * power
            one += twice * power
            zero += power
            power *= x
    return zero, one, two, power


@lru_cache(maxsize=1024)
def _steps(n: int) -> tuple[tuple[float, float], ...]:
    """Return, of each of the `_doublings`, the terms m so far, and 2m if one more follows, else 0."""
    return tuple([(m, twice if odd else 0.0) for m, _, twice, _, odd in _doublings(n)])


def _two_sums(n: int, x: float) -> tuple[float, float, float]:
    """Return Σx^i, Σi·x^i and x^n: `power_sums` without the squares."""
    if n <= 0:
        return 0.0, 0.0, 1.0
    zero, one, power = 1.0, 0.0, x
    for m, then in _steps(n):
        one += power * (one + m * zero)
        zero += power * zero
        power *= power
        if then:
            one += then * power
            zero += power
            power *= x
    return zero, one, power


@lru_cache(maxsize=4096)
def finite(c: int, places: int, rho: float) -> Finite:
    """Return M/M/c/K at rest: `c` ≥ 1 servers, `places` waiting places, offered load `c·rho`, `rho` ≥ 0."""
    if rho <= 0.0:
        return Finite(0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    a = c * rho
    b = blocking(c, rho)
    # Weights are relative to the states 0…c together; above rho 1 everything is divided by rho^K.
    if rho <= 1.0:
        t0, t1, t2, full = power_sums(places, rho)
        unit = 1.0
        s0, s1, s2 = rho * t0, rho * (t1 + t0), rho * (t2 + 2.0 * t1 + t0)
        waiters = t0
    else:
        x = 1.0 / rho
        t0, t1, t2, unit = power_sums(places, x)
        full = 1.0
        k = float(places)
        s0, s1, s2 = t0, k * t0 - t1, k * k * t0 - 2.0 * k * t1 + t2
        waiters = x * t0
    total = unit + b * s0
    lost = b * full
    mean = (a * (1.0 - b) * unit + b * (c * s0 + s1)) / total
    low = a * (a * (1.0 - b) - c * b + (1.0 - b)) * unit
    square = (low + b * (float(c) * c * s0 + 2.0 * c * s1 + s2)) / total
    if places > 0:
        place = t1 / t0
        spread = max(0.0, t2 / t0 - place * place)
        place = place + 1.0 if rho <= 1.0 else places - place
    else:
        place, spread = 1.0, 0.0
    admitted = total - lost
    waiting = min(1.0, b * waiters / admitted) if admitted > 0.0 else 0.0
    return Finite(lost / total, mean, max(0.0, square - mean * mean), waiting, place, spread)


def finite_mean(c: int, places: int, rho: float) -> float:
    """Return only the mean number in an M/M/c/K system: the inner step of `load_at`."""
    return _mean_at(float(c), places, rho, blocking(c, rho))


def _mean_at(c: float, places: int, rho: float, b: float) -> float:
    """Return the mean number in an M/M/c/K system whose Erlang B is `b`."""
    if rho <= 1.0:
        t0, t1, _ = _two_sums(places, rho)
        return (c * rho * (1.0 - b) + b * rho * (c * t0 + t1 + t0)) / (1.0 + b * rho * t0)
    t0, t1, unit = _two_sums(places, 1.0 / rho)
    return (c * rho * (1.0 - b) * unit + b * (c * t0 + places * t0 - t1)) / (unit + b * t0)


def load_at(c: int, places: int, rho: float, level: float) -> float:
    """Return the load ≥ `rho` > 0 at which M/M/c/K holds `level` requests on average (40 bisection steps)."""
    waits, losses, servers = waiting_table(c), blocking_table(c), float(c)
    low, high = 0.0, 1.0 / max(rho, 1e-9)  # of 1/load; the mean falls with it
    for _ in range(_STEPS):
        x = 0.5 * (low + high)
        load = 1.0 / x
        if load < 1.0:  # as `blocking`
            waiting = interpolate(waits, load)
            b = waiting * (1.0 - load) / (1.0 - load * waiting)
        else:
            b = interpolate(losses, 1.0 / load)
        if _mean_at(servers, places, load, b) > level:
            low = x
        else:
            high = x
    return 1.0 / high
