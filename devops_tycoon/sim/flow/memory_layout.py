"""Where the protections of a network keep what they remember."""

from collections.abc import Sequence

from devops_tycoon.sim.flow import breaker, contents, throttle
from devops_tycoon.sim.flow.memory import (
    BREAKER,
    BUDGET,
    CACHE,
    MESSAGES,
    QUOTA,
    START_TOKENS,
    THROTTLE,
    TRIES,
    Memory,
    laid_out,
)
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.topology import Topology


def memory_of(network: Network, topology: Topology) -> Memory:
    """Return the places of what the network's protections remember."""
    parts: list[tuple[int, int, Sequence[float]]] = []
    calls = len(network.calls)
    for e, call in enumerate(network.calls):
        if not topology.local[e] and call.retries and call.budget is not None:
            parts.append((BUDGET, e, (START_TOKENS,)))
        if not topology.local[e] and call.breaker is not None:
            parts.append((BREAKER, e, breaker.fresh(call.breaker, call.timeout_s, network.tick_s)))
        if not topology.local[e] and network.pools[network.nodes[call.callee].pool].throttle:
            parts.append((THROTTLE, e, throttle.fresh(network.tick_s)))
        if call.detached and not topology.local[e] and (call.ordered or call.retries):
            parts.append((TRIES, e, (1.0,)) if call.ordered else (MESSAGES, e, (0.0,) * call.retries))
        if not topology.local[e] and call.cache is not None and not call.detached:
            parts.append((CACHE, e, contents.fresh(call.cache, network.tick_s)))
    for d, demand in enumerate(network.demands):
        if demand.retries and demand.budget is not None:
            parts.append((BUDGET, calls + d, (START_TOKENS,)))
        if network.pools[network.nodes[demand.entry].pool].throttle:
            parts.append((THROTTLE, calls + d, throttle.fresh(network.tick_s)))
    for p, pool in enumerate(network.pools):
        if pool.quota is not None:
            parts.append((QUOTA, calls + len(network.demands) + p, (pool.quota.burst,)))
    return laid_out(parts)


def gated_of(network: Network, topology: Topology, memory: Memory) -> tuple[bool, ...]:
    """Return for each call and demand whether a breaker, throttling or a bulkhead may keep it from asking."""
    known = {*memory.at[BREAKER], *memory.at[THROTTLE]}
    calls = len(network.calls)
    return tuple(
        [
            e in known or (e < calls and not topology.local[e] and network.calls[e].bulkhead is not None)
            for e in range(calls + len(network.demands))
        ]
    )
