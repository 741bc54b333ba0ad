"""Adaptive throttling (MODEL K): callers hold back what an overloaded callee would turn away anyway.

*Site Reliability Engineering* (Google, 2016), chapter 21: over the last two minutes a caller counts its requests and
those that were accepted, and rejects new ones itself with probability max(0, (requests − 2·accepts) / (requests + 1)).
Accepted is what the callee took and answered in time. The two minutes slide by tallies of about five seconds; the
oldest counts in part. (A memory that fades forgets an incident too early: before a limit, with retries, it was 7
to 8 points too good.)
"""

from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the plan lays out the memory
    pass

WINDOW_S = 120.0
MULTIPLIER = 2.0
_TALLY_S = 5.0


def sizes(dt: float) -> tuple[int, int]:
    """Return ticks in a tally and tallies in the window."""
    ticks = max(1, floor(_TALLY_S / dt + 0.5))
    return ticks, max(1, floor(WINDOW_S / (ticks * dt) + 0.5))


def fresh(dt: float) -> tuple[float, ...]:
    """Return the memory of a caller that has not asked yet.

    Ticks in the newest tally; then requests and accepts of the newest, of the full ones, of the one that is leaving.
    """
    _, tallies = sizes(dt)
    return (0.0,) * (3 + 2 * tallies)


def held_back(memory: tuple[float, ...], at: int, dt: float) -> float:
    """Return the share of requests that the caller rejects itself."""
    ticks, tallies = sizes(dt)
    requests = accepts = 0.0
    last = at + 1 + 2 * tallies
    for i in range(at + 1, last, 2):
        requests += memory[i]
        accepts += memory[i + 1]
    rest = 1.0 - memory[at] / ticks
    requests += rest * memory[last]
    accepts += rest * memory[last + 1]
    return max(0.0, (requests - MULTIPLIER * accepts) / (requests + 1.0))
