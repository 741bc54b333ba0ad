"""The flow model's network of a lab graph at a moment: under its faults, with its replicas of that tick."""

from collections.abc import Iterable
from dataclasses import replace

from devops_tycoon.lab.graph import LabBreaker, LabCache, LabDemand, LabGraph
from devops_tycoon.sim.flow.network import Breaker, Cache, Call, Demand, Network, Node, Pool, Stale
from devops_tycoon.sim.flow.quota import Quota


def active_faults(graph: LabGraph, t: float) -> tuple[int, ...]:
    """Return the indices of the faults active at `t` seconds."""
    return tuple([i for i, fault in enumerate(graph.faults) if fault.at <= t < fault.at + fault.lasts])


def rate_at(demand: LabDemand, t: float) -> float:
    """Return the demand's requests per second at `t` seconds; the last spike that covers it wins."""
    rate = demand.rate
    for spike in demand.spikes:
        if spike.at <= t < spike.at + spike.lasts:
            rate = spike.rate
    return rate


def network_of(graph: LabGraph, t: float) -> Network:
    """Return the network in effect at `t` seconds."""
    return network_with(graph, active_faults(graph, t))


def network_with(graph: LabGraph, faults: tuple[int, ...], replicas: Iterable[tuple[int, int]] = ()) -> Network:
    """Return the network under the given faults; several on one service act together.

    `replicas` are (index of the service, number) for services whose number differs from the file's.
    """
    place = {service.id: i for i, service in enumerate(graph.services)}
    in_order = {d.callee for d in graph.dependencies if d.ordered}
    in_effect = dict(replicas)
    pools: list[Pool] = []
    nodes: list[Node] = []
    lost: dict[str, float] = {}
    for i, service in enumerate(graph.services):
        slots = float(in_effect.get(i, service.replicas) * service.concurrency)
        slow_s, right, down = 0.0, 1.0, False
        for f in faults:
            fault = graph.faults[f]
            if fault.service == service.id:
                slots *= fault.capacity_factor
                slow_s += fault.add_latency_ms / 1000.0
                right *= 1.0 - fault.error_rate
                down = down or fault.down
                if fault.lost > 0.0:
                    lost[service.id] = 1.0 - (1.0 - lost.get(service.id, 0.0)) * (1.0 - fault.lost)
        if service.id in in_order:  # a partition has one consumer; the others of its group are idle
            slots = min(slots, 1.0)
        quota = None if service.quota is None else Quota(service.quota.rate, service.quota.burst)
        pools.append(Pool(service.id, slots, service.queue, down, service.limit, service.throttle, quota))
        nodes.append(Node(service.id, i, service.service_time_ms / 1000.0, service.cv2, slow_s, 1.0 - right))
    calls = [
        Call(
            caller=place[d.caller],
            callee=place[d.callee],
            calls=d.calls * (1.0 - d.poison),
            required=d.required,
            timeout_s=_seconds(d.timeout_ms),
            retries=d.retries,
            backoff_s=d.backoff_ms / 1000.0,
            hold=d.hold,
            parallel=d.parallel,
            latency_s=graph.services[place[d.callee]].latency_ms / 1000.0,
            lost=lost.get(d.callee, 0.0),
            error=d.refused,
            budget=d.retry_budget,
            breaker=None if d.breaker is None else _breaker(d.breaker),
            bulkhead=d.bulkhead,
            choice=d.choice,
            detached=d.detached,
            ordered=d.ordered,
            stale=None if d.stale is None else Stale(place[d.stale.lag_of], d.stale.gap_s, d.stale.share),
            cache=None if d.cache is None else _cache(d.cache, _flushed(graph, faults, d.caller)),
            jitter=d.jitter,
        )
        for d in graph.dependencies
    ]
    for i, d in enumerate(graph.dependencies):
        if d.poison > 0.0:
            calls.append(replace(calls[i], callee=len(nodes), calls=d.calls * d.poison))
            nodes.append(replace(nodes[place[d.callee]], id=f"{d.callee}#poison{i}", error=1.0))
    demands = [
        Demand(
            id=name,
            entry=place[d.entry],
            timeout_s=_seconds(d.timeout_ms),
            retries=d.retries,
            backoff_s=d.backoff_ms / 1000.0,
            budget=d.retry_budget,
            priority=d.priority,
            jitter=d.jitter,
            lost=lost.get(d.entry, 0.0),
        )
        for name, d in zip(entry_names(graph), graph.demand, strict=True)
    ]
    return Network(tuple(pools), tuple(nodes), tuple(calls), tuple(demands), graph.tick_s)


def _breaker(settings: LabBreaker) -> Breaker:
    return Breaker(
        window_s=settings.window_s,
        threshold=settings.threshold,
        open_s=settings.open_s,
        min_calls=settings.min_calls,
        probes=settings.probes,
    )


def message_names(graph: LabGraph) -> dict[str, tuple[int, ...]]:
    """Return the calls (indices) of the detached dependencies by name, `from→to` (#2 … where there are several)."""
    names: dict[str, tuple[int, ...]] = {}
    seen: dict[str, int] = {}
    poison = len(graph.dependencies)
    for i, d in enumerate(graph.dependencies):
        places: tuple[int, ...] = (i,)
        if d.poison > 0.0:
            places, poison = (i, poison), poison + 1
        if d.detached:
            name = f"{d.caller}→{d.callee}"
            count = seen[name] = seen.get(name, 0) + 1
            names[name if count == 1 else f"{name}#{count}"] = places
    return names


def _cache(settings: LabCache, flush: bool) -> Cache:
    return Cache(
        keys=settings.keys,
        skew=settings.skew,
        capacity=settings.capacity,
        ttl_s=settings.ttl_s,
        ttl_jitter=settings.ttl_jitter,
        single_flight=settings.single_flight,
        time_s=settings.hit_ms / 1000.0,
        warm=settings.warm,
        flush=flush,
    )


def _flushed(graph: LabGraph, faults: tuple[int, ...], service: str) -> bool:
    return any(graph.faults[f].flush and graph.faults[f].service == service for f in faults)


def entry_names(graph: LabGraph) -> tuple[str, ...]:
    """Return one name per demand: its entry, with #2, #3 … where several share one."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for demand in graph.demand:
        count = seen[demand.entry] = seen.get(demand.entry, 0) + 1
        names.append(demand.entry if count == 1 else f"{demand.entry}#{count}")
    return tuple(names)


def _seconds(ms: float | None) -> float | None:
    return None if ms is None else ms / 1000.0
