"""What protections know after a tick: each writes its own part of the memory."""

from math import isfinite

from devops_tycoon.sim.flow import breaker_outcomes, cache, throttle_counts
from devops_tycoon.sim.flow.budget import spend
from devops_tycoon.sim.flow.memory import BREAKER, QUOTA
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.quota import tokens_after
from devops_tycoon.sim.flow.redelivery import remember_messages
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick


def remembered(plan: Plan, state: FlowState, tick: Tick) -> tuple[float, ...]:
    """Return the memory after this tick."""
    if not state.memory:
        return state.memory
    memory = list(state.memory)
    spend(plan, tick, memory)
    breaker_outcomes.watch(plan.network, plan.memory.at[BREAKER], tick, memory)
    throttle_counts.count(plan, tick, memory)
    remember_messages(plan, tick, memory)
    cache.learn(plan, tick, memory)
    if plan.memory.at[QUOTA]:
        _count_tokens(plan, tick, memory)
    for value in memory:
        if not isfinite(value):
            raise ArithmeticError("a protection remembers a number that is not finite; please report the network")
    return tuple([value + 0.0 for value in memory])


def _count_tokens(plan: Plan, tick: Tick, memory: list[float]) -> None:
    """Write what is left in the buckets of the quotas."""
    for owner, at in plan.memory.at[QUOTA].items():
        p = owner - len(plan.line)
        quota = plan.network.pools[p].quota
        if quota is not None:
            taken = max(0.0, tick.arrivals[p] - tick.shed_count[p])
            memory[at] = tokens_after(quota, memory[at], taken, plan.network.tick_s)
