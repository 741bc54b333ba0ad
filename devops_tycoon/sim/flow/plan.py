"""Compiles a `Network` into flat tuples: once for who calls whom, once for the numbers in effect."""

from collections.abc import Mapping
from dataclasses import dataclass

from devops_tycoon.sim.flow.choice import Choice, choices_of, share_of
from devops_tycoon.sim.flow.memory import (
    Memory,
)
from devops_tycoon.sim.flow.memory_layout import gated_of, memory_of
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.plan_numbers import (
    HANG_S,
    batch_factor,
    crowd_of,
    delay_ticks,
    held_pools,
    priorities,
    whole_slots,
)
from devops_tycoon.sim.flow.rows import (
    AtOnce,
    Entry,
    InTurn,
    Leaving,
    Retrying,
    Station,
    Way,
    at_once_of,
    callers_of,
    in_turn_of,
    leaving_of,
    lost_of,
    nearby_of,
    patience_of,
    retrying_of,
    ways_of,
)
from devops_tycoon.sim.flow.topology import Topology, topology_of

MIN_HOLD_S = 1e-9


@dataclass(frozen=True, slots=True)
class Plan:
    """A network ready to run."""

    network: Network
    topology: Topology
    slots: tuple[int, ...]
    in_effect: tuple[float, ...]
    """Per pool: slots in effect; a fraction is a brown-out."""
    stretch: tuple[float, ...]
    """Per pool: whole slots / slots in effect: how much slower each works in a brown-out."""
    pool_of: tuple[int, ...]
    """Per node."""
    work: tuple[float, ...]
    """Per node: mean own time, injected slowness included."""
    work_var: tuple[float, ...]
    right: tuple[float, ...]
    """Per node: share of answers that are no errors of its own."""
    upwards: tuple[int, ...]
    """Nodes, callees before callers."""
    together: tuple[tuple[AtOnce, ...], ...]
    """Per node: its calls that go out together."""
    in_turn: tuple[tuple[InTurn, ...], ...]
    """Per node: its calls that follow one another."""
    ways: tuple[Way | None, ...]
    """Per call: what never changes about it; None for messages and inside a pool."""
    lost: tuple[tuple[float, ...], ...]
    """Shares refused and lost on the way, and the time of the lost (s); each per call, 0 where there is no way."""
    reach: tuple[float, ...]
    """Per stream: share of attempts that get to the pool."""
    target: tuple[int, ...]
    """Per stream: node."""
    batch: tuple[float, ...]
    """Per stream: squared coefficient of variation of its arrivals, E[N²]/E[N] for N calls at once (MODEL M)."""
    entering: tuple[tuple[int, ...], ...]
    """Per pool: streams."""
    called: tuple[tuple[Entry, ...], ...]
    """Per pool: the calls among its streams, ready to run."""
    asked: tuple[tuple[tuple[int, int, float], ...], ...]
    """Per pool: the demands' streams among its streams: stream, node, reach."""
    crowd: tuple[float, ...]
    """Per pool: most requests it can have at once, because each holds a slot of its caller; −1 = no end."""
    patience: tuple[tuple[tuple[float, int], ...], ...]
    """Per pool: timeout and callee of the calls into it that have a timeout."""
    callers: tuple[tuple[int, ...], ...]
    """Per pool: the pools that call it, one for each call."""
    holds: tuple[tuple[int, ...], ...]
    """Per pool: the nodes by which requests enter it whose slots wait for other pools."""
    demand_stream: tuple[int, ...]
    """Per demand: the stream of its first attempts."""
    line: tuple[int, ...]
    """Per call, then demand: where its delay lines begin; −1 = it has none."""
    length: tuple[int, ...]
    """Per call, then demand: ticks in one line."""
    line_count: tuple[int, ...]
    line_total: int
    shape: tuple[float, ...]
    memory: Memory
    gated: tuple[bool, ...]
    """Per call, then demand: something may keep it from asking."""
    priority: tuple[int, ...]
    """Per stream: the best priority of the demands behind it."""
    choices: Mapping[int, Choice]
    """Per call that is one of several alternatives: all of them."""
    retrying: tuple[Retrying, ...]
    """The calls that are tried again, messages apart."""
    messages: tuple[int, ...]
    """The detached calls."""
    leaving: tuple[tuple[Leaving, ...], ...]
    """Per pool: its nodes with the calls that leave it."""
    making: tuple[tuple[int, ...], ...]
    """Per pool: its nodes that call others."""
    nearby: tuple[tuple[tuple[int, int, bool], ...], ...]
    """Per node: its calls inside the pool and those with a cache: call, callee, inside."""
    stations: tuple[Station, ...]
    """Per pool."""
    guarded: tuple[bool, ...]
    """Per pool: it has a quota."""
    ordered: Mapping[int, int]
    """Per node whose messages come in order: the call that brings them."""
    in_order: frozenset[int]
    """The pools of these nodes."""
    stale: tuple[int, ...]
    """The calls whose callee may answer with old data."""


_last: list[Plan] = []


def plan_of(network: Network) -> Plan:
    """Return the network's plan; the last few are remembered, so an unchanged network costs nothing."""
    for plan in tuple(_last):
        if plan.network is network:
            return plan
    plan = _compile(network)
    _last[:] = [plan, *_last[:3]]
    return plan


def _compile(network: Network) -> Plan:
    topology = topology_of(network)
    choices = choices_of(network, topology.local)
    dt = network.tick_s
    slots = tuple([whole_slots(pool.slots) for pool in network.pools])
    stretch = tuple([c / pool.slots if c else 1.0 for c, pool in zip(slots, network.pools, strict=True)])
    work: list[float] = []
    work_var: list[float] = []
    for node in network.nodes:
        own = max(node.work_s, MIN_HOLD_S)
        work.append(own + node.slow_s)
        work_var.append(own * own * node.cv2 + node.slow_s * node.slow_s)
    target = [call.callee for call in network.calls]
    reach = [(1.0 - call.error) * (1.0 - call.lost) for call in network.calls]
    batch = [batch_factor(call.calls) if call.parallel else 1.0 for call in network.calls]
    for e, choice in choices.items():
        if network.calls[e].parallel:  # of K calls at once each goes here with the share w: 1 + w(b − 1)
            batch[e] = 1.0 + share_of(choices, e) * (batch_factor(choice.calls) - 1.0)
    demand_stream: list[int] = []
    line: list[int] = []
    length: list[int] = []
    count: list[int] = []
    for call, inside in zip(network.calls, topology.local, strict=True):
        lines = 0 if inside or call.ordered else call.retries
        count.append(lines)
        length.append(delay_ticks((call.timeout_s or 0.0) + call.backoff_s * (1.0 + call.jitter), dt) if lines else 0)
    for demand in network.demands:
        demand_stream.append(len(target))
        target += [demand.entry] * (demand.retries + 1)
        reach += [1.0 - demand.lost] * (demand.retries + 1)
        batch += [1.0] * (demand.retries + 1)
        count.append(demand.retries + OUTCOMES)
        longest = demand.backoff_s * (1.0 + demand.jitter)
        length.append(delay_ticks((HANG_S if demand.timeout_s is None else demand.timeout_s) + longest, dt))
    crossing = [e for e, inside in enumerate(topology.local) if not inside]
    messages = tuple([e for e in crossing if network.calls[e].detached])
    memory = memory_of(network, topology)
    total = 0
    for lines, ticks in zip(count, length, strict=True):
        line.append(total if lines else -1)
        total += lines * ticks
    entering: list[list[int]] = [[] for _ in network.pools]
    for s, n in enumerate(target):
        if s >= len(network.calls) or not topology.local[s]:
            entering[network.nodes[n].pool].append(s)
    shape: list[float] = []
    for lines, ticks in zip(count, length, strict=True):
        shape += [float(ticks), float(lines)]
    gated = gated_of(network, topology, memory)
    calls = len(network.calls)
    local = topology.local
    crowd = tuple([crowd_of(network, slots, streams, choices) for streams in entering])
    callers = [call.caller for call in network.calls]
    entries: list[Entry] = list(
        zip(range(calls), target, reach, callers, batch, topology.back, line, length, count, gated, strict=False)
    )
    ways = ways_of(network, local, HANG_S, gated)
    return Plan(
        network=network,
        topology=topology,
        slots=slots,
        in_effect=tuple([pool.slots + 0.0 if pool.slots > 0.0 else 0.0 for pool in network.pools]),
        stretch=stretch,
        pool_of=tuple([node.pool for node in network.nodes]),
        work=tuple(work),
        work_var=tuple(work_var),
        right=tuple([1.0 - node.error for node in network.nodes]),
        upwards=topology.order[::-1],
        together=tuple([at_once_of(network, local, outgoing) for outgoing in topology.calls]),
        in_turn=tuple([in_turn_of(network, local, outgoing) for outgoing in topology.calls]),
        ways=ways,
        lost=lost_of(network, ways, HANG_S),
        reach=tuple(reach),
        target=tuple(target),
        batch=tuple(batch),
        crowd=crowd,
        patience=tuple([patience_of(network, streams) for streams in entering]),
        callers=tuple([callers_of(network, streams) for streams in entering]),
        holds=held_pools(network, topology, target, entering),
        entering=tuple([tuple(s) for s in entering]),
        called=tuple([tuple([entries[s] for s in streams if s < calls]) for streams in entering]),
        asked=tuple([tuple([(s, target[s], reach[s]) for s in streams if s >= calls]) for streams in entering]),
        demand_stream=tuple(demand_stream),
        line=tuple(line),
        length=tuple(length),
        line_count=tuple(count),
        line_total=total,
        shape=tuple(shape),
        memory=memory,
        gated=gated,
        priority=priorities(network, topology),
        choices=choices,
        retrying=tuple(
            [
                retrying_of(e, network.calls[e], line[e], length[e], dt)
                for e in range(calls)
                if line[e] >= 0 and not network.calls[e].detached
            ]
        ),
        messages=messages,
        leaving=tuple(
            [leaving_of(network, local, topology.rank, topology.calls, members) for members in topology.members]
        ),
        making=tuple([tuple([n for n in members if topology.calls[n]]) for members in topology.members]),
        nearby=tuple([nearby_of(network, local, outgoing) for outgoing in topology.calls]),
        stations=tuple(
            [(c, pool.queue, pool.limit, pool.down, n) for c, pool, n in zip(slots, network.pools, crowd, strict=True)]
        ),
        guarded=tuple([pool.quota is not None for pool in network.pools]),
        in_order=frozenset([network.nodes[network.calls[e].callee].pool for e in messages if network.calls[e].ordered]),
        ordered={network.calls[e].callee: e for e in messages if network.calls[e].ordered},
        stale=tuple([e for e in crossing if network.calls[e].stale is not None and not network.calls[e].detached]),
    )


OUTCOMES = 4
"""Lines of a demand after those of its retries: good, good but degraded, late, otherwise bad."""
