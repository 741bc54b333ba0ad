"""What adaptive throttling counts in a tick (MODEL K)."""

from devops_tycoon.sim.flow.memory import THROTTLE
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.throttle import sizes
from devops_tycoon.sim.flow.tick import Tick


def count(plan: "Plan", tick: "Tick", memory: list[float]) -> None:
    """Write the counts after this tick."""
    network = plan.network
    calls = len(network.calls)
    ticks, tallies = sizes(network.tick_s)
    for entry, at in plan.memory.at[THROTTLE].items():
        if entry < calls:
            made = tick.attempts[entry]
        else:
            made = 0.0
            begin = plan.demand_stream[entry - calls]
            for s in range(begin, begin + network.demands[entry - calls].retries + 1):
                made += tick.attempts[s]
        memory[at] += 1.0
        memory[at + 1] += made + tick.denied[entry]
        memory[at + 2] += made * max(0.0, tick.accepted[entry])
        if memory[at] >= ticks:
            end = at + 3 + 2 * tallies
            memory[at:end] = [0.0, 0.0, 0.0, *memory[at + 1 : end - 2]]
