"""Circuit breakers (MODEL H): a caller that sees many failures stops asking for a while, then probes.

After M. Nygard, *Release It!* (2007), and the count-by-time window of resilience4j. An outcome counts when the caller
knows it: a timeout a timeout later. Closed: all attempts pass; the breaker opens when at least `min_calls` outcomes are
known and the share of failures reaches `threshold`. Open: all attempts fail at once for `open_s`. Half-open: `probes`
attempts pass, the others fail at once. A real breaker closes when all probes succeed and opens again at the first that
fails; here it closes when all succeed with a probability over one half, otherwise it stays open for `open_s` and the
timeout that it took to know. The window is at most 600 ticks long.
"""

from math import floor
from typing import TYPE_CHECKING

from devops_tycoon.sim.flow.network import Breaker

if TYPE_CHECKING:  # the plan lays out the breakers' memory, and a tick is made for a plan
    pass

CLOSED, OPEN, HALF_OPEN = 0.0, 1.0, 2.0
LONGEST = 600
"""Ticks of a window or of a delay at most."""
HEAD = 4
"""Mode, seconds left, probes left, probes failed; then calls and failures of the window, then those known later."""


def sizes(breaker: Breaker, timeout_s: float | None, dt: float) -> tuple[int, int]:
    """Return ticks of the window and ticks until a timeout is known."""
    window = max(1, min(LONGEST, floor(breaker.window_s / dt + 0.5)))
    return window, min(LONGEST, floor((timeout_s or 0.0) / dt)) + 2


def fresh(breaker: Breaker, timeout_s: float | None, dt: float) -> tuple[float, ...]:
    """Return the memory of a closed breaker that knows nothing."""
    window, later = sizes(breaker, timeout_s, dt)
    return (0.0,) * (HEAD + 2 * window + 2 * later)


def passing(memory: tuple[float, ...], at: int, wanted: float) -> float:
    """Return the share of `wanted` attempts that the breaker lets pass in this tick."""
    mode = memory[at]
    if mode == CLOSED:
        return 1.0
    if mode == OPEN:
        return 0.0
    return min(1.0, memory[at + 2] / wanted) if wanted > 0.0 else 1.0
