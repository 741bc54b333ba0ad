"""Holding times within one tick: workers that wait for others, and others that wait for nobody else, must agree.

MODEL G gives next tick's holding time from this tick's waits. That is enough while a caller has slots to spare: what
it sends on does not depend on how long its slots are held. A caller without spare slots sends on only what its slots
let through, and that decides the very waits that hold them. Left to the next tick the two overshoot in turn (measured:
24 workers in front of 4 disks at 105% load, 10 s ticks: 25% available; request by request 92%). So where a pool is
tight, the tick is computed again with a better guess until guess and outcome agree: galloping, then bisection in the
logarithm, since a longer hold means fewer calls and so shorter waits.
"""

from collections.abc import Callable
from math import sqrt

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.tick import Tick

TIGHT = 0.85
"""A pool is tight where its requests would keep this share of its slots busy."""
AGREE = 0.02
"""Guess and outcome agree within this share."""
CLOSE = 1.002
"""The bracket is closed at this ratio of its ends."""
MOST = 18
"""Passes at most; the next tick goes on from the best guess."""


def settled(plan: Plan, hold: tuple[float, ...], run: Callable[[list[float]], Tick]) -> Tick:
    """Return the tick whose holding times agree with what they cause; `run` computes it for a guess per node."""
    guess = list(hold)
    tick = run(guess)
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    stride: dict[int, float] = {}
    known: set[int] = set()
    for _ in range(MOST):
        moved = False
        for p in range(len(plan.slots)):
            for n in plan.holds[p]:
                h, g = guess[n], tick.hold[n]
                if n not in known:
                    if abs(g - h) <= AGREE * h or not _tight(plan, tick, p, max(g, h)):
                        continue
                    known.add(n)
                moved = _better(n, g, guess, low, high, stride) or moved
        if not moved:
            break
        tick = run(guess)
    for n in sorted(known):
        tick.hold[n] = guess[n]
    return tick


def _tight(plan: Plan, tick: Tick, p: int, hold: float) -> bool:
    here = tick.level[p] + tick.served[p]
    return here * hold > TIGHT * plan.slots[p] * plan.network.tick_s


def _better(
    n: int,
    outcome: float,
    guess: list[float],
    low: dict[int, float],
    high: dict[int, float],
    stride: dict[int, float],
) -> bool:
    """Move the guess of one node towards agreement; return whether it moved."""
    h = guess[n]
    if abs(outcome - h) <= AGREE * h:
        return False
    if h <= 0.0:
        guess[n] = outcome  # no stride leads away from nothing
        return True
    if outcome > h:
        low[n] = h
        if n in high and high[n] <= h:
            del high[n]  # the other pools have moved meanwhile
    else:
        high[n] = h
        if n in low and low[n] >= h:
            del low[n]
    if n in low and n in high:
        if high[n] <= CLOSE * low[n]:
            return False
        guess[n] = sqrt(low[n] * high[n])
        return True
    step = stride.get(n, 1.1)
    stride[n] = step * step
    guess[n] = min(outcome, h * step) if outcome > h else max(outcome, h / step)
    return True
