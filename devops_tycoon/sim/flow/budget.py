"""Retry budgets (MODEL F): first attempts earn tokens, retries spend them; what the tokens do not cover fails.

A token bucket as in Finagle's `RetryBudget` and gRPC's `retryThrottling`: it starts with 10 tokens, holds 100 at most,
each first attempt adds `beta`, each retry takes one. At 100% failure load is so multiplied by 1 + beta, not 1 + n.
The bucket is asked when the attempt is made that will fail, a timeout earlier than a real one would be asked.
"""

from devops_tycoon.sim.flow.memory import BUDGET
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick

CAP = 100.0


def granted(plan: Plan, state: FlowState, entry: int, beta: float | None, first: float, wanted: float) -> float:
    """Return the share of `wanted` retries that the budget of a call or demand covers, after `first` attempts paid."""
    if beta is None or wanted <= 0.0:
        return 1.0
    tokens = state.memory[plan.memory.at[BUDGET][entry]] + beta * first
    return 1.0 if wanted <= tokens else tokens / wanted


def spend(plan: Plan, tick: Tick, memory: list[float]) -> None:
    """Write the tokens that are left after this tick."""
    network = plan.network
    for entry, place in plan.memory.at[BUDGET].items():
        calls = len(network.calls)
        beta = network.calls[entry].budget if entry < calls else network.demands[entry - calls].budget
        tokens = memory[place] + (beta or 0.0) * tick.paid[entry] - tick.wanted[entry] * tick.grant[entry]
        memory[place] = min(CAP, max(0.0, tokens))
