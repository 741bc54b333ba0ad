"""Holding times and waits of one tick agree, run by run: `sim/flow/settle.py`; only runs that do not agree go on."""

from collections.abc import Callable

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, Mask
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.tick import Tick
from devops_tycoon.sim.flow.settle import AGREE, CLOSE, MOST


def settled(layout: Layout, hold: Array, run: Callable[[Array, Index | None], Tick]) -> Tick:
    """Return the tick whose holding times agree with what they cause; `run` computes some columns for a guess."""
    tick = run(hold, None)
    nodes = layout.hold_nodes
    if not len(nodes):
        return tick
    pools = layout.hold_pools
    room = layout.hold_room
    guess = hold[nodes].copy()
    low, high = np.full_like(guess, np.nan), np.full_like(guess, np.nan)
    stride = np.full_like(guess, 1.1)
    known = np.zeros(guess.shape, dtype=bool)
    active: Index = np.arange(guess.shape[1])
    for _ in range(MOST):
        outcome = tick.hold[nodes][:, active]
        h = guess[:, active]
        here = tick.level[pools][:, active] + tick.served[pools][:, active]
        off = np.abs(outcome - h) > AGREE * h
        tight = here * np.maximum(outcome, h) > room
        known[:, active] |= off & tight
        todo = known[:, active] & off
        if not todo.any():
            break
        moved = _better(todo, outcome, h, low, high, stride, guess, active)
        some = moved.any(axis=0)
        if not some.any():
            break
        active = active[some]
        full = hold[:, active].copy()
        full[nodes] = guess[:, active]
        tick.take_over(run(full, active), active)
    tick.hold[nodes] = np.where(known, guess, tick.hold[nodes])
    return tick


def _better(
    todo: Mask,
    outcome: Array,
    h: Array,
    low: Array,
    high: Array,
    stride: Array,
    guess: Array,
    active: Index,
) -> Mask:
    """Move the guesses towards agreement; return which moved."""
    nothing = todo & (h <= 0.0)  # no stride leads away from nothing
    todo = todo & ~nothing
    l_, u, step = low[:, active], high[:, active], stride[:, active]
    longer = todo & (outcome > h)
    shorter = todo & ~(outcome > h)
    l_ = np.where(longer, h, l_)
    u = np.where(longer & (u <= h), np.nan, u)  # the other pools have moved meanwhile
    u = np.where(shorter, h, u)
    l_ = np.where(shorter & (l_ >= h), np.nan, l_)
    both = todo & ~np.isnan(l_) & ~np.isnan(u)
    closed = both & (u <= CLOSE * l_)
    middle = both & ~closed
    out = todo & ~both
    new = np.where(middle, np.sqrt(l_ * u), h)
    new = np.where(out & longer, np.minimum(outcome, h * step), new)
    new = np.where(out & shorter, np.maximum(outcome, h / step), new)
    new = np.where(nothing, outcome, new)
    low[:, active], high[:, active] = l_, u
    stride[:, active] = np.where(out, step * step, step)
    guess[:, active] = new
    moved: Mask = middle | out | nothing
    return moved
