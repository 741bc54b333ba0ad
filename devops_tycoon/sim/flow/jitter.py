"""Jitter: a pause that differs between clients, so that those who failed together do not retry together.

M. Brooker, *Exponential Backoff And Jitter*, AWS Architecture Blog, 2015. The pause is uniform in backoff·(1 ± jitter):
0 is a fixed pause, 1 his "full jitter" around the same mean.
"""

from functools import lru_cache


@lru_cache(maxsize=4096)
def weights(low: float, high: float, last: int = 1 << 53) -> tuple[tuple[int, float], ...]:
    """Return (tick, share) for a delay uniform in low … high ticks; each is split between its two neighbouring ticks.

    What would come after the tick `last` comes in it.

    The share of a tick is the integral of a triangle around it, so that shares add up to 1 and their mean is that of
    the delay. A delay of less than one tick is one.
    """
    low, high = max(1.0, low), max(1.0, high)
    if low >= last:
        return ((last, 1.0),)
    if high - low < 1e-4:  # closer the integrals lose digits
        tick = int(low)
        return ((tick, 1.0 - (low - tick)), (tick + 1, low - tick))
    shares: list[tuple[int, float]] = []
    left = 1.0
    for tick in range(int(low), min(int(high) + 2, last)):
        share = (_ramp(high - tick) - _ramp(low - tick)) / (high - low)
        shares.append((tick, share))
        left -= share
    if int(high) + 2 > last:
        shares.append((last, max(0.0, left)))
    return tuple(shares)


def _ramp(x: float) -> float:
    """Return the integral from −1 to x of the triangle that is 1 at 0 and 0 at ±1."""
    if x <= -1.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    return 0.5 * (1.0 + x) * (1.0 + x) if x < 0.0 else 1.0 - 0.5 * (1.0 - x) * (1.0 - x)


def push_spread(buffer: list[float], at: int, ticks: int, delay: float, spread: float, count: float) -> None:
    """Add `count` to a line of `ticks` after a delay uniform in delay ± spread ticks."""
    if count <= 0.0:
        return
    low, high = max(1.0, delay - spread), max(1.0, delay + spread)
    below = max(0.0, min(1.0, (1.0 - (delay - spread)) / (2.0 * spread)))  # of those who would come back at once
    if below > 0.0:
        buffer[at + min(1, ticks - 1)] += count * below
        count *= 1.0 - below
    for tick, share in weights(low, high, ticks - 1):
        buffer[at + tick] += count * share
