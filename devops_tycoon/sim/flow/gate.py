"""What keeps a caller from asking at all: an open breaker, throttling, a full bulkhead, asked in this order.

What the gate denies fails at once and for good: it costs no time, reaches nobody and is not tried again.
"""

from devops_tycoon.sim.flow import breaker, throttle
from devops_tycoon.sim.flow.bulkhead import share_let_in
from devops_tycoon.sim.flow.memory import BREAKER, THROTTLE
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick


def through_gate(plan: Plan, state: FlowState, tick: Tick, entry: int, p: int, wanted: float, arrived: float) -> float:
    """Return the share of `wanted` attempts into pool `p` that are made; `arrived` others are there already."""
    share = 1.0
    at = plan.memory.at[BREAKER].get(entry)
    if at is not None:
        share = breaker.passing(state.memory, at, wanted)
        tick.opened[entry] = 1.0 - share
    at = plan.memory.at[THROTTLE].get(entry)
    if at is not None:
        back = throttle.held_back(state.memory, at, plan.network.tick_s)
        tick.throttled[entry] = share * back
        share *= 1.0 - back
    if entry < len(plan.network.calls):
        call = plan.network.calls[entry]
        if call.bulkhead is not None and share > 0.0:
            dt = plan.network.tick_s
            c = plan.slots[p]
            capacity = c / max(1e-9, tick.hold[call.callee] * plan.stretch[p])
            rest = call.latency_s + state.answer_s[call.callee] * plan.stretch[p]
            backlog = tick.level[p] + arrived - capacity * dt - c
            let = share_let_in(call.bulkhead, share * wanted, dt, rest, call.timeout_s, backlog, capacity)
            tick.crammed[entry] = share * (1.0 - let)
            share *= let
    tick.passing[entry] = share
    tick.denied[entry] = wanted * (1.0 - share)
    return share
