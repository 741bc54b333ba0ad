"""Why requests went bad: one walk from the users down to where the failure or the time came from.

A bad request has exactly one cause. Failures follow the shares of what failed. Slowness follows the time: a slow
answer is split into waiting in the callee's pool, own work and dependencies; waiting in a pool is caused by what its
slots are held for, own work or calls; so is a full queue. So a healthy service whose workers all wait for a slow one
passes the blame on, whether its users gave up or were turned away. What was denied on purpose (shed or throttled, an
open breaker, a full bulkhead) is a cause of its own.
"""

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.staleness import blame_stale, stale_causes
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.users import Outcomes

HOT = 0.95
"""From this share of its slots busy with its own work a pool is itself the bottleneck."""


class Ledger:
    """Bad requests by cause, while they are being added up."""

    __slots__ = (
        "call_errors",
        "down",
        "full_bulkheads",
        "lost_calls",
        "node_errors",
        "open_calls",
        "overload",
        "shedding",
        "slow_calls",
        "slow_entries",
        "stale_calls",
    )

    def __init__(self, plan: Plan) -> None:
        calls = len(plan.network.calls)
        self.overload = [0.0] * len(plan.slots)
        self.down = [0.0] * len(plan.slots)
        self.node_errors = [0.0] * len(plan.work)
        self.lost_calls = [0.0] * calls
        self.call_errors = [0.0] * calls
        self.slow_calls = [0.0] * calls
        self.shedding = [0.0] * len(plan.slots)
        self.open_calls = [0.0] * calls
        self.full_bulkheads = [0.0] * calls
        self.stale_calls = [0.0] * stale_causes(plan)
        self.slow_entries = [0.0] * len(plan.network.demands)

    def causes(self) -> list[list[float]]:
        """Return all causes in the order of `FlowState.pot`, one list per kind."""
        return [
            self.overload,
            self.down,
            self.node_errors,
            self.lost_calls,
            self.call_errors,
            self.slow_calls,
            self.shedding,
            self.open_calls,
            self.full_bulkheads,
            self.stale_calls,
            self.slow_entries,
        ]


def cause_count(plan: Plan) -> int:
    """Return the number of causes a bad request can have."""
    calls, demands = len(plan.network.calls), len(plan.network.demands)
    return 3 * len(plan.slots) + len(plan.work) + 5 * calls + stale_causes(plan) + demands


class _Walk:
    """Bad requests on their way down: per node those whose answer was wrong and those whose answer was slow."""

    __slots__ = ("own_share", "slow", "slow_edge", "wrong")

    def __init__(self, plan: Plan) -> None:
        self.wrong = [0.0] * len(plan.work)
        self.slow = [0.0] * len(plan.work)
        self.slow_edge = [0.0] * len(plan.network.calls)
        self.own_share = [0.0] * len(plan.work)


def bounced_at_entries(plan: Plan, tick: Tick, outcomes: Outcomes) -> list[list[float]]:
    """Return the causes of requests turned away at the entry, which users notice at once."""
    ledger, walk = Ledger(plan), _Walk(plan)
    some = False
    for d, demand in enumerate(plan.network.demands):
        p = plan.pool_of[demand.entry]
        ledger.shedding[p] += outcomes.held_back[d]
        if outcomes.bounced[d] > 0.0:
            some = True
            _turned(plan, tick, ledger, walk, p, outcomes.bounced[d], -1, tick.shed[plan.demand_stream[d]])
    if some:
        _down(plan, tick, ledger, walk)
    return ledger.causes()


def decided(plan: Plan, tick: Tick, outcomes: Outcomes) -> list[list[float]]:
    """Return the causes of everything that this tick decided to become a bad request, now or later."""
    ledger, walk = Ledger(plan), _Walk(plan)
    if plan.stale:
        blame_stale(plan, tick, ledger.stale_calls, outcomes.stale)
    some = False
    for d, demand in enumerate(plan.network.demands):
        walk.wrong[demand.entry] += outcomes.wrong[d]
        walk.slow[demand.entry] += outcomes.slow[d]
        ledger.slow_entries[d] += outcomes.lost[d]
        some = some or outcomes.wrong[d] > 0.0 or outcomes.slow[d] > 0.0
    if not some:
        return ledger.causes()
    _down(plan, tick, ledger, walk)
    for d, demand in enumerate(plan.network.demands):
        p = plan.network.nodes[demand.entry].pool
        amount = outcomes.slow[d] * walk.own_share[demand.entry]
        if _is_hot(plan, tick, p):
            ledger.overload[p] += amount
        else:
            ledger.slow_entries[d] += amount
    return ledger.causes()


def _down(plan: Plan, tick: Tick, ledger: Ledger, walk: _Walk) -> None:
    """Walk all the way down, callers before what they call."""
    wrong, slow, own_share = walk.wrong, walk.slow, walk.own_share
    for n in plan.topology.order:
        if wrong[n] > 0.0:
            _walk_failure(plan, tick, ledger, walk, n)
        if slow[n] > 0.0:
            own_share[n] = _walk_time(plan, tick, ledger, walk, n)
    slow_calls, target = ledger.slow_calls, plan.target
    for e, amount in enumerate(walk.slow_edge):
        if amount > 0.0:
            slow_calls[e] += amount * own_share[target[e]]


def _turned(plan: Plan, tick: Tick, ledger: Ledger, walk: _Walk, p: int, amount: float, rank: int, shed: float) -> None:
    """Blame for requests that pool `p` turned away: it is down, or its queue is full because its slots are held.

    It shed the share `shed` of what came, and then turned away some of the rest.
    """
    if shed > 0.0:
        turned = 1.0 - (1.0 - min(1.0, tick.full_share[p] + tick.down_share[p])) * (1.0 - shed)
        part = amount * shed / turned
        ledger.shedding[p] += part
        amount = max(0.0, amount - part)
    if tick.down_share[p] > 0.0:
        ledger.down[p] += amount
        return
    passed = 0.0
    for e, share in _held_for(plan, tick, p, rank):
        _descend(tick, ledger, walk, e, plan.target[e], amount * share)
        passed += share
    ledger.overload[p] += amount * max(0.0, 1.0 - passed)


def _held_for(plan: Plan, tick: Tick, p: int, rank: int) -> list[tuple[int, float]]:
    """Return the calls that hold the slots of pool `p`, each with its share; the rest is the pool's own work.

    Only calls to nodes that come after `rank` in the order of the walk, so that the walk ends.
    """
    if plan.slots[p] == 0:
        return []
    held_s, visits, work, stretch = tick.held_s, tick.visits, plan.work, plan.stretch[p]
    held = 0.0
    outgoing: list[tuple[int, float]] = []
    for m, crossing in plan.leaving[p]:
        often = visits[m]
        held += often * work[m] * stretch
        for e, place in crossing:
            if held_s[e] > 0.0:
                part = often * held_s[e]
                held += part
                if place > rank and part > 0.0:
                    outgoing.append((e, part))
    return [(e, part / held) for e, part in outgoing] if held > 0.0 else []


def _walk_failure(plan: Plan, tick: Tick, ledger: Ledger, walk: _Walk, n: int) -> None:
    """Split the failed answers of node `n` among its own errors and its required calls."""
    calls, nodes = plan.network.calls, plan.network.nodes
    own = nodes[n].error
    total = own
    weights: list[tuple[int, float]] = []
    for e in plan.topology.calls[n]:
        if calls[e].required and tick.failing[e] > 0.0:
            weight = tick.failing[e] * calls[e].calls
            weights.append((e, weight))
            total += weight
    if total <= 0.0:
        ledger.node_errors[n] += walk.wrong[n]
        return
    ledger.node_errors[n] += walk.wrong[n] * own / total
    for e, weight in weights:
        amount = walk.wrong[n] * weight / total
        j = calls[e].callee
        if plan.topology.local[e]:
            walk.wrong[j] += amount
            continue
        if tick.gate_fail[e] > 0.0:
            denied = amount * tick.gate_fail[e] / tick.failing[e]
            _denied(plan, tick, ledger, e, denied)
            amount -= denied
        if amount <= 0.0:
            continue
        late = tick.att_slow[e]
        known = tick.att_error[e] + tick.att_lost[e] + tick.bounced[e] + late
        inner = max(0.0, tick.att_fail[e] - known)
        part = amount / (known + inner) if known + inner > 0.0 else 0.0
        ledger.call_errors[e] += part * tick.att_error[e]
        ledger.lost_calls[e] += part * tick.att_lost[e]
        if tick.bounced[e] > 0.0:
            _turned(
                plan, tick, ledger, walk, nodes[j].pool, part * tick.bounced[e], plan.topology.rank[n], tick.shed[e]
            )
        walk.wrong[j] += part * inner
        walk.slow[j] += part * late
        walk.slow_edge[e] += part * late


def _denied(plan: Plan, tick: Tick, ledger: Ledger, e: int, amount: float) -> None:
    """Blame for calls that were never made."""
    total = tick.opened[e] + tick.throttled[e] + tick.crammed[e]
    ledger.open_calls[e] += amount * tick.opened[e] / total
    ledger.shedding[plan.network.nodes[plan.network.calls[e].callee].pool] += amount * tick.throttled[e] / total
    ledger.full_bulkheads[e] += amount * tick.crammed[e] / total


def _walk_time(plan: Plan, tick: Tick, ledger: Ledger, walk: _Walk, n: int) -> float:
    """Pass the slow answers of node `n` on along its time; return the share that is its own or its pool's."""
    p = plan.pool_of[n]
    dep_s, target = tick.dep_s, plan.target
    amount = walk.slow[n]
    wait = tick.waiting[p] * (tick.fixed[p] + tick.theta[p])
    own = plan.work[n] * plan.stretch[p]
    total = wait + own
    outgoing = plan.topology.calls[n]
    for e in outgoing:
        total += dep_s[e]
    for e in outgoing:
        if dep_s[e] > 0.0:
            _descend(tick, ledger, walk, e, target[e], amount * dep_s[e] / total)
    here = own / total
    if wait <= 0.0:
        return here
    share = wait / total
    passed = 0.0
    if plan.making[p]:
        for e, part in _held_for(plan, tick, p, plan.topology.rank[n]):
            _descend(tick, ledger, walk, e, target[e], amount * share * part)
            passed += part
    return here + share * (1.0 - passed if passed < 1.0 else 0.0)


def _descend(tick: Tick, ledger: Ledger, walk: _Walk, e: int, callee: int, amount: float) -> None:
    """Blame a call for some time: lost attempts and the way are its own, the rest is the callee's."""
    total = tick.attempt_mean[e]
    if total <= 0.0:
        ledger.slow_calls[e] += amount
        return
    rest = amount
    if tick.lost_s[e] > 0.0:
        lost = min(amount, amount * tick.lost_s[e] / total)
        ledger.lost_calls[e] += lost
        rest = amount - lost
    core = amount * tick.core_s[e] / total
    if core < rest:
        ledger.slow_calls[e] += rest - core
    else:
        core = rest
    walk.slow[callee] += core
    walk.slow_edge[e] += core


def _is_hot(plan: Plan, tick: Tick, p: int) -> bool:
    c = plan.slots[p]
    busy = 0.0
    for m in plan.topology.members[p]:
        busy += tick.visits[m] * plan.work[m] * plan.stretch[p]
    return c == 0 or busy >= HOT * c * plan.network.tick_s
