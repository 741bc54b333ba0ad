"""M/M/c/K for arrays: `sim/flow/queueing.py` element by element, the plain functions where there are few elements."""

from typing import NamedTuple

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, Mask
from devops_tycoon.sim.flow import queueing as plain
from devops_tycoon.sim.flow.queueing import KNOTS, LARGEST_TABLE, blocking_table, waiting_table

_STEPS = 40
FEW_FINITE = 16
"""Up to so many elements the plain function is quicker than the arrays' fixed cost."""
FEW_LOADS = 5


class Finite(NamedTuple):
    """As in `sim/flow/queueing.py`, per element."""

    loss: Array
    mean: Array
    variance: Array
    waiting: Array
    place_mean: Array
    place_variance: Array


class Tables(NamedTuple):
    """Waiting and blocking probabilities by number of slots: knots and the rise to the next, row after row."""

    row: dict[int, int]
    waiting: Array
    waiting_rise: Array
    blocking: Array
    blocking_rise: Array


WIDTH = KNOTS + 1


def tables_for(slots: set[int]) -> Tables:
    """Return the tables of these numbers of slots; a row's last knot does not rise, so it answers all beyond."""
    distinct = sorted({min(c, LARGEST_TABLE) for c in slots if c > 0})
    at = {c: i for i, c in enumerate(distinct)}
    waiting = np.array([waiting_table(c) for c in distinct], dtype=np.float64).reshape(len(distinct), WIDTH)
    blocking = np.array([blocking_table(c) for c in distinct], dtype=np.float64).reshape(len(distinct), WIDTH)
    return Tables(
        {c: at[min(c, LARGEST_TABLE)] for c in slots if c > 0},
        waiting.ravel(),
        _rises(waiting),
        blocking.ravel(),
        _rises(blocking),
    )


def _rises(knots: Array) -> Array:
    rise = np.zeros_like(knots)
    rise[:, :-1] = knots[:, 1:] - knots[:, :-1]
    return rise.ravel()


def looked_up(knots: Array, rises: Array, base: Index, x: Array) -> Array:
    """Interpolate at `x` ≥ 0 (1 and more: the last knot) in the rows that begin at `base`."""
    y = x * KNOTS
    i = np.minimum(y, KNOTS).astype(np.intp)
    part = y - i
    i += base
    done: Array = knots[i] + part * rises[i]
    return done


def blocking(tables: Tables, base: Index, rho: Array) -> Array:
    """Return Erlang B at the load `rho` of the rows' slots."""
    low = rho < 1.0
    waiting = looked_up(tables.waiting, tables.waiting_rise, base, rho)
    below = waiting * (1.0 - rho) / (1.0 - rho * waiting)
    if low.all():
        return below
    return np.where(low, below, looked_up(tables.blocking, tables.blocking_rise, base, np.where(low, 1.0, 1.0 / rho)))


def power_sums(n: Index, x: Array) -> tuple[Array, Array, Array, Array]:
    """Return Σx^i, Σi·x^i, Σi²·x^i for i = 0…n−1, and x^n; a leading zero bit of `n` changes nothing."""
    size = len(x)
    zero, one, two, power = np.zeros(size), np.zeros(size), np.zeros(size), np.ones(size)
    if size == 0:
        return zero, one, two, power
    most = int(n.max())
    if int(n.min()) == most:  # one length for all: bits are numbers
        count = 0
        for bit in bin(most)[2:] if most > 0 else "":
            two += power * (two + 2.0 * count * one + float(count) * count * zero)
            one += power * (one + count * zero)
            zero += power * zero
            power *= power
            count *= 2
            if bit == "1":
                two += float(count) * count * power
                one += count * power
                zero += power
                power *= x
                count += 1
        return zero, one, two, power
    done = np.zeros(size)
    for place in range(most.bit_length() - 1, -1, -1):
        bits: Mask = (n >> place) & 1 == 1
        two += power * (two + 2.0 * done * one + done * done * zero)
        one += power * (one + done * zero)
        zero += power * zero
        power *= power
        done *= 2.0
        now = np.where(bits, power, 0.0)
        two += done * done * now
        one += done * now
        zero += now
        power = np.where(bits, power * x, power)
        done += bits
    return zero, one, two, power


def finite(tables: Tables, base: Index, c: Index, places: Index, rho: Array) -> Finite:
    """Return M/M/c/K at rest, per element."""
    if len(rho) <= FEW_FINITE:
        rows = [
            plain.finite(slots, room, load)
            for slots, room, load in zip(c.tolist(), places.tolist(), rho.tolist(), strict=True)
        ]
        return Finite(*np.array(rows, dtype=np.float64).reshape(len(rows), 6).T)
    a = c * rho
    b = blocking(tables, base, rho)
    low = rho <= 1.0
    t0, t1, t2, power = power_sums(places, np.where(low, rho, 1.0 / rho))
    k = places.astype(np.float64)
    x = 1.0 / rho
    unit = np.where(low, 1.0, power)
    full = np.where(low, power, 1.0)
    s0 = np.where(low, rho * t0, t0)
    s1 = np.where(low, rho * (t1 + t0), k * t0 - t1)
    s2 = np.where(low, rho * (t2 + 2.0 * t1 + t0), k * k * t0 - 2.0 * k * t1 + t2)
    waiters = np.where(low, t0, x * t0)
    total = unit + b * s0
    lost = b * full
    rest = 1.0 - b
    mean = (a * rest * unit + b * (c * s0 + s1)) / total
    bottom = a * (a * rest - c * b + rest) * unit
    square = (bottom + b * (c.astype(np.float64) * c * s0 + 2.0 * c * s1 + s2)) / total
    some = places > 0
    place = t1 / t0
    spread = np.where(some, np.maximum(0.0, t2 / t0 - place * place), 0.0)
    place = np.where(some, np.where(low, place + 1.0, places - place), 1.0)
    admitted = total - lost
    waiting = np.where(admitted > 0.0, np.minimum(1.0, b * waiters / admitted), 0.0)
    found = Finite(lost / total, mean, np.maximum(0.0, square - mean * mean), waiting, place, spread)
    idle = rho <= 0.0
    if idle.any():
        nothing = (0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
        found = Finite(*[np.where(idle, none, value) for none, value in zip(nothing, found, strict=True)])
    return found


def below_one(tables: Tables, base: Index, c: Index, places: Index, rho: Array) -> tuple[Array, Array, Array]:
    """Return loss and mean of `finite` at loads below 1, and how likely an endless queue makes one wait."""
    waiting = looked_up(tables.waiting, tables.waiting_rise, base, rho)
    if len(rho) <= FEW_FINITE:
        rest = finite(tables, base, c, places, rho)
        return rest.loss, rest.mean, waiting
    b = waiting * (1.0 - rho) / (1.0 - rho * waiting)
    most = int(places.max())
    t0, t1, power = _two_sums(places, most if int(places.min()) == most else -most, rho)
    s0 = rho * t0
    total = 1.0 + b * s0
    return b * power / total, (c * rho * (1.0 - b) + b * (c * s0 + rho * (t1 + t0))) / total, waiting


def _mean(tables: Tables, base: Index, c: Array, places: Index, length: int, rho: Array) -> Array:
    b = blocking(tables, base, rho)
    low = rho <= 1.0
    if low.all():
        t0, t1, _ = _two_sums(places, length, rho)
        brho = b * rho
        done: Array = (c * rho * (1.0 - b) + brho * (c * t0 + t1 + t0)) / (1.0 + brho * t0)
        return done
    t0, t1, power = _two_sums(places, length, np.where(low, rho, 1.0 / rho))
    rest = c * rho * (1.0 - b)
    brho = b * rho
    return np.where(
        low,
        (rest + brho * (c * t0 + t1 + t0)) / (1.0 + brho * t0),
        (rest * power + b * (c * t0 + places * t0 - t1)) / (power + b * t0),
    )


def _two_sums(n: Index, length: int, x: Array) -> tuple[Array, Array, Array]:
    """Return the first two of `power_sums`, and x^n; nothing is asked about the squares in a bisection.

    `length` is the largest `n` if all are equal, otherwise its negative.
    """
    most = abs(length)
    if length > 0:  # after the first bit the sums are 1 and 0, the power is x
        zero, one, power, part = np.ones(len(x)), np.zeros(len(x)), x.copy(), np.empty(len(x))
        count = 1.0
        for bit in bin(most)[3:]:
            np.multiply(zero, count, out=part)
            part += one
            part *= power
            one += part
            np.multiply(power, zero, out=part)
            zero += part
            power *= power
            count *= 2.0
            if bit == "1":
                np.multiply(power, count, out=part)
                one += part
                zero += power
                power *= x
                count += 1.0
        return zero, one, power
    zero, one, power = np.zeros(len(x)), np.zeros(len(x)), np.ones(len(x))
    done = np.zeros(len(x))
    for place in range(most.bit_length() - 1, -1, -1):
        one += power * (one + done * zero)
        zero += power * zero
        power *= power
        done *= 2.0
        bits = ((n >> place) & 1).astype(np.float64)
        now = power * bits
        one += done * now
        zero += now
        power *= np.where(bits > 0.0, x, 1.0)
        done += bits
    return zero, one, power


def load_at(tables: Tables, base: Index, c: Index, places: Index, rho: Array, level: Array) -> Array:
    """Return the load ≥ `rho` > 0 at which M/M/c/K holds `level` requests on average, per element.

    Several bisection steps are done in one go: the middles of both possible halves are asked about beforehand, and
    those of their halves, as many as arrays are good for. The points are those of the plain kernel.
    """
    size = len(rho)
    if size <= FEW_LOADS:
        rows = zip(c.tolist(), places.tolist(), rho.tolist(), level.tolist(), strict=True)
        return np.array([plain.load_at(*row) for row in rows], dtype=np.float64)
    low, high = np.zeros(size), 1.0 / np.maximum(rho, 1e-9)
    deep = 5 if size <= 32 else 4 if size <= 256 else 3 if size <= 512 else 2
    everyone = np.arange(size)
    left = _STEPS
    most = int(places.max())
    length = most if int(places.min()) == most else -most
    full = (1 << deep) - 1
    all_base, all_c, all_places = np.tile(base, full), np.tile(c.astype(np.float64), full), np.tile(places, full)
    while left:
        ahead = min(deep, left)
        points = (1 << ahead) - 1
        lows, highs, middles = np.empty((points, size)), np.empty((points, size)), np.empty((points, size))
        lows[0], highs[0] = low, high
        for k in range(ahead):  # like a heap: below point i are 2i + 1, where the mean is too low there, and 2i + 2
            here = slice((1 << k) - 1, (2 << k) - 1)
            middles[here] = 0.5 * (lows[here] + highs[here])
            if k + 1 < ahead:
                below, above = slice((2 << k) - 1, (4 << k) - 1, 2), slice(2 << k, (4 << k) - 1, 2)
                lows[below], highs[below] = lows[here], middles[here]
                lows[above], highs[above] = middles[here], highs[here]
        x = middles.ravel()
        part = points * size
        means = _mean(tables, all_base[:part], all_c[:part], all_places[:part], length, 1.0 / x)
        up = (means > np.tile(level, points)).view(np.int8)
        at = up[:size].astype(np.intp)
        at += 1
        for _ in range(1, ahead - 1):
            at += at + 1 + up[at * size + everyone]
        if ahead > 1:
            at *= size
            at += everyone
        else:
            at = everyone
        more = up[at] > 0
        middle = x[at]
        low, high = np.where(more, middle, lows.ravel()[at]), np.where(more, highs.ravel()[at], middle)
        left -= ahead
    return 1.0 / high
