"""A bare service graph, as a lab file describes it, and the network it is at a moment.

Names and defaults are those of the file (`from` and `to` are `caller` and `callee` here). Times are in the unit the
name says, rates in requests per second.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from devops_tycoon.sim.flow.autoscale import Autoscaler
from devops_tycoon.sim.flow.network import Breaker, Cache, Call, Demand, Network, Node, Pool, Stale
from devops_tycoon.sim.flow.quota import Quota

REGISTRY_S = 30.0
"""A design value between a health check's few seconds and a lease: Kubernetes calls a silent node dead after 40 s (50 s
in newer versions), Netflix's Eureka ends a lease after 90 s."""


@dataclass(frozen=True, slots=True)
class LabQuota:
    """How many requests an outside provider takes; more are refused at once (HTTP 429)."""

    rate: float
    """Per second."""
    burst: float
    """How many may come at once after a quiet time."""


@dataclass(frozen=True, slots=True)
class LabService:
    """A pool of equal workers that do one thing."""

    id: str
    service_time_ms: float
    """Mean of the work done here; exponential unless `cv2` is given."""
    replicas: int = 1
    concurrency: int = 1
    """Slots per replica."""
    queue: int | None = None
    """Waiting places; None = unbounded."""
    cv2: float = 1.0
    limit: float | None = None
    """From so many requests in it on, arrivals are admitted with probability limit / requests, the best first."""
    throttle: bool = False
    """Its callers hold requests back when it takes and answers less than half of them."""
    autoscaler: Autoscaler | None = None
    """Changes `replicas` as the load does; they are then the number at the beginning, brought within its bounds."""
    zones: tuple[str, ...] = ()
    """Where its replicas stand, dealt out in turn; empty: nowhere that can fail."""
    shards: int = 1
    """Pools of `replicas` each; a request goes to the one that has its key (see `shards.py`)."""
    skew: float = 0.0
    """Zipf's exponent of the keys' popularity; 0 = all alike."""
    keys: int = 1000
    max_connections: int | None = None
    """Connections that callers may open to it; None = unlimited."""
    quota: LabQuota | None = None
    """None: takes whatever comes."""
    latency_ms: float = 0.0
    """Network time there and back (constant) of every call to it."""
    writes: float = 0.0
    """Share of its requests that are writes (of a store in several regions)."""
    lag_s: float = 0.0
    """How long a write needs to be in the other regions."""


@dataclass(frozen=True, slots=True)
class LabBreaker:
    """A circuit breaker's settings: when it opens, for how long, and how many attempts try whether all is well."""

    window_s: float = 10.0
    """How far back known outcomes count; at most 600 ticks."""
    threshold: float = 0.5
    """Share of failures from which on it opens."""
    open_s: float = 5.0
    min_calls: int = 20
    """Known outcomes below which it never opens."""
    probes: int = 10
    """Attempts let through when half-open; all must succeed."""


@dataclass(frozen=True, slots=True)
class LabStale:
    """Reads of a replica: how far it lags, and how soon users read what they wrote."""

    lag_of: str
    """The service that applies each write on a replica; the primary sends it a message per write."""
    gap_s: float = 1.0
    """Mean time from a user's write to the same user's read (exponential)."""
    share: float = 1.0
    """Share of the reads that follow a write of the same user; the rest is never stale."""


@dataclass(frozen=True, slots=True)
class LabCache:
    """What the caller keeps of the callee's answers; the least recently used goes first."""

    keys: int
    """How many different things are asked for."""
    skew: float = 0.9
    """Exponent of Zipf's law; 0: all are equally popular."""
    capacity: int | None = None
    """Keys that fit; None = all."""
    ttl_s: float | None = None
    """A key is fetched again so long after it was filled; None = never."""
    ttl_jitter: float = 0.0
    """0…1: each time to live is uniform in ttl_s·(1 ± ttl_jitter)."""
    single_flight: bool = False
    """Requests for a key that is being fetched wait for that fetch."""
    hit_ms: float = 0.0
    """A hit takes so long (constant)."""
    warm: bool = True
    """It is full when the run begins."""


@dataclass(frozen=True, slots=True)
class LabDependency:
    """One service calls another."""

    caller: str
    callee: str
    calls: float = 1.0
    required: bool = True
    timeout_ms: float | None = None
    retries: int = 0
    backoff_ms: float = 0.0
    retry_budget: float | None = None
    """Retries that each first attempt pays for; None = unlimited."""
    hold: bool = True
    parallel: bool = True
    breaker: LabBreaker | None = None
    """None = keeps asking whatever happens."""
    bulkhead: int | None = None
    """Most attempts of the caller under way at once; more fail at once."""
    choice: int | None = None
    """Dependencies of one service with the same number are alternatives: each of their Σ `calls` goes to just one."""
    detached: bool = False
    """A message: nobody waits. `timeout_ms` runs from when a consumer takes it; the last failure is a dead letter."""
    poison: float = 0.0
    """Share of messages that fail at every delivery."""
    ordered: bool = False
    """One consumer takes them one by one; one that fails blocks those behind it until it is delivered or dead."""
    stale: LabStale | None = None
    """The callee is a replica that lags."""
    cache: LabCache | None = None
    """None = it asks every time."""
    jitter: float = 0.0
    """0…1: the backoff is uniform in backoff_ms·(1 ± jitter)."""
    connections: int | None = None
    """Connections that each replica of the caller opens (see `connections.py`); None = as many as it needs."""
    refused: float = 0.0
    """Share of the attempts that are refused at once on the way."""


@dataclass(frozen=True, slots=True)
class LabSpike:
    """A rate that replaces the base for a while."""

    at: float
    lasts: float
    rate: float


@dataclass(frozen=True, slots=True)
class LabDemand:
    """Users of one service."""

    entry: str
    rate: float
    spikes: tuple[LabSpike, ...] = ()
    timeout_ms: float | None = None
    """The users' patience."""
    retries: int = 0
    backoff_ms: float = 0.0
    retry_budget: float | None = None
    """As of a dependency, for all users of this demand together."""
    priority: int = 0
    """Services with a `limit` shed 2 first and 0 last."""
    jitter: float = 0.0
    """As of a dependency."""


@dataclass(frozen=True, slots=True)
class LabFault:
    """Something that acts on a service, or on all that stands in a zone, for a while."""

    at: float
    lasts: float
    service: str = ""
    capacity_factor: float = 1.0
    """Multiplies slots; 0 freezes the pool."""
    add_latency_ms: float = 0.0
    """Mean of an exponential time that a slot is held in addition."""
    error_rate: float = 0.0
    down: bool = False
    """New arrivals are refused at once; admitted work goes on."""
    control_plane_down: bool = False
    """The service's autoscaler decides nothing and no new replica joins."""
    flush: bool = False
    """When it begins, the caches that the service keeps lose all they have."""
    lost: float = 0.0
    """Share of the attempts into the service that reach nobody and hang until their callers' patience ends."""
    zone: str = ""
    """Instead of a service: all replicas in this zone are dead (see `zones.py`)."""
    registry_s: float = REGISTRY_S
    """How long the registry goes on listing the dead of the zone."""
    region: str = ""
    """Instead of a service: the whole region is dark (see `regions.py`)."""


@dataclass(frozen=True, slots=True)
class LabRegistry:
    """What knows which replicas are alive."""

    self_preservation: float = 0.85
    """If less than this share of all replicas is left after a loss, none of the lost is taken off the list."""


@dataclass(frozen=True, slots=True)
class LabRegion:
    """A place that has all services once."""

    id: str
    share: float = 1.0
    """Of the demand, relative to the other regions."""


@dataclass(frozen=True, slots=True)
class LabGraph:
    """Services, dependencies, demand and faults; `warmup_s` None means half of `seconds`."""

    services: tuple[LabService, ...]
    dependencies: tuple[LabDependency, ...] = ()
    demand: tuple[LabDemand, ...] = ()
    faults: tuple[LabFault, ...] = ()
    seconds: float = 600.0
    warmup_s: float | None = None
    tick_s: float = 1.0
    registry: LabRegistry | None = None
    """None: a registry without a fail-safe."""
    regions: tuple[LabRegion, ...] = ()
    failover_s: float = 1e9
    """How long after the loss of a region its users are moved to the others; by default never."""


def active_faults(graph: LabGraph, t: float) -> tuple[int, ...]:
    """Return the places of the faults that act at `t` seconds."""
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

    `replicas` are (place of the service, number) of those that have others than the file says.
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
    """Return the detached dependencies by name, `from→to` (#2 … where there are several), with their calls' places."""
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
