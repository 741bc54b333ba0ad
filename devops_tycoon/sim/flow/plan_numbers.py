"""Single numbers of a plan: whole slots, crowds, priorities, delays in ticks, batch factors."""

from collections.abc import Mapping
from math import floor

from devops_tycoon.sim.flow.choice import Choice
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.topology import Topology

HANG_S = 600.0
"""A lost attempt without a timeout hangs so long; no delay is remembered for longer."""


def whole_slots(slots: float) -> int:
    """Return slots rounded up; a hair above a whole number is that number."""
    if slots <= 0.0:
        return 0
    whole = floor(slots)
    return whole if whole > 0 and slots - whole < 1e-9 * whole else whole + 1


def crowd_of(network: Network, slots: tuple[int, ...], streams: list[int], choices: Mapping[int, Choice]) -> float:
    """Return how many requests can be in a pool at most: serial calls share their caller's slots, parallel ones add."""
    serial: dict[int, float] = {}
    parallel: dict[int, float] = {}
    for s in streams:
        if s >= len(network.calls) or not network.calls[s].hold or network.calls[s].detached:
            return -1.0
        call = network.calls[s]
        caller = network.nodes[call.caller].pool
        if call.parallel:
            calls = choices[s].calls if s in choices else call.calls
            parallel[caller] = parallel.get(caller, 0.0) + float(slots[caller]) * max(1, -floor(-calls))
        else:
            serial[caller] = float(slots[caller])
    total = 0.0
    for caller in sorted({*serial, *parallel}):
        total += max(serial.get(caller, 0.0), parallel.get(caller, 0.0))
    return total


def held_pools(
    network: Network, topology: Topology, target: list[int], entering: list[list[int]]
) -> tuple[tuple[int, ...], ...]:
    """Return, per pool, the entered nodes that wait for other pools while holding a slot."""
    waits = [False] * len(network.nodes)
    for n in reversed(topology.order):
        for e in topology.calls[n]:
            call = network.calls[e]
            waits[n] = waits[n] or (waits[call.callee] if topology.local[e] else call.hold and not call.detached)
    return tuple([tuple(sorted({target[s] for s in streams if waits[target[s]]})) for streams in entering])


def priorities(network: Network, topology: Topology) -> tuple[int, ...]:
    """Return the priorities of the streams; a node has the best of those who need it."""
    rank = [2] * len(network.nodes)
    for demand in network.demands:
        rank[demand.entry] = min(rank[demand.entry], demand.priority)
    for n in topology.order:
        for e in topology.calls[n]:
            j = network.calls[e].callee
            rank[j] = min(rank[j], rank[n])
    streams = [rank[call.caller] for call in network.calls]
    for demand in network.demands:
        streams += [demand.priority] * (demand.retries + 1)
    return tuple(streams)


def delay_ticks(delay_s: float, dt: float) -> int:
    """Return the places that a line of delays needs: its ticks, a split and the tick under way."""
    return floor(min(delay_s, HANG_S) / dt) + 3


def batch_factor(k: float) -> float:
    """Return the batch factor of k calls per call, its fraction by chance (MODEL M)."""
    """Return E[N²]/E[N] of ⌊k⌋ calls and one more with the rest as probability."""
    whole = int(k)
    rest = k - whole
    if k <= 1.0:
        return 1.0
    return (float(whole) * whole * (1.0 - rest) + float(whole + 1) * (whole + 1) * rest) / k
