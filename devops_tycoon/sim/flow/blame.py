"""Why requests went bad: one walk from the users down to where the failure or the time came from.

A bad request has exactly one cause. Failures follow the shares of what failed. Slowness follows the time: a slow
answer is split into waiting in the callee's pool, own work and dependencies; waiting in a pool is caused by what its
slots are held for, own work or calls. So a healthy service whose workers all wait for a slow one passes the blame on.
"""

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.users import Outcomes

HOT = 0.95
"""From this share of its slots busy with its own work a pool is itself the bottleneck."""


class Ledger:
    """Bad requests by cause, while they are being added up."""

    __slots__ = ("call_errors", "down", "lost_calls", "node_errors", "overload", "slow_calls", "slow_entries")

    def __init__(self, plan: Plan) -> None:
        calls = len(plan.network.calls)
        self.overload = [0.0] * len(plan.slots)
        self.down = [0.0] * len(plan.slots)
        self.node_errors = [0.0] * len(plan.work)
        self.lost_calls = [0.0] * calls
        self.call_errors = [0.0] * calls
        self.slow_calls = [0.0] * calls
        self.slow_entries = [0.0] * len(plan.network.demands)

    def causes(self) -> list[float]:
        """Return all causes in the order of `FlowState.pot`."""
        return [
            *self.overload,
            *self.down,
            *self.node_errors,
            *self.lost_calls,
            *self.call_errors,
            *self.slow_calls,
            *self.slow_entries,
        ]


def cause_count(plan: Plan) -> int:
    """Return the number of causes a bad request can have."""
    return 2 * len(plan.slots) + len(plan.work) + 3 * len(plan.network.calls) + len(plan.network.demands)


def bounced_at_entries(plan: Plan, tick: Tick, outcomes: Outcomes) -> list[float]:
    """Return the causes of requests turned away at the entry, which users notice at once."""
    ledger = Ledger(plan)
    for d, demand in enumerate(plan.network.demands):
        _turned(ledger, tick, plan.network.nodes[demand.entry].pool, outcomes.bounced[d])
    return ledger.causes()


def decided(plan: Plan, tick: Tick, outcomes: Outcomes) -> list[float]:
    """Return the causes of everything that this tick decided to become a bad request, now or later."""
    ledger = Ledger(plan)
    demands, topology = plan.network.demands, plan.topology
    wrong = [0.0] * len(plan.work)
    slow = [0.0] * len(plan.work)
    slow_edge = [0.0] * len(plan.network.calls)
    own_share = [0.0] * len(plan.work)
    some = False
    for d, demand in enumerate(demands):
        wrong[demand.entry] += outcomes.wrong[d]
        slow[demand.entry] += outcomes.slow[d]
        some = some or outcomes.wrong[d] > 0.0 or outcomes.slow[d] > 0.0
    if not some:
        return ledger.causes()
    for n in topology.order:
        if wrong[n] > 0.0:
            _walk_failure(plan, tick, ledger, n, wrong, slow, slow_edge)
        if slow[n] > 0.0:
            own_share[n] = _walk_time(plan, tick, ledger, n, slow, slow_edge)
    hot = [_is_hot(plan, tick, p) for p in range(len(plan.slots))]
    for e, call in enumerate(plan.network.calls):
        ledger.slow_calls[e] += slow_edge[e] * own_share[call.callee]
    for d, demand in enumerate(demands):
        p = plan.network.nodes[demand.entry].pool
        amount = outcomes.slow[d] * own_share[demand.entry]
        if hot[p]:
            ledger.overload[p] += amount
        else:
            ledger.slow_entries[d] += amount
    return ledger.causes()


def _turned(ledger: Ledger, tick: Tick, p: int, amount: float) -> None:
    if tick.down_share[p] > 0.0:
        ledger.down[p] += amount
    else:
        ledger.overload[p] += amount


def _walk_failure(
    plan: Plan,
    tick: Tick,
    ledger: Ledger,
    n: int,
    wrong: list[float],
    slow: list[float],
    slow_edge: list[float],
) -> None:
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
        ledger.node_errors[n] += wrong[n]
        return
    ledger.node_errors[n] += wrong[n] * own / total
    for e, weight in weights:
        amount = wrong[n] * weight / total
        j = calls[e].callee
        if plan.topology.local[e]:
            wrong[j] += amount
            continue
        late = tick.att_slow[e]
        known = tick.att_error[e] + tick.att_lost[e] + tick.bounced[e] + late
        inner = max(0.0, tick.att_fail[e] - known)
        part = amount / (known + inner)
        ledger.call_errors[e] += part * tick.att_error[e]
        ledger.lost_calls[e] += part * tick.att_lost[e]
        _turned(ledger, tick, nodes[j].pool, part * tick.bounced[e])
        wrong[j] += part * inner
        slow[j] += part * late
        slow_edge[e] += part * late


def _walk_time(plan: Plan, tick: Tick, ledger: Ledger, n: int, slow: list[float], slow_edge: list[float]) -> float:
    """Pass the slow answers of node `n` on along its time; return the share that is its own or its pool's."""
    topology = plan.topology
    p = plan.network.nodes[n].pool
    amount = slow[n]
    wait = tick.waiting[p] * (tick.fixed[p] + tick.theta[p])
    own = plan.work[n] * plan.stretch[p]
    total = wait + own
    for e in topology.calls[n]:
        total += tick.dep_s[e]
    for e in topology.calls[n]:
        if tick.dep_s[e] > 0.0:
            _descend(plan, tick, ledger, e, amount * tick.dep_s[e] / total, slow, slow_edge)
    here = own / total
    if wait <= 0.0:
        return here
    # what the pool's slots are held for
    held = 0.0
    outgoing: list[tuple[int, float]] = []
    for m in topology.members[p]:
        often = tick.visits[m]
        held += often * plan.work[m] * plan.stretch[p]
        for e in topology.calls[m]:
            if not topology.local[e] and tick.held_s[e] > 0.0:
                held += often * tick.held_s[e]
                if topology.rank[plan.network.calls[e].callee] > topology.rank[n]:
                    outgoing.append((e, often * tick.held_s[e]))
    share = wait / total
    if held <= 0.0 or plan.slots[p] == 0:
        return here + share
    passed = 0.0
    for e, part in outgoing:
        if part > 0.0:
            _descend(plan, tick, ledger, e, amount * share * part / held, slow, slow_edge)
            passed += part / held
    return here + share * max(0.0, 1.0 - passed)


def _descend(
    plan: Plan, tick: Tick, ledger: Ledger, e: int, amount: float, slow: list[float], slow_edge: list[float]
) -> None:
    """Blame a call for some time: lost attempts and the way are its own, the rest is the callee's."""
    total = tick.attempt_mean[e]
    if total <= 0.0:
        ledger.slow_calls[e] += amount
        return
    lost = amount * tick.lost_s[e] / total
    core = min(amount - lost, amount * tick.core_s[e] / total)
    ledger.lost_calls[e] += lost
    ledger.slow_calls[e] += amount - lost - core
    slow[plan.network.calls[e].callee] += core
    slow_edge[e] += core


def _is_hot(plan: Plan, tick: Tick, p: int) -> bool:
    c = plan.slots[p]
    busy = 0.0
    for m in plan.topology.members[p]:
        busy += tick.visits[m] * plan.work[m] * plan.stretch[p]
    return c == 0 or busy >= HOT * c * plan.network.tick_s
