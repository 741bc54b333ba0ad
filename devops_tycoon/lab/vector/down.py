"""Demand goes down, a level of pools at a time: `sim/flow/down.py` for arrays."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.pool_level import PoolLevel, Round
from devops_tycoon.lab.vector.queueing import below_one
from devops_tycoon.lab.vector.station import Step, advance_stations, frozen
from devops_tycoon.lab.vector.tick import Before, Tick
from devops_tycoon.sim.flow.plan import MIN_HOLD_S
from devops_tycoon.sim.flow.shedding import shares
from devops_tycoon.sim.flow.station import NEVER_S

_MOST_CV2 = 4.0
_MOST_BUNCH = 20.0


def send_down(layout: Layout, before: Before, tick: Tick) -> None:
    """Fill in everything per pool, stream and node visit, and the calls' first attempts."""
    for level in layout.pool_levels:
        _level(layout, before, tick, level)


def _level(layout: Layout, before: Before, tick: Tick, at: PoolLevel) -> None:
    dt = layout.plan.network.tick_s
    calls = at.calls
    if len(calls):
        count = tick.first.take(calls, 0)
        if at.generations:
            tick.generations[calls] = count
            for due in before.again[: at.generations]:
                count = count + due.take(calls, 0)
        tick.attempts[calls] = count
    came = tick.attempts.take(at.streams, 0) * at.reach
    arrived = at.by_pool(came)
    asked = at.by_node(came)
    together = came
    packed = asked
    if len(calls):
        callers = at.callers
        factor = _bunch(tick.asked.take(callers, 0), tick.packed.take(callers, 0), at.alone, at.together)
        together = came.copy()
        together[at.call_rows] *= factor
        packed = at.by_node(together)
    bunched = at.by_pool(together)
    weight = tick.inside.take(at.streams, 0) + came
    content = at.by_pool(weight)
    hold, hold_var = tick.hold.take(at.target, 0), tick.hold_var.take(at.target, 0)
    square_hold = hold_var + hold * hold
    mean = at.by_pool(weight * hold) / content
    square = at.by_pool(weight * square_hold) / content
    void = content <= 0.0
    if np.count_nonzero(void):
        mean = np.where(void, at.by_pool(hold / at.crowded[at.at]), mean)
        square = np.where(void, at.by_pool(square_hold / at.crowded[at.at]), square)
    mean = np.minimum(NEVER_S, np.maximum(MIN_HOLD_S, mean * at.stretch))
    spread = np.maximum(0.0, square * at.stretch * at.stretch - mean * mean)
    lost = np.where(at.down > 0.0, arrived, 0.0)
    cv2 = spread / (mean * mean)
    cv2 = np.where((cv2 > 0.999999999) & (cv2 < 1.000000001), 1.0, np.minimum(cv2, _MOST_CV2))
    g = 0.5 * (np.where(arrived > 0.0, np.minimum(bunched / arrived, _MOST_CV2), 1.0) + cv2)
    step = _stations(tick, before, at, dt, mean, g, arrived, lost)
    pools = at.pools
    tick.arrivals[pools] = arrived
    if at.limited:
        came, content, arrived = _shed(tick, at, step, came, content, arrived)
    turned = np.where(
        arrived > 0.0,
        np.minimum(1.0, step.rejected / arrived),
        np.where((at.slots == 0.0) & (step.level >= at.queue), 1.0, 0.0),
    )
    turned = np.where(at.down > 0.0, 0.0, turned)
    tick.pool_hold[pools] = mean
    tick.pool_hold_var[pools] = spread
    tick.served[pools], tick.rejected[pools], tick.level[pools] = step.served, step.rejected, step.level
    tick.variance[pools], tick.waiting[pools] = step.variance, step.waiting
    tick.fixed[pools], tick.theta[pools] = step.fixed, step.theta
    tick.refused[pools] = lost
    tick.full_share[pools] = turned
    tick.down_share[pools] = at.down
    turned = np.where(at.down > 0.0, 1.0, turned)
    mixed = content - arrived * turned
    keep = np.where(mixed > 0.0, np.minimum(1.0, step.level / mixed), 0.0)
    there = tick.inside.take(at.streams, 0) + came * (1.0 - turned)[at.at]
    stays = there * keep[at.at]
    left = there - stays
    tick.inside[at.streams] = stays
    tick.stream_served[at.streams] = left
    nodes = at.nodes
    tick.visits[nodes] = at.by_node(left)
    tick.asked[nodes] = asked
    tick.packed[nodes] = packed
    for round_ in at.rounds:
        _send_on(before, tick, round_)


def _shed(
    tick: Tick, at: PoolLevel, step: Step, came: Array, content: Array, arrived: Array
) -> tuple[Array, Array, Array]:
    """Let limits shed the least important streams first; return what is left of streams, contents and arrivals."""
    came, content, arrived = came.copy(), content.copy(), arrived.copy()
    for row, streams, priority in at.limited:
        for column in np.flatnonzero(step.rejected[row] > 0.0):
            shed = float(step.rejected[row, column])
            counts: list[float] = came[streams, column].tolist()
            gone = shares(max(0.0, 1.0 - shed / float(arrived[row, column])), counts, list(priority))
            tick.shed[at.streams[streams], column] = gone
            came[streams, column] = [count * (1.0 - part) for count, part in zip(counts, gone, strict=True)]
            tick.shed_count[at.pools[row], column] = shed
            content[row, column] -= shed
            arrived[row, column] -= shed
            step.rejected[row, column] = 0.0
    return came, content, arrived


def _send_on(before: Before, tick: Tick, at: Round) -> None:
    """Let nodes call whom they call; function calls within the pool have come to them before."""
    if len(at.nodes):
        inner = at.inner
        first = tick.first.take(inner, 0)
        callers = at.callers_of_inner
        packed = first * _bunch(
            tick.asked.take(callers, 0), tick.packed.take(callers, 0), at.inner_alone, at.inner_together
        )
        nodes = at.nodes
        tick.attempts[inner] = first
        tick.visits[nodes] = at.sums(np.concatenate((tick.visits.take(nodes, 0), first)))
        tick.asked[nodes] = at.sums(np.concatenate((tick.asked.take(nodes, 0), first)))
        tick.packed[nodes] = at.sums(np.concatenate((tick.packed.take(nodes, 0), packed)))
    if len(at.outgoing):
        out = at.outgoing
        tick.first[out] = tick.visits.take(at.callers, 0) * before.passed.take(out, 0) * before.made.take(out, 0)


def _bunch(asked: Array, packed: Array, alone: Array, together: Array) -> Array:
    """Return E[N²]/E[N] of the requests that calls send at once, the callers' own bunches included."""
    more = packed > asked
    if not np.count_nonzero(more):
        return alone
    return np.where(more, np.minimum(_MOST_BUNCH, alone + together * (packed / asked - 1.0)), alone)


def _stations(
    tick: Tick,
    before: Before,
    at: PoolLevel,
    dt: float,
    mean: Array,
    g: Array,
    arrived: Array,
    lost: Array,
) -> Step:
    pools = at.pools
    level, variance, waiting = tick.level.take(pools, 0), tick.variance.take(pools, 0), tick.waiting.take(pools, 0)
    arrivals = arrived - lost
    if not len(at.dead):
        if at.crowd is not None:
            g = _crowded(before, at, dt, mean, g, arrived)
        return advance_stations(at.stations, at.slots / mean, g, dt, level, variance, waiting, arrivals)
    dead = at.dead
    still = frozen(at.dead_places, level[dead], variance[dead], arrivals[dead])
    if not len(at.live):
        return still
    live = at.live
    g = g[live]
    if at.crowd is not None:
        g = _crowded(before, at, dt, mean[live], g, arrived[live])
    step = advance_stations(
        at.stations, at.slots[live] / mean[live], g, dt, level[live], variance[live], waiting[live], arrivals[live]
    )
    both = [np.empty_like(level) for _ in step]
    for whole, x, y in zip(both, step, still, strict=True):
        whole[live] = x
        whole[dead] = y
    return Step(*both)


def _crowded(before: Before, at: PoolLevel, dt: float, mean: Array, g: Array, arrived: Array) -> Array:
    """Shorten the queues in front of which only so many callers can stand (see `_crowd` of the plain kernel)."""
    crowd = at.crowd
    if crowd is None:
        return g
    rows = crowd.rows
    known = crowd.known
    here = arrived.take(rows, 0)
    rho = here * mean.take(rows, 0) / (crowd.c[:, None] * dt)
    places = crowd.places[:, None]
    far = before.given_up.take(known, 0) | (here <= 0.0)
    factor = np.where(far | (places > 0), 1.0, 0.0)
    far |= (places <= 0) | ((rho <= 0.8) & (places > 30)) | ((rho <= 0.5) & (places > 10))
    i, column = np.nonzero(~far)
    if len(i):
        load = np.minimum(rho[i, column], 0.98)
        c, k = crowd.c[i], crowd.places[i]
        loss, mean_inside, likely = below_one(at.stations.tables, crowd.base[i], c, k, load)
        waiting = likely * load / (1.0 - load)
        queued = mean_inside - c * load * (1.0 - loss)
        shorter = np.where(waiting > 1e-9, np.minimum(1.0, np.maximum(0.0, queued / waiting)), 1.0)
        all_out = before.all_out[known[i], column]
        factor[i, column] = 1.0 - np.maximum(all_out, 1.0 / k) * (1.0 - shorter)
    g = g.copy()
    g[rows] *= factor
    return g
