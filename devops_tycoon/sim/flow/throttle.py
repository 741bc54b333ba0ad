"""Adaptive throttling (MODEL K): callers hold back what an overloaded callee would turn away anyway.

*Site Reliability Engineering* (Google, 2016), chapter 21: over the last two minutes a caller counts its requests and
those that were accepted, and rejects new ones itself with probability max(0, (requests − 2·accepts) / (requests + 1)).
Accepted is what the callee took and answered in time. The two minutes are an exponential window here.
"""

from devops_tycoon.sim.flow.memory import THROTTLE
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.tick import Tick

WINDOW_S = 120.0
MULTIPLIER = 2.0


def held_back(memory: tuple[float, ...], at: int) -> float:
    """Return the share of requests that the caller rejects itself."""
    requests, accepts = memory[at], memory[at + 1]
    return max(0.0, (requests - MULTIPLIER * accepts) / (requests + 1.0))


def count(plan: Plan, tick: Tick, memory: list[float]) -> None:
    """Write the counts after this tick."""
    network = plan.network
    calls = len(network.calls)
    keep = WINDOW_S / (WINDOW_S + network.tick_s)
    for entry, place in plan.memory.at[THROTTLE].items():
        if entry < calls:
            made = tick.attempts[entry]
        else:
            made = 0.0
            begin = plan.demand_stream[entry - calls]
            for s in range(begin, begin + network.demands[entry - calls].retries + 1):
                made += tick.attempts[s]
        memory[place] = keep * (memory[place] + made + tick.denied[entry])
        memory[place + 1] = keep * (memory[place + 1] + made * tick.accepted[entry])
