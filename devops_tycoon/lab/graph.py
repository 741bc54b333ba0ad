"""A bare service graph, as a lab file describes it, and the network it is at a moment.

Names and defaults are those of the file (`from` and `to` are `caller` and `callee` here). Times are in the unit the
name says, rates in requests per second.
"""

from dataclasses import dataclass

from devops_tycoon.sim.flow.network import Breaker, Call, Demand, Network, Node, Pool
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


def network_with(graph: LabGraph, faults: tuple[int, ...]) -> Network:
    """Return the network under the given faults; several on one service act together."""
    place = {service.id: i for i, service in enumerate(graph.services)}
    pools: list[Pool] = []
    nodes: list[Node] = []
    lost: dict[str, float] = {}
    for i, service in enumerate(graph.services):
        slots = float(service.replicas * service.concurrency)
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
        quota = None if service.quota is None else Quota(service.quota.rate, service.quota.burst)
        pools.append(Pool(service.id, slots, service.queue, down, service.limit, service.throttle, quota))
        nodes.append(Node(service.id, i, service.service_time_ms / 1000.0, service.cv2, slow_s, 1.0 - right))
    calls = [
        Call(
            caller=place[d.caller],
            callee=place[d.callee],
            calls=d.calls,
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
        )
        for d in graph.dependencies
    ]
    demands = [
        Demand(
            id=name,
            entry=place[d.entry],
            timeout_s=_seconds(d.timeout_ms),
            retries=d.retries,
            backoff_s=d.backoff_ms / 1000.0,
            budget=d.retry_budget,
            priority=d.priority,
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
